"""Ports of this machine: a free one, and one kept for the web server from the first moment."""

import socket

from dev.say import Stop

HOST = "127.0.0.1"
WANTED = 8000


def free() -> int:
    """Any free port; whoever uses it must be ready to lose it to another and ask again."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def answers(port: int) -> bool:
    try:
        with socket.create_connection((HOST, port), timeout=1):
            return True
    except OSError:
        return False


def listening(asked: str | None) -> socket.socket:
    """A listening socket: the port asked for and no other, else 8000 or the next that is free."""
    if asked is not None:
        if not asked.isdigit() or not 1 <= int(asked) <= 65535:
            raise Stop(f"PORT={asked} is not a port. Give a number from 1 to 65535.")
        found = _bound(int(asked))
        if found is None:
            raise Stop(f"Port {asked} is taken or not allowed. Choose another, or leave PORT out.")
        return found
    for port in range(WANTED, WANTED + 200):
        found = _bound(port)
        if found is not None:
            return found
    raise Stop(f"No port from {WANTED} to {WANTED + 199} is free. Choose one: PORT=9000 make run")


def _bound(port: int) -> socket.socket | None:
    found = socket.socket()
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((HOST, port))
        found.listen(128)
    except OSError:
        found.close()
        return None
    return found
