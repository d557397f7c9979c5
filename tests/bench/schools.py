"""Reading a made-up file of 30,000 schools in the Department's format, and looking for schools among them (G3)."""

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.programmes import establishments

SCHOOLS = 30_000
ROOT = Path(__file__).parent.parent.parent
FIRST_MOST, AGAIN_MOST, PICKER_MOST = 60, 10, 100  # seconds, seconds, milliseconds


@dataclass(frozen=True)
class Read:
    """One run of the command: seconds with the start of Python, of these its own work, memory, what it said."""

    name: str
    seconds: float
    own: float
    megabytes: float
    counts: str


@dataclass(frozen=True)
class Looked:
    """One kind of thing typed, each in milliseconds."""

    name: str
    example: str
    times: list[float]


def readings(folder: Path) -> list[Read]:
    """The command on a new file, the same again, every row compared, and with one row in twenty changed."""
    file = establishments.write(folder / "establishments.csv", establishments.made_up(SCHOOLS))
    lines = [
        _read("the first time", file),
        _read("the same file again", file),
        _read("again, every row compared (--full)", file, "--full"),
    ]
    establishments.write(file, _later(establishments.made_up(SCHOOLS)))
    return [*lines, _read("with 1 row in 20 changed", file)]


def _later(rows: Iterable[dict[str, str]]) -> Iterator[dict[str, str]]:
    for place, said in enumerate(rows):
        new = {} if place % 20 else {"NumberOfPupils": "77", "LastChangedDate": "01-01-2027"}
        yield said | new


def _read(name: str, file: Path, *options: str) -> Read:
    command = [sys.executable, "manage.py", "import_schools", str(file), *options]
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    said = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    took = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"import_schools ended with {process.returncode}")
    counts = ", ".join(said.splitlines()[1:6])
    own = used.ru_utime + used.ru_stime
    return Read(name, took, own, used.ru_maxrss / 1024, counts)


def searches(rounds: int) -> list[Looked]:
    """What people type, of so many schools drawn by a seed."""
    from programmes import queries
    from programmes.models import School

    chance = random.Random(7)
    open_schools = School.objects.filter(status="Open", urn__lt="200000").order_by("urn")
    drawn = chance.sample(list(open_schools), rounds)
    kinds = {
        "URN": lambda school: school.urn,
        "postcode": lambda school: school.postcode,
        "first half of a postcode": lambda school: school.postcode.split()[0],
        "whole name": lambda school: school.name,
        "name and town": lambda school: f"{school.name} {school.town}",
        "street": lambda school: school.street,
        "Saint for St": lambda school: f"{school.name} {school.town}".replace("St ", "Saint "),
        "one typing error": lambda school: f"{mistyped(chance, school.name)} {school.town}",
        "a typing error in each word": lambda school: " ".join(
            mistyped(chance, word) for word in f"{school.name} {school.town}".split()
        ),
        "a word of many schools": lambda school: school.name.split()[-1],
        "nothing that there is": lambda school: f"{school.town[::-1]} {school.name[::-1]}",
    }
    queries.find_schools("warm up")
    lines = []
    for name, typed in kinds.items():
        times = []
        for school in drawn:
            words = typed(school)
            start = time.perf_counter()
            queries.find_schools(words)
            times.append((time.perf_counter() - start) * 1000)
        lines.append(Looked(name, typed(drawn[0]), times))
    return lines


def mistyped(chance: random.Random, text: str) -> str:
    """Two letters exchanged, one missing or one doubled, in the longest word."""
    word = max(text.split(), key=len)
    if len(word) < 4:
        return text
    place = chance.randrange(1, len(word) - 2)
    wrong = chance.choice(
        (
            word[:place] + word[place + 1] + word[place] + word[place + 2 :],
            word[:place] + word[place + 1 :],
            word[:place] + word[place] + word[place:],
        )
    )
    return text.replace(word, wrong, 1)


def tables(reads: list[Read], looked: list[Looked]) -> str:
    """What was measured, and what is promised."""
    lines = [
        f"import_schools, {SCHOOLS:,} made-up rows with {len(establishments.COLUMNS)} columns "
        f"(promised: under {FIRST_MOST} s, again under {AGAIN_MOST} s)",
        "",
        f"{'reading':<36}  seconds  own CPU    MB  what it did",
    ]
    lines += [
        f"{each.name:<36}  {each.seconds:7.1f}  {each.own:7.1f}  {each.megabytes:4.0f}  {each.counts}"
        for each in reads
    ]
    lines += [
        "",
        f"find_schools among {SCHOOLS:,}, {len(looked[0].times)} of each kind (promised: under {PICKER_MOST} ms)",
        "",
        f"{'typed':<28}  median ms  worst ms  for example",
    ]
    lines += [
        f"{each.name:<28}  {statistics.median(each.times):9.1f}  {max(each.times):8.1f}  {each.example}"
        for each in looked
    ]
    return "\n".join(lines)


def measure(rounds: int) -> str:
    """Both tables, on the database given in DATABASE_URL."""
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        reads = readings(Path(folder))
    return tables(reads, searches(rounds))
