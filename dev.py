"""The entrance to everything a developer runs: `python3 dev.py run`, `test`, `check` and so on.

Only the Python version is looked at here, in words that any Python 3 can read; the work is in dev/.
"""

import os
import shutil
import subprocess
import sys

NEEDED = (3, 11)
KNOWN = ("python3.14", "python3.13", "python3.12", "python3.11")


def newer_python():
    """The path of an installed Python that is new enough and starts, or None."""
    for name in KNOWN:
        path = shutil.which(name)
        if path and subprocess.call([path, "-c", ""], stderr=subprocess.DEVNULL) == 0:
            return path
    return None


def explanation(version):
    """What to tell somebody whose Python is too old."""
    return (
        f"The portal needs Python 3.11 or newer; this is Python {version}.\n"
        "Install one, then run the same command again:\n"
        "  Debian 12, Ubuntu 24.04 or newer:  sudo apt install python3 python3-venv\n"
        "  older Ubuntu:                      sudo apt install python3.11 python3.11-venv\n"
        "  macOS:                             brew install python@3.12\n"
    )


def main():
    if sys.version_info < NEEDED:
        path = newer_python()
        if path is None:
            sys.stderr.write(explanation(".".join(str(part) for part in sys.version_info[:3])))
            return 1
        os.execv(path, [path, os.path.abspath(__file__), *sys.argv[1:]])
    from dev import cli

    return cli.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
