"""Tells what a file is from its first bytes. Looking further inside belongs to the modules beside this."""

import puremagic

from documents.policies import JPG, PDF, PNG

MAGIC = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"%PDF-", PDF),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPG),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
)


def sniff(head: bytes) -> str:
    """The kind by the first bytes: an ending, 'zip', 'ole' or ''."""
    for magic, kind in MAGIC:
        if head.startswith(magic):
            return kind
    return ""


def looks_like(head: bytes) -> str:
    """Words for content that we do not take."""
    if head.startswith(b"{\\rtf"):
        return "a rich text file (.rtf)"
    if head.startswith(b"MZ") or head.startswith(b"\x7fELF"):
        return "a program"
    if head.lstrip()[:14].lower().startswith((b"<!doctype html", b"<html", b"<script", b"<svg")):
        return "a web page"
    try:
        found = puremagic.from_string(head)
    except (puremagic.PureError, ValueError):
        found = ""
    if found:
        return f"a {found} file"
    try:
        head.decode("utf-8")
    except UnicodeDecodeError:
        return "something that we do not know"
    return "plain text"
