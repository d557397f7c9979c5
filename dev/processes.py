"""The portal's own processes: started with a log each, watched, and stopped in reverse.

Each child is the leader of a group of its own, so that Ctrl-C reaches only us and we decide the
order; on Linux it also ends when we are killed.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dev.say import Ended

PR_SET_PDEATHSIG = 1
OWNER_ONLY = 0o077  # files, mails and logs hold what people wrote
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def _end_with_parent() -> None:
    """Runs in the child between fork and exec."""
    if _libc is not None:
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Child:
    name: str
    process: "subprocess.Popen[bytes]"
    log: Path
    stopped: bool = False

    def ended(self) -> bool:
        return self.process.poll() is not None

    def last_words(self, lines: int = 15) -> str:
        text = self.log.read_text(errors="replace") if self.log.exists() else ""
        return "\n".join(text.splitlines()[-lines:])

    def stop(self, hurry: Callable[[], bool], grace: float = 15) -> None:
        """Ask, wait as long as is fair, then kill the whole group; once, as its number may be reused."""
        if self.stopped:
            return
        self.stopped = True
        if not self.ended():
            self.process.terminate()
            deadline = time.monotonic() + grace
            while not self.ended() and time.monotonic() < deadline and not hurry():
                time.sleep(0.05)
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            pass
        self.process.wait()


def start(
    name: str,
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str],
    cwd: Path,
    logs: Path,
    pass_fds: Sequence[int] = (),
) -> Child:
    """Start one; its log begins anew and the one before is kept as NAME.log.1."""
    logs.mkdir(parents=True, exist_ok=True)
    log = logs / f"{name}.log"
    if log.exists():
        log.replace(logs / f"{name}.log.1")
    with log.open("wb") as output:
        process = subprocess.Popen(
            [str(part) for part in command],
            cwd=cwd,
            env=dict(env),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            pass_fds=tuple(pass_fds),
            umask=OWNER_ONLY,
            preexec_fn=_end_with_parent,
        )
    return Child(name, process, log)


def in_foreground(
    command: Sequence[str], *, env: Mapping[str, str], cwd: Path | None = None
) -> int:
    """The exit code of a program that has our input and output; asked to end, it may tidy up first."""
    sys.stdout.flush()
    child = subprocess.Popen(list(command), env=dict(env), cwd=cwd)
    try:
        code = child.wait()
    except Ended as ended:
        # Ctrl-C reaches the program from the terminal too; another signal reaches only us.
        steps = [(signal.SIGINT, 15), (signal.SIGTERM, 5), (signal.SIGKILL, 5)]
        if str(ended) == "SIGINT" and sys.stdin is not None and sys.stdin.isatty():
            steps.insert(0, (signal.SIGCONT, 15))
        for sign, patience in steps:
            child.send_signal(sign)
            try:
                child.wait(patience)
                break
            except subprocess.TimeoutExpired:
                continue
        raise
    return code if code >= 0 else 128 - code
