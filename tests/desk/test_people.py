"""How the desk is set up, who may enter it, and what its forms ask for."""

import pytest

from neaspec.data.description import read_description
from neaspec.desk.errors import DeskError
from neaspec.desk.kinds import ABOUT_A_ROW, KINDS, TABLE_OF, fields_of
from neaspec.desk.people import ROLES, Person, person_of, read_people
from neaspec.desk.settings import EDITIONS, PEOPLE, STORE, desk_settings
from neaspec.paths import DATA_DIR

MEMBERS = frozenset({"MNG", "JPN"})


def test_people_have_the_role_of_the_table_whatever_the_case_of_their_address(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text("address,role,country_code\nFocal@Mongolia.example,focal_point,MNG\ne@x.example,editor,\n")
    people = read_people(path, MEMBERS)
    assert person_of("focal@mongolia.EXAMPLE", people) == Person("Focal@Mongolia.example", "focal_point", "MNG")
    assert person_of("e@x.example", people).role == "editor"
    assert person_of("nobody@x.example", people) == Person("nobody@x.example", "reader")


def test_a_wrong_table_of_people_is_told_with_all_its_faults(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text(
        "address,role,country_code\nno address,editor,\na@x.example,king,\nb@x.example,focal_point,FRA\n"
        "c@x.example,editor,MNG\nA@x.example,editor,\n"
    )
    with pytest.raises(DeskError) as caught:
        read_people(path, MEMBERS)
    assert str(caught.value).splitlines() == [
        "people.csv:2: address is 'no address', expected one like name@ministry.example",
        f"people.csv:3: role is 'king', expected one of {[*ROLES]}",
        "people.csv:4: country_code is 'FRA', expected a member State: ['JPN', 'MNG']",
        "people.csv:5: country_code is 'MNG', expected nothing for the role editor",
        "people.csv:6: address is 'A@x.example', which stands in the table already",
    ]


@pytest.mark.parametrize("content", [b"who,what\na,b\n", b"\xff\xfe"])
def test_a_table_that_cannot_be_read_is_told(tmp_path, content):
    (tmp_path / "people.csv").write_bytes(content)
    with pytest.raises(DeskError, match="people.csv"):
        read_people(tmp_path / "people.csv", MEMBERS)
    with pytest.raises(DeskError, match="gone.csv cannot be read"):
        read_people(tmp_path / "gone.csv", MEMBERS)


def test_without_a_store_the_desk_is_off():
    assert desk_settings({}) is None


def test_people_and_editions_lie_beside_the_store(tmp_path):
    settings = desk_settings({STORE: f"sqlite:///{tmp_path / 'desk.sqlite'}"})
    assert (settings.people, settings.editions) == (tmp_path / "people.csv", tmp_path / "editions")


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({STORE: "somewhere"}, "no address of a database"),
        ({STORE: "mysql://x/y"}, "allowed are sqlite and postgresql"),
        ({STORE: "sqlite://"}, "in memory"),
        ({STORE: "postgresql+pg8000://x/y", PEOPLE: "p.csv"}, EDITIONS),
    ],
)
def test_a_wrong_set_up_is_told(environment, said):
    with pytest.raises(DeskError, match=said):
        desk_settings(environment)


@pytest.mark.parametrize("kind", TABLE_OF)
def test_forms_ask_for_every_column_but_the_key(kind):
    description = read_description(DATA_DIR)
    table = {resource["name"]: resource for resource in description["resources"]}[TABLE_OF[kind]]
    names = [field["name"] for field in table["schema"]["fields"]]
    fields = fields_of(description, TABLE_OF[kind])
    assert [field.name for field in fields] == [name for name in names if name not in table["schema"]["primaryKey"]]
    assert all(field.title and field.meaning for field in fields)


def test_a_new_column_of_the_description_is_asked_for():
    description = read_description(DATA_DIR)
    counts = next(resource for resource in description["resources"] if resource["name"] == "counts")
    rules = {"required": True, "enum": ["a", "b"]}
    counts["schema"]["fields"].append({"name": "new", "type": "string", "title": "New", "constraints": rules})
    (new,) = [field for field in fields_of(description, "counts") if field.name == "new"]
    assert (new.is_required, new.allowed) == (True, ("a", "b"))


def test_cells_that_hold_keys_say_of_which_table():
    fields = {field.name: field for field in fields_of(read_description(DATA_DIR), "counts")}
    assert (fields["species_id"].refers_to, fields["part_of_count_id"].refers_to) == ("species", "counts")
    assert fields["note"].refers_to == ""


def test_every_kind_has_words(words):
    assert {kind: words.term("desk_kind", kind) for kind in KINDS}
    assert set(KINDS) == {*TABLE_OF, *ABOUT_A_ROW}
