"""The joint study: table of the sides, effort, animals known alive, sections of the border, genotypes, pictures."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from neaspec.blocks import Answer, Block, Chart, Column, Details, Heading, Notice, Table, Text
from neaspec.crossings.joint.study_table import AGE_NOT_STATED, DISTINCT, PARTS, SEX_NOT_STATED, SHARED
from neaspec.crossings.summaries import AGES, SEXES
from neaspec.sections.common import folded, make_table, rows_of
from neaspec.sections.field_data.places import Gazetteer
from neaspec.text import Words

if TYPE_CHECKING:
    from neaspec.crossings.joint.genotypes import GenotypeComparison
    from neaspec.crossings.joint.study import JointStudy

MOST_CHARTS = 3  # kinds of animals drawn; the table has all
COUNT_COLUMNS = {
    "species_name": "text",
    "study_side": "text",
    "year": "year",
    "animals": "integer",
    "survey_words": "text",
    "stations": "integer",
    "cameras": "integer",
    "camera_days": "number",
    "months": "integer",
}
ALIVE_COLUMNS = {
    "species_name": "text",
    "study_side": "text",
    "season_words": "text",
    "known_alive": "integer",
    "seen": "integer",
    "new": "integer",
    "seen_again": "integer",
    "not_seen": "integer",
    "lost": "integer",
    "on_both_sides": "integer",
    "survey_words": "text",
    "stations": "integer",
    "camera_days": "number",
}
SECTION_COLUMNS = {
    "species_name": "text",
    "first_place": "text",
    "second_place": "text",
    "animals": "integer",
    "crossings": "integer",
    "a_to_b": "integer",
    "b_to_a": "integer",
    "first": "text",
    "last": "text",
}
LINK_COLUMNS = {"species_name": "text", "first_place": "text", "second_place": "text", "animals": "integer"}
HISTORY_COLUMNS = {
    "species_name": "text",
    "animals": "integer",
    "captures": "integer",
    "sessions": "integer",
    "traps": "integer",
    "traps_with_point": "integer",
}
GENOTYPE_COLUMNS = {
    "sample_a": "text",
    "laboratory_a": "text",
    "sample_b": "text",
    "laboratory_b": "text",
    "loci_compared": "integer",
    "loci_mismatched": "integer",
    "mismatched_loci": "text",
    "alleles_mismatched": "integer",
    "dropout_possible": "integer",
    "loci_missing": "integer",
    "mismatched_after_shift": "integer",
    "pid_words": "text",
    "pid_sib_words": "text",
}
LOCUS_COLUMNS = {
    "laboratory": "text",
    "locus": "text",
    "samples": "integer",
    "missing": "integer",
    "alleles": "integer",
    "pid_words": "text",
    "pid_sib_words": "text",
}
SHIFT_COLUMNS = {
    "laboratory_a": "text",
    "laboratory_b": "text",
    "locus": "text",
    "shift": "integer",
    "samples_with_shift": "integer",
    "samples": "integer",
}
PICTURE_COLUMNS = {
    "data_set_a": "text",
    "id_a": "text",
    "data_set_b": "text",
    "id_b": "text",
    "flank_words": "text",
    "score": "text",
    "pair_state": "text",
    "confirmed_by": "text",
}
SUMMARY_COLUMNS = {
    "flank_words": "text",
    "pairs": "integer",
    "by_both_sides": "integer",
    "by_one_side": "integer",
    "proposed": "integer",
    "animals": "integer",
    "joined_animals": "integer",
}


def joint_blocks(words: Words, places: Gazetteer, joint: "JointStudy", names: Mapping[str, str]) -> list[Block]:
    """Make the part of the results that a joint study needs; nothing where there is nothing of it.

    Args:
        words: the wording.
        places: names of places and States.
        joint: what was worked out.
        names: species_id -> English name.
    """
    blocks: list[Block] = []
    if joint.sides:
        blocks += [Answer(text=answer(words, places, joint, names)), study(words, places, joint, names)]
        blocks += alive(words, places, joint, names)
        blocks.append(counts(words, places, joint, names))
        blocks += network(words, places, joint, names)
        blocks += histories(words, joint, names)
    if joint.genotypes is not None:
        blocks += genotypes(words, joint.genotypes)
    if not joint.pictures.empty:
        blocks += pictures(words, joint)
    return blocks


def answer(words: Words, places: Gazetteer, joint: "JointStudy", names: Mapping[str, str]) -> str:
    """Return the sentence with the figure of a joint study: different animals, and those on both sides."""
    table = joint.study[joint.study["split"] == "all"]
    said = []
    for species, taxon in _kinds(joint.study[joint.study["part"] == "by_camera"]):
        own = table[(table["species_id"] == species) & (table["taxon"] == taxon)]
        number = own.loc[(own["part"] == "by_camera") & (own["country_code"] == DISTINCT), "number"]
        shared = own.loc[own["part"] == "shared_by_camera", "number"].iloc[0]
        key = "joint.answer_one" if pd.isna(shared) else "joint.answer_both"
        count = int(number.iloc[0])
        both = 0 if pd.isna(shared) else int(shared)
        said.append(words(key, species=_name(names, species, taxon), count=count, both=both))
    if not said:
        return words("joint.answer_none")
    return words(
        "joint.answer", listed=words.listed(said, "semicolon"), sides=words.listed(map(places.country, joint.sides))
    )


def _kinds(rows: pd.DataFrame) -> list[tuple[str, str]]:
    keys = rows[["species_id", "taxon"]].drop_duplicates()
    return [(str(species), str(taxon)) for species, taxon in keys.itertuples(index=False)]


def _name(names: Mapping[str, str], species: str, taxon: str) -> str:
    return names.get(species, taxon)


def study(words: Words, places: Gazetteer, joint: "JointStudy", names: Mapping[str, str]) -> Table:
    """Make the joint table: a row for what was counted, a column for each side, for both and for all together."""
    rows = [_camera_row(words, joint)]
    for part in PARTS[1:]:
        own = joint.study[joint.study["part"] == part]
        for species, taxon in _kinds(own):
            of_it = own[(own["species_id"] == species) & (own["taxon"] == taxon)]
            rows.append(_animal_row(words, part, _name(names, species, taxon), of_it))
    columns = [Column(name="what", label=words.column("study_row"))]
    columns += [Column(name=side, label=places.country(side)) for side in joint.sides]
    columns += [Column(name=name, label=words.column(f"study_{name}")) for name in (SHARED, DISTINCT)]
    frame = pd.DataFrame(rows, columns=[column.name for column in columns]).fillna("")
    return Table(title=words("joint.study_table"), columns=tuple(columns), rows=frame, file_name="joint_table")


def _camera_row(words: Words, joint: "JointStudy") -> dict[str, str]:
    own: Any = joint.study[joint.study["part"] == "cameras"].set_index(["country_code", "split"])["number"]
    row = {"what": words("joint.row_cameras")}
    for side in joint.sides:
        stations, cameras, days = (own.get((side, name)) for name in ("stations", "cameras", "camera_days"))
        row[side] = (
            words("joint.not_reported")
            if pd.isna(stations)
            else words("joint.cameras", cameras=int(cameras), stations=int(stations), days=words.number(float(days), 0))
        )
    return row


def _animal_row(words: Words, part: str, name: str, rows: pd.DataFrame) -> dict[str, str]:
    row = {"what": words(f"joint.row_{part}", species=name)}
    is_shared = part.startswith("shared")
    for side, own in rows.groupby("country_code", sort=False):
        numbers = own.set_index("split")["number"]
        row[str(side)] = words("joint.not_reported") if pd.isna(numbers["all"]) else _animals(words, numbers, is_shared)
    return row


def _animals(words: Words, numbers: Any, is_shared: bool) -> str:
    """Return a number with its parts: by age, and by sex where animals are shared (as the study told it) or known."""
    total = int(numbers["all"])
    if not total:
        return "0"
    by_age = [(key, int(numbers[key])) for key in (*AGES, AGE_NOT_STATED)]
    by_sex = [(key, int(numbers[key])) for key in (*SEXES, SEX_NOT_STATED)]
    parts = []
    for split in (by_sex, by_age) if is_shared else (by_age, by_sex):
        if any(count for key, count in split if not key.endswith("not_stated")):
            parts.append(words.listed(words(f"joint.count_{key}", count=count) for key, count in split if count))
    return (
        words.bracketed(words.number(total, 0), words.listed(parts, "semicolon")) if parts else words.number(total, 0)
    )


def _told(words: Words, places: Gazetteer, rows: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    return rows.assign(
        species_name=[_name(names, row.species_id, row.taxon) for row in rows_of(rows)],
        study_side=[places.country(code) if code else words("joint.all_sides") for code in rows["country_code"]],
        survey_words=[words(f"joint.{status}") for status in rows["status"]],
    )


def counts(words: Words, places: Gazetteer, joint: "JointStudy", names: Mapping[str, str]) -> Block:
    """List animals of each side and year beside the effort of that year."""
    worded_counts = _told(words, places, joint.counts, names)
    table = make_table(words, words("joint.counts_table"), worded_counts, COUNT_COLUMNS, "joint_counts")  # type: ignore[arg-type]
    undated = [Text(text=words("joint.undated", count=joint.undated), style="note")] if joint.undated else []
    return Details(title=table.title, blocks=(Text(text=words("joint.counts_text"), style="note"), *undated, table))


def alive(words: Words, places: Gazetteer, joint: "JointStudy", names: Mapping[str, str]) -> list[Block]:
    """Draw the least number known alive of each kind of animal by season and side; the table has all of it."""
    seasons = _told(words, places, joint.alive, names).rename(columns={"period": "season_words"})
    charts: list[Block] = []
    for species, taxon in _kinds(joint.alive)[:MOST_CHARTS]:
        own = seasons[(seasons["species_id"] == species) & (seasons["taxon"] == taxon)]
        charts.append(_alive_chart(words, _name(names, species, taxon), own))
    table = make_table(words, words("joint.alive_table"), seasons, ALIVE_COLUMNS, "known_alive")  # type: ignore[arg-type]
    return [*charts, folded(words, table), Text(text=words("joint.alive_text"), style="note")]


def _alive_chart(words: Words, name: str, seasons: pd.DataFrame) -> Chart:
    rows = seasons.assign(
        # a winter is at the beginning of its year
        x=[int(start[:4]) + int(start[5:]) / 12 for start in seasons["start"]],
        y=seasons["known_alive"].astype("Float64"),
        low=seasons["seen"].astype("Float64"),
        high=seasons["known_alive"].astype("Float64"),
        mark=[
            row.status if pd.isna(row.known_alive) else "exact" if row.known_alive else "zero"
            for row in rows_of(seasons)
        ],
        joined=seasons["known_alive"].notna(),
    )
    last = rows[rows["country_code"] == ""].iloc[-1]
    most = rows.loc[rows["country_code"] == "", "known_alive"].max()
    listed = words("joint.alive_alt_most", count=0 if pd.isna(most) else int(most), period=last["season_words"])
    title = words("joint.alive_chart", species=name)
    columns = {key: kind for key, kind in ALIVE_COLUMNS.items() if key != "species_name"}
    return Chart(
        title=title,
        kind="ranges",
        rows=rows,
        roles={
            "x": "x",
            "y": "y",
            "low": "low",
            "high": "high",
            "series": "study_side",
            "mark": "mark",
            "label": "season_words",
            "joined": "joined",
        },
        value_title=words("field_data.axis_animals"),
        category_title=words("joint.axis_season"),
        alt=words("joint.alive_alt", species=name, listed=listed),
        unit=words("field_data.unit_animals"),
        counted=words("joint.alive_counted"),
        table=make_table(words, title, rows, columns, "known_alive_of_one"),  # type: ignore[arg-type]
    )


def network(words: Words, places: Gazetteer, joint: "JointStudy", names: Mapping[str, str]) -> list[Block]:
    """List the sections of the border that animals crossed, and the pairs of places that animals link."""
    blocks: list[Block] = []
    for rows, columns, key in ((joint.sections, SECTION_COLUMNS, "sections"), (joint.links, LINK_COLUMNS, "links")):
        if rows.empty:
            continue
        worded_links = rows.assign(
            species_name=[_name(names, row.species_id, row.taxon) for row in rows_of(rows)],
            first_place=[places.place(row.place_a, row.country_a).name for row in rows_of(rows)],
            second_place=[places.place(row.place_b, row.country_b).name for row in rows_of(rows)],
        )
        table = make_table(words, words(f"joint.{key}_table"), worded_links, columns, f"joint_{key}")  # type: ignore[arg-type]
        blocks.append(table if key == "sections" else folded(words, table))
    return [Heading(text=words("joint.network")), *blocks] if blocks else []


def histories(words: Words, joint: "JointStudy", names: Mapping[str, str]) -> list[Block]:
    """Say what capture histories there are to take away, how coarse they are, and who can have exact ones."""
    if not joint.histories:
        return []
    rows = pd.DataFrame(
        [
            {
                "species_name": _name(names, one.species_id, one.taxon),
                "animals": one.captures["animal_id"].nunique(),
                "captures": len(one.captures),
                "sessions": len(one.sessions),
                "traps": len(one.traps),
                "traps_with_point": int(one.traps["x"].notna().sum()),
            }
            for one in joint.histories
        ]
    )
    title = words("joint.histories_table")
    table = make_table(words, title, rows, HISTORY_COLUMNS, "capture_histories")  # type: ignore[arg-type]
    return [Details(title=title, blocks=(Text(text=words("joint.histories_text")), table))]


def probability(value: float) -> str:
    """Write a probability as 3.9e-01, as the programs of the trade do."""
    return f"{value:.1e}"


def genotypes(words: Words, compared: "GenotypeComparison") -> list[Block]:
    """List pairs of samples that are alike, loci with their probabilities of identity, shifts between laboratories."""
    blocks: list[Block] = [
        Heading(text=words("joint.genotypes")),
        Notice(text=words("joint.genotypes_caution"), kind="caution"),
        Text(text=words("joint.genotypes_text", compared=compared.compared, few=compared.too_few)),
    ]
    if compared.left_out:
        blocks.append(Text(text=words("joint.genotypes_left_out", count=compared.left_out), style="note"))
    if compared.pairs.empty:
        blocks.append(Notice(text=words("joint.genotypes_none"), kind="empty"))
    else:
        title = words("joint.genotype_pairs_table")
        worded_pairs = _with_probabilities(compared.pairs)
        blocks.append(make_table(words, title, worded_pairs, GENOTYPE_COLUMNS, "genotype_pairs"))  # type: ignore[arg-type]
    if not compared.shifts.empty:
        title = words("joint.shifts_table")
        blocks.append(make_table(words, title, compared.shifts, SHIFT_COLUMNS, "laboratory_shifts"))  # type: ignore[arg-type]
    loci = _with_probabilities(compared.loci)
    loci["laboratory"] = [name or words("joint.all_laboratories") for name in loci["laboratory"]]
    loci["locus"] = [name or words("joint.all_loci") for name in loci["locus"]]
    title = words("joint.loci_table")
    table = make_table(words, title, loci, LOCUS_COLUMNS, "loci")  # type: ignore[arg-type]
    return [*blocks, Details(title=title, blocks=(Text(text=words("joint.loci_text"), style="note"), table))]


def _with_probabilities(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(
        pid_words=[probability(value) for value in rows["pid"]],
        pid_sib_words=[probability(value) for value in rows["pid_sib"]],
    )


def pictures(words: Words, joint: "JointStudy") -> list[Block]:
    """List pairs of pictures with who confirmed them, the flanks apart."""
    named = {name: words(f"joint.flank_{name or 'none'}") for name in ("left", "right", "both", "")}
    counted = joint.picture_summary.assign(flank_words=joint.picture_summary["flank"].map(named))
    pairs = joint.pictures.assign(
        flank_words=joint.pictures["flank"].map(named),
        pair_state=[words(f"joint.state_{state}") for state in joint.pictures["state"]],
    )
    tables = [
        make_table(words, words(f"joint.{key}_table"), rows, columns, f"picture_{key}")  # type: ignore[arg-type]
        for key, rows, columns in (("flanks", counted, SUMMARY_COLUMNS), ("pairs", pairs, PICTURE_COLUMNS))
    ]
    return [
        Heading(text=words("joint.pictures")),
        Notice(text=words("joint.pictures_caution"), kind="caution"),
        tables[0],
        folded(words, tables[1]),
    ]
