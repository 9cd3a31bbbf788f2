"""Files of a joint study: tables as CSV, capture histories for secr and oSCR, identities to be given back.

Exact capture histories stand in a folder of their own whose name says whose they are.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pandas as pd

from neaspec.crossings.joint.capture_files import capture_files, slug
from neaspec.crossings.outputs.plain import as_csv, plain_records
from neaspec.crossings.privacy.place_names import names
from neaspec.crossings.privacy.redact import redact_all
from neaspec.crossings.privacy.rules import Rules
from neaspec.text import Words

if TYPE_CHECKING:
    from neaspec.crossings.joint.histories import CaptureHistory
    from neaspec.crossings.joint.study import JointStudy

HISTORIES, EXACT = "capture_histories", "exact_for_their_holder_only"


def joint_files(joint: "JointStudy", rules: Rules, words: Words) -> Iterator[tuple[str, bytes]]:
    """Give name and content of each file of a joint study; tables without rows are left out.

    Args:
        joint: the study.
        rules: for names of places.
        words: the wording of the files.
    """
    for name, table in _tables(joint, rules, words).items():
        if not table.empty:
            yield f"{name}.csv", as_csv(table.assign(note=words("joint.row_note")))
    if not joint.identities.empty:
        yield "identities_confirmed_by_both_sides.csv", as_csv(joint.identities)
    for folder, histories in ((HISTORIES, joint.histories), (EXACT, joint.exact)):
        for history in histories:
            yield from _history(history, f"{folder}/{slug(history)}", rules, words)


def _tables(joint: "JointStudy", rules: Rules, words: Words) -> dict[str, pd.DataFrame]:
    tables = {
        "joint_table": joint.study,
        "effort": joint.effort,
        "counts_with_effort": joint.counts,
        "known_alive": joint.alive.drop(columns="season"),
        "border_sections": _named(joint.sections, rules, words),
        "network_of_places": _named(joint.links, rules, words),
        "picture_pairs": joint.pictures,
        "picture_flanks": joint.picture_summary,
    }
    if joint.genotypes is not None:
        compared = joint.genotypes
        tables |= {"genotype_pairs": compared.pairs, "loci": compared.loci, "laboratory_shifts": compared.shifts}
    return tables


def _named(rows: pd.DataFrame, rules: Rules, words: Words) -> pd.DataFrame:
    if rows.empty:
        return rows
    return rows.assign(**{f"{end}_name": names(rows[end], rules, words) for end in ("place_a", "place_b")})


def _history(history: "CaptureHistory", folder: str, rules: Rules, words: Words) -> Iterator[tuple[str, bytes]]:
    level = words("joint.histories_exact" if history.is_exact else "joint.histories_public")
    traps = history.traps.assign(
        place_name=names(history.traps["place_id"], rules, words),
        origin_latitude=history.origin[0],
        origin_longitude=history.origin[1],
        note=level,
    )
    yield (
        f"{folder}/captures.csv",
        as_csv(history.captures.assign(animal=redact_all(history.captures["animal"]), note=level)),
    )
    yield f"{folder}/traps.csv", as_csv(traps)
    yield f"{folder}/effort.csv", as_csv(history.usage.assign(note=level))
    if history.traps["x"].notna().any():
        for name, content in capture_files(history, words):
            yield f"{folder}/{name}", content


def joint_report(joint: "JointStudy") -> dict[str, Any]:
    """Return what report.json says of a joint study; nothing exact."""
    report: dict[str, Any] = {
        "sides": list(joint.sides),
        "deployments_without_dates": joint.undated,
        "effort": plain_records(joint.effort),
        "counts_with_effort": plain_records(joint.counts),
        "known_alive": plain_records(joint.alive),
        "table": plain_records(joint.study),
        "border_sections": plain_records(joint.sections),
        "network_of_places": plain_records(joint.links),
        "capture_histories": [
            {
                "species_id": one.species_id,
                "taxon": one.taxon,
                "captures": len(one.captures),
                "traps": len(one.traps),
                "traps_with_point": int(one.traps["x"].notna().sum()),
                "sessions": dict(one.sessions),
            }
            for one in joint.histories
        ],
        "picture_flanks": plain_records(joint.picture_summary),
        "picture_pairs": plain_records(joint.pictures),
    }
    if joint.genotypes is not None:
        compared = joint.genotypes
        report["genotypes"] = {
            "pairs_compared": compared.compared,
            "pairs_with_too_few_loci": compared.too_few,
            "pairs_left_out": compared.left_out,
            "pairs": plain_records(compared.pairs),
            "loci": plain_records(compared.loci),
            "laboratory_shifts": plain_records(compared.shifts),
        }
    return report
