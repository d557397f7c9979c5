"""Looks into a file that came in and reports facts; `policies` says what follows from them.

Nothing here unpacks before measuring, fetches anything, or keeps anything.
"""

from pathlib import PurePath
from typing import BinaryIO

from documents.inspection import office, opendocument, pdf, pictures
from documents.inspection.archives import Archive
from documents.inspection.kinds import MAGIC, looks_like, sniff
from documents.policies import DOCX, JPG, NAMES, ODT, PDF, PNG, PPTX, XLSX, FileFacts, Finding

__all__ = ["MAGIC", "inspect"]


def extension_of(name: str) -> str:
    """The ending of a name in lower case, '.docx'; '' when it has none."""
    return PurePath(name.replace("\\", "/")).suffix.lower()


def inspect(file: BinaryIO, *, name: str, size: int, most_bytes: int) -> FileFacts:
    """The facts about a seekable file. Never raises for what the file holds."""
    extension = extension_of(name)
    kind, seen, findings = "", "", set[Finding]()
    if 0 < size <= most_bytes:
        try:
            kind, seen, findings = _look(file, extension)
        except (
            Exception
        ):  # a reader's own failure on hostile bytes means that the file is not readable
            findings = {Finding.UNREADABLE}
    return FileFacts(name, extension, size, most_bytes, kind, seen, frozenset(findings))


def _look(file: BinaryIO, extension: str) -> tuple[str, str, set[Finding]]:
    file.seek(0)
    head = file.read(4096)
    kind = sniff(head)
    if kind == "zip":
        return _look_in_archive(file, extension)
    if kind == "ole":
        return _look_in_ole(file, extension)
    if kind in (PDF, PNG, JPG) and pictures.hides_archive(file):
        return kind, "", {Finding.TWO_KINDS}
    if kind in (PNG, JPG):
        return kind, "", pictures.inspect(file, kind)
    if kind == PDF:
        # A reader would open other content that is named .pdf; only the right name is looked into.
        return kind, "", pdf.inspect(file) if extension == PDF else set()
    return "", looks_like(head), set()


def _look_in_archive(file: BinaryIO, extension: str) -> tuple[str, str, set[Finding]]:
    archive = Archive(file)
    if archive.findings:
        return extension, "", archive.findings
    if archive.is_encrypted:
        return extension, "", {Finding.ENCRYPTED}
    if "[Content_Types].xml" in archive.names:
        kind, seen, findings = office.inspect(archive)
    elif "mimetype" in archive.names:
        kind, seen, findings = opendocument.inspect(archive)
    else:
        return "", "a zip archive", set()
    if kind not in (DOCX, XLSX, PPTX, ODT):
        return kind, seen or "something else", findings
    return kind, seen or NAMES[kind], findings


def _look_in_ole(file: BinaryIO, extension: str) -> tuple[str, str, set[Finding]]:
    """The container of the old Office formats, which also wraps the new ones when they have a password."""
    file.seek(0)
    content = file.read()
    if "EncryptedPackage".encode("utf-16-le") in content:
        return extension, "", {Finding.ENCRYPTED}
    return "", "an old Office file", {Finding.OLD_OFFICE}
