"""The demonstration's letter box: reads the mails that the file backend wrote. Sends and changes nothing."""

import email
import email.policy
import re
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

SEPARATOR = b"-" * 79 + b"\n"
NEWEST = 50
LINK = re.compile(r"(https?://\S+)")


@dataclass(frozen=True)
class Mail:
    """One mail as the page shows it."""

    to: str
    subject: str
    sent_at: datetime | None
    text: str

    @property
    def paragraphs(self) -> list[list[tuple[bool, str]]]:
        """The text in paragraphs, each of pieces: whether it is a link, and its words."""
        return [
            [(bool(LINK.fullmatch(piece)), piece) for piece in LINK.split(part.strip()) if piece]
            for part in self.text.split("\n\n")
            if part.strip()
        ]


def newest(folder: Path, limit: int = NEWEST) -> list[Mail]:
    """The newest mails, newest first; none when nothing was sent yet."""
    if not folder.is_dir():
        return []
    files = sorted(folder.glob("*.log"), key=lambda file: file.stat().st_mtime_ns, reverse=True)
    mails: list[Mail] = []
    for file in files:
        mails.extend(reversed(_in_file(file)))
        if len(mails) >= limit:
            break
    return mails[:limit]


def _in_file(file: Path) -> list[Mail]:
    parts = file.read_bytes().split(SEPARATOR)
    return [_read(part) for part in parts if part.strip()]


def _read(raw: bytes) -> Mail:
    message = email.message_from_bytes(raw, policy=email.policy.default)
    body = message.get_body(preferencelist=("plain",))
    return Mail(
        to=str(message["To"] or ""),
        subject=str(message["Subject"] or ""),
        sent_at=parsedate_to_datetime(message["Date"]) if message["Date"] else None,
        text=body.get_content() if body else "",
    )
