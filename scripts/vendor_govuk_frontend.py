#!/usr/bin/env python3
"""Fetches one version of govuk-frontend and makes it ours.

`python3 scripts/vendor_govuk_frontend.py 6.6.0` takes the published package with `npm pack` (npm checks it
against its integrity value) and keeps the compiled css and js with their maps. It leaves out what a service
outside gov.uk may not use: the GDS Transport fonts, the crown and the royal arms, the GOV.UK icons. Text is
set in Arial. Addresses of assets become relative, so that hashed file names work. `vendored.json` records
the version and the SHA-256 of every file kept; `--verify` compares the files with it and exits 1 when one
differs. The package holds no licence file; LICENSE.txt beside the files is its repository's (MIT).
"""

import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent / "static" / "vendor" / "govuk-frontend"
RECORD = HERE / "vendored.json"
KEPT = {
    "dist/govuk/govuk-frontend.min.css": "govuk-frontend.min.css",
    "dist/govuk/govuk-frontend.min.css.map": "govuk-frontend.min.css.map",
    "dist/govuk/govuk-frontend.min.js": "govuk-frontend.min.js",
    "dist/govuk/govuk-frontend.min.js.map": "govuk-frontend.min.js.map",
}


def ours(css: str) -> str:
    """The stylesheet without fonts, crest and absolute addresses."""
    css = re.sub(r"@font-face\{[^}]*\}", "", css)
    css = css.replace("GDS Transport,arial,sans-serif", "Arial,Helvetica,sans-serif")
    css = re.sub(r"[^{}]*\{[^{}]*govuk-crest\.svg[^{}]*\}", "", css)
    css = css.replace("url(/assets/", "url(assets/")
    left = [word for word in ("GDS Transport", "crest.svg", "url(") if word in css]
    if left:
        raise SystemExit(f"The stylesheet still holds {', '.join(left)}; adapt this script to it.")
    return css


def fetch(version: str) -> None:
    """Fetches, keeps, records."""
    with tempfile.TemporaryDirectory() as folder:
        packed = subprocess.run(
            ["npm", "pack", "--silent", f"govuk-frontend@{version}"],
            cwd=folder,
            check=True,
            capture_output=True,
            text=True,
        )
        archive = Path(folder) / packed.stdout.split()[-1]
        package_hash = hashlib.sha256(archive.read_bytes()).hexdigest()
        with tarfile.open(archive) as package:
            for source, name in KEPT.items():
                member = package.extractfile(f"package/{source}")
                if member is None:
                    raise SystemExit(f"The package has no {source}.")
                content = member.read()
                if name.endswith(".css"):
                    content = ours(content.decode()).encode()
                (HERE / name).write_bytes(content)
    record = {"package": "govuk-frontend", "version": version, "package_sha256": package_hash}
    record["files"] = {name: digest(name) for name in sorted(KEPT.values())}
    RECORD.write_text(json.dumps(record, indent=2) + "\n")
    print(f"govuk-frontend {version}: {len(KEPT)} files kept.")


def digest(name: str) -> str:
    return hashlib.sha256((HERE / name).read_bytes()).hexdigest()


def verify() -> None:
    """Exits 1 when a kept file is not the one recorded."""
    recorded = json.loads(RECORD.read_text())["files"]
    changed = [name for name, value in recorded.items() if digest(name) != value]
    if changed:
        raise SystemExit(f"Changed since they were fetched: {', '.join(changed)}.")
    print(f"{len(recorded)} files are as recorded.")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("Say which version, for example 6.6.0, or --verify")
    verify() if sys.argv[1] == "--verify" else fetch(sys.argv[1])
