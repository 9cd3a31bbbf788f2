"""Which encoding a text is in: byte order mark, then UTF-8, then old encodings of the region if one is plausible."""

import codecs
import re

from neaspec.crossings.input.members import Member
from neaspec.errors import InputError

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Encodings a description or a person may name -> what Python calls them.
ENCODINGS = {
    "utf-16": "utf-16",
    "windows-1251": "cp1251",
    "cp1251": "cp1251",
    "gb18030": "gb18030",
    "gbk": "gb18030",
    "gb2312": "gb18030",
    "iso-8859-1": "latin-1",
    "latin1": "latin-1",
    "latin-1": "latin-1",
    "windows-1252": "cp1252",
    "cp1252": "cp1252",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "euc-jp": "euc-jp",
    "koi8-r": "koi8-r",
}
# Tried in this order when a text is not UTF-8; the reading must also look like the language.
OLD = ("gb18030", "cp949", "cp932", "cp1251", "cp1252")
STATED = "stated encoding"  # remembered of a member by who was told
OTHERWISE = "encoding stated for what is not UTF-8"  # the same, for all files at once
PIECE = 1 << 20
EVIDENCE = 65_536  # bytes of lines that are not ASCII, enough to judge
PLAUSIBLE = 0.9
CYRILLIC_WORD = re.compile("[А-ЯЁӨҮ]?[а-яёөү]+|[А-ЯЁӨҮ]+")
# At most every second letter of a Western word has a mark, and one of them stands beside a plain letter.
WESTERN_WORD = re.compile(r"(?=.*[A-Za-z])[A-Za-z]*(?:[À-ÖØ-öø-ÿŠŒŽšœžŸ]{1,2}[A-Za-z]+)*[À-ÖØ-öø-ÿŠŒŽšœžŸ]?")
HOW_TO = "save the file as CSV UTF-8"  # who can also state the encoding says how


def encoding_of(member: Member) -> str:
    """Read a text once (twice if it is not UTF-8) and tell its encoding. Memory does not grow with the file.

    Raises:
        InputError: no encoding fits, two fit equally well, or there is binary data in it; the one that was stated
            does not fit.
    """
    stated = str(member.remembered.get(STATED, ""))
    if stated:
        if not _that_decode(member, (stated,))[0]:
            raise InputError([f"{member.name}: not {stated} text, as was stated"])
        return stated
    marked = next((name for mark, name in MARKS if member.start.startswith(mark)), "")
    if _that_decode(member, (marked or "utf-8",))[0]:
        return marked or "utf-8"
    if marked:
        raise InputError([f"{member.name}: begins like {marked} text but holds bytes that are not; {HOW_TO}"])
    otherwise = str(member.remembered.get(OTHERWISE, ""))
    if otherwise:
        if not _that_decode(member, (otherwise,))[0]:
            raise InputError([f"{member.name}: neither UTF-8 nor {otherwise} text, as was stated"])
        return otherwise
    encodings, evidence = _that_decode(member, OLD)
    return _most_plausible(member.name, evidence, encodings)


def _that_decode(member: Member, names: tuple[str, ...]) -> tuple[tuple[str, ...], bytes]:
    """Return which encodings read the whole text, and the first lines of it that are not ASCII."""
    decoders = {name: codecs.getincrementaldecoder(name)() for name in names}
    wide = names[0][:6] in ("utf-16", "utf-32")
    evidence, place = bytearray(), 0
    with member.open() as stream:
        while decoders:
            piece = stream.read(PIECE)
            if not wide and b"\0" in piece:
                raise InputError([f"{member.name}: binary data at byte {place + piece.index(0) + 1:,}; not a table"])
            if len(names) > 1 and len(evidence) < EVIDENCE and not piece.isascii():
                evidence += b"\n".join(line for line in piece.splitlines() if not line.isascii())[:EVIDENCE] + b"\n"
            for name, decoder in list(decoders.items()):
                try:
                    decoder.decode(piece, final=not piece)
                except UnicodeError:
                    del decoders[name]
            place += len(piece)
            if not piece:
                break
    return tuple(decoders), bytes(evidence)


def _most_plausible(name: str, evidence: bytes, encodings: tuple[str, ...]) -> str:
    scores = {encoding: plausibility(evidence.decode(encoding, "replace"), encoding) for encoding in encodings}
    fitting = [encoding for encoding in encodings if scores[encoding] >= PLAUSIBLE]
    if not fitting:
        raise InputError(
            [f"{name}: text in an encoding that is not known (UTF-8, {', '.join(OLD)} were tried); {HOW_TO}"]
        )
    best = max(fitting, key=lambda encoding: scores[encoding])
    rivals = [encoding for encoding in fitting if encoding != best and scores[best] - scores[encoding] < 0.02]
    if "cp949" in (best, *rivals) and "gb18030" in (best, *rivals) and len(evidence.decode("cp949", "replace")) >= 40:
        return "cp949"  # Chinese words soon use letters that are no Hangul in cp949; Korean ones never do
    if rivals:
        raise InputError([f"{name}: the text could be {' or '.join(sorted((best, *rivals)))}; {HOW_TO}"])
    return best


def plausibility(text: str, encoding: str) -> float:
    """Share of the letters beyond ASCII that the language of an old encoding would write (0 to 1)."""
    beyond = [
        letter
        for letter in text
        if ord(letter) > 127 and not 0x3000 <= ord(letter) <= 0x303F and letter not in "，；：（）。"
    ]
    if not beyond:
        return 0.0
    if encoding == "cp1251":
        # A word of two scripts is none: Zoë and Müller look so when they are read as Cyrillic.
        good = sum(len(word) for word in re.findall(r"[^\W\d_]+", text) if CYRILLIC_WORD.fullmatch(word))
        return (good + sum(letter in "№«»–—°" for letter in beyond)) / len(beyond)
    if encoding == "cp1252":
        words = re.findall(r"[^\W\d_]+", text)
        good = sum(not letter.isascii() for word in words if WESTERN_WORD.fullmatch(word) for letter in word)
        return (good + sum(letter in "«»–—°±²³" for letter in beyond)) / len(beyond)
    fits = {"gb18030": _is_common_chinese, "cp949": _is_hangul, "cp932": _is_japanese}[encoding]
    return sum(map(fits, beyond)) / len(beyond)


def _is_common_chinese(letter: str) -> float:
    """How common a letter is: 1 in the first level of GB 2312, which most text is written with, less in the second.

    The second level has letters of names (the first of Hunchun), but also what Cyrillic looks like when misread.
    """
    try:
        code = letter.encode("gb2312")
    except UnicodeError:
        return 0.0
    if len(code) != 2:
        return 0.0
    return 1.0 if 0xB0 <= code[0] <= 0xD7 or 0xA1 <= code[0] <= 0xA3 else 0.8 if 0xD8 <= code[0] <= 0xF7 else 0.0


def _is_hangul(letter: str) -> bool:
    return 0xAC00 <= ord(letter) <= 0xD7A3


def _is_japanese(letter: str) -> bool:
    if 0x3040 <= ord(letter) <= 0x30FF:
        return True
    try:
        code = letter.encode("cp932")
    except UnicodeError:
        return False
    return len(code) == 2 and 0x88 <= code[0] <= 0x97  # kanji of the first level
