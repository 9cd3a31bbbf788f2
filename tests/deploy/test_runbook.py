"""Every block of commands in the runbook is run, in its order, on a made-up project with a desk.

Real: the shell, git, the packages, the store, backup, restore, the build. Stood for: systemctl, which notes what it was
asked; the two servers and the provider, by one that answers every address; packages are looked at and not installed.
"""

import os
import re
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from neaspec.desk import editions
from neaspec.desk.editions import publish
from neaspec.desk.settings import DeskSettings
from neaspec.desk.store import Store
from neaspec.desk.upgrade import open_store
from neaspec.paths import ROOT
from tests.desk.conftest import COUNT, EDITOR, MONGOLIA, PUBLISHER, report_of
from tests.support.made_up import write_package

RUNBOOK = (ROOT / "deploy" / "RUNBOOK.md").read_text(encoding="utf-8")
COPIED = ("neaspec", "queries", "assets", "dashboard.py", "requirements.lock", ".gitignore")
WHO = {"GIT_AUTHOR_NAME": "Made up", "GIT_AUTHOR_EMAIL": "made@up.example"}
WHO |= {name.replace("AUTHOR", "COMMITTER"): value for name, value in WHO.items()}


def blocks() -> list[tuple[str, str]]:
    """Return (heading, commands) of all blocks; the first one is said before each of the others."""
    found = []
    for section in re.split(r"^## ", RUNBOOK, flags=re.MULTILINE):
        found += [(section.splitlines()[0], block) for block in re.findall(r"^```sh\n(.*?)^```", section, re.M | re.S)]
    return found


class Answers(BaseHTTPRequestHandler):
    """Stands for the servers and the provider."""

    def do_GET(self) -> None:  # noqa: N802 - the name is the library's
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@dataclass
class Place:
    """The project as an operator has it, below a folder of the test."""

    home: Path
    address: str
    said: dict[str, str] = field(default_factory=dict)

    @property
    def project(self) -> Path:
        return self.home / "srv" / "neaspec" / "dashboard"

    @property
    def settings(self) -> DeskSettings:
        desk = self.home / "srv" / "neaspec" / "desk"
        return DeskSettings(
            f"sqlite:///{desk}/desk.sqlite", desk / "people.csv", desk / "editions", self.project / "data"
        )

    def placed(self, text: str) -> str:
        """Return commands with the places of this test instead of an operator's."""
        for folder in ("/srv/neaspec", "/etc/neaspec", "/var/backups/neaspec"):
            text = text.replace(folder, f"{self.home}{folder}")
        text = re.sub(r"http://127\.0\.0\.1:850\d", self.address, text)
        text = text.replace("https://dash.example.org/provider", self.address)
        return text.replace("pip install --quiet", "pip install --dry-run --no-index --quiet")

    def run(self, commands: str) -> str:
        """Run commands as a shell does, each of which must succeed."""
        environment = os.environ | WHO | {"PATH": f"{self.home / 'bin'}:{os.environ['PATH']}"}
        script = f"set -euo pipefail\n{self.placed(commands)}"
        done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, env=environment, check=False)
        assert done.returncode == 0, f"{commands}\n{done.stdout}\n{done.stderr}"
        return done.stdout + done.stderr

    def git(self, *arguments: str) -> str:
        done = subprocess.run(
            ["git", *arguments], cwd=self.project, env=os.environ | WHO, check=True, capture_output=True, text=True
        )
        return done.stdout

    def accepted(self, area: str) -> Store:
        store = Store(open_store(self.settings.store))
        drafted = store.draft(MONGOLIA, "count", {"row": COUNT | {"value": "9", "year_from": area, "year_to": area}})
        store.lead(MONGOLIA, "submit", drafted.submission_id, 1)
        store.lead(EDITOR, "accept", drafted.submission_id, 1)
        return store

    def publish(self, year: str) -> None:
        store = self.accepted(year)
        publish(store, PUBLISHER, self.settings, f"for {year}", report_of)
        store.engine.dispose()

    def begin_to_publish(self, year: str, monkeypatch: pytest.MonkeyPatch) -> None:
        """Publish and be killed before the first table is in place."""

        def killed(*_: object) -> None:
            raise KeyboardInterrupt

        store = self.accepted(year)
        with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
            patch.setattr(editions, "_put_in_place", killed)
            publish(store, PUBLISHER, self.settings, f"for {year}", report_of)
        store.engine.dispose()

    def states(self) -> list[str]:
        store = Store(open_store(self.settings.store))
        found = [edition["state"] for edition in store.editions()]
        store.engine.dispose()
        return found

    def change_upstream(self, name: str, before: str, after: str) -> None:
        """Change a table where the updates come from."""
        work = self.home / "somebody"
        if not work.is_dir():
            subprocess.run(["git", "clone", "-q", str(self.home / "origin"), str(work)], check=True)
        path = work / "data" / name
        text = path.read_text(encoding="utf-8")
        assert before in text
        path.write_text(text.replace(before, after, 1), encoding="utf-8")
        for arguments in (["commit", "-qam", f"{name} changed"], ["push", "-q", "origin", "HEAD:main"]):
            subprocess.run(["git", *arguments], cwd=work, env=os.environ | WHO, check=True)

    def table(self, name: str) -> str:
        return (self.project / "data" / name).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    server = HTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    here = Place(tmp_path_factory.mktemp("operator"), f"http://127.0.0.1:{server.server_port}")
    first = here.home / "first"
    for name in COPIED:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        first.mkdir(exist_ok=True)
        copy(
            ROOT / name,
            first / name,
            **({"ignore": shutil.ignore_patterns("__pycache__")} if copy is not shutil.copy else {}),
        )
    write_package(first / "data")
    for arguments in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-qm", "Made up"]):
        subprocess.run(["git", *arguments], cwd=first, env=os.environ | WHO, check=True, capture_output=True)
    subprocess.run(["git", "clone", "-q", "--bare", str(first), str(here.home / "origin")], check=True)
    here.project.parent.mkdir(parents=True)
    subprocess.run(["git", "clone", "-q", str(here.home / "origin"), str(here.project)], check=True)
    (here.project / ".venv").symlink_to((ROOT / ".venv").resolve())
    (here.home / "bin").mkdir()
    shim = here.home / "bin" / "systemctl"
    shim.write_text(f'#!/bin/sh\necho "$@" >> {here.home}/systemctl.log\n', encoding="utf-8")
    shim.chmod(0o755)
    here.settings.people.parent.mkdir()
    here.settings.people.write_text(
        "address,role,country_code\nleaves@ministry.example,focal_point,MNG\nstays@ministry.example,focal_point,MNG\n",
        encoding="utf-8",
    )
    environment = here.home / "etc" / "neaspec" / "environment"
    environment.parent.mkdir(parents=True)
    stated = "NEASPEC_DESK_STORE=sqlite:////srv/neaspec/desk/desk.sqlite\nNEASPEC_DATABASE_DIR=/srv/neaspec/database\n"
    environment.write_text(here.placed(stated), encoding="utf-8")
    here.publish("2024")
    yield here
    server.shutdown()


def before_each(place: Place, monkeypatch: pytest.MonkeyPatch) -> dict[str, list[Callable[[], object]]]:
    """Return heading -> what happens before each of its blocks."""

    def breaks() -> None:
        place.change_upstream("counts.csv", ",2018,", ",in the year 2018,")
        place.git("pull", "-q", "--no-rebase", "--no-edit", "origin", "main")

    def fills() -> None:
        old = place.home / "var" / "backups" / "neaspec" / "desk-2020-01-01.tar.gz"
        old.touch()
        os.utime(old, (0, 0))

    return {
        "Update of the data": [
            lambda: place.change_upstream("sites.csv", "Made-up park", "Made-up park renamed"),
            lambda: None,
        ],
        "Upgrade of the software": [lambda: place.change_upstream("caveats.csv", "Not a real row", "No real row")],
        "Restore": [lambda: place.publish("2023")],
        "When the database will not build": [breaks],
        "When the disc is full": [fills],
        "When an edition is half written": [
            lambda: place.begin_to_publish("2025", monkeypatch),
            lambda: (place.settings.editions / "edition-0001" / "counts.csv").unlink(),
        ],
    }


def test_every_block_of_the_runbook_does_what_it_says(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    (_, first), *rest = blocks()
    assert len(rest) > 15
    hooks = before_each(place, monkeypatch)
    assert hooks.keys() <= {heading for heading, _ in rest}
    for heading, commands in rest:
        left = hooks.get(heading, [])
        if left:
            left.pop(0)()
        said = place.run(first + commands)
        after = AFTER.get(heading)
        if after is not None:
            after(place, commands, said)
    assert place.run(first + ".venv/bin/python -m neaspec.desk check").startswith("The trail is whole")


def after_update(place: Place, commands: str, said: str) -> None:
    if "git fetch" in commands:
        assert "Made-up park renamed" in place.table("sites.csv")
        assert "2024" in place.table("counts.csv")  # what was published is still there
        assert place.git("log", "--format=%s").startswith("Merge")
        assert "The trail is whole" in said


def after_upgrade(place: Place, commands: str, said: str) -> None:
    if "git fetch" in commands:
        assert "No real row" in place.table("caveats.csv")
        asked = (place.home / "systemctl.log").read_text(encoding="utf-8").splitlines()
        assert asked == ["restart neaspec@8501", "restart neaspec@8502"]
    else:
        assert "Not a real row" in place.table("caveats.csv")


def after_restore(place: Place, commands: str, said: str) -> None:
    assert "0 steps restored" not in said
    assert place.states() == ["published"]  # what came after the backup is lost, and nothing else
    assert "2024" in place.table("counts.csv")
    assert (place.settings.people.parent / "before" / "desk.sqlite").is_file()
    assert "The trail is whole" in said


def after_failure(place: Place, commands: str, said: str) -> None:
    if "||" in commands:
        assert "counts.csv" in said and "in the year 2018" in said
    else:
        assert "in the year 2018" not in place.table("counts.csv")


def after_full(place: Place, commands: str, said: str) -> None:
    backups = {path.name for path in (place.home / "var" / "backups" / "neaspec").iterdir()}
    assert "desk-2020-01-01.tar.gz" not in backups and len(backups) >= 2


def after_half(place: Place, commands: str, said: str) -> None:
    assert place.states() == ["published", "published"]
    assert "2025" in place.table("counts.csv")
    assert not (place.settings.editions / "journal.json").exists()
    assert (place.settings.editions / "edition-0001" / "counts.csv").is_file() or "tar" not in commands


def after_leaving(place: Place, commands: str, said: str) -> None:
    people = place.settings.people.read_text(encoding="utf-8")
    assert "leaves@" not in people and "stays@" in people


AFTER = {
    "Update of the data": after_update,
    "Upgrade of the software": after_upgrade,
    "Restore": after_restore,
    "When the database will not build": after_failure,
    "When the disc is full": after_full,
    "When somebody leaves": after_leaving,
    "When an edition is half written": after_half,
}
