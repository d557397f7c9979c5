"""A marker planted in every place that names a writer does not survive the anonymous copy (S9)."""

import io
import zipfile

import pytest
from PIL import Image, PngImagePlugin
from pypdf import PdfReader

from documents import reading
from documents.anonymity import anonymous
from documents.inspection import inspect
from tests.documents.builders import hostile
from tests.documents.builders import opendocument as o
from tests.documents.builders import pdf as pdfs
from tests.documents.builders.archives import archive
from tests.documents.builders.word import SPACES, inserted, p, parts, t

MARKER = "Zaphira Quillon"
SHORT = "ZQX"
PROPERTIES = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>{MARKER}</dc:creator>'
    f"<cp:lastModifiedBy>{MARKER}</cp:lastModifiedBy><dc:title>{MARKER}</dc:title></cp:coreProperties>"
)


def jpeg(marker: str) -> bytes:
    exif = Image.Exif()
    exif[0x013B] = marker
    exif[0x9C9D] = marker.encode("utf-16-le")
    return hostile.picture("JPEG", exif=exif.tobytes(), comment=marker.encode())


def png(marker: str) -> bytes:
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", marker)
    text.add_itxt("XML:com.adobe.xmp", f"<x>{marker}</x>")
    return hostile.picture("PNG", pnginfo=text)


def word_file() -> bytes:
    change = f'<w:ins w:id="5" w:author="{MARKER}" w:date="2026-01-01T00:00:00Z">{t("new words")}</w:ins>'
    gone = f'<w:del w:id="6" w:author="{MARKER}"><w:r><w:delText>old</w:delText></w:r></w:del>'
    comment = (
        f'<w:comment w:id="0" w:author="{MARKER}" w:initials="{SHORT}">{p("a remark")}</w:comment>'
    )
    return archive(
        {
            **parts(p(t("one ") + change + gone)),
            "docProps/core.xml": PROPERTIES,
            "docProps/app.xml": f"<Properties><Manager>{MARKER}</Manager><Company>{MARKER}</Company></Properties>",
            "docProps/custom.xml": f"<Properties><property name='x'><v>{MARKER}</v></property></Properties>",
            "docProps/thumbnail.jpeg": jpeg(MARKER),
            "word/comments.xml": f"<w:comments {SPACES}>{comment}</w:comments>",
            "word/people.xml": (
                '<w15:people xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">'
                f'<w15:person w15:author="{MARKER}"><w15:presenceInfo w15:providerId="AD" w15:userId="{MARKER}"/>'
                "</w15:person></w15:people>"
            ),
            "word/settings.xml": (
                f'<w:settings {SPACES}><w:docVars><w:docVar w:name="who" w:val="{MARKER}"/></w:docVars></w:settings>'
            ),
            "word/_rels/settings.xml.rels": (
                f'<Relationships xmlns="{hostile.PACKAGE}/relationships">'
                f"{hostile.relation('attachedTemplate', f'file:///C:/Users/{MARKER}/Normal.dotm')}</Relationships>"
            ),
            "word/media/image1.jpeg": jpeg(MARKER),
            "customXml/item1.xml": f"<root><author>{MARKER}</author></root>",
        }
    )


def workbook() -> bytes:
    comments = f"<comments><authors><author>{MARKER}</author></authors><commentList/></comments>"
    people = f'<personList><person displayName="{MARKER}" userId="{MARKER}" id="1"/></personList>'
    return hostile.xlsx(
        **{
            "docProps/core.xml": PROPERTIES,
            "xl/comments1.xml": comments,
            "xl/persons/person.xml": people,
            "xl/media/image1.png": png(MARKER),
        }
    )


def text_file() -> bytes:
    remark = (
        f"<office:annotation><dc:creator>{MARKER}</dc:creator>{o.p('a remark')}</office:annotation>"
    )
    changes = (
        "<text:tracked-changes><text:changed-region><text:insertion><office:change-info>"
        f"<dc:creator>{MARKER}</dc:creator></office:change-info></text:insertion></text:changed-region></text:tracked-changes>"
    )
    by = f" <text:author-initials>{SHORT}</text:author-initials>"
    return o.odt(
        changes + o.p("one new words" + remark + by),
        meta=f"<meta:initial-creator>{MARKER}</meta:initial-creator><dc:creator>{MARKER}</dc:creator>"
        f'<meta:user-defined meta:name="x">{MARKER}</meta:user-defined>',
        **{"Thumbnails/thumbnail.png": png(MARKER)},
    )


FILES = {
    ".docx": word_file(),
    ".xlsx": workbook(),
    ".odt": text_file(),
    ".pdf": pdfs.with_metadata(MARKER),
    ".png": png(MARKER),
    ".jpg": jpeg(MARKER),
}


def everything_in(content: bytes, extension: str) -> bytes:
    """The bytes with all that is packed in them unpacked, names of parts included."""
    found = content
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as opened:
            for name in opened.namelist():
                found += name.encode() + opened.read(name)
    if extension == ".pdf":
        for each in PdfReader(io.BytesIO(content)).xref.get(0, {}):
            found += str(PdfReader(io.BytesIO(content)).get_object(each)).encode()
    return found


def forms_of(marker: str) -> list[bytes]:
    return [marker.encode(how) for how in ("utf-8", "utf-16-le", "utf-16-be")]


@pytest.mark.parametrize("extension", FILES)
def test_no_planted_marker_survives(extension):
    before = everything_in(FILES[extension], extension)
    after = everything_in(anonymous(FILES[extension], extension), extension)

    assert any(form in before for form in forms_of(MARKER)), "the marker was never planted"
    for marker in (MARKER, SHORT):
        for form in forms_of(marker):
            assert form not in after


@pytest.mark.parametrize("extension", FILES)
def test_the_copy_is_still_a_file_of_its_kind(extension):
    copy = anonymous(FILES[extension], extension)
    facts = inspect(io.BytesIO(copy), name=f"copy{extension}", size=len(copy), most_bytes=10**8)

    assert (facts.kind, facts.findings) == (extension, frozenset())


@pytest.mark.parametrize("extension", [".docx", ".odt"])
def test_the_copy_holds_the_same_words(extension):
    def words(content: bytes) -> reading.WordCount:
        file = io.BytesIO(content)
        file.name = f"copy{extension}"
        return reading.count_words(file)

    assert words(anonymous(FILES[extension], extension)) == words(FILES[extension])


def test_a_picture_keeps_its_pixels_the_right_way_up():
    exif = Image.Exif()
    exif[0x0112] = 6
    sideways = hostile.picture("JPEG", size=(40, 20), exif=exif.tobytes())

    with Image.open(io.BytesIO(anonymous(sideways, ".jpg"))) as copy:
        assert copy.size == (20, 40)
        assert dict(copy.getexif()) == {}


def test_an_author_without_a_name_stays_nobody():
    content = archive(parts(p(inserted(t("x")))))

    assert b"Planted Writer" not in everything_in(anonymous(content, ".docx"), ".docx")
