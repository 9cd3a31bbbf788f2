"""Templates of HTML: what the data say is never markup, an unknown name is an error, layout adds nothing."""

import ast

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup

from neaspec.blocks import Entry, Heading
from neaspec.paths import ROOT
from neaspec.render.templates import ENVIRONMENT, TEMPLATES_DIR, from_template

HOSTILE = """<script>alert("x")</script> & 'y'"""
TEMPLATES = sorted(path.relative_to(TEMPLATES_DIR).as_posix() for path in TEMPLATES_DIR.rglob("*.html"))


def test_text_is_escaped_in_elements_and_attributes():
    html = from_template("text", "fold", HOSTILE, HOSTILE) + from_template("links", "page_link", HOSTILE, HOSTILE)
    assert "<script" not in html and '"x"' not in html
    assert html.count("&lt;script&gt;") == 4


def test_what_a_template_made_is_not_escaped_again():
    inner = from_template("text", "heading", Heading(text="a < b"), {"id": 'x"y'})
    assert inner == '<h2 id="x&#34;y">a &lt; b</h2>'
    assert from_template("entry", "box", inner) == f'<div class="nc-box">{inner}</div>'


def test_a_name_that_a_template_does_not_know_is_an_error():
    with pytest.raises(UndefinedError):
        ENVIRONMENT.from_string("{{ nothing }}").render()
    with pytest.raises(UndefinedError):
        from_template("text", "fold", "a title and no content")


def test_the_layout_of_a_template_adds_no_space():
    entry = Entry(title="t", text="", tags=("a", "", "b"), facts=(("x", "1"), ("y", "")))
    assert from_template("entry", "entry", entry, Markup("")) == (
        '<div class="nc-entry"><p class="nc-tags"><span class="nc-tag">a</span><span class="nc-tag">b</span></p>'
        '<div class="nc-p nc-entry-title">t </div><dl><dt>x</dt><dd>1</dd></dl></div>'
    )


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_template_takes_a_value_as_markup(name):
    source = (TEMPLATES_DIR / name).read_text(encoding="utf-8")
    assert ENVIRONMENT.get_template(name)
    assert "safe" not in source and "autoescape" not in source


def test_only_scripts_styles_and_drawings_of_our_own_become_markup_without_a_template():
    """Text that code calls Markup is not escaped: such a call has a constant, but for what our own files hold."""
    places = set()
    for path in sorted((ROOT / "neaspec").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            is_call = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Markup"
            if is_call and not all(isinstance(value, ast.Constant) for value in node.args):
                places.add(path.relative_to(ROOT / "neaspec").as_posix())
    scripts_and_styles = {"render/html_file/render.py", "render/slides/html.py"}
    drawings = {"render/slides/pictures.py"}  # their makers escape what they write, see the hostile text of test_slides
    assert places == scripts_and_styles | drawings
