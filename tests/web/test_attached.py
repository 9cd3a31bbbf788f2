"""The address of a file of a submission asks for the right itself, by the signed cookie of the sign-in."""

import json

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from neaspec.desk.attachments import attach
from neaspec.desk.opened import Desk
from neaspec.desk.settings import DeskSettings
from neaspec.desk.store import Store
from neaspec.desk.upgrade import open_store
from neaspec.sections import FIRST_PAGE
from neaspec.web import streamlit_internals
from neaspec.web.desk import attached
from neaspec.web.routes import routes
from tests.desk.conftest import COUNT, MONGOLIA
from tests.support.made_up import write_package

SECRET = "made up for a test, 0123456789 0123456789"
COOKIE = streamlit_internals.AUTH_COOKIE_NAME
PDF = b"%PDF-1.7 made up"
PEOPLE = """address,role,country_code
focal@mongolia.example,focal_point,MNG
focal@japan.example,focal_point,JPN
editor@secretariat.example,editor,
"""


@pytest.fixture
def address(tmp_path, words, monkeypatch) -> str:
    (tmp_path / "people.csv").write_text(PEOPLE, encoding="utf-8")
    store = f"sqlite:///{tmp_path / 'desk.sqlite'}"
    settings = DeskSettings(store, tmp_path / "people.csv", tmp_path / "editions", write_package(tmp_path / "data"))
    desk = Desk(Store(open_store(store)), settings)
    monkeypatch.setattr(attached, "desk", lambda: desk)
    monkeypatch.setattr(streamlit_internals, "get_cookie_secret", lambda: SECRET)
    drafted = desk.store.draft(MONGOLIA, "count", {"row": COUNT})
    kept = attach(desk.store, MONGOLIA, settings, drafted, "Отчёт 1.pdf", PDF, words)
    return f"/attachment/{kept.submission_id}/{kept.content['attachments'][0]['sha256']}"


@pytest.fixture
def client() -> TestClient:
    return TestClient(Starlette(routes=routes(FIRST_PAGE)), raise_server_exceptions=False)


def cookie(name: str, secret: str = SECRET, **claims: object) -> dict[str, str]:
    given = {"origin": "http://localhost", "is_logged_in": True, "email": name, "email_verified": True} | claims
    return {COOKIE: create_signed_value(secret, COOKIE, json.dumps(given)).decode()}


def test_its_author_takes_it_as_a_file_that_no_browser_opens(client, address):
    client.cookies = cookie("focal@mongolia.example")
    answer = client.get(address)
    assert (answer.status_code, answer.content) == (200, PDF)
    assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''%D0%9E")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "cookies",
    [
        {},
        cookie("focal@japan.example"),
        cookie("editor@secretariat.example"),  # a draft is its author's alone
        cookie("anybody@example.org"),
        cookie("focal@mongolia.example", secret="another secret, 0123456789 0123456789"),
        cookie("focal@mongolia.example", email_verified=False),
        cookie("focal@mongolia.example", is_logged_in=False),
        {COOKIE: "not signed"},
        {COOKIE: json.dumps({"is_logged_in": True, "email": "focal@mongolia.example", "email_verified": True})},
    ],
)
def test_all_others_are_told_that_there_is_nothing(client, address, cookies):
    client.cookies = cookies
    answer = client.get(address)
    assert answer.status_code == 404
    assert PDF not in answer.content


def test_a_server_without_a_desk_has_no_such_address(client, monkeypatch):
    monkeypatch.setattr(attached, "desk", lambda: None)
    client.cookies = cookie("focal@mongolia.example")
    assert client.get("/attachment/x/y").status_code == 404
