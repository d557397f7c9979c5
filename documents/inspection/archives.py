"""Measures a zip archive before anything in it is unpacked. What the parts mean is told elsewhere."""

import zipfile
from typing import BinaryIO

from documents.policies import Finding

MOST_ENTRIES = 4000
MOST_TOTAL = 250 * 1024 * 1024
MOST_XML = 48 * 1024 * 1024
MOST_RATIO = 150
RATIO_MATTERS_FROM = 2 * 1024 * 1024
LOCAL_HEADER = 30
ARCHIVE_ENDINGS = (".zip", ".7z", ".rar", ".gz", ".tar", ".bz2", ".xz", ".jar", ".cab", ".iso")


class Archive:
    """A zip archive and what measuring it found; `read` only after `findings` is empty."""

    def __init__(self, file: BinaryIO) -> None:
        file.seek(0)
        self.findings: set[Finding] = set()
        self.entries: dict[str, zipfile.ZipInfo] = {}
        self._archive: zipfile.ZipFile | None = None
        try:
            self._archive = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError):
            self.findings.add(Finding.UNREADABLE)
            return
        rows = self._archive.infolist()
        self.entries = {row.filename: row for row in rows}
        self.findings = _measure(rows, self._archive.start_dir)

    @property
    def names(self) -> list[str]:
        return list(self.entries)

    @property
    def is_encrypted(self) -> bool:
        return any(row.flag_bits & 0x1 for row in self.entries.values())

    def read(self, name: str) -> bytes:
        """One part whole. Raises zipfile.BadZipFile when it is not what its header says."""
        assert self._archive is not None
        return self._archive.read(name)


def _measure(rows: list[zipfile.ZipInfo], directory_at: int) -> set[Finding]:
    if len(rows) > MOST_ENTRIES:
        return {Finding.BOMB_ENTRIES}
    found = set[Finding]()
    if _overlaps(rows, directory_at) or len({row.filename for row in rows}) < len(rows):
        found.add(Finding.OVERLAP)
    if any(_is_unsafe(row.filename) for row in rows):
        found.add(Finding.UNSAFE_NAMES)
    if any(
        row.file_size > RATIO_MATTERS_FROM
        and row.file_size > MOST_RATIO * max(row.compress_size, 1)
        for row in rows
    ):
        found.add(Finding.BOMB_RATIO)
    xml = [row.file_size for row in rows if row.filename.lower().endswith((".xml", ".rels"))]
    if sum(row.file_size for row in rows) > MOST_TOTAL or sum(xml) > MOST_XML:
        found.add(Finding.BOMB_TOTAL)
    if any(row.filename.lower().endswith(ARCHIVE_ENDINGS) for row in rows):
        found.add(Finding.NESTED_ARCHIVE)
    return found


def _overlaps(rows: list[zipfile.ZipInfo], directory_at: int) -> bool:
    """Whether the bytes of any two entries, or an entry and the directory, are the same bytes."""
    end = 0
    for row in sorted(rows, key=lambda each: each.header_offset):
        if row.header_offset < end:
            return True
        end = row.header_offset + LOCAL_HEADER + len(row.filename.encode()) + row.compress_size
    return end > directory_at


def _is_unsafe(name: str) -> bool:
    return (
        name.startswith(("/", "\\"))
        or "\\" in name
        or "\0" in name
        or ":" in name.split("/")[0]
        or ".." in name.split("/")
    )
