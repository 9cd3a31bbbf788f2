"""Two replicas behind a real nginx: any reader on any of them, one publication seen on both, one of them killed."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from websockets.sync.client import connect

from benchmarks.data import project_copy
from neaspec.desk.settings import EDITIONS, PEOPLE, STORE, TRUSTS
from tests.support.made_up import write_package
from tests.support.mini import mini_rows
from tests.support.replicas import FOLDER, SECONDS, Browser, Proxy, Replica, proxied, start_replica, until
from tests.support.serving import free_port

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin") is None,
        reason="nginx is not installed here (Debian: apt-get install nginx-light)",
    ),
]
MONGOLIA = "focal@mongolia.example"
PUBLISHED_WITHIN, ENDS_WITHIN = 60, 10  # seconds; systemd and compose wait 15 before they kill
# What a publisher does, without the page; with a second argument it dies as the first table would be put in place.
PUBLISHES = """
import os, sys
from neaspec.desk import editions
from neaspec.desk.opened import desk
from neaspec.desk.people import Person
year, is_killed = sys.argv[1], len(sys.argv) > 2
focal, publisher = Person("focal@mongolia.example", "focal_point", "MNG"), Person("p@secretariat.example", "publisher")
row = {"species_id": "steppe_cat", "country_code": "MNG", "area_id": "mongolia", "area_name": "Mongolia",
       "year_from": year, "year_to": year, "count_kind": "estimate", "population_part": "adults",
       "method": "camera_trap", "value": "61", "qualifier": "exact", "unit": "individuals"}
here = desk()
drafted = here.store.draft(focal, "count", {"row": row})
here.store.lead(focal, "submit", drafted.submission_id, 1)
here.store.lead(publisher, "accept", drafted.submission_id, 1)
if is_killed:
    editions._put_in_place = lambda *_: os._exit(9)
report = {"title": "Made-up report", "publisher": "Mongolia", "language": "en"}
editions.publish(here.store, publisher, here.settings, f"for {year}", lambda _: (report, "2026-05-01"))
"""


@dataclass
class Pair:
    """Two replicas with what they share."""

    project: Path
    environment: dict[str, str]
    replicas: list[Replica]
    provider: int
    home: Path
    port: int  # at which the sign-in comes back

    def publish(self, *arguments: str) -> int:
        """Publish as one of them does; return how that process ended."""
        command = [sys.executable, "-c", PUBLISHES, *arguments]
        return subprocess.run(command, cwd=self.project, env=os.environ | self.environment, check=False).returncode


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Pair]:
    home = tmp_path_factory.mktemp("replicas")
    project = project_copy(home, 1)
    write_package(project / "data", mini_rows(), base={})
    store = f"sqlite:///{home / 'desk.sqlite'}"
    if shutil.which("initdb") and shutil.which("pg_ctl"):
        store = str(request.getfixturevalue("postgresql"))
    (home / "people.csv").write_text(f"address,role,country_code\n{MONGOLIA},focal_point,MNG\n", encoding="utf-8")
    provider, port = free_port(), free_port()
    environment = {
        STORE: store,
        PEOPLE: str(home / "people.csv"),
        EDITIONS: str(home / "editions"),
        TRUSTS: "yes",
        "NEASPEC_DATABASE_DIR": str(home / "database"),
        "NEASPEC_ALLOWED_HOSTS": "localhost",
        "STREAMLIT_SERVER_BASE_URL_PATH": FOLDER,
    }
    (project / ".streamlit" / "secrets.toml").write_text(
        f"""[auth]
redirect_uri = "https://localhost:{port}/{FOLDER}/oauth2callback"
cookie_secret = "made up for a test, 0123456789 0123456789"
client_id = "desk"
client_secret = "made up"
server_metadata_url = "http://localhost:{provider}/.well-known/openid-configuration"
""",
        encoding="utf-8",
    )
    signs_in = subprocess.Popen(
        [sys.executable, "-m", "oidc_provider_mock", "--port", str(provider), "--host", "localhost"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    replicas = [start_replica(project, environment, home / f"log-{number}") for number in (1, 2)]
    try:
        until(lambda: all(replica.version() for replica in replicas), SECONDS)
        yield Pair(project, environment, replicas, provider, home, port)
    finally:
        for process in (*(replica.process for replica in replicas), signs_in):
            process.kill()
            process.wait(timeout=20)


@pytest.fixture(scope="module")
def sticky(pair: Pair) -> Iterator[Proxy]:
    with proxied(pair.home / "sticky", [replica.port for replica in pair.replicas], pair.provider) as proxy:
        yield proxy


@pytest.fixture(scope="module")
def loose(pair: Pair) -> Iterator[Proxy]:
    """Nginx that sends each request to the next replica."""
    ports = [replica.port for replica in pair.replicas]
    with proxied(pair.home / "loose", ports, pair.provider, is_sticky=False, port=pair.port) as proxy:
        yield proxy


def test_a_browser_stays_with_its_replica_and_browsers_are_spread(sticky: Proxy) -> None:
    seen = []
    for _ in range(12):
        browser, before = Browser(sticky), len(sticky.upstreams())
        for address in ("/", "/_stcore/health", "/sites", "/health"):
            assert browser.request(address)[0] == 200
        until(lambda before=before: len(sticky.upstreams()) >= before + 4, 10, 0.05)
        went = set(sticky.upstreams()[before:])
        assert len(went) == 1
        seen += went
    assert len(set(seen)) == 2
    log = sticky.log.read_text(encoding="utf-8")
    assert "neaspec_place" not in log


def test_outside_the_folder_and_at_the_metrics_there_is_nothing(sticky: Proxy) -> None:
    browser = Browser(sticky)
    root = sticky.address.removesuffix(f"/{FOLDER}")
    assert browser.request(f"{root}/")[0] == 302
    assert browser.redirect.endswith(f"/{FOLDER}/")
    assert browser.request("/metrics")[0] == 404
    assert browser.request(f"{root}/metrics")[0] == 404


def test_what_is_dropped_into_a_page_arrives_with_the_cookie_and_not_by_chance(sticky: Proxy, loose: Proxy) -> None:
    answers: dict[str, list[int]] = {}
    for name, proxy in (("sticky", sticky), ("loose", loose)):
        browser = Browser(proxy)
        browser.request("/_stcore/health")
        if name == "loose":
            del browser.cookies["neaspec_place"]
        with browser.opened() as socket:
            browser.visit(socket, "field_data")
            answers[name] = [browser.upload(f"file-{number}") for number in range(6)]
    assert answers["sticky"] == [204] * 6
    assert set(answers["loose"]) == {204, 400}  # what the README says of a proxy that does not keep readers together


def test_tables_and_papers_come_from_any_replica(loose: Proxy) -> None:
    browser = Browser(loose)
    for address in ("/table/species/counts.csv?species_id=steppe_cat", "/take/species.xlsx?species_id=steppe_cat"):
        answers = [browser.request(address) for _ in range(4)]
        assert {status for status, _ in answers} == {200}
        assert len({content for _, content in answers}) == 1  # the same bytes, whoever made them


def test_who_signs_in_at_one_replica_is_signed_in_at_the_other(pair: Pair, loose: Proxy) -> None:
    browser = Browser(loose)
    browser.request("/_stcore/health")
    with browser.opened() as socket:
        browser.visit(socket, "desk")
        browser.visit(socket, "desk", press="Sign in")
    assert "/auth/login" in browser.redirect
    browser.request(urllib.parse.urljoin(loose.address + "/", browser.redirect))
    there = browser.redirect
    assert there.startswith(f"http://localhost:{pair.provider}/oauth2/authorize")
    form = urllib.parse.urlencode({"sub": MONGOLIA}).encode()
    browser.request(there, "POST", form, Content_Type="application/x-www-form-urlencoded")
    assert browser.redirect.startswith(loose.address)
    assert browser.request(browser.redirect)[0] in (302, 307)
    for _ in pair.replicas:
        with browser.opened() as socket:
            browser.buttons.clear()
            assert "Signed in as" in browser.visit(socket, "desk")
            assert "Sign out" in browser.buttons and "Sign in" not in browser.buttons


def test_what_is_published_on_one_is_served_by_both_within_a_minute_without_a_reader(pair: Pair) -> None:
    before = {replica.version() for replica in pair.replicas}
    assert len(before) == 1
    assert pair.publish("2023") == 0
    took = until(lambda: not before & {replica.version() for replica in pair.replicas}, PUBLISHED_WITHIN)
    print(f"served by both after {took:.1f} s")
    assert len({replica.version() for replica in pair.replicas}) == 1
    for replica in pair.replicas:
        address = f"{replica.address}/table/country/counts.csv?country_code=MNG"
        with urllib.request.urlopen(address, timeout=60) as answer:
            assert ",61,individuals,2023," in answer.read().decode("utf-8-sig")


def test_what_a_killed_publication_left_is_ended_by_a_server_that_nobody_asks(pair: Pair) -> None:
    before = {replica.version() for replica in pair.replicas}
    journal = pair.home / "editions" / "journal.json"
    assert pair.publish("2024", "killed") == 9
    assert journal.is_file()
    until(
        lambda: not journal.exists() and not before & {replica.version() for replica in pair.replicas},
        2 * PUBLISHED_WITHIN,
    )
    assert len({replica.version() for replica in pair.replicas}) == 1


def test_one_replica_is_killed_under_load_and_readers_go_on(pair: Pair, sticky: Proxy) -> None:
    browsers = [Browser(sticky) for _ in range(8)]
    answers: list[int] = []
    is_over = threading.Event()

    def reads(browser: Browser) -> None:
        while not is_over.is_set():
            answers.append(browser.request("/table/species/counts.csv?species_id=steppe_cat")[0])

    threads = [threading.Thread(target=reads, args=(browser,)) for browser in browsers]
    for thread in threads:
        thread.start()
    until(lambda: len(answers) > 40, 60, 0.05)
    killed = pair.replicas[1]
    killed.process.kill()
    before = len(answers)
    until(lambda: len(answers) > before + 80, 60, 0.05)
    is_over.set()
    for thread in threads:
        thread.join()
    assert set(answers) == {200}
    for browser in browsers:  # also those whose replica is gone
        with browser.opened() as socket:
            assert "Steppe cat" in browser.visit(socket, "species", "species=steppe_cat")
    killed.process.wait(timeout=20)
    pair.replicas[1] = start_replica(pair.project, pair.environment, pair.home / "log-3")


def test_a_server_with_a_desk_and_an_open_page_ends_soon_after_it_is_asked_to(pair: Pair, sticky: Proxy) -> None:
    replica = pair.replicas[0]
    address = replica.address.replace("http", "ws") + "/_stcore/stream"
    with connect(address, subprotocols=["streamlit"], max_size=None) as socket:
        Browser(sticky).visit(socket, "desk")
        started = time.monotonic()
        replica.process.send_signal(signal.SIGTERM)
        replica.process.wait(timeout=ENDS_WITHIN)
    print(f"ended after {time.monotonic() - started:.1f} s")
    assert "Traceback" not in (pair.home / "log-1").read_text(encoding="utf-8")
