"""Cut a source document, read as text, into the passages that locators of the tables name.

The text comes from print and slides and is damaged: the number of a paragraph stands inside a table or far from its
paragraph, cells stand apart from their columns, marks of footnotes are glued to years. The cutter knows these kinds of
damage. All functions are pure: text in, passages out. Keys of passages are in small letters.
"""

import re
from collections import defaultdict

Passages = dict[str, str]

PARAGRAPH = re.compile(r"^\s*(\d{1,2})\.(?:\s|$)")
TABLE = re.compile(r"^\s*[\[*]*Table (\d+)[\].]? *[A-Z]")
FIGURE = re.compile(r"^\s*\[?Figure (\d+)\]? ")
PART = re.compile(r"^\s*[IVX1]+\.\s*(?:\([A-Z]\)\s)?[A-Z][A-Z ]{4,}")  # "III. (B) PROGRESS OF": some read 1 for I
SECTION = re.compile(r"^\s*(\d(?:\.\d)?)\.?\s+\[?[A-Z]")
PAGE_NUMBER = re.compile(r"^\s*\d{1,2}\s*$")
NOTE_MARKED = re.compile(r"^\s*([L1-9])\1*\s+(?=[A-Zh])")  # the mark 1 is read as L, 2 as 222
NOTE_RAISED = re.compile(r"^<sup>(\d+)</sup>")
NOTE_UNMARKED = re.compile(r"^ \S.*[ (]\d{4}\)?$")  # a title with its year that opens a page
ITEM_MARK = re.compile(r"^\s*[ivx]+\.\s*$")
SENTENCE_END = re.compile(r"[.:?!][”\"]?\d?\s*$")
HEADING = re.compile(r"^(#+)\s*(.+)$")
SESSION = re.compile(r"Session (\d+)\.")
MARKUP = re.compile(r"</?\w+(?: [^>]*)?>|\*+|\\")
ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii")
RUNNING_TEXT = 70  # characters; lines of paragraphs are longer, lines of cells are shorter


class NoPassageError(Exception):
    """A locator names a passage that the document does not have."""


def joined(parts: dict[str, list[str]]) -> Passages:
    """Make each passage one text."""
    return {key: "\n".join(lines).strip() for key, lines in parts.items()}


def cut_paper(text: str, first_footnote: int = 1, *, is_headed: bool = True) -> Passages:
    """Cut a paper with numbered paragraphs: "para. 7", "table 2", "figure 1", "footnote 4", "heading before para. 10".

    A number counts only in its turn. Inside a table it opens its paragraph at the first line as long as running text,
    for the cells before that line are of the table. Where one number is missing after a heading, the text below the
    heading is its paragraph. Footnotes without a mark are numbered from `first_footnote`. is_headed: a paragraph has
    the heading before it in front.
    """
    lines, notes = without_footnotes(text.split("\n"), first_footnote)
    parts: dict[str, list[str]] = defaultdict(list)
    here, number, waiting = "before", 0, False
    for line in lines:
        paragraph, table, figure = PARAGRAPH.match(line), TABLE.match(line), FIGURE.match(line)
        if paragraph and int(paragraph[1]) == number + 2 and here == "part":
            parts[f"para. {number + 1}"] = parts.pop("part")
            number += 1
        if paragraph and int(paragraph[1]) == number + 1:
            number += 1
            waiting = here.startswith("table") and len(line) - paragraph.end() < RUNNING_TEXT
            here = here if waiting else f"para. {number}"
            line = line[paragraph.end() :]
        elif table:
            here = f"table {table[1]}"
        elif figure:
            here = f"figure {figure[1]}"
        elif PART.match(line):
            here = "part"
            parts.pop("part", None)
        elif waiting and len(line) >= RUNNING_TEXT:
            here, waiting = f"para. {number}", False
        parts[here].append(line)
    parts.pop("part", None)
    return joined(with_headings(parts, is_headed=is_headed)) | notes


def without_footnotes(
    lines: list[str], first: int = 1, mark: re.Pattern[str] = NOTE_MARKED
) -> tuple[list[str], Passages]:
    """Take the footnotes out of the lines: those with a mark, and titles with a year that open a page."""
    kept: list[str] = []
    notes: dict[str, list[str]] = defaultdict(list)
    here, unmarked = "", first
    for place, line in enumerate(lines):
        following = next((later for later in lines[place + 1 :] if later.strip()), "")
        marked = mark.match(line)
        if marked:
            here = f"footnote {1 if marked[1] == 'L' else marked[1]}"
        elif NOTE_UNMARKED.match(line) and (following.startswith("http") or PARAGRAPH.match(following)):
            here, unmarked = f"footnote {unmarked}", unmarked + 1
        elif not line.strip() or line.startswith(" "):
            here = ""
        if here:
            notes[here].append(line)
        elif not PAGE_NUMBER.match(line):
            kept.append(line)
    return kept, joined(notes)


def with_headings(parts: dict[str, list[str]], *, is_headed: bool = True) -> dict[str, list[str]]:
    """Take each heading off the end of the paragraph before it (the lines after its last full sentence).

    Where is_headed, every paragraph gets the heading that it stands under in front of it.
    """
    apart: dict[str, list[str]] = {}
    heading: list[str] = []
    for key, lines in parts.items():
        ends = [place for place, line in enumerate(lines) if SENTENCE_END.search(line)]
        cut = ends[-1] + 1 if key.startswith("para. ") and ends else len(lines)
        if any(ITEM_MARK.match(line) for line in lines[cut - 1 :]):
            cut = len(lines)  # the last item of a list, which ends without a full stop
        apart[key] = [*(heading if is_headed else []), *lines[:cut]] if key.startswith("para. ") else lines
        if any(line.strip() for line in lines[cut:]):
            heading = lines[cut:]
            apart[f"heading before para. {int(key.removeprefix('para. ')) + 1}"] = heading
    return apart


def cut_sections(text: str) -> Passages:
    """Cut a note with numbered sections: "title", "introduction", "1", "1.2", "table 2".

    A table ends with the next section or figure; text after the figure belongs to the section again.
    """
    lines, notes = without_footnotes(text.split("\n"))
    parts: dict[str, list[str]] = defaultdict(list)
    here = section = "title"
    for line in lines:
        heading, table = SECTION.match(line), TABLE.match(line)
        if heading:
            here = section = heading[1]
        elif table:
            here = f"table {table[1]}"
        elif FIGURE.match(line):
            here = section
        elif line.strip().lower() == "concept note":
            here = section = "introduction"
        parts[here].append(line)
    return joined(parts) | notes


def cut_marked_up(text: str) -> Passages:
    """Cut a text with headings in markdown: one passage per heading, up to the next of its level or one in capitals.

    The headings that it stands under come first, in brackets.

    Besides: "title" (before the second heading), "table N", "session N", "footnote N", "table" (all rows of tables),
    "photos" (captions that tell pictures by letters), "website" (a picture told in words).
    """
    lines, notes = without_footnotes(text.split("\n"), mark=NOTE_RAISED)
    parts: dict[str, list[str]] = defaultdict(list)
    opened: list[tuple[int, str]] = []
    headings = 0
    tables, lines = tables_in(lines)
    for line in lines:
        heading = HEADING.match(line)
        if "screenshot" in line:
            opened = [(1, "website")]
        if heading:
            level, name = len(heading[1]), plain(heading[2]).lower()
            shouted = plain(heading[2]).isupper()
            opened = [] if shouted else [(other, kept) for other, kept in opened if other < level]
            parts[name] += [f"({kept})" for _, kept in opened]
            opened.append((level, name))
            headings += 1
        for key in [name for _, name in opened] + (["title"] if headings <= 2 and not is_running(line) else []):
            parts[key].append(line)
        if "\t" in line:
            parts["table"].append(line)
        if re.search(r"\bL ?-.*\bR ?-", line):
            parts["photos"].append(line)
    passages = joined(parts)
    for name in list(passages):
        if "programme" in name:
            passages |= {f"session {session[1]}": part for session, part in sessions(passages[name])}
    for table, rows in tables.items():
        passages |= {f"{table}, {component}": column for component, column in component_columns(rows).items()}
    return {key: plain(passage) for key, passage in (passages | tables | notes).items()}


def is_running(line: str) -> bool:
    """Say whether a line is text that runs on, not a title."""
    return len(line) > 2 * RUNNING_TEXT


def sessions(programme: str) -> list[tuple[re.Match[str], str]]:
    """Give the sessions of a programme, each up to the next."""
    starts = list(SESSION.finditer(programme))
    ends = [match.start() for match in starts[1:]] + [len(programme)]
    return [(match, programme[match.start() : end]) for match, end in zip(starts, ends, strict=True)]


def tables_in(lines: list[str]) -> tuple[Passages, list[str]]:
    """Take the tables with a number out of the lines: the caption and the rows with tabs below it."""
    tables: dict[str, list[str]] = defaultdict(list)
    others: list[str] = []
    here = ""
    for line in lines:
        caption = TABLE.match(line)
        if caption:
            here = f"table {caption[1]}"
        elif HEADING.match(line) or (line.strip() and "\t" not in line):
            here = ""
        (tables[here] if here else others).append(line)
    return joined(tables), others


def component_columns(rows: str) -> Passages:
    """Cut a table with tabs and a header that names components: "component 2" -> header, labels of rows, its column.

    The last filled cells of a row are those of the components: labels before them were read as one cell or two.
    """
    cells = [[plain(cell) for cell in line.split("\t")] for line in rows.split("\n") if "\t" in line]
    numbers = [cell.lower() for cell in cells[0] if re.fullmatch(r"component \d+", cell.lower())] if cells else []
    columns: dict[str, list[str]] = {number: [rows.split("\n")[0], number] for number in numbers}
    for row in cells[1:]:
        filled = row[:-1] if not row[-1] else row
        for place, number in enumerate(numbers):
            columns[number] += [*filled[: len(filled) - len(numbers)], filled[len(filled) - len(numbers) + place]]
    return joined(columns)


def plain(text: str) -> str:
    """Take markup out of a text; cells and items of lists stay apart."""
    return (
        re.sub(r"[ \t]+", " ", MARKUP.sub(" ", text))
        .replace("&amp;", "&")
        .replace("\u201c", '"')
        .replace("\u201d", '"')
        .strip()
    )


def items(text: str, marks: list[str]) -> str:
    """Give an item of a passage, such as (a), iii. or (iii), with the words before the first item of its list.

    Marks that open a line count before those inside one. Raises NoPassageError if the passage has no such item.
    """
    for mark in marks:
        order = list(ROMAN) if mark[0] in "iv" else list("abcdefgh")
        opening = {each: re.search(rf"(?m)^\s*\(?{each}[.)]\s", text) for each in order}
        inside = {each: re.search(rf"(?:^|\s)\({each}\)\s", text) for each in order}
        places = opening if opening[mark] else inside
        place = places[mark]
        if place is None:
            raise NoPassageError(f"no item {mark} in {text[:40]!r}")
        first = min(match.start() for match in places.values() if match)
        later = [match.start() for match in places.values() if match and match.start() > place.start()]
        text = text[:first] + text[place.start() : min(later, default=len(text))]
    return text


def locate(passages: Passages, locator: str) -> str:
    """Give the text of all passages that a locator names, such as "paras. 5 and 9; Table 1, component 3".

    Raises NoPassageError if one of them is not there.
    """
    return "\n".join(locate_one(passages, part.strip()) for part in re.split(r";| and (?=Table|slide)", locator))


def locate_one(passages: Passages, part: str) -> str:
    """Give the text of one part of a locator."""
    remark = r" \((?!i|v|[a-h]\))[^)]*\)"  # "(study partner)", not "(ii)"
    name = re.sub(remark, "", part).lower()
    if name.startswith(("para. ", "paras. ")):
        return "\n".join(paragraphs(passages, name.split(". ", 1)[1]))
    if numbered := re.match(r"(?:table|figure|footnote) \d+|heading before para\. \d+", name):
        return passages[name] if name in passages else passage(passages, numbered[0])
    if section := re.match(r"(?:sect\. |section )?(\d(?:\.\d)?)\b(.*)", name):
        marks = re.findall(r"\b(i{1,3}v?|iv|vi{0,3}|[a-h])\b", section[2].split(",")[0])
        return items(passage(passages, section[1]), marks)
    if session := re.search(r"session \d+", name):
        return passage(passages, session[0])
    if "website" in name:
        return passage(passages, "website")
    named = re.sub(r"^slides? (?:on the )?", "", name)
    texts = [text for slide in named.split(" and ") for key, text in passages.items() if is_about(key, slide)]
    if not texts:
        raise NoPassageError(f"nothing is called {part!r}")
    return "\n".join(dict.fromkeys(texts))


def is_about(heading: str, name: str) -> bool:
    """Say whether a passage is the one that a locator calls by this name, in full or in part."""
    return heading == name if name in ("table", "photos", "title", "introduction") else name in heading


def paragraphs(passages: Passages, locator: str) -> list[str]:
    """Give the paragraphs that are told as "7", "3, 4", "14 and 19", "6-7" or "24(a)(iii)"."""
    texts: list[str] = []
    for each in re.split(r",| and ", locator):
        span = re.fullmatch(r"\s*(\d+)(?:-(\d+))?((?:\(\w+\))*)\s*", each)
        if span is None:
            raise NoPassageError(f"{locator!r} names no paragraphs")
        for number in range(int(span[1]), int(span[2] or span[1]) + 1):
            texts.append(items(passage(passages, f"para. {number}"), re.findall(r"\w+", span[3])))
    return texts


def passage(passages: Passages, key: str) -> str:
    """Give one passage by its key; raises NoPassageError."""
    if key not in passages:
        raise NoPassageError(f"there is no {key!r}; there are {sorted(passages)}")
    return passages[key]
