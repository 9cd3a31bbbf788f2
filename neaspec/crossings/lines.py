"""The lines of a text, one after the other, whatever ends them."""

import io
from collections.abc import Iterator

from neaspec.crossings.inputs import Member
from neaspec.errors import InputError

MOST_LINE = 1_000_000  # letters in one line


class Lines:
    """The lines of a text, ends of lines all made LF (CR alone counts), from the first one."""

    def __init__(self, member: Member, encoding: str) -> None:
        self.name, self.encoding, self.stream = member.name, encoding, member.open()
        self.text = io.TextIOWrapper(self.stream, encoding=encoding, newline=None)
        self.number = 0

    def __enter__(self) -> "Lines":
        return self

    def __exit__(self, *_: object) -> None:
        self.text.close()

    def __iter__(self) -> Iterator[str]:
        readline = self.text.readline
        while True:
            try:
                line = readline(MOST_LINE + 1)
            except UnicodeError as error:
                raise InputError([f"{self.name}, after line {self.number}: not {self.encoding} text"]) from error
            if not line:
                return
            self.number += 1
            if len(line) > MOST_LINE:
                raise InputError([f"{self.name}, line {self.number}: longer than {MOST_LINE:,} letters; not a table"])
            yield line
