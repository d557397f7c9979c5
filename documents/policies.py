"""Whether a file may come in, from facts that the inspection found. Pure: no file, user, clock or database.

How a file is looked at is `inspection`'s business; what it means is told by the room above.
"""

from dataclasses import dataclass, field
from enum import Enum

from core.decisions import Decision, Reason

DOCX, ODT, PDF, XLSX, PPTX = ".docx", ".odt", ".pdf", ".xlsx", ".pptx"
PNG, JPG, JPEG = ".png", ".jpg", ".jpeg"

# What each ending is called in a sentence, and the type that its download is labelled with.
NAMES = {
    DOCX: "a Word document (.docx)",
    ODT: "an OpenDocument text (.odt)",
    PDF: "a PDF",
    XLSX: "an Excel workbook (.xlsx)",
    PPTX: "a PowerPoint presentation (.pptx)",
    PNG: "a PNG picture",
    JPG: "a JPEG picture",
    JPEG: "a JPEG picture",
}
OFFICE = "application/vnd.openxmlformats-officedocument."
CONTENT_TYPES = {
    DOCX: OFFICE + "wordprocessingml.document",
    ODT: "application/vnd.oasis.opendocument.text",
    PDF: "application/pdf",
    XLSX: OFFICE + "spreadsheetml.sheet",
    PPTX: OFFICE + "presentationml.presentation",
    PNG: "image/png",
    JPG: "image/jpeg",
    JPEG: "image/jpeg",
}


@dataclass(frozen=True)
class Accepts:
    """Which endings one place takes, and the sentence said about any other."""

    extensions: tuple[str, ...]
    sentence: str

    @property
    def accept_attribute(self) -> str:
        """For the `accept` attribute of a file field."""
        return ",".join(self.extensions)


WRITE_UP = Accepts(
    (DOCX, ODT), "The write-up must be a Word document (.docx) or an OpenDocument text (.odt)."
)
SUPPORTING = Accepts(
    (DOCX, ODT, PDF, XLSX, PPTX, PNG, JPG, JPEG),
    "A supporting document must be a .docx, .odt, .pdf, .xlsx, .pptx, .png or .jpg file.",
)


class Finding(Enum):
    """Something in a file that keeps it out, with the plain sentence for the person who sent it."""

    UNREADABLE = "The file cannot be opened: it is damaged or not complete. Open it on your computer, save it again and send the new copy."
    ENCRYPTED = (
        "The file is protected with a password. Remove the password, save it and send it again."
    )
    OLD_OFFICE = "The file is in the old Office format. Open it, choose 'Save as', pick the new format (such as .docx) and send that."
    TWO_KINDS = "The file is two kinds of file at once, which we do not accept. Save it again from the program that made it."
    MACROS = "The file holds macros. Save it as a document without macros (.docx, .xlsx or .pptx) and send it again."
    EMBEDDED_OBJECT = "The file holds an embedded object from another program. Replace the object with a picture or text and send it again."
    ACTIVE_CONTROL = "The file holds an ActiveX control. Remove the control and send it again."
    REMOTE_TEMPLATE = "The file loads its template from another computer. Attach the Normal template instead and send it again."
    REMOTE_CONTENT = "The file loads pictures or other content from another computer. Insert the content itself and send it again."
    LIVE_LINK = "The file holds a live data link (DDE) to another program. Replace the link with its text and send it again."
    OTHER_DOCUMENT = "The file draws in another whole document. Copy the text into one document and send it again."
    ENTITIES = "The file defines its own XML entities, which no office program does. Save it again from Word or LibreOffice."
    SCRIPT = "The document holds a script. Remove it, save it and send it again."
    UNSAFE_NAMES = (
        "The file holds parts with unsafe names. Save it again from the program that made it."
    )
    BOMB_RATIO = "The file grows far beyond its size when it is unpacked. Save it again from the program that made it."
    BOMB_TOTAL = "The file is too large once it is unpacked. Make its pictures or tables smaller and send it again."
    BOMB_ENTRIES = (
        "The file is made of too many parts. Save it again from the program that made it."
    )
    OVERLAP = "The parts of the file lie over each other, as in a trap for readers. Save it again from the program that made it."
    NESTED_ARCHIVE = (
        "The file has an archive hidden inside it. Remove the archive and send it again."
    )
    TOO_DEEP = "The file's contents are nested too deeply to be read. Save it again from the program that made it."
    PDF_SCRIPT = "The PDF holds JavaScript. Print it to a new PDF and send that."
    PDF_LAUNCH = "The PDF tries to start a program or send data when it is opened. Print it to a new PDF and send that."
    PDF_ATTACHMENT = "The PDF has other files attached inside it. Send those files separately, and the PDF without them."
    PDF_FORM = "The PDF is a fill-in form made of XFA parts. Print it to a new PDF and send that."
    PDF_PARTS = "The PDF is made of too many parts. Print it to a new PDF and send that."
    PDF_MEDIA = "The PDF holds video, sound or 3D content. Print it to a new PDF and send that."
    HUGE_PICTURE = "The picture is too large: at most 12,000 pixels a side and 60 million in all. Make it smaller and send it again."


@dataclass(frozen=True)
class FileFacts:
    """What the inspection saw. `kind` is the ending that the content itself calls for, '' if unknown."""

    name: str
    extension: str
    size: int
    most_bytes: int
    kind: str = ""
    looks_like: str = ""
    findings: frozenset[Finding] = field(default_factory=frozenset)


def size_words(count: int) -> str:
    """A size as people write it: '20 MB'."""
    for unit, factor in (("GB", 1024**3), ("MB", 1024**2), ("KB", 1024)):
        if count >= factor:
            return f"{count / factor:.1f}".removesuffix(".0") + f" {unit}"
    return f"{count} byte{'' if count == 1 else 's'}"


def _same_kind(extension: str, kind: str) -> bool:
    return {extension, kind} <= {JPG, JPEG} or extension == kind


def may_store(facts: FileFacts, accepts: Accepts, field_name: str = "") -> Decision:
    """Whether the file may be kept: each reason against is one sentence that says what to do."""

    def no(text: str) -> Decision:
        return Decision.of([Reason(text, field_name)])

    if facts.extension not in accepts.extensions:
        return no(accepts.sentence)
    if facts.size == 0:
        return no("The file is empty. Choose another file.")
    if facts.size > facts.most_bytes:
        return no(
            f"The file is too big: it may be at most {size_words(facts.most_bytes)}. "
            "Make it smaller and send it again."
        )
    if facts.findings:
        ordered = [finding for finding in Finding if finding in facts.findings]
        return Decision.of([Reason(finding.value, field_name) for finding in ordered])
    if not _same_kind(facts.extension, facts.kind):
        seen = facts.looks_like or NAMES.get(facts.kind, "something else")
        return no(
            f"The file's name ends in {facts.extension}, but inside it is {seen}. "
            "Save it in the right format and send it again."
        )
    return Decision()
