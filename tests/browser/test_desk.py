"""The desk in a real browser, with a provider of sign-ins: reported, asked, answered, accepted, published, read."""

import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from benchmarks.data import project_copy
from neaspec.desk.settings import EDITIONS, PEOPLE, STORE, TRUSTS
from tests.support.serving import free_port, running

pytestmark = pytest.mark.browser

MONGOLIA, JAPAN = "focal@mongolia.example", "focal@japan.example"
EDITOR, PUBLISHER = "editor@secretariat.example", "publisher@secretariat.example"
PEOPLE_TABLE = f"""address,role,country_code
{MONGOLIA},focal_point,MNG
{JAPAN},focal_point,JPN
{EDITOR},editor,
{PUBLISHER},publisher,
"""
SECRETS = """[auth]
redirect_uri = "http://localhost:{port}/oauth2callback"
cookie_secret = "made up for a test, 0123456789 0123456789"
client_id = "desk"
client_secret = "made up"
server_metadata_url = "{provider}/.well-known/openid-configuration"
"""
FIGURE = "954"  # no other figure of snow leopards on record is this one


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """Start a provider of sign-ins that believes every name: for tests alone."""
    address = f"http://localhost:{(port := free_port())}"
    process = subprocess.Popen(
        [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), "--host", "localhost"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    for _ in range(120):
        try:
            with urllib.request.urlopen(f"{address}/.well-known/openid-configuration", timeout=2):
                break
        except OSError:
            time.sleep(0.25)
    yield address
    process.terminate()
    process.wait(timeout=20)


@dataclass
class DeskServer:
    """A dashboard with a desk: its address and its folder."""

    address: str
    project: Path


@pytest.fixture(scope="module")
def desk(provider: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskServer]:
    folder = tmp_path_factory.mktemp("desk")
    project = project_copy(folder, 1)
    port = free_port()
    (project / ".streamlit" / "secrets.toml").write_text(SECRETS.format(port=port, provider=provider), encoding="utf-8")
    (folder / "people.csv").write_text(PEOPLE_TABLE, encoding="utf-8")
    environment = {
        STORE: f"sqlite:///{folder / 'desk.sqlite'}",
        PEOPLE: str(folder / "people.csv"),
        EDITIONS: str(folder / "editions"),
        TRUSTS: "yes",
    }
    with running(folder=project, port=port, more_env=environment, log=folder / "log") as address:
        yield DeskServer(address, project)


def opened(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("h1").first.wait_for(timeout=120_000)
    settled(page)


def settled(page: Page) -> None:
    page.wait_for_timeout(700)
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=120_000)


def signed_in(browser: Browser, desk: DeskServer, name: str) -> Page:
    """Sign in through the provider and return the desk of whoever it is."""
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    opened(page, f"{desk.address}/desk")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/oauth2/authorize**", timeout=60_000)
    page.locator("input[name=sub]").fill(name)
    page.get_by_role("button", name="Authorize").click()
    page.wait_for_url(f"{desk.address}/**", timeout=60_000)
    opened(page, f"{desk.address}/desk")
    page.get_by_text(f"Signed in as {name}").wait_for(timeout=60_000)
    return page


def again(page: Page, desk: DeskServer) -> None:
    opened(page, f"{desk.address}/desk")
    page.get_by_text("Signed in as").wait_for(timeout=60_000)


def pick(page: Page, label: str, option: str) -> None:
    box = page.get_by_role("combobox", name=label).first

    box.click()
    box.fill(option)
    page.get_by_role("option", name=option, exact=True).first.click()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    settled(page)


def mine(page: Page) -> None:
    page.get_by_text("My submissions", exact=True).first.click()
    settled(page)


def say(page: Page, text: str) -> None:
    page.get_by_label("Note on this submission").fill(text)
    page.keyboard.press("Tab")
    settled(page)


def test_what_a_state_reports_is_asked_answered_accepted_published_and_read(browser: Browser, desk: DeskServer) -> None:
    focal = signed_in(browser, desk, MONGOLIA)
    pick(focal, "Species, needed", "Snow leopard")
    pick(focal, "Area on record, needed", "Mongolia")
    focal.get_by_role("textbox", name="Area as named, needed").fill("Mongolia")
    focal.get_by_role("textbox", name="Figure", exact=True).fill(FIGURE)
    focal.get_by_role("textbox", name="From year", exact=True).fill("2026")
    focal.get_by_role("textbox", name="To year", exact=True).fill("2026")
    pick(focal, "Kind of figure, needed", "estimate")
    pick(focal, "Counted, needed", "adults")
    pick(focal, "Method, needed", "camera traps")
    pick(focal, "Qualifier, needed", "exact")
    pick(focal, "Unit, needed", "individuals")
    press(focal, "Check and save as a draft")
    focal.get_by_text("Saved as a draft").wait_for(timeout=60_000)
    mine(focal)
    focal.get_by_text("The checks of the tables find nothing against it.").wait_for(timeout=60_000)

    editor = signed_in(browser, desk, EDITOR)
    assert FIGURE not in editor.locator("[data-testid=stMain]").inner_text()  # a draft is its author's alone
    press(focal, "Submit to the secretariat")

    other = signed_in(browser, desk, JAPAN)
    mine(other)
    assert FIGURE not in other.locator("[data-testid=stMain]").inner_text()

    again(editor, desk)
    editor.get_by_text(FIGURE).first.wait_for(timeout=60_000)
    say(editor, "Are cubs in it?")
    press(editor, "Ask the State")

    again(focal, desk)
    assert "1 with a question" in focal.locator("[data-testid=stMain]").inner_text()
    mine(focal)
    focal.get_by_text("Are cubs in it?").wait_for(timeout=60_000)
    say(focal, "No, adults alone.")
    press(focal, "Answer")

    again(editor, desk)
    editor.get_by_text("No, adults alone.").wait_for(timeout=60_000)
    press(editor, "Accept")

    reader = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    figures = f"{desk.address}/country?d=MNG&tab=figures"
    opened(reader, figures)
    assert FIGURE not in reader.locator("[data-testid=stMain]").inner_text()

    publisher = signed_in(browser, desk, PUBLISHER)
    publisher.get_by_text("Publish", exact=True).first.click()
    settled(publisher)
    publisher.get_by_label("Name of the edition").fill("for SOM-29")
    publisher.keyboard.press("Tab")
    settled(publisher)
    press(publisher, "Publish now")
    publisher.get_by_text("Edition 1 is published").wait_for(timeout=120_000)

    for _ in range(30):
        opened(reader, figures)
        if FIGURE in reader.locator("[data-testid=stMain]").inner_text():
            break
        reader.wait_for_timeout(2000)
    assert FIGURE in reader.locator("[data-testid=stMain]").inner_text()
    assert "eported by Mongolia, " in reader.content()  # who says so, behind the source control of the figure


def test_whoever_signs_in_without_a_role_reads_and_does_nothing(browser: Browser, desk: DeskServer) -> None:
    page = signed_in(browser, desk, "anybody@example.org")
    main = page.locator("[data-testid=stMain]")
    assert "anybody@example.org has no role" in main.inner_text()
    assert main.get_by_role("button", name="Check and save as a draft").count() == 0


def test_signing_out_ends_it(browser: Browser, desk: DeskServer) -> None:
    page = signed_in(browser, desk, EDITOR)
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_timeout(2000)
    opened(page, f"{desk.address}/desk")
    page.get_by_role("button", name="Sign in").wait_for(timeout=60_000)
    assert "Signed in as" not in page.locator("[data-testid=stMain]").inner_text()
