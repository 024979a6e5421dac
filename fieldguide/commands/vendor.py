"""The site's only third-party script, MiniSearch: downloaded from npm, verified, and committed with its
license.
"""

from __future__ import annotations

import hashlib
import subprocess
import tarfile
import tempfile
from pathlib import Path

PACKAGE = "minisearch"
VERSION = "7.2.0"
SHA256 = "0393b3ba253b809d5e55707c7b0875ef9b518a296a006c6739b28876e154edb3"
"""The hash of the module in the npm package of that version."""
FOLDER = Path("overrides", "assets", "js", "vendor")
MEMBERS = {
    "package/dist/es/index.js": f"{PACKAGE}-{VERSION}.mjs",
    "package/LICENSE.txt": f"{PACKAGE}-LICENSE.txt",
}
"""{member of the package: file name in the project}."""


def write_vendor(root: Path) -> list[str]:
    """Download the package with npm, write its module and license, and return their paths. Raises ValueError
    if the module has another hash.
    """
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            ["npm", "pack", "--silent", f"{PACKAGE}@{VERSION}"],
            cwd=folder,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        return unpack(Path(folder, f"{PACKAGE}-{VERSION}.tgz"), root / FOLDER)


def unpack(archive: Path, target: Path) -> list[str]:
    """Write the MEMBERS of npm's archive into `target`, replacing its content; returns their paths."""
    with tarfile.open(archive) as package:
        files = {name: _member(package, member, archive.name) for member, name in MEMBERS.items()}
    digest = hashlib.sha256(files[f"{PACKAGE}-{VERSION}.mjs"]).hexdigest()
    if digest != SHA256:
        raise ValueError(
            f"{PACKAGE} {VERSION} has the hash {digest} instead of {SHA256}: review the changes, then"
            " update the hash in fieldguide/commands/vendor.py"
        )
    target.mkdir(parents=True, exist_ok=True)
    for old in target.glob(f"{PACKAGE}-*"):
        old.unlink()
    for name, data in files.items():
        (target / name).write_bytes(data)
    return [str(target / name) for name in files]


def _member(package: tarfile.TarFile, name: str, archive: str) -> bytes:
    try:
        member = package.extractfile(name)
    except KeyError:
        member = None
    if member is None:
        raise ValueError(f"{archive} holds no {name}: find out where the package keeps its module now")
    return member.read()
