"""Blocks that only a screen can show, as the blocks every other output knows: nothing of them is lost on paper."""

from collections.abc import Iterable
from dataclasses import replace

from neaspec.blocks import (
    Answer,
    Block,
    Change,
    Details,
    Entry,
    Heading,
    Linked,
    Metric,
    PageLink,
    Panel,
    Side,
    Tabs,
    Text,
)
from neaspec.text import Words


def lowered(blocks: Iterable[Block], words: Words) -> tuple[Block, ...]:
    """Return blocks for an output that is read from its first line to its last."""
    return tuple(plain for block in blocks for plain in _lowered(block, words))


def _lowered(block: Block, words: Words) -> list[Block]:
    match block:
        case Tabs():
            return [plain for tab in block.tabs for plain in _under(tab.title, tab.blocks, words)]
        case Linked():
            return _linked(block, words)
        case Answer():
            return [Text(text=block.text, style="lead", document_ids=block.document_ids, caveat_ids=block.caveat_ids)]
        case Panel():
            return [_panel(block, words)]
        case Change():
            return [_change(block, words)]
        case Metric() if block.lines or block.chips:
            return [_card(block, words)]
        case Side():
            return [replace(block, cells=tuple(lowered(cell, words) for cell in block.cells))]
        case Details():
            return [replace(block, blocks=lowered(block.blocks, words))]
        case Entry():
            return [replace(block, details=lowered(block.details, words))]
    return [block]


def _under(title: str, blocks: Iterable[Block], words: Words) -> list[Block]:
    """Return blocks under a heading; a heading inside stands one level lower."""
    inner = [replace(block, level=3) if isinstance(block, Heading) else block for block in lowered(blocks, words)]
    return [Heading(text=title), *inner] if inner else []


def _linked(block: Linked, words: Words) -> list[Block]:
    """Return the picture, then each thing of the list with its facts."""
    plain: list[Block] = [block.picture] if block.picture else []
    for item in block.items:
        inner = [inside for inside in lowered(item.blocks, words) if not isinstance(inside, PageLink)]
        if inner and isinstance(inner[0], Entry):
            plain += inner
        elif inner:
            plain += [Heading(text=item.title, level=3), *inner]
        else:
            plain.append(Entry(title=item.title, text=item.line))
    return plain


def chip_words(chips: Iterable[str], words: Words) -> tuple[str, ...]:
    """Return the caveats that stand beside a figure, in words."""
    return tuple(words.term("chip", chip) for chip in chips)


def _panel(block: Panel, words: Words) -> Entry:
    return Entry(
        title=block.title,
        text=block.text,
        tags=tuple(tag for tag in (block.kind, *chip_words(block.chips, words)) if tag),
        facts=block.facts,
        document_ids=block.document_ids,
        caveat_ids=block.caveat_ids,
    )


def change_words(block: Change, words: Words) -> str:
    """Write what was stated before and what is stated now in one line."""
    return words("common.before_after", before=block.before, after=block.after) if block.before else block.after


def _change(block: Change, words: Words) -> Entry:
    return Entry(
        title=block.what,
        text=change_words(block, words),
        tags=tuple(tag for tag in (words.term("change", block.kind), block.date) if tag),
        document_ids=block.document_ids,
        caveat_ids=block.caveat_ids,
        details=tuple(_change(part, words) for part in block.parts),
    )


def _card(block: Metric, words: Words) -> Block:
    """Return a card of several lines, or with caveats beside its figure, as an item of a list or a plain figure."""
    chips = chip_words(block.chips, words)
    if not block.lines:
        return replace(block, chips=(), status=" · ".join(part for part in (block.status, *chips) if part))
    return Entry(
        title=block.label,
        text=" · ".join(part for part in (block.counted, block.period, block.status) if part),
        tags=chips,
        facts=block.lines,
        document_ids=block.document_ids,
        caveat_ids=block.caveat_ids,
    )
