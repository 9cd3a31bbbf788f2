"""No output forgets a kind of block."""

import logging
from dataclasses import replace
from io import BytesIO
from typing import get_args

import pytest
from pypdf import PdfReader

from neaspec.blocks import Answer, Block, Change, Linked, Metric, Panel, Tabs, Text, walk
from neaspec.render.docx import render as word
from neaspec.render.html_file import render as offline
from neaspec.render.pdf import render as pdf
from neaspec.render.pptx import render as slides
from neaspec.render.screen import pieces as screen_pieces
from neaspec.render.screen import plan as screen_plan
from neaspec.render.screen import streamlit as screen
from tests.support.demo_page import demo_page
from tests.support.said import made_up_document, made_up_map, missing

KINDS = set(get_args(Block))
SCREEN_ONLY = {Answer, Change, Linked, Panel, Tabs}  # other outputs get them lowered


@pytest.mark.parametrize(
    "known",
    # On paper and in the HTML file neighbouring metrics are set together, apart from the list.
    [{*pdf._SET, Metric}, set(word._WRITE), set(slides._ADD), {*offline._WRITE, Metric}],
    ids=["PDF", "Word", "PowerPoint", "HTML file"],
)
def test_an_output_knows_every_kind_of_block_that_it_can_get(known):
    assert known == KINDS - SCREEN_ONLY
    assert {type(block) for block in walk(made_up_document().page.blocks)} == known


def test_the_screen_knows_every_kind_of_block():
    assert set(screen_plan._ADD) == KINDS


def test_the_screen_shows_every_kind_of_piece():
    assert set(screen._SHOW) == set(get_args(screen_pieces.ScreenNode))


def test_the_made_up_page_that_outputs_are_tried_on_has_every_kind_of_block():
    found = {type(block) for block in walk((*demo_page().blocks, made_up_map()))}
    assert found == KINDS, {kind.__name__ for kind in KINDS - found}


def test_a_letter_no_font_has_costs_the_standard_but_not_the_file(caplog):
    document = made_up_document()
    strange = replace(document, page=replace(document.page, blocks=(Text(text="Thai ก letter"), *document.page.blocks)))
    with caplog.at_level(logging.WARNING, logger="neaspec"):
        data = pdf.render_pdf(strange)
    assert "without" in caplog.text
    text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)
    assert missing(document, text) == []
