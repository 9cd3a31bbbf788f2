"""Sections of the border and links of places, from rows written down by hand."""

import pandas as pd
import pytest

from neaspec.crossings.joint.network import LINK_COLUMNS, SECTION_COLUMNS, links, sections

TIGER = {"species_id": "amur_tiger", "taxon": "Panthera tigris"}
CRANE = {"species_id": "white_naped_crane", "taxon": "Antigone vipio"}


def crossing(
    animal: str,
    way: str,
    start: str = "2020-03",
    end: str = "2020-05",
    grade: str = "confirmed",
    kind: dict[str, str] = TIGER,
) -> dict[str, str]:
    """Make a crossing; way is like CHN.a>RUS.b."""
    (country, place), (other, there) = (part.split(".") for part in way.split(">"))
    return {
        **kind,
        "individual_key": animal,
        "grade": grade,
        "from_country_code": country,
        "from_place_id": place,
        "to_country_code": other,
        "to_place_id": there,
        "start": start,
        "end": end,
    }


def told(*rows: dict[str, str]) -> list[list[object]]:
    return sections(pd.DataFrame(rows))[list(SECTION_COLUMNS[1:])].values.tolist()


def test_a_section_counts_animals_crossings_and_both_ways() -> None:
    assert told(
        crossing("F1", "RUS.b>CHN.a", "2020-03", "2020-05"),
        crossing("F1", "CHN.a>RUS.b", "2019-12", "2020-02"),
        crossing("F2", "RUS.b>CHN.a", "2020-06", "2020-08"),
    ) == [["Panthera tigris", "CHN", "a", "RUS", "b", 2, 3, 1, 2, "2019-12", "2020-08"]]


@pytest.mark.parametrize(("grade", "count"), [("confirmed", 1), ("probable", 1), ("border_zone_only", 0)])
def test_what_was_seen_in_the_border_zone_alone_is_no_section(grade: str, count: int) -> None:
    rows = pd.DataFrame([crossing("F1", "CHN.a>RUS.b", grade=grade)])
    assert len(sections(rows)) == count


def test_sections_are_apart_by_kind_and_place_and_in_order() -> None:
    found = told(
        crossing("F1", "RUS.b>CHN.c"),
        crossing("F1", "RUS.b>CHN.a"),
        crossing("G1", "CHN.a>MNG.d", kind=CRANE),
        crossing("F1", "CHN.a>RUS.z"),
    )
    assert [row[:5] for row in found] == [
        ["Panthera tigris", "CHN", "a", "RUS", "b"],
        ["Panthera tigris", "CHN", "a", "RUS", "z"],
        ["Panthera tigris", "CHN", "c", "RUS", "b"],
        ["Antigone vipio", "CHN", "a", "MNG", "d"],
    ]


def seen(*rows: tuple[str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["individual_key", "country_code", "told_place_id"]).assign(**TIGER)


def test_a_link_stands_once_for_each_pair_of_places_of_an_animal() -> None:
    found = links(
        seen(
            ("F1", "RUS", "site:b"),
            ("F1", "CHN", "site:a"),
            ("F1", "CHN", "site:a"),
            ("F1", "CHN", "site:c"),
            ("F2", "CHN", "site:a"),
            ("F2", "CHN", "site:c"),
            ("F3", "CHN", "site:a"),
        )
    )
    assert list(found.columns) == list(LINK_COLUMNS)
    assert found[list(LINK_COLUMNS[2:])].values.tolist() == [
        ["CHN", "site:a", "CHN", "site:c", 2],
        ["CHN", "site:a", "RUS", "site:b", 1],
        ["RUS", "site:b", "CHN", "site:c", 1],
    ]
    assert found.index.tolist() == [0, 1, 2]


@pytest.mark.parametrize("place", ["", "country:RUS"])
def test_a_whole_state_and_an_unknown_place_are_no_place_of_the_network(place: str) -> None:
    assert links(seen(("F1", "CHN", "site:a"), ("F1", "RUS", place))).empty


def test_animals_of_two_kinds_with_one_name_make_no_link() -> None:
    one, other = seen(("F1", "CHN", "site:a")), seen(("F1", "RUS", "site:b")).assign(**CRANE)
    assert links(pd.concat([one, other])).empty
