"""Ready stories: tables of slides. A slide of which nothing is on record is left out."""

from collections.abc import Mapping, Sequence

from neaspec.data.queries import Ask
from neaspec.sections.briefs import slides as tell
from neaspec.sections.briefs.som import som_number
from neaspec.slides import Slide, Story
from neaspec.text import Words

CATS = ("amur_tiger", "amur_leopard")
BIRDS = ("black_faced_spoonbill", "white_naped_crane", "hooded_crane")
CRANES = ("white_naped_crane", "hooded_crane")
SNOW = ("snow_leopard",)
STORIES: Mapping[str, Sequence[tell.Maker]] = {
    "som": (
        tell.newest_issues(),
        tell.sites_map(tell.sites_of()),
        tell.figures(["amur_tiger"]),
        tell.series("amur_leopard"),
        tell.figures(["snow_leopard"]),
        tell.series("black_faced_spoonbill"),
        tell.figures(CRANES),
        tell.movements(CATS),
        tell.money(),
    ),
    "cats": (
        tell.figures(["amur_tiger"]),
        tell.series("amur_tiger"),
        tell.figures(["amur_leopard"]),
        tell.series("amur_leopard"),
        tell.both_sides("amur_tiger"),
        tell.both_sides("amur_leopard"),
        tell.movements(["amur_tiger"]),
        tell.sites_map(tell.sites_of(species_ids=CATS)),
        tell.protection(tell.sites_of(species_ids=CATS)),
        tell.projects(tell.projects_of_species(CATS)),
        tell.issues_about({"species": CATS}),
    ),
    "snow_leopard": (
        tell.figures(["snow_leopard"]),
        tell.series("snow_leopard"),
        tell.movements(SNOW),
        tell.sites_map(tell.sites_of(area_id="altai_sayan")),
        tell.protection(tell.sites_of(area_id="altai_sayan")),
        tell.designations(tell.sites_of(area_id="altai_sayan")),
        tell.sizes(tell.sites_of(area_id="altai_sayan")),
        tell.counts_at(tell.sites_of(area_id="altai_sayan"), "snow_leopard"),
        tell.projects(tell.projects_of_species(SNOW)),
        tell.issues_about({"species": SNOW}),
    ),
    "tumen": (
        tell.sites_map(tell.sites_of(area_id="tumen_estuary")),
        tell.protection(tell.sites_of(area_id="tumen_estuary")),
        tell.designations(tell.sites_of(area_id="tumen_estuary")),
        tell.sizes(tell.sites_of(area_id="tumen_estuary")),
        tell.counts_at(tell.sites_of(area_id="tumen_estuary")),
        tell.movements(CRANES),
        tell.projects(tell.projects_of_area("tumen_estuary")),
        tell.issues_about({"sites": ("tumen_estuary", "rason", "jingxin", "khasansky", "fangchuan")}),
    ),
    "flyway": (
        tell.figures(BIRDS),
        tell.series("black_faced_spoonbill"),
        tell.series("hooded_crane"),
        tell.movements(BIRDS),
        tell.sites_map(tell.sites_of(species_ids=BIRDS)),
        tell.protection(tell.sites_of(species_ids=BIRDS)),
        tell.counts_at(tell.sites_of(species_ids=CRANES), "white_naped_crane"),
        tell.counts_at(tell.sites_of(species_ids=CRANES), "hooded_crane"),
        tell.projects(tell.projects_of_species(BIRDS)),
        tell.issues_about({"species": BIRDS}),
    ),
}


def story_names(ask: Ask, words: Words) -> dict[str, str]:
    """Return key -> name of the ready stories; that of the meeting bears its number."""
    number = som_number(ask)
    names = {key: words(f"stories.story_{key}") for key in STORIES if key != "som"}
    meeting = words("stories.story_som_none") if number is None else words("stories.story_som", number=number)
    return {"som": meeting} | names


def ready_story(ask: Ask, words: Words, key: str) -> Story:
    """Return a ready story as known at a date.

    Raises:
        KeyError: if there is none of that key.
    """
    slides = [slide for maker in STORIES[key] for slide in maker(ask, words)]
    return story_of(ask, key, story_names(ask, words)[key], slides)


def story_of(ask: Ask, key: str, title: str, slides: Sequence[Slide]) -> Story:
    """Return slides as a story, with the documents they cite, numbered in order of first appearance."""
    cited = list(dict.fromkeys(key for slide in slides for key in slide.document_ids))
    known = ask("sources_cited", document_ids=cited).copy()
    marks = {key: number for number, key in enumerate((key for key in cited if key in set(known["document_id"])), 1)}
    known.insert(0, "number", known["document_id"].map(marks))
    sources = known.sort_values("number", ignore_index=True)
    return Story(key=key, title=title, slides=tuple(slides), sources=sources, marks=marks)
