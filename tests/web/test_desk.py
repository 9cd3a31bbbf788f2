"""Who counts as signed in, what is served without a desk, choices that cannot be mistaken."""

import logging
from dataclasses import replace
from pathlib import Path

import pytest

from neaspec.desk.errors import ConflictError, DeskError, NotAllowedError, ReasonError
from neaspec.desk.kinds import TABLE_OF, fields_of
from neaspec.desk.opened import Desk
from neaspec.desk.settings import DeskSettings
from neaspec.desk.store import Store
from neaspec.desk.upgrade import open_store
from neaspec.web.desk import signed_in as entrance
from neaspec.web.desk.detail import said
from neaspec.web.desk.forms import choices, told_apart
from neaspec.web.desk_addresses import desk_addresses
from tests.support.made_up import write_package

PEOPLE = "address,role,country_code\nfocal@mongolia.example,focal_point,MNG\n"


class Claims:
    """Stands for what the framework knows of whoever signed in."""

    def __init__(self, claims: dict[str, object]) -> None:
        self.claims = claims

    def to_dict(self) -> dict[str, object]:
        return self.claims


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    (tmp_path / "people.csv").write_text(PEOPLE, encoding="utf-8")
    address = f"sqlite:///{tmp_path / 'desk.sqlite'}"
    data_dir = write_package(tmp_path / "data")
    settings = DeskSettings(address, tmp_path / "people.csv", tmp_path / "editions", data_dir)
    return Desk(Store(open_store(address)), settings)


def entered(desk: Desk, monkeypatch: pytest.MonkeyPatch, **claims: object):
    monkeypatch.setattr(entrance.st, "user", Claims(claims))
    return entrance.signed_in(desk)


FOCAL = {"is_logged_in": True, "email": "focal@mongolia.example"}


@pytest.mark.parametrize("verified", [True, "true"])
def test_a_verified_address_has_the_role_of_the_table(desk, monkeypatch, verified):
    person = entered(desk, monkeypatch, **FOCAL, email_verified=verified)
    assert (person.role, person.country_code) == ("focal_point", "MNG")


@pytest.mark.parametrize(
    "claims",
    [
        {},
        FOCAL,
        FOCAL | {"email_verified": False},
        FOCAL | {"email_verified": "false"},
        FOCAL | {"email_verified": None},
        {"is_logged_in": True, "email_verified": True},
        FOCAL | {"is_logged_in": False, "email_verified": True},
    ],
)
def test_an_address_nobody_vouches_for_is_nobody(desk, monkeypatch, claims):
    assert entered(desk, monkeypatch, **claims) is None


def test_where_the_operator_says_that_the_provider_checks_a_missing_claim_is_enough(desk, monkeypatch):
    trusting = Desk(desk.store, replace(desk.settings, trusts_addresses=True))
    assert entered(trusting, monkeypatch, **FOCAL).role == "focal_point"
    assert entered(trusting, monkeypatch, **FOCAL, email_verified=False) is None


def test_a_right_that_is_taken_ends_at_once(desk, monkeypatch):
    assert entered(desk, monkeypatch, **FOCAL, email_verified=True).role == "focal_point"
    desk.settings.people.write_text("address,role,country_code\n", encoding="utf-8")
    assert entered(desk, monkeypatch, **FOCAL, email_verified=True).role == "reader"


def test_a_table_of_people_that_is_wrong_is_told_to_the_log_alone(desk, monkeypatch, caplog):
    desk.settings.people.write_text(PEOPLE + "secret@address.example,king,\n", encoding="utf-8")
    with caplog.at_level(logging.ERROR), pytest.raises(DeskError) as caught:
        entered(desk, monkeypatch, **FOCAL, email_verified=True)
    assert "king" in caplog.text
    assert "king" not in str(caught.value)
    assert "@" not in str(caught.value)


def test_without_a_store_nothing_of_the_desk_is_served():
    assert desk_addresses() == ()


def test_choices_with_one_name_are_told_apart():
    assert told_apart({"a": "Views", "b": "Views", "c": "Decision"}) == {
        "a": "Views · a",
        "b": "Views · b",
        "c": "Decision",
    }


@pytest.mark.parametrize("kind", TABLE_OF)
def test_no_box_of_a_form_has_two_choices_with_one_name(words, kind):
    """The framework knows what was chosen by its name alone."""
    real = Desk.tables(Desk(None, DeskSettings("", Path(), Path())))  # type: ignore[arg-type]
    description = Desk.description(Desk(None, DeskSettings("", Path(), Path())))  # type: ignore[arg-type]
    boxes = 0
    for field in fields_of(description, TABLE_OF[kind]):
        names = list(choices(words, field, real).values())
        boxes += bool(names)
        assert len(set(names)) == len(names), field.name
    assert boxes > 0


@pytest.mark.parametrize(
    "refused", [ConflictError("x", 1, 2), NotAllowedError("you are focal_point"), ReasonError("'ask' needs")]
)
def test_what_is_refused_is_said_in_words(words, refused):
    told = said(refused, words)
    assert told.endswith((".", "step."))
    assert "_" not in told
    assert str(refused) not in told
