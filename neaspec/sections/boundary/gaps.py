"""What a draft leaves out, and what of the area is not on record."""

from collections.abc import Sequence

import pandas as pd

from neaspec.blocks import Block, Text
from neaspec.boundary.drafts import Draft
from neaspec.boundary.measure import INSIDE, Measures, SitePlace
from neaspec.data.queries import Ask
from neaspec.sections.common import in_sentence, keys_in, make_table
from neaspec.text import Words

NOT_OF_BOUNDARIES = ("follow_ups", "checklist_records", "budgets")


def recorded_gaps(ask: Ask, words: Words, area: pd.Series) -> list[Block]:
    """List what documents leave open of the area and its sites."""
    keys = keys_in([area["site_id"], area["site_ids"]])
    gaps = pd.concat(
        [
            ask("gaps_stated", species_id=None, country_code=None, site_id=key, project_id=None, meeting_id=None)
            for key in keys
        ]
    ).drop_duplicates("gap_id")
    gaps = gaps[~gaps["subject_table"].isin(NOT_OF_BOUNDARIES)]
    if gaps.empty:
        return []
    rows = gaps.rename(columns={"document_id": "document_ids"})
    return [
        make_table(
            words,
            words("boundary.gaps_table", count=len(rows)),
            rows,
            {
                "site_name": "text",
                "what": "text",
                "document_ids": "documents",
                "caveat_ids": "caveats",
                "locator": "text",
            },
            "boundary_gaps",
        )
    ]


def left_out(
    ask: Ask,
    words: Words,
    area: pd.Series,
    drafts: Sequence[tuple[Draft, Measures, dict[str, SitePlace]]],
) -> list[Block]:
    """Say of each draft which State, which site and which flagship species of the area has no part in it."""
    names: dict[str, str] = dict(ask("sites_options")[["site_id", "name"]].itertuples(index=False))
    states: dict[str, str] = dict(ask("countries_named")[["country_code", "name"]].itertuples(index=False))
    species: dict[str, str] = dict(ask("species_styles")[["species_id", "name"]].itertuples(index=False))
    uses = ask("sites_newest")
    blocks: list[Block] = []
    for draft, measures, places in drafts:
        inside = {key for key, place in places.items() if place.band == INSIDE}
        absent_states = [
            in_sentence(words, code, states[code])
            for code in keys_in([area["country_codes"]])
            if (part := measures.area_of(code)) is None or part.is_within_precision
        ]
        absent_sites = [
            names[key] for key in keys_in([area["site_ids"]]) if key not in inside and key != area["site_id"]
        ]
        used = set(uses.loc[uses["site_id"].isin(inside), "species_id"])
        absent_species = [species[key] for key in keys_in([area["species_ids"]]) if key not in used]
        sentences = [
            words(f"boundary.left_{kind}", letter=draft.letter, names=words.listed(absent))
            for kind, absent in (("states", absent_states), ("sites", absent_sites), ("species", absent_species))
            if absent
        ]
        blocks += [Text(text=text) for text in sentences] or [
            Text(text=words("boundary.left_nothing", letter=draft.letter))
        ]
    return blocks
