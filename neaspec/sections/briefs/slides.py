"""Slides of stories: each asks what it needs and tells one finding; where nothing is on record there is no slide."""

from collections.abc import Callable, Sequence

import pandas as pd

from neaspec.blocks import Chart, Columns, Map
from neaspec.data.queries import Ask
from neaspec.sections.briefs import facts as say
from neaspec.sections.briefs import pictures
from neaspec.sections.common import keys_in, make_table, rows_of
from neaspec.sections.figures import figure_words, number_words, period_words
from neaspec.sections.headlines import leading, place_words
from neaspec.sections.sites.wording import level_words
from neaspec.slides import MOST_FIGURES, MOST_TEXT_WORDS, Figure, Slide, fitting_words
from neaspec.text import Words, is_empty

Maker = Callable[[Ask, Words], list[Slide]]
MOST_BARS = 5  # that a room can read
LEVELS = ("international", "national", "subnational", "none", "not_known")


def listed_words(words: Words, key: str, parts: Sequence[str]) -> str:
    """Write a list after its opening words, as much of it as a slide may hold."""
    opening = words(key)
    room = MOST_TEXT_WORDS - len(opening.split())
    kept = fitting_words(list(dict.fromkeys(parts)), room, "; ", words("stories.and_more", count="{count}"))
    return f"{opening} {kept}" if kept else ""


def name_of(ask: Ask, species_id: str) -> str:
    """Return the name of a species."""
    return str(ask("species_styles").set_index("species_id")["name"][species_id])


def issues(about: Callable[[Ask], pd.DataFrame]) -> Maker:
    """Tell how many issues were put and what is on record of them."""

    def make(ask: Ask, words: Words) -> list[Slide]:
        asked = about(ask)
        if asked.empty:
            return []
        states = asked["state"].fillna("open")
        counts = {
            "done": int(states.isin(["done", "done_unconfirmed", "superseded"]).sum()),
            "partly": int((states == "partly").sum()),
            "open": int(states.isin(["open", "not_found"]).sum()),
        }
        figures = tuple(
            Figure(label=words(f"stories.status_{key}"), value=words.number(count), below=words("stories.issues"))
            for key, count in counts.items()
        )
        meetings = list(dict.fromkeys(say.som_name(words, key) for key in asked["meeting_id"]))
        where = meetings[0] if len(meetings) == 1 else words("stories.meetings", count=len(meetings))
        title = words("stories.issues_title", open=counts["open"], issues=len(asked), where=where)
        waiting = asked[states.isin(["open", "not_found"])]["subject"].tolist()
        text = listed_words(words, "stories.issues_open", waiting)
        cited = keys_in(asked["document_ids"])
        return [Slide(key="issues", title=title, figures=figures, text=text, document_ids=cited)]

    return make


def newest_issues() -> Maker:
    """Tell of the issues of the newest meeting with papers."""
    return issues(say.newest_issues)


def issues_about(tables: dict[str, Sequence[str]]) -> Maker:
    """Tell of the issues that concern given things."""
    subjects = {(table, key) for table, keys in tables.items() for key in keys}
    return issues(lambda ask: say.issues_about(ask, subjects))


def area_sites(ask: Ask, area_id: str) -> pd.DataFrame:
    """Return the sites of a shared area."""
    return pictures.of_keys(pictures.all_sites(ask), ask("shared_area_sites", shared_area_id=area_id)["site_id"])


def species_sites(ask: Ask, species_ids: Sequence[str]) -> pd.DataFrame:
    """Return the sites that any of some species use."""
    used = [ask("species_sites", species_id=key)["site_id"] for key in species_ids]
    return pictures.of_keys(pictures.all_sites(ask), pd.concat(used))


def sites_of(area_id: str = "", species_ids: Sequence[str] = ()) -> Callable[[Ask], pd.DataFrame]:
    """Return which sites a slide is about: of an area, of species, or all."""
    if area_id:
        return lambda ask: area_sites(ask, area_id)
    return (lambda ask: species_sites(ask, species_ids)) if species_ids else pictures.all_sites


def sites_map(about: Callable[[Ask], pd.DataFrame]) -> Maker:
    """Show sites by protection."""

    def make(ask: Ask, words: Words) -> list[Slide]:
        sites = about(ask)
        drawn = pictures.sites_map(words, words("briefs.map_region"), sites)
        without = sites[sites["level"].isin(say.UNPROTECTED)]
        title = words("stories.sites_title", count=len(sites), without=len(without))
        states = sorted({name for names in sites["country_names"] for name in str(names).split("; ")})
        text = listed_words(words, "stories.in_states", states)
        return [with_picture("sites", title, drawn, text)] if drawn else []

    return make


def protection(about: Callable[[Ask], pd.DataFrame]) -> Maker:
    """Count sites by protection: a bar for each level, those without one on record last."""

    def make(ask: Ask, words: Words) -> list[Slide]:
        sites = about(ask)
        rows = [
            {
                "what": level_words(words, level),
                "value": float((sites["level"] == level).sum()),
                "document_id": " ".join(keys_in(sites[sites["level"] == level]["protection_document_ids"])[:2]),
            }
            for level in LEVELS
            if (sites["level"] == level).any()
        ]
        if not rows:
            return []
        highest = sites[sites["level"] == "international"]
        title = words("stories.protection_title", count=len(highest), sites=len(sites))
        columns: Columns = {"what": "text", "value": "integer", "document_id": "documents"}
        unit = words("stories.sites_unit")
        chart = pictures.bars(words, title, pd.DataFrame(rows), columns, "protection", unit=unit)
        text = listed_words(words, "stories.highest", sorted(highest["name"]))
        return [with_picture("protection", title, [chart], text)]

    return make


def series(species_id: str) -> Maker:
    """Show the like-for-like figures of a species."""

    def make(ask: Ask, words: Words) -> list[Slide]:
        every = pictures.joined_series(ask("species_counts", species_id=species_id))
        if not every:
            return []
        shown = [rows for rows in every if not set(rows["population_part"]) & {"cubs", "juveniles"}][:2] or every[:1]
        first, last = shown[0].iloc[0], shown[0].iloc[-1]
        area = str(last["chart_area"])
        title = words(
            "stories.series_title",
            area=words("stories.world", name=name_of(ask, species_id)) if area == "World" else area,
            first=number_words(words, first),
            first_year=int(first["year_to"]),
            last=number_words(words, last),
            last_year=int(last["year_to"]),
        )
        drawn = pictures.series_chart(words, title, species_id, shown)
        text = words("stories.like", name=name_of(ask, species_id), counted=pictures.series_name(words, last))
        return [with_picture(f"series_{species_id}", title, drawn, fitting_words([text], MOST_TEXT_WORDS, " "))]

    return make


def figures(species_ids: Sequence[str]) -> Maker:
    """Show the newest figures that stand for one species by area, or for several species of the whole range."""

    def make(ask: Ask, words: Words) -> list[Slide]:
        stands = ask("species_headlines")
        shown = pd.concat([leading(stands[stands["species_id"] == key]) for key in species_ids]).head(MOST_FIGURES)
        if shown.empty:
            return []
        is_one = len(species_ids) == 1
        parts = tuple(
            Figure(
                label=(place_words(words, row) if row["standing"] == "state" else row["species_name"]),
                value=number_words(words, row),
                below=words("stories.unit_year", unit=words.term("unit", row["unit"]), period=period_words(words, row)),
            )
            for _, row in shown.iterrows()
        )
        key = "stories.figures_one" if is_one else "stories.figures_world"
        title = words(key, name=name_of(ask, species_ids[0]), count=len(parts))
        cited = keys_in(shown["document_ids"])
        note = words("stories.not_added") if is_one and len(parts) > 1 else ""
        return [Slide(key=f"figures_{species_ids[0]}", title=title, figures=parts, text=note, document_ids=cited)]

    return make


def movements(species_ids: Sequence[str]) -> Maker:
    """Show recorded movements between States."""

    def make(ask: Ask, words: Words) -> list[Slide]:
        moves = pd.concat(
            [ask("movements_found", species_id=key, country_code=None, method=None) for key in species_ids]
        )
        drawn = pictures.movements_map(words, words("briefs.part_movements"), moves)
        if not drawn:
            return []
        names = [name_of(ask, key) for key in species_ids]
        pairs = {frozenset((row.from_country_name, row.to_country_name)) for row in rows_of(moves)}
        title = words("stories.moves_title", names=words("stories.and").join(names[:2]), pairs=len(pairs))
        if len(names) > 2:
            title = words("stories.moves_many", count=len(names), pairs=len(pairs))
        pair_words = [words("stories.pair", pair=" – ".join(sorted(pair))) for pair in sorted(pairs, key=sorted)]
        text = listed_words(words, "stories.between", pair_words)
        return [with_picture(f"movements_{species_ids[0]}", title, drawn, text)]

    return make


def both_sides(species_id: str) -> Maker:
    """Show the animals that two States identified, and those recorded in both."""

    def make(ask: Ask, words: Words) -> list[Slide]:
        shared = ask("movements_shared_counts", species_id=species_id)
        shared = shared[shared["method"] == "camera_trap"]
        if shared.empty:
            return []
        row = next(rows_of(shared))
        title = words(
            "stories.both_title",
            both=words.number(row.in_both),
            name=name_of(ask, species_id),
            period=words.period(int(row.year_from), int(row.year_to)),
        )
        drawn = pictures.shared_chart(words, title, shared)
        return [with_picture(f"both_sides_{species_id}", title, drawn, words("stories.both_text"))]

    return make


def counts_at(about: Callable[[Ask], pd.DataFrame], species_id: str = "") -> Maker:
    """Show the newest figure of animals at each of some sites, the largest first."""

    def make(ask: Ask, words: Words) -> list[Slide]:
        rows = []
        for site in rows_of(about(ask)):
            counts = ask("sites_counts", site_id=site.site_id)
            fit = counts["is_newest"].astype(bool) & counts["value"].notna() & (counts["unit"] == "individuals")
            fit &= counts["year_to"].notna() & ((counts["species_id"] == species_id) if species_id else True)
            for _, row in counts[fit].sort_values("year_to", ascending=False).drop_duplicates("species_id").iterrows():
                year, species = period_words(words, row), row["species_name"]
                what = words("stories.at_site", site=site.name, species=species, period=year)
                rows.append(
                    {
                        "what": what,
                        "value": float(row["value"]),
                        "species_id": row["species_id"],
                        "document_id": row["document_id"],
                        "site": site.name,
                        "figure": figure_words(words, row),
                        "species": species,
                        "year": year,
                    }
                )
        if not rows:
            return []
        frame = pd.DataFrame(rows).sort_values("value", ascending=False, kind="stable").head(MOST_BARS)
        top = frame.iloc[0]
        title = words(
            "stories.counts_title", site=top["site"], figure=top["figure"], species=top["species"], period=top["year"]
        )
        columns: Columns = {"what": "text", "value": "integer", "document_id": "documents"}
        frame = frame.reset_index(drop=True)
        chart = pictures.bars(words, title, frame, columns, "counts_at", unit=words.term("unit", "individuals"))
        return [with_picture(f"counts_{species_id or 'sites'}", title, [chart], words("stories.counts_text"))]

    return make


def designations(about: Callable[[Ask], pd.DataFrame]) -> Maker:
    """Show since when sites are protected: one line a designation in force, from its year to today."""

    def make(ask: Ask, words: Words) -> list[Slide]:
        rows = []
        for site in rows_of(about(ask)):
            stated = ask("sites_designations", site_id=site.site_id)
            stated = stated[stated["is_current"].astype(bool) & (stated["state"] == "in_force")]
            stated = stated[stated["designated_date"].notna()].sort_values("designated_date")
            for row in rows_of(stated.head(1)):
                rows.append(
                    {
                        "name": site.name,
                        "start_date": str(row.designated_date),
                        "end_date": today(ask),
                        "designation": row.designation,
                        "document_id": row.document_id,
                    }
                )
        if not rows:
            return []
        frame = pd.DataFrame(rows).sort_values("start_date", kind="stable").head(MOST_BARS).reset_index(drop=True)
        first = frame.iloc[0]
        year = str(first["start_date"])[:4]
        title = words("stories.designations_title", site=first["name"], year=year, count=len(frame))
        columns: Columns = {"name": "text", "designation": "text", "start_date": "date", "document_id": "documents"}
        table = make_table(words, title, frame, columns, "designations")
        chart = Chart(
            title=title,
            kind="timeline",
            rows=frame,
            roles={"category": "name", "start": "start_date", "end": "end_date"},
            value_title="",
            alt=title,
            table=table,
            document_ids=keys_in(frame["document_id"]),
        )
        return [with_picture("designations", title, [chart], words("stories.designations_text"))]

    return make


def today(ask: Ask) -> str:
    """Return the day as of which a slide tells."""
    return ask.as_known_on.isoformat() if ask.as_known_on else str(ask("data_version")["newest_seen_date"].iloc[0])[:10]


def projects(about: Callable[[Ask], pd.DataFrame]) -> Maker:
    """Show projects by their period."""

    def make(ask: Ask, words: Words) -> list[Slide]:
        projects = about(ask)
        projects = projects[projects["start_date"].notna()].sort_values("start_date", ascending=False, kind="stable")
        if projects.empty:
            return []
        rows = pd.DataFrame(
            {
                "name": projects["short_title"],
                "start_date": projects["start_date"],
                "end_date": projects["end_date"].fillna(projects["start_date"]),
                "document_id": projects["period_document_id"],
            }
        )
        rows = rows.head(MOST_BARS).reset_index(drop=True)
        newest = projects.iloc[0]
        title = words("stories.projects_title", count=len(projects), year=str(newest["start_date"])[:4])
        columns: Columns = {"name": "text", "start_date": "date", "end_date": "date", "document_id": "documents"}
        chart = Chart(
            title=title,
            kind="timeline",
            rows=rows,
            roles={"category": "name", "start": "start_date", "end": "end_date"},
            value_title="",
            alt=title,
            table=make_table(words, title, rows, columns, "projects"),
            document_ids=keys_in(rows["document_id"]),
        )
        return [with_picture("projects", title, [chart], words("stories.projects_text", title=newest["short_title"]))]

    return make


def projects_of_species(species_ids: Sequence[str]) -> Callable[[Ask], pd.DataFrame]:
    """Return which projects concern any of some species."""

    def projects(ask: Ask) -> pd.DataFrame:
        every = [ask("projects_found", species_id=key, country_code=None) for key in species_ids]
        return pd.concat(every).drop_duplicates("project_id")

    return projects


def projects_of_area(area_id: str) -> Callable[[Ask], pd.DataFrame]:
    """Return which projects work at the sites of a shared area."""

    def projects(ask: Ask) -> pd.DataFrame:
        sites = area_sites(ask, area_id)["site_id"]
        keys = {key for site in sites for key in ask("sites_projects", site_id=site)["project_id"]}
        every = ask("projects_found", species_id=None, country_code=None)
        return every[every["project_id"].isin(keys)]

    return projects


def money() -> Maker:
    """Show stated totals of projects; they are never added."""

    def make(ask: Ask, words: Words) -> list[Slide]:
        budgets = ask("projects_budgets", project_id=None)
        whole = budgets[(budgets["part"] == "whole") & (budgets["kind"] != "derived")].head(MOST_FIGURES)
        if whole.empty:
            return []
        parts = tuple(
            Figure(
                label=row.short_title,
                value=words("briefs.amount", currency=row.currency, amount=words.number(row.amount)),
                below="" if is_empty(row.funder_name) else words("stories.funded", name=row.funder_name),
            )
            for row in rows_of(whole)
        )
        title = words("stories.money_title", count=len(parts))
        cited = keys_in(whole["document_ids"])
        return [Slide(key="money", title=title, figures=parts, text=words("stories.money_text"), document_ids=cited)]

    return make


def sizes(about: Callable[[Ask], pd.DataFrame]) -> Maker:
    """Show how large sites are."""

    def make(ask: Ask, words: Words) -> list[Slide]:
        sites = about(ask)
        sites = sites[sites["area_ha"].notna()].sort_values("area_ha", ascending=False).head(MOST_BARS)
        if sites.empty:
            return []
        rows = pd.DataFrame(
            {"what": sites["name"], "value": sites["area_ha"].astype(float), "document_id": sites["document_ids"]}
        ).reset_index(drop=True)
        top = sites.iloc[0]
        title = words("stories.sizes_title", site=top["name"], area=words.number(top["area_ha"]))
        columns: Columns = {"what": "text", "value": "number", "document_id": "documents"}
        chart = pictures.bars(words, title, rows, columns, "sizes", unit="ha")
        return [with_picture("sizes", title, [chart], words("stories.sizes_text"))]

    return make


def with_picture(key: str, title: str, drawn: Sequence[Chart | Map], text: str) -> Slide:
    """Make the slide of one picture."""
    return Slide(key=key, title=title, picture=drawn[0], text=text, document_ids=drawn[0].document_ids)
