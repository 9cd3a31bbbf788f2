"""What counts as a crossing with every number it rests on, and what the public level shows of each species."""

import pandas as pd

from neaspec.blocks import Block, Details, Text
from neaspec.crossings.model.parameters import Parameters
from neaspec.crossings.model.records import GRADES
from neaspec.data.queries import Ask
from neaspec.sections.common import make_table
from neaspec.text import Words

DEFINITION = ("country", "stay", "crossing", "time", "doubt", *GRADES)


def definition(words: Words) -> list[Block]:
    """Say what a record, a stay and a crossing are, and list the parameters."""
    said = [Text(text=words(f"field_data.definition_{part}")) for part in DEFINITION]
    main, grades = said[: -len(GRADES)], said[-len(GRADES) :]
    borders = Text(text=words("field_data.borders"), style="note")
    table = parameter_table(words, Parameters())
    return [
        *main,
        Details(title=words("field_data.grades_of_crossings"), blocks=tuple(grades)),
        Details(title=words("field_data.parameters_table"), blocks=(table,)),
        borders,
    ]


def parameter_table(words: Words, parameters: Parameters, title: str = "field_data.parameters_table") -> Block:
    """List every parameter with its value and its reason."""
    stated = parameters.stated()
    rows = pd.DataFrame(
        {
            "parameter_name": [words(f"field_data.parameter_{name}") for name in stated],
            "parameter_value": [value_words(words, name, value) for name, value in stated.items()],
            "parameter_reason": [words(f"field_data.reason_{name}") for name in stated],
        }
    )
    return make_table(words, words(title), rows, dict.fromkeys(rows.columns, "text"), "parameters")


def value_words(words: Words, name: str, value: float) -> str:
    """Write a value with its unit; metres as kilometres."""
    if name.endswith("_m"):
        return f"{words.number(value / 1000)} km"
    if name.startswith("minutes_"):
        return words("field_data.minutes", number=words.number(value))
    if name.endswith(("_days", "_kmh")):
        return words(f"field_data.{name.rpartition('_')[2]}", number=words.number(value))
    if name.endswith("_year"):
        return str(int(value))
    return words.number(value)


def species_rules(ask: Ask, words: Words) -> list[Block]:
    """List what everybody may see of each group of animals and kind of record, why, and until when."""
    rules = ask("sensitivity_rules")
    worded_rules = rules.assign(
        group_words=[words.term("taxon_group", value) for value in rules["taxon_group"]],
        record_words=[words.term("record_kind", value) for value in rules["record_kind"]],
        place_words=[words.term("public_level", value) for value in rules["public_level"]],
        time_words=[words.term("time_level", value) for value in rules["time_level"]],
    )
    columns = {
        "group_words": "text",
        "record_words": "text",
        "place_words": "text",
        "time_words": "text",
        "reason": "text",
        "review_date": "date",
        "document_ids": "documents",
    }
    table = make_table(words, words("field_data.rules_table"), worded_rules, columns, "rules")  # type: ignore[arg-type]
    note = Text(text=words("field_data.rules_text"))
    return [Details(title=words("field_data.rules"), blocks=(note, table))]
