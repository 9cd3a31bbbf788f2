"""The search of Sources: words, not letters; stems, names in any language, abbreviations both ways, any separators."""

import re

import pytest

from neaspec.blocks import Notice, Table, walk
from neaspec.data.search.query import expression, is_met, known_phrases, make_phrases, things_in
from neaspec.data.search.terms import joined_forms, terms_of, tokens_of
from neaspec.sections.sources.page import SourcesChoices, page

RASON = "sites/rason"
PHRASES = make_phrases(
    [
        ("rason migratori bird reserv", RASON),
        ("라선 선철 철새 새보 보호 호구", RASON),
        ("sdg 13", "terms/goal_13"),
        ("sustain develop goal 13", "terms/goal_13"),
        ("nfga", "organisations/nfga"),
        ("land of the leopard nation park", "sites/land_of_the_leopard"),
        ("llnp", "sites/land_of_the_leopard"),
    ]
)


@pytest.fixture(scope="module")
def search(ask):
    """Give what the page Sources lists for a text typed: one text a statement."""
    phrases = known_phrases(ask)

    def found(typed):
        rows = ask("sources_statements", document_id=None, grade=None, search=expression(typed, phrases), most=500)
        return [f"{row.about} {row.said} {row.note or ''} {row.locator}" for row in rows.itertuples()]

    return found


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("tigers", "Tiger"),
        ("wetlands’", "wetland"),
        ("institutionalising", "Institutionalizing"),
        ("337,081 USD", "337081 usd"),
        ("8,000.00", "8000"),
        ("24th", "24"),
        ("Сихотэ-Алинского заповедника", "сихотэ алинский заповедник"),
        ("Ｔｕｍｅｎ", "tumen"),
        ("Việt", "viet"),
    ],
)
def test_two_ways_to_write_the_same_have_the_same_terms(text, same):
    assert [token.terms for token in tokens_of(text)] == [token.terms for token in tokens_of(same)]


@pytest.mark.parametrize(
    ("text", "other"), [("MOU", "mountains"), ("LOA", "Coloane"), ("61", "1961"), ("15.5", "155"), ("1.5", "1,5")]
)
def test_letters_in_common_are_not_the_same_word(text, other):
    assert not terms_of(text) & terms_of(other)


def test_a_hyphenated_word_is_found_joined_and_in_parts():
    assert joined_forms("inter-tidal flats of 2019-2020") == ["intertid"]
    for typed in ("inter-tidal", "intertidal", "tidal"):
        assert is_met(expression(typed, PHRASES), "inter-tidal wetlands", PHRASES), typed
    assert is_met(expression("inter-tidal", PHRASES), "an intertidal flat", PHRASES)
    assert not is_met(expression("intertidal", PHRASES), "tidal flats between them", PHRASES)


@pytest.mark.parametrize("typed", ["337081", "337,081", "337 081", "337.081", "337’081", "337\u202f081"])
def test_a_number_is_found_with_any_separators(typed):
    assert is_met(expression(typed, PHRASES), "Project total: 337,081 USD", PHRASES)
    assert not is_met(expression(typed, PHRASES), "Project total: 337,082 USD of 81", PHRASES)


@pytest.mark.parametrize("typed", ["3525.7", "3,525.7", "3.525,7", "3 525,7"])
def test_a_number_with_a_fraction_is_found_as_other_languages_write_it(typed):
    assert is_met(expression(typed, PHRASES), "an area of 3,525.7 ha", PHRASES)


def test_a_name_finds_the_thing_under_all_its_names_and_a_part_of_it_as_words():
    assert things_in("the LLNP and the Land of the Leopard National Park", PHRASES) == {"sites/land_of_the_leopard"}
    for typed in ("LLNP", "llnp", "Land of the Leopard National Park"):
        for text in ("letters with the LLNP", "a map of the Land of the Leopard National Park"):
            assert is_met(expression(typed, PHRASES), text, PHRASES), (typed, text)
    assert is_met(expression("leopard park", PHRASES), "Land of the Leopard National Park", PHRASES)
    assert not is_met(expression("LLNP", PHRASES), "a leopard in a park", PHRASES)


def test_a_name_with_a_number_counts_as_a_whole():
    assert is_met(expression("SDG 13", PHRASES), "Sustainable Development Goal 13 on climate", PHRASES)
    assert not is_met(expression("SDG 13", PHRASES), "SDG 15, in the text of 13 May", PHRASES)


def test_an_expression_has_no_sign_but_its_own():
    for typed in ("a|b+c @x", "' or 1=1 --", "%_", "<img src=x>", "@sites/rason|tiger"):
        groups = expression(typed, PHRASES).split()
        assert all(re.fullmatch(r"[\w.]+(\+[\w.]+)*(\|[\w.]+(\+[\w.]+)*)*", group) for group in groups), groups
    assert expression("% ' --", PHRASES) == ""
    assert len(expression("word " * 5000 + " ".join(map(str, range(5000))), PHRASES).split()) <= 40


# What a reader could not find in version 1.2.0, and what one found there stands in the middle: a word of every hit.
LISTED = [
    ("tigers", "tiger"),
    ("wetland", "wetlands"),
    ("institutionalizing", "institutionali"),
    ("inter-tidal", "inter-tidal"),
    ("intertidal", "inter-tidal"),
    ("mobile application", "mobile app"),
    ("Kunming-Montreal", "Kunming"),
    ("SDG 13", "13"),
    ("15.5", "15.5"),
    ("NFGA", "Forestry and Grassland"),
    ("KEI", "Korea Environment Institute"),
    ("COVID", "COVID"),
    ("LOA", "letter"),
    ("LOAs", "letter"),
    ("MOU", "memorand"),
    ("memorandum of understanding", "MOU"),
    ("tbc", "tbc"),
    ("two-track", "track"),
    ("synergies", "synerg"),
    ("policy dialogue", "policy dialogue"),
    ("enabling environment", "enabling environment"),
    ("sustainable use", "sustainable use"),
    ("337081", "337,081"),
    ("337,081", "337,081"),
    ("299789", "299,789"),
    ("299 789", "299,789"),
    ("3525.7", "3525.7"),
    ("3,525.7", "3525.7"),
    ("1,416.13", "1416.13"),
    ("9,885.8", "9885.8"),
    ("61 participants", "61"),
    ("37 countries", "37"),
    ("LLNP", "Land of the Leopard"),
    ("TLNP", "Tiger and Leopard National Park"),
    ("Northeast China Tiger and Leopard National Park", "TLNP"),
]


@pytest.mark.parametrize(("typed", "word"), LISTED, ids=[typed for typed, _ in LISTED])
def test_what_could_not_be_found_is_found(search, typed, word):
    hits = search(typed)
    assert hits
    assert any(plain(word) in plain(hit) for hit in hits), hits


def plain(text):
    """Give a text in small letters without commas in numbers."""
    return re.sub(r"(?<=\d),(?=\d{3})", "", text.lower())


# Names of sites and species: own, of another script, former, variant.
NAMES = [
    ("라선철새보호구", "Rason"),
    ("라선", "Rason"),
    ("Rajin-Sonbong", "Rason"),
    ("图们江口", "Tumen"),
    ("두만강 하구", "Tumen"),
    ("эстуарий реки Туманной", "Tumen"),
    ("Tumen Delta", "Tumen"),
    ("Земля леопарда", "Land of the Leopard"),
    ("Земли леопарда", "Land of the Leopard"),
    ("东北虎豹国家公园", "Northeast China Tiger and Leopard"),
    ("出水", "Izumi"),
    ("Хөвсгөл", "Khuvsgul"),
    ("Hovsgol", "Khuvsgul"),
    ("Dalai Nor", "Dalai Lake"),
    ("비무장지대", "Demilitarized Zone"),
    ("DMZ", "Demilitarized Zone"),
    ("Panthera tigris altaica", "Amur tiger"),
    ("雪豹", "Snow leopard"),
    ("ユキヒョウ", "Snow leopard"),
    ("снежный барс", "Snow leopard"),
    ("амурский тигр", "Amur tiger"),
    ("저어새", "Black-faced spoonbill"),
    ("国家林业和草原局", "Forestry and Grassland"),
    ("DPRK", "Democratic People's Republic of Korea"),
]


@pytest.mark.parametrize(("typed", "name"), NAMES, ids=[typed for typed, _ in NAMES])
def test_things_are_found_by_their_local_former_and_other_names(search, typed, name):
    hits = search(typed)
    assert hits
    assert any(name.lower() in hit.lower() for hit in hits), hits[:5]


def test_the_name_of_one_leopard_does_not_find_the_other(search):
    assert not [hit for hit in search("アムールヒョウ") if hit.startswith("Snow leopard")]
    assert not [hit for hit in search("Panthera uncia") if hit.startswith("Amur leopard")]


@pytest.mark.parametrize(("typed", "never"), [("MOU", r"\bmountain"), ("LOA", r"coloane"), ("61", r"\d61|61\d")])
def test_letters_inside_another_word_or_number_are_no_hit(search, typed, never):
    hits = search(typed)
    assert hits
    loose = [
        hit for hit in hits if re.search(never, hit.lower()) and not re.search(rf"\b{typed.lower()}\b", hit.lower())
    ]
    assert [hit for hit in loose if "memorand" not in hit.lower() and "letter" not in hit.lower()] == []


def test_both_ways_of_an_abbreviation_find_the_same(search):
    for short, full in [
        ("LLNP", "Land of the Leopard National Park"),
        ("NFGA", "National Forestry and Grassland Administration"),
        ("KEI", "Korea Environment Institute"),
        ("MOU", "memorandum of understanding"),
        ("LOA", "letter of agreement"),
        ("SDG 15", "Sustainable Development Goal 15"),
        ("COVID", "COVID-19"),
    ]:
        assert set(search(short)) <= set(search(full)) | set(search(short.lower())), short
        assert set(search(full)) & set(search(short)) == set(search(short)), (short, full)


def test_no_hit_is_about_a_key(ask, real_connection):
    rows = real_connection.cursor().execute(
        "select distinct about, said from statement_lines where about ~ '^[a-z]+( [a-z]+)*$' "
        "or regexp_replace(said, 'https?://.*', '') ~ '[a-z]_[a-z]'"
    )
    assert rows.fetchall() == []


def test_signs_alone_find_nothing_and_nothing_typed_finds_all(ask, words):
    nothing = page(ask, words, SourcesChoices(part="statements", search="%%%"))
    assert nothing.lead == words("sources.lead_search", found="0", search="%%%")
    assert {block.kind for block in walk(nothing.blocks) if isinstance(block, Notice)} == {"empty"}
    names = {block.file_name for block in walk(nothing.blocks) if isinstance(block, Table)}
    assert not names & {"statements", "documents", "data_dictionary"}
    everything = page(ask, words, SourcesChoices(part="statements"))
    assert [block for block in walk(everything.blocks) if isinstance(block, Table) and block.file_name == "statements"]
