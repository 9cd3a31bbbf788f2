"""Whether the day or the month stands first in the dates of a file: read off the whole column, else asked once."""

from collections.abc import Sequence

from neaspec.crossings.input.csv_tables import chunks
from neaspec.crossings.input.members import Member
from neaspec.crossings.input.times import DateOrder
from neaspec.crossings.model.reading import Answers, Question
from neaspec.crossings.readers.rows import question_of

_ROWS_OF_A_LOOK = 1_000
_YEAR_FIRST = r"\s*(\d{4}-|$)"


def order_in(member: Member, columns: Sequence[str]) -> DateOrder:
    """Look at the dates of a file, once.

    A file whose first thousand rows hold only dates with the year first is not read through: programs write all dates
    of a column alike. A date of another kind further down is then told as one that cannot be read, never guessed.
    """
    key = f"order of {'|'.join(columns)}"
    if key not in member.remembered:
        order = DateOrder()
        for table in chunks(member, _ROWS_OF_A_LOOK, list(columns)):
            for column in columns:
                order.look(table.frame[column])
            if all(table.frame[column].str.match(_YEAR_FIRST).all() for column in columns):
                break
        member.remembered[key] = order
    order_found: DateOrder = member.remembered[key]
    return order_found


def questions_of(member: Member, columns: Sequence[str], answers: Answers) -> list[Question]:
    """Return the question to ask about a file, if there is one and it is not answered."""
    return question_of(order_in(member, columns), member.name, columns[0], answers)


def day_first_of(member: Member, columns: Sequence[str], answers: Answers) -> bool | None:
    """Return whether the day stands first; None = there are no such dates, or they tell themselves."""
    return order_in(member, columns).is_day_first(answers.day_first.get(member.name))
