"""Builds the site with MkDocs in a temporary folder and replaces the old site only if the build is
complete.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from fieldguide.text.paths import check_target


def build(root: Path, site: Path) -> int:
    """Build the project at `root` strictly into `site` and return MkDocs's exit status; unless it is 0, the
    previous `site` is kept. Raises ValueError if `site` contains files that people write.
    """
    check_target(root, site)
    fresh, former = (site.with_name(f".{site.name}.{word}") for word in ("new", "old"))
    for folder in (fresh, former):
        shutil.rmtree(folder, ignore_errors=True)
    status = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(fresh.resolve())],
        cwd=root,
        check=False,
    ).returncode
    if status == 0:
        if site.exists():
            site.rename(former)
        fresh.rename(site)
    for folder in (fresh, former):
        shutil.rmtree(folder, ignore_errors=True)
    return status
