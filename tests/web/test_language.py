"""The language is a value of the address: links and files carry it, caches keep it apart, others are refused."""

import pytest

from neaspec.errors import AddressError
from neaspec.languages import current_language, in_language, language_asked, offered
from neaspec.sections.species.page import SpeciesChoices
from neaspec.text import PSEUDO, load_words
from neaspec.urls import choices_from, file_address, screen_address
from neaspec.web.downloads import order_of
from neaspec.web.page_cache import composed_page, newest_ask, table_file


@pytest.fixture
def pseudo_offered(monkeypatch):
    monkeypatch.setenv("NEASPEC_PSEUDO_LANGUAGE", "1")


def test_english_alone_is_offered() -> None:
    assert offered() == ("en",)
    assert language_asked({}) == "en"
    with pytest.raises(AddressError, match="no language 'mn'"):
        language_asked({"lang": "mn"})
    with pytest.raises(AddressError, match="no language 'qps'"):
        table_file("species", "states.csv", {"lang": "qps"})


def test_addresses_carry_the_language_and_a_page_does_not_take_it_for_a_choice() -> None:
    choices = SpeciesChoices(species_id="snow_leopard")
    with in_language(PSEUDO):
        assert screen_address("species", choices, "som_25") == "/species?species=snow_leopard&as_known=som_25&lang=qps"
        assert file_address("take", "species.pdf", choices).endswith("?species_id=snow_leopard&lang=qps")
    assert "lang" not in screen_address("species", choices)
    assert choices_from("species", {"species_id": "snow_leopard", "lang": "en"}) == choices


def test_pages_and_files_of_two_languages_are_kept_apart(pseudo_offered) -> None:
    ask, choices = newest_ask(), SpeciesChoices(species_id="hooded_crane")
    english = composed_page("species", choices, ask)
    with in_language(PSEUDO):
        other = composed_page("species", choices, ask)
    assert english is composed_page("species", choices, ask)
    assert other is not english
    given = {"species_id": "hooded_crane"}
    assert order_of("species", "html", given).key != order_of("species", "html", given | {"lang": "qps"}).key


def test_the_language_of_one_run_is_not_that_of_the_next() -> None:
    with in_language(PSEUDO):
        assert current_language() == PSEUDO
    assert current_language() == "en"


def test_the_language_of_tests_marks_every_wording() -> None:
    words = load_words(PSEUDO)
    assert words("common.unknown_choice", value="atl", label="State").startswith("⟦The address contains “⟧atl⟦” for “⟧")
    assert words.term("grade", "official") == "⟦official⟧"
    assert words.number(1416.13) == "1,416.13"
