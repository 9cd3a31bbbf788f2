"""The page of the map: layers, what is in view, panels, months."""

import pytest

from neaspec.blocks import Arrows, Linked, Notice, Points
from neaspec.sections.map_page import MapChoices, page


@pytest.fixture(scope="module")
def everything(ask, words):
    return page(ask, words, MapChoices(layers="sites,movements,projects,meetings"))


def linked_of(made):
    return next(block for block in made.blocks if isinstance(block, Linked))


def rows_of(made, kind):
    return next(layer.rows for layer in linked_of(made).picture.layers if isinstance(layer, kind))


def test_the_answer_counts_what_the_layers_show(ask, words, everything):
    assert everything.lead == "63 sites, 31 mapped movements, 15 projects, meetings in 6 States. Select anything."
    assert page(ask, words, MapChoices()).lead == "63 sites, 31 mapped movements. Select anything."


def test_every_sign_and_line_is_in_the_list(everything):
    keys = {item.id for item in linked_of(everything).items}
    assert set(rows_of(everything, Points)["id"]) <= keys
    assert set(rows_of(everything, Arrows)["id"]) <= keys


def test_panels_tell_what_a_thing_is(everything):
    panels = {item.id: item.blocks[0] for item in linked_of(everything).items}
    assert dict(panels["rason"].facts)["Protection"] == "International, since 1995"
    assert dict(panels["tiger_kuzya_2014_out"].facts)["How known"] == "satellite or radio tracking"
    assert "Rason Migratory Bird Reserve" in dict(panels["rason_survey_2014"].facts)["Sites"]
    assert any("28th" in name for _, name in panels["host_MNG"].facts)
    assert "not at the places of the meetings" in panels["host_MNG"].text
    assert all(panel.document_ids for panel in panels.values())


def test_a_species_a_state_and_a_level_narrow_every_layer(ask, words):
    made = page(ask, words, MapChoices(species_id="cranes", country_code="KOR"))
    assert set(rows_of(made, Arrows)["group"]) <= {"white_naped_crane", "hooded_crane"}
    low = page(ask, words, MapChoices(layers="sites", level="subnational"))
    assert set(rows_of(low, Points)["group"]) == {"subnational"}


def test_the_slider_says_how_many_movements_state_a_month(everything):
    arrows = rows_of(everything, Arrows)
    stated = int((arrows["months"] != "").sum())
    assert 0 < stated < len(arrows)
    assert linked_of(everything).picture.month_note.startswith(f"{stated} of {len(arrows)} mapped movements")


def test_a_map_without_lines_has_no_slider(ask, words):
    assert linked_of(page(ask, words, MapChoices(layers="meetings"))).picture.month_note == ""


def test_nothing_in_view_is_a_sentence(ask, words):
    made = page(ask, words, MapChoices(layers="movements", species_id="snow_leopard", country_code="JPN"))
    assert isinstance(made.blocks[0], Notice)


def test_the_map_knows_at_a_meeting_what_was_known_then(ask, words):
    then = page(ask.at("som_24"), words, MapChoices())
    assert "tunkinsky" not in {item.id for item in linked_of(then).items}
