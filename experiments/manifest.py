"""What the results were made from and with: `results/manifest.json`. Standard library only."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
import platform
from pathlib import Path
from typing import Any

from experiments.corpus import FILES, Corpus
from experiments.table import RESULTS, load_rows

MANIFEST = RESULTS / "manifest.json"
PACKAGES = ("numpy", "scipy", "tokenizers", "torch")


def processor(flags: Path = Path("/proc/cpuinfo")) -> str:
    """In words that name no machine."""
    known = flags.read_text(encoding="utf-8") if flags.exists() else ""
    vectors = " with AVX-512" if "avx512f" in known else " with AVX2" if "avx2" in known else ""
    return f"{os.cpu_count()} cores of a shared {platform.machine()} server{vectors}, no GPU"


def files_of(results: Path) -> dict[str, str]:
    """The SHA-256 of every result that is there, but for the manifest."""
    found = sorted(path for path in results.rglob("*") if path.is_file() and path.name != MANIFEST.name)
    return {
        path.relative_to(results).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in found
    }


def make_manifest(corpus: Corpus, threads: int, results: Path = RESULTS) -> dict[str, Any]:
    rows = load_rows(results / "runs.csv")
    trainings = [
        json.loads(path.read_text(encoding="utf-8"))["training"]
        for path in sorted((results / "definer").glob("*.json"))
        if path.stem not in {"model", "logits", "prompts", "inside", "sentences"}
    ]
    larger = results / "larger" / "model.json"
    if larger.exists():
        trainings.append(json.loads(larger.read_text(encoding="utf-8"))["training"])
    return {
        "dictionary": FILES,
        "corpus": {"sha256": corpus.sha256(), "counts": corpus.counts},
        "versions": {
            "python": platform.python_version(),
            **{name: importlib.metadata.version(name).removesuffix("+cpu") for name in PACKAGES},
        },
        "hardware": processor(),
        "threads": threads,
        "scaling": {
            "runs": len(rows),
            "flop": sum(row.flop for row in rows),
            "seconds": round(sum(row.seconds for row in rows)),
        },
        "definer": {
            "runs": len(trainings),
            "flop": sum(one["flop"] for one in trainings),
            "seconds": sum(one["seconds"] for one in trainings),
        },
        "files": files_of(results),
    }


def write_manifest(corpus: Corpus, threads: int) -> None:
    MANIFEST.write_text(json.dumps(make_manifest(corpus, threads), indent=1) + "\n", encoding="utf-8")
