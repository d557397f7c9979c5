"""Carriers of the tests' own: a GOV.UK Notify and a mail server that answer as they are told."""

import base64
import hashlib
import hmac
import http.server
import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

SERVICE = "26785a09-ab16-4eb0-8407-a37497a57506"
SECRET = "3d844edf-8d35-48ac-975b-e847b4f122b0"
TEMPLATE = "f33517ff-2a88-4f6e-b855-c550268ce08a"
CARRIER_ID = "740e5834-3a29-46b4-9a6f-16142fde533a"


@dataclass
class Notify:
    """What was asked of it, and what it answers: (status, body) in turn, the last again and again."""

    url: str = ""
    answers: list[tuple[int, Any]] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    claims: list[dict[str, Any]] = field(default_factory=list)

    def says(self, *answers: tuple[int, Any]) -> None:
        self.answers = list(answers)

    def next(self) -> tuple[int, Any]:
        if not self.answers:
            return 201, {"id": CARRIER_ID, "reference": None, "uri": "", "content": {}}
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


def _unpack(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


@contextmanager
def notify() -> Iterator[Notify]:
    """GOV.UK Notify as its documentation says: one address, a signed token, errors as JSON."""
    stub = Notify()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            token = self.headers["Authorization"].removeprefix("Bearer ")
            head, claims, signature = token.split(".")
            wanted = hmac.new(SECRET.encode(), f"{head}.{claims}".encode(), hashlib.sha256)
            if self.path != "/v2/notifications/email":
                return self.answer(404, {"errors": []})
            if _unpack(signature) != wanted.digest():
                return self.answer(403, error(403, "AuthError", "Invalid token: signature"))
            stub.claims.append(json.loads(_unpack(claims)) | json.loads(_unpack(head)))
            stub.asked.append(json.loads(body))
            self.answer(*stub.next())

        def answer(self, status: int, body: Any) -> None:
            raw = body if isinstance(body, bytes) else json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, *args: Any) -> None: ...

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    stub.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield stub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def error(status: int, kind: str, message: str) -> dict[str, Any]:
    """An error as GOV.UK Notify words it."""
    return {"status_code": status, "errors": [{"error": kind, "message": message}]}


@dataclass
class MailServer:
    """What it took, and how it answers each command."""

    port: int = 0
    answers: dict[str, str] = field(default_factory=dict)
    taken: list[str] = field(default_factory=list)


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """A mail server that speaks as much SMTP as one mail needs."""
    stub = MailServer()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.say("220 mail.example ESMTP")
            while line := self.rfile.readline().decode().strip():
                verb = line.split(":")[0].split(" ")[0].upper()
                if verb == "QUIT":
                    return self.say("221 bye")
                said = stub.answers.get(verb, "354 go on" if verb == "DATA" else "250 fine")
                self.say(said)
                if verb == "DATA" and said.startswith("354"):
                    self.take()

        def take(self) -> None:
            lines = []
            while (line := self.rfile.readline().decode()) not in (".\r\n", ""):
                lines.append(line)
            said = stub.answers.get("TAKEN", "250 taken")
            if said.startswith("250"):
                stub.taken.append("".join(lines))
            self.say(said)

        def say(self, line: str) -> None:
            self.wfile.write(f"{line}\r\n".encode())

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        daemon_threads = True

    server = Server(("127.0.0.1", 0), Handler)
    stub.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield stub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
