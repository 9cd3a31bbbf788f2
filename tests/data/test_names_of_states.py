"""States and areas have the names the United Nations use, wherever a reader meets a text of ours."""

import csv
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import pandas as pd

from neaspec.data.queries import load_query, query_names, run_query
from neaspec.paths import ROOT
from neaspec.sections.delegation import page as country
from neaspec.sections.sources import page as sources
from neaspec.sections.species import page as species
from neaspec.web.page_cache import composed_page
from tests.web.test_pages import CHOICES

DATA = ROOT / "data"
# Names that the United Nations do not use alone, in the scripts of the documents.
OTHER_NAMES = re.compile(
    r"(?<![\w-])(Russia|North Korea|South Korea|N\. ?Korea|S\. ?Korea|Korea|Koreas|DPRK|ROK|Taiwan|Formosa|Hong Kong|"
    r"Macau|Macao|Tuva|Burma|Vietnam|Kremlin|Korean DMZ|Sea of Japan|East Sea)(?!\w)|"
    r"台灣|臺灣|台湾|中華民|南韓|北韓|남한|북한|韓国|北朝鮮"
)
# What may hold such a word: the names in full, and proper names of bodies.
FULL_NAMES = re.compile(
    r"Democratic People.s Republic of Korea|DPR Korea|Republic of Korea|Taiwan Province of China|Hong Kong, China|"
    r"Macao, China|WWF[ -]Russia|WWF Hong Kong|Hong Kong Bird Watching Society|Yahoo News Taiwan|Taiwan Animal News|"
    r"Taiwan Black-faced Spoonbill Conservation Association|Birds Korea|Anas Formosa|"
    r"Hanns Seidel Foundation Korea|The Korea Times|Korea Environment Institute|"
    r"Korea-China TV news|korea\.info|wetlands-of-korea|Polar Research Institute of Korea"
)
# Names that a reader may type into the search or that documents write; they are compared, never told as ours.
NAMES_FOUND = {("names", "name"), ("search_names", "name")}
ANSWERS_COMPARED = {"search_phrases"}
# Columns a reader of a page does not meet, or that are the document's own.
OWN = {"url", "published_title", "evidence"}


def other_names(text: str) -> list[str]:
    """Return the names in a text that the United Nations do not use."""
    return [found.group(0) for found in OTHER_NAMES.finditer(FULL_NAMES.sub("", text))]


def test_the_list_tells_names_apart():
    assert other_names("leopards of South Korea, Russia and the Republic of Korea") == ["South Korea", "Russia"]
    assert other_names("WWF-Russia; Hong Kong, China; the Russian Far East; Korean Demilitarized Zone") == []
    assert other_names("wintering in Taiwan") == ["Taiwan"]


def test_no_table_names_a_state_in_another_way():
    wrong = []
    for path in sorted(DATA.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            wrong += [
                (path.stem, next(iter(row.values())), column, text)
                for row in csv.DictReader(file)
                for column, text in row.items()
                if column not in OWN and (path.stem, column) not in NAMES_FOUND and other_names(text)
            ]
    assert wrong == []


def texts_of(value: Any) -> Iterator[str]:
    """Give every text of a page or of a part of it: its blocks, the rows of its tables, what it cites."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, pd.DataFrame):
        for column in value.columns:
            if column not in OWN:
                yield from (text for text in value[column].dropna().unique() if isinstance(text, str))
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts_of(getattr(value, field.name))
    elif isinstance(value, dict):
        yield from texts_of(list(value.values()))
    elif isinstance(value, list | tuple):
        for part in value:
            yield from texts_of(part)


def test_no_answer_names_a_state_in_another_way(real_connection):
    wrong = []
    for name in sorted(set(query_names()) - ANSWERS_COMPARED):
        params = load_query(name).params
        with real_connection.cursor() as cursor:
            example = {param: cursor.execute(f"select {value}").fetchone()[0] for param, value in params.items()}
        wide = {param: None if param.endswith(("_id", "grade", "code")) else value for param, value in example.items()}
        for given in (example,) if wide == example else (example, wide):
            answer = run_query(real_connection, name, **given)
            wrong += [(name, text) for text in texts_of(answer) if other_names(text)]
    assert wrong == []


MORE_CHOICES = [
    *((page, choices) for page, choices in CHOICES.items()),
    ("sources", sources.SourcesChoices(part=sources.RECORDS)),
    *(
        ("species", species.SpeciesChoices(species_id=key))
        for key in ("amur_leopard", "black_faced_spoonbill", "hooded_crane", "snow_leopard", "white_naped_crane")
    ),
    *(("country", country.CountryChoices(country_code=code)) for code in ("CHN", "JPN", "KOR", "PRK", "RUS")),
]


def test_no_page_names_a_state_in_another_way(ask):
    wrong = []
    for page, choices in MORE_CHOICES:
        texts = list(texts_of(composed_page(page, choices, ask)))
        assert len(texts) > 20, page
        wrong += [(page, choices, text) for text in texts if other_names(text)]
    assert wrong == []


def test_the_published_title_stands_on_the_own_entry_of_a_document_alone(ask, words):
    key, title = "korea_times_ramsar_dprk_2018", "N. Korea to join Ramsar Convention in May"
    choices = sources.SourcesChoices(document_id=key)
    assert title in set(texts_of(sources.page(ask, words, choices)))
    assert title not in set(texts_of(sources.page(ask, words, sources.SourcesChoices())))
    assert ask("sources_cited", document_ids=[key])["title"].tolist() == [
        "The DPR Korea to join the Ramsar Convention in May 2018"
    ]


def test_the_list_of_a_part_of_a_state_is_no_national_list(ask):
    statuses = ask("species_statuses", species_id="black_faced_spoonbill")
    assert "bfs_regional_taiwan" not in set(statuses["status_id"])
    assert "bfs_monument_kor" in set(statuses["status_id"])
