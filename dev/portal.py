"""`run`: the whole portal on this machine until Ctrl-C, or until one of its processes ends."""

import http.client
import json
import os
import socket
import subprocess
import time
from pathlib import Path

from dev import locks, machine, packages, places, ports, prepare, processes, services
from dev.interrupts import interrupts
from dev.places import Places
from dev.processes import Child
from dev.say import Ended, Stop, note, show

PATIENCE = 60.0
WEB_WORKERS = 2


def run(here: Places) -> int:
    """Start, say READY, watch, stop. Once per data folder; a second one says where the first is."""
    places.claim(here)
    only = locks.taken(here.var / "run.lock")
    if only is None:
        return _runs_already(here)
    about = here.var / "running.json"
    try:
        with ports.listening(os.environ.get("PORT")) as listener:
            pdf = packages.provide(here, beside=machine.provide_pdf)
            url = f"http://{ports.HOST}:{listener.getsockname()[1]}"
            with services.running(here) as found:
                found.env |= settings_for(url, os.environ, pdf=pdf)
                _live(found, listener, url, about)
    except Ended:
        note("Stopped.")
    finally:
        about.unlink(missing_ok=True)
        only.close()
    return 0


def settings_for(
    url: str, environ: "os._Environ[str] | dict[str, str]", *, pdf: bool
) -> dict[str, str]:
    """What the portal is told besides the addresses; what the caller has set stays as it is."""
    chosen = {"NPQ_DEMO": "1", "NPQ_HOSTS": "127.0.0.1,localhost", "NPQ_BASE_URL": url}
    if not pdf:
        chosen["NPQ_PDF"] = "off"
    return {name: environ.get(name, value) for name, value in chosen.items()}


def _runs_already(here: Places) -> int:
    try:
        url = json.loads((here.var / "running.json").read_text())["url"]
        note(f"The portal already runs from this folder: {url}")
    except (OSError, ValueError, KeyError):
        note("The portal is already being started from this folder.")
    note("To run a second one, give it its own data folder: NPQ_VAR=FOLDER make run")
    return 0


def _live(found: services.Services, listener: socket.socket, url: str, about: Path) -> None:
    prepare.everything(found, demo=found.env["NPQ_DEMO"] == "1")
    children: list[Child] = []
    try:
        _start_all(found, listener, children)
        lasting = [child for child in children if child.name != "personas"]
        _wait_for_health(listener.getsockname()[1], found, lasting)
        about.write_text(json.dumps({"url": url, "pid": os.getpid()}))
        show(f"READY {url}")
        for personas in children[len(lasting) :]:
            _tell_personas(personas)
        note(f"Logs are in {found.places.var / 'logs'}. Ctrl-C stops everything.")
        while True:
            _refuse_dead(found, lasting)
            time.sleep(0.3)
    finally:
        for child in reversed(children):
            child.stop(interrupts.hurry)


def _start_all(found: services.Services, listener: socket.socket, children: list[Child]) -> None:
    python, var = str(found.places.python), found.places.var
    celery = [python, "-m", "celery", "-A", "npq_portal"]
    gunicorn = [python, "-m", "gunicorn", "--workers", str(WEB_WORKERS), "--preload"]
    gunicorn += [
        "--bind",
        f"fd://{listener.fileno()}",
        "--graceful-timeout",
        "8",
        "--timeout",
        "60",
    ]
    gunicorn += ["--no-control-socket", "--access-logfile", "-"]
    commands = {
        "worker": [*celery, "worker", "--loglevel", "INFO", "--concurrency", "2"],
        "beat": [*celery, "beat", "--schedule", str(var / "beat-schedule"), "--pidfile="],
        "web": [*gunicorn, "npq_portal.wsgi"],
    }
    if found.env["NPQ_DEMO"] == "1":
        commands["personas"] = ["nice", python, "manage.py", "personas"]
    for name, command in commands.items():
        children.append(
            processes.start(
                name,
                command,
                env=found.env,
                cwd=found.places.root,
                logs=var / "logs",
                pass_fds=[listener.fileno()] if name == "web" else [],
            )
        )


def _tell_personas(personas: Child) -> None:
    """They are found beside the start of the others, and are no reason to stop when they are not."""
    try:
        personas.process.wait(timeout=30)
    except subprocess.TimeoutExpired:
        personas.stop(interrupts.hurry, grace=0)
    show(personas.last_words(60))


def _wait_for_health(port: int, found: services.Services, children: list[Child]) -> None:
    deadline = time.monotonic() + PATIENCE
    said = "nothing"
    while time.monotonic() < deadline:
        _refuse_dead(found, children)
        said, healthy = health(port)
        if healthy:
            return
        time.sleep(0.1)
    raise Stop(f"The portal did not become healthy within {PATIENCE:.0f} seconds; it said: {said}")


def health(port: int) -> tuple[str, bool]:
    """What /healthz says, and whether that is good."""
    connection = http.client.HTTPConnection(ports.HOST, port, timeout=10)
    try:
        connection.request("GET", "/healthz")
        answer = connection.getresponse()
        return answer.read().decode(errors="replace")[:300], answer.status == 200
    except (OSError, http.client.HTTPException) as error:
        return str(error), False
    finally:
        connection.close()


def _refuse_dead(found: services.Services, children: list[Child]) -> None:
    for child in children:
        if child.ended():
            raise Stop(
                f"The {child.name} process ended, so everything was stopped. Its last words:\n"
                f"{child.last_words()}\nThe whole log: {child.log}"
            )
    for name in found.dead():
        raise Stop(f"{name} ended, so everything was stopped. Run the same command again.")
