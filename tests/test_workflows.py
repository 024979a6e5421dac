"""The workflows hold no more rights than they need, publish what was tested, and test what is published."""

from __future__ import annotations

import base64
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".github" / "workflows"
WORKFLOWS = sorted(FOLDER.glob("*.yml"))
WEEKLY = {"audit.yml", "links.yml", "refresh.yml", "stale.yml", "zensical.yml"}
"""What looks at the world once a week; nothing waits for it."""


def jobs(name: str) -> dict[str, dict[str, Any]]:
    return yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))["jobs"]


def steps(job: dict[str, Any], wanted: str) -> list[dict[str, Any]]:
    """The steps that use an action or run a command of this name."""
    return [
        step
        for step in job.get("steps", [])
        if step.get("uses", "").startswith(f"{wanted}@") or re.search(rf"\b{wanted}\b", step.get("run", ""))
    ]


def test_only_the_deploy_job_may_publish_and_only_the_weekly_jobs_may_write_what_they_need() -> None:
    writing = []
    for path in WORKFLOWS:
        assert yaml.safe_load(path.read_text(encoding="utf-8"))["permissions"] == {"contents": "read"}, (
            path.name
        )
        for name, job in jobs(path.name).items():
            rights = job.get("permissions", {})
            assert isinstance(rights, dict), f"{path.name}: {name}"
            if "write" in rights.values():
                writing.append((path.name, name, rights))
    assert writing == [
        ("deploy.yml", "deploy", {"pages": "write", "id-token": "write"}),
        ("refresh.yml", "refresh", {"contents": "write", "pull-requests": "write"}),
        ("stale.yml", "stale", {"contents": "read", "issues": "write"}),
        ("zensical.yml", "report", {"issues": "write"}),
    ]


def test_the_newest_zensical_runs_where_nothing_may_be_written_and_its_log_stays_a_log(
    tmp_path: Path,
) -> None:
    work = jobs("zensical.yml")
    assert "permissions" not in work["compare"], "it reads, as the workflow says"
    assert "secrets." not in str(work["compare"])
    assert work["report"]["needs"] == "compare"
    (step,) = work["report"]["steps"]
    assert not re.search(r"\bmake\b|zensical", step["run"])
    command = next(line for line in step["run"].splitlines() if "base64" in line)
    log = b"one\n```\n@somebody fixes #1\r\n\x1b[31mred\n    </pre>\n\xff\xe2\x80\n"
    subprocess.run(
        ["bash", "-euc", command],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "LOG": base64.b64encode(log).decode()},
        check=True,
    )
    head, blank, *lines = (tmp_path / "report.md").read_text(encoding="utf-8").splitlines()
    assert (head, blank) == ("The end of its log:", "")
    assert lines == ["    one", "    ```", "    @somebody fixes #1", "    [31mred", "        </pre>", "    "]


def test_the_deploy_job_waits_for_the_tests_and_for_main() -> None:
    deploying = jobs("deploy.yml")
    assert deploying["site"]["uses"] == "$/.github/workflows/test.yml"
    assert deploying["site"]["with"] == {"publish": True}
    assert deploying["deploy"]["needs"] == "site"
    assert deploying["deploy"]["if"] == "github.ref == 'refs/heads/main'"


def test_the_site_is_built_once_and_that_site_is_tested_and_published() -> None:
    uploading = [
        (path.name, name)
        for path in WORKFLOWS
        for name, job in jobs(path.name).items()
        if steps(job, "actions/upload-pages-artifact")
    ]
    assert uploading == [("test.yml", "build")]
    assert [step["run"] for step in steps(jobs("test.yml")["build"], "make")] == ["make locked", "make pdf"]
    testing = jobs("test.yml")["test"]
    assert testing["needs"] == "build"
    assert [step["with"] for step in steps(testing, "actions/download-artifact")] == [
        {"name": "github-pages"}
    ]  # what upload-pages-artifact calls it, and deploy-pages takes
    (run,) = steps(testing, "make test")
    assert run["env"]["FIELDGUIDE_SITE"] == "site"
    assert "tar -xf artifact.tar -C site" in run["run"]
    parts = testing["strategy"]["matrix"]["part"]
    assert parts == ["tests/browser", "tests --ignore=tests/browser"], "together they are all tests"


def test_every_job_installs_what_is_locked() -> None:
    for path in WORKFLOWS:
        for name, job in jobs(path.name).items():
            first = next(iter(steps(job, "make")), None)
            assert first is None or first["run"] == "make locked", f"{path.name}: {name}"


def test_the_oldest_python_is_the_one_that_the_package_names_and_the_newest_is_the_same_everywhere() -> None:
    oldest, newest = jobs("test.yml")["check"]["strategy"]["matrix"]["python"]
    assert f'requires-python = ">={oldest}' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for path in WORKFLOWS:
        for name, job in jobs(path.name).items():
            for step in steps(job, "actions/setup-python"):
                version = step["with"]["python-version"]
                assert version == "${{ matrix.python }}" or version == (
                    newest if name == "newest" else oldest
                ), f"{path.name}: {name}"


def test_every_action_is_pinned_by_commit_and_the_same_everywhere() -> None:
    pins: dict[str, set[str]] = {}
    for path in WORKFLOWS:
        for used in re.findall(r"uses: (.+)$", path.read_text(encoding="utf-8"), flags=re.M):
            if used.startswith("$/"):
                assert (ROOT / used.removeprefix("$/")).exists()
                continue
            match = re.fullmatch(r"([\w.-]+/[\w.-]+)(?:/[\w./-]+)?(@[0-9a-f]{40} # v\d+\.\d+\.\d+)", used)
            assert match, f"{path.name}: {used}"
            pins.setdefault(match[1], set()).add(match[2])
    assert len(pins) >= 5
    assert [name for name, used in pins.items() if len(used) > 1] == []


def test_nothing_waits_for_what_is_looked_at_weekly() -> None:
    assert {path.name for path in WORKFLOWS} > WEEKLY
    for path in WORKFLOWS:
        triggers = yaml.safe_load(path.read_text(encoding="utf-8"))[
            True
        ]  # YAML 1.1 reads the key `on` as true
        if path.name in WEEKLY:
            assert set(triggers) == {"schedule", "workflow_dispatch"}
        else:
            assert "schedule" not in triggers
            assert not re.search(
                "links-external|newest-zensical|make audit|make .*refresh", path.read_text(encoding="utf-8")
            )


def test_the_refreshed_prices_wait_for_a_person_on_one_branch() -> None:
    job = jobs("refresh.yml")["refresh"]
    (opening,) = steps(job, "gh")
    assert [name for name, step in enumerate(job["steps"]) if "GH_TOKEN" in step.get("env", {})] == [
        job["steps"].index(opening)
    ], "what installs, reads lists and builds has no right to write"
    assert opening["env"]["BRANCH"] == "refresh-prices"
    assert re.findall(r"git push .*", opening["run"]) == ['git push --force origin "$BRANCH"']
    assert "gh pr merge" not in opening["run"]
    assert "```" not in opening["run"] and "tail -c 8000 log.txt | tr" in opening["run"], "a log stays a log"
    assert next(step for step in job["steps"] if step.get("id") == "build")["continue-on-error"]


def test_what_asks_for_known_faults_is_installed_by_hash() -> None:
    run = " ".join(step.get("run", "") for step in jobs("audit.yml")["locks"]["steps"])
    assert "pip install --quiet --require-hashes --only-binary :all: -r audit/pip-audit.txt" in run
    assert "pipx" not in run
    lock = (ROOT / "audit" / "pip-audit.txt").read_text(encoding="utf-8")
    wanted = (ROOT / "audit" / "pip-audit.in").read_text(encoding="utf-8").splitlines()[-1]
    assert wanted in lock
    entries = re.findall(r"^[\w.-]+==.+?(?=^[\w.-]+==|\Z)", lock, flags=re.M | re.S)
    assert len(entries) > 20
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []
