"""Rules between tables: one area is one row, caveats follow from grades, every species has a figure that leads.

A site of a shared area lies in no State but those of the area.

They are checked when every table they look at can be read; each is a rule that somebody would else have to remember.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from neaspec.data.validate_rows import Rows

Tables = Mapping[str, Rows]  # name of the table -> its rows


def check_links(tables: list[dict[str, Any]], rows: Tables) -> Iterator[str]:
    """Give all problems between tables; a rule whose tables cannot be read waits until they can."""
    if {"areas", "series", "counts"} <= rows.keys():
        yield from check_areas(rows["areas"])
        yield from check_counts(rows)
    if {"caveats", "documents"} <= rows.keys():
        for table in tables:
            if table["kind"] == "statement" and table["name"] in rows:
                yield from check_grades(table["path"], rows[table["name"]], rows)
    if {"species", "series", "counts"} <= rows.keys():
        yield from check_headlines(rows)
    if {"sites", "shared_areas", "shared_area_sites"} <= rows.keys():
        yield from check_shared_areas(rows)


def plain(name: str) -> str:
    """Return a name without what does not tell two things apart: case, width of letters, number of spaces."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def check_areas(areas: Rows) -> Iterator[str]:
    """Give areas that stand twice, and areas that are parts of themselves."""
    first: dict[str, int] = {}
    part_of = {row["area_id"]: row["part_of_area_id"] for _, row in areas}
    for line, row in areas:
        same = first.setdefault(plain(row["name"]), line)
        if same != line:
            yield f"areas.csv:{line}: name is {row['name']!r}, the same as in line {same}; one area is one row"
        above, seen = row["part_of_area_id"], {row["area_id"]}
        while above and above not in seen:
            seen.add(above)
            above = part_of.get(above, "")
        if above:
            yield f"areas.csv:{line}: part_of_area_id is {row['part_of_area_id']!r}, so it is part of itself"


def check_counts(rows: Tables) -> Iterator[str]:
    """Give counts that differ from their area or their series in what these decide."""
    areas = {row["area_id"]: row for _, row in rows["areas"]}
    series = {row["series_id"]: row for _, row in rows["series"]}
    spelt: dict[str, tuple[int, str]] = {}  # series -> line and name of the area where it stands first
    for line, row in rows["counts"]:
        place = f"counts.csv:{line}: "
        area, joined = areas.get(row["area_id"]), series.get(row["series_id"])
        for column in ("country_code", "site_id"):
            if area is not None and row[column] != area[column]:
                yield (
                    f"{place}{column} is {row[column]!r}, expected {area[column]!r} as in areas.csv for the area "
                    f"{row['area_id']}"
                )
        if joined is None:
            continue
        for column in ("species_id", "area_id", "unit"):
            if row[column] != joined[column]:
                yield (
                    f"{place}{column} is {row[column]!r}, expected {joined[column]!r} as in series.csv for the series "
                    f"{row['series_id']}"
                )
        at, name = spelt.setdefault(row["series_id"], (line, row["area_name"]))
        if row["area_name"] != name:
            yield (
                f"{place}area_name is {row['area_name']!r}, expected {name!r} as in line {at}; a series spells its "
                "area in one way"
            )


def check_grades(path: str, statements: Rows, rows: Tables) -> Iterator[str]:
    """Give rows without the caveat that the grade of their document asks for, and rows that carry it without reason."""
    grade_of = {row["document_id"]: row["grade"] for _, row in rows["documents"]}
    asked = {row["caveat_id"]: row["of_grade"] for _, row in rows["caveats"] if row["of_grade"]}
    for line, row in statements:
        grade, carried = grade_of.get(row["document_id"]), row["caveat_ids"].split()
        for caveat, of_grade in asked.items():
            if grade == of_grade and caveat not in carried:
                yield (
                    f"{path}:{line}: caveat_ids is {row['caveat_ids']!r}, expected {caveat!r} among them, because the "
                    f"document {row['document_id']} has the grade {grade!r}"
                )
            elif grade is not None and grade != of_grade and caveat in carried:
                yield (
                    f"{path}:{line}: caveat_ids has {caveat!r}, which is for documents of the grade {of_grade!r}; the "
                    f"document {row['document_id']} has {grade!r}"
                )


def check_headlines(rows: Tables) -> Iterator[str]:
    """Give species that no figure would stand for on the overview, with what to write where."""
    dated = {row["series_id"] for _, row in rows["counts"] if row["year_to"]}
    leading: dict[str, list[tuple[int, str]]] = {}
    for line, row in rows["series"]:
        if row["headline_order"]:
            leading.setdefault(row["species_id"], []).append((line, row["series_id"]))
    for line, row in rows["species"]:
        own = leading.get(row["species_id"], [])
        if not own:
            yield (
                f"species.csv:{line}: species_id is {row['species_id']!r}, but no series stands for it on the "
                f"overview; add to series.csv one row with species_id {row['species_id']!r} and headline_order 1, and "
                "write its series_id into the rows of counts.csv that it joins"
            )
        elif not any(key in dated for _, key in own):
            yield (
                f"series.csv:{own[0][0]}: series_id is {own[0][1]!r}, but no row of counts.csv with a year_to "
                "stands in it; write the series_id into at least one"
            )


def check_shared_areas(rows: Tables) -> Iterator[str]:
    """Give sites that stand twice in one shared area, and those that lie outside its States."""
    states_of = {row["site_id"]: set(row["country_codes"].split()) for _, row in rows["sites"]}
    areas = {row["shared_area_id"]: set(row["country_codes"].split()) for _, row in rows["shared_areas"]}
    first: dict[tuple[str, str], int] = {}
    for line, row in rows["shared_area_sites"]:
        area, site = row["shared_area_id"], row["site_id"]
        same = first.setdefault((area, site), line)
        if same != line:
            yield f"shared_area_sites.csv:{line}: site_id is {site!r}, counted to {area} in line {same} already"
        outside = states_of.get(site, set()) - areas.get(area, set())
        if area in areas and outside:
            yield (
                f"shared_area_sites.csv:{line}: site_id is {site!r}, which lies in {' '.join(sorted(outside))}, "
                f"expected a site in {' '.join(sorted(areas[area]))} alone, the States of {area}"
            )
