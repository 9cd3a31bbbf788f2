"""The least number known alive: worked by hand; zero, not surveyed and not reported are three things."""

import pandas as pd

from neaspec.crossings.joint.alive import COUNTS, known_alive

TIGER = ("amur_tiger", "Panthera tigris altaica")


def seen(*rows):
    columns = ["individual_key", "country_code", "season"]
    return pd.DataFrame(rows, columns=columns).assign(species_id=TIGER[0], taxon=TIGER[1])


def surveyed(**seasons):
    rows = [(code, season) for code, numbers in seasons.items() for season in numbers]
    return pd.DataFrame(rows, columns=["country_code", "season"])


def of(table, side, season):
    row = table[(table["country_code"] == side) & (table["season"] == season)].iloc[0]
    return row["status"], [None if pd.isna(row[name]) else int(row[name]) for name in COUNTS]


EVERY = surveyed(CHN=range(4), RUS=range(4))


def test_an_animal_seen_before_and_after_is_known_alive_between():
    table = known_alive(seen(("F1", "CHN", 0), ("F1", "CHN", 2), ("F2", "CHN", 1)), EVERY, 4)
    # seen, new, seen again, not seen, known alive, lost, on both sides
    assert of(table, "CHN", 0) == ("surveyed", [1, 1, 0, 0, 1, 0, 0])
    assert of(table, "CHN", 1) == ("surveyed", [1, 1, 0, 1, 2, 0, 0])
    assert of(table, "CHN", 2) == ("surveyed", [1, 0, 1, 0, 1, 1, 0])
    assert of(table, "CHN", 3) == ("surveyed", [0, 0, 0, 0, 0, 1, 0])


def test_an_animal_of_both_sides_counts_once_in_all_and_is_new_on_each():
    table = known_alive(seen(("F1", "CHN", 0), ("F1", "RUS", 0), ("F1", "RUS", 1)), EVERY, 2)
    assert of(table, "CHN", 0)[1][-1] == of(table, "RUS", 0)[1][-1] == of(table, "", 0)[1][-1] == 1
    assert of(table, "", 0)[1] == [1, 1, 0, 0, 1, 0, 1]
    assert of(table, "CHN", 1)[1] == [0, 0, 0, 0, 0, 1, 0]
    assert of(table, "", 1)[1] == [1, 0, 1, 0, 1, 0, 0]


def test_zero_not_surveyed_and_not_reported_are_three_things():
    table = known_alive(seen(("F1", "RUS", 0), ("F2", "KOR", 0)), surveyed(CHN=[0, 1], RUS=[0]), 2)
    nothing = [None] * len(COUNTS)
    assert of(table, "CHN", 1) == ("surveyed", [0] * len(COUNTS))
    assert of(table, "RUS", 1) == ("not_surveyed", nothing)
    assert of(table, "KOR", 1) == ("not_reported", nothing)
    assert of(table, "KOR", 0) == ("not_reported", [1, 1, 0, 0, 1, 0, 0])


def test_a_side_with_cameras_and_no_animal_is_there_with_zero():
    table = known_alive(seen(("F1", "RUS", 0)), surveyed(CHN=[0], RUS=[0]), 1)
    assert of(table, "CHN", 0)[1][0] == 0


def test_no_animals_give_no_rows():
    assert known_alive(seen(), EVERY, 4).empty
