"""What a person sees of an HTML mail: its words in lines, quotations marked, hidden matter apart."""

from __future__ import annotations

import html
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox_agent.rules.html_text import render

WORDS = st.text(alphabet="abcåäö<>&\"' ", max_size=40)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>Hei</p><p>Poistakaa <b>tieto</b>ni</p>", "Hei\n\nPoistakaa tietoni"),
        ("<div>Hei</div><div><br></div><div>Aino</div>", "Hei\n\nAino"),
        ("Hei<br>Aino<br><br>Bo", "Hei\nAino\n\nBo"),
        ("<p class=MsoNormal>Hei</p><p class=MsoNormal>&nbsp;</p><p class=MsoNormal>Aino</p>", "Hei\n\nAino"),
        ("<p class=MsoNormal>Hei</p><p class=MsoNormal>Aino</p>", "Hei\nAino"),
        ("<ul><li>yksi<li>kaksi</ul>", "- yksi\n- kaksi"),
        ("<table><tr><td>a<td>b<tr><td>c</table>", "a b\nc"),
        ("<label>Pyyntö</label><textarea>Poistakaa</textarea><br>", "Pyyntö Poistakaa"),
        ("<pre>yksi\n  kaksi</pre>", "yksi\nkaksi"),
        ("<div style='white-space: pre-wrap'>yksi\nkaksi</div>", "yksi\nkaksi"),
        ("a&auml;&#228;&#xe4;&amp;lt;&nbsp;b", "aäää&lt; b"),
        ("&#99999999999;&#" + "9" * 6000 + ";x", "\ufffd\ufffdx"),
        ("<head><title>otsikko</title><style>p{}</style></head><body>Hei<script>x()</script>", "Hei"),
        ("<!-- salaa -->Hei<!--[if mso]>Outlook<![endif]--><![if !mso]>!<![endif]>", "Hei!"),
        ("<a href='a>b' title=\"x>y\">linkki</a>", "linkki"),
        ("Hei < 5 ja > 3", "Hei < 5 ja > 3"),
        ("<P>ISO<BR/>kirjain</P>", "ISO\nkirjain"),
        ("", ""),
    ],
)
def test_html_becomes_lines(source: str, text: str) -> None:
    """Blocks, breaks, lists, cells and references read as a client shows them."""
    assert render(source).text == text


@given(WORDS)
def test_text_without_markup_comes_back(text: str) -> None:
    """Escaped text is shown as it was, whatever it holds."""
    assert render(f"<div>{html.escape(text)}</div>").text == " ".join(text.split())


@pytest.mark.parametrize(
    "attributes",
    [
        'style="display:none"',
        "style='DISPLAY : NONE !important'",
        'style="visibility:hidden"',
        'style="font-size:0"',
        'style="font-size:0px;line-height:0"',
        'style="mso-hide:all"',
        'style="opacity:0"',
        'style="max-height:0;overflow:hidden"',
        'style="text-indent:-9999px"',
        'style="color:#ffffff"',
        'style="color:white;background:#FFF"',
        'style="color: rgb(255, 255, 255)"',
        "hidden",
        'hidden=""',
        'class="preheader"',
        'style="display&#58;none"',
        'style="display:/**/none"',
        'style="display:n\\6fne"',
        'style="font-size:1px;line-height:1px"',
        'style="font-size:0.1em"',
        'style="visibility:collapse"',
        'style="position:absolute;left:-999em"',
        'style="position:absolute;clip:rect(0 0 0 0)"',
        'style="clip-path:inset(100%)"',
        'style="transform:scale(0)"',
        'style="opacity:0.01"',
        'style="color:transparent"',
        'style="color:rgba(0,0,0,0)"',
        'style="color:hsl(0,0%,100%)"',
        'style="color:#000;background-color:#000"',
        'id="teaser"',
    ],
)
def test_what_nobody_sees_is_apart(attributes: str) -> None:
    """Hidden elements with all they hold leave the text and are kept as hidden."""
    sheet = "<style>@media print {.shown{display:none}} .a, .preheader, #teaser {display:none !important}</style>"
    rendered = render(f"{sheet}Hei <div {attributes}>salainen <div>viesti</div> x</div><p>Aino</p>")
    assert rendered.text == "Hei\n\nAino"
    assert rendered.hidden.split() == ["salainen", "viesti", "x"]


@pytest.mark.parametrize(
    "attributes",
    [
        'style="display:block"',
        'style="font-size:0.9em"',
        'style="opacity:0.5"',
        'style="opacity:inherit"',
        'style="color:#fff;background:#036"',
        'class="shown"',
        'style="border-color:#fff"',
        'style="overflow:hidden"',
        'style="clip:rect(0px,300px,200px,0px)"',
        'style="transform:scale(0.95)"',
        'style="font-size:medium"',
        'style="font-size:small"',
        'style="FONT-SIZE: x-large"',
        'style="overflow:hidden;height:auto"',
        'style="overflow:hidden;max-width:none"',
        'style="overflow:hidden;width:100%"',
        'style="color:inherit"',
        'hidden="until-found"',
        "data-hidden=1",
        "title='display:none'",
    ],
)
def test_what_people_see_stays(attributes: str) -> None:
    """Only what is certainly unseen is hidden: colours on a colour, other screens' rules and look-alikes stay."""
    sheet = "<style>@media print {.shown{display:none}}</style>"
    assert render(f"{sheet}<div {attributes}>näkyvä</div>").text == "näkyvä"


@pytest.mark.parametrize(
    ("around", "inside"),
    [
        ("font-size:0px", "font-size:13px"),
        ("font-size:0px;line-height:0", "font-size:1rem"),
        ("font-size:0", "font-size:medium"),
        ("visibility:hidden", "visibility:visible"),
        ("color:#ffffff", "color:#333333"),
        ("color:transparent", "color:black"),
    ],
)
def test_what_an_element_inside_sets_anew_is_seen(around: str, inside: str) -> None:
    """Builders of mails put a size of nothing around every column: only what is right inside that is unseen, and what
    stands in one block stays one line.
    """
    rendered = render(
        f'<table><tr><td style="{around}">salainen<div style="{inside}">Poistakaa <b>tietoni</b>.</div>'
        f'<div style="{inside}">Aino</div>viesti</td></tr></table><p>Hei</p>'
    )
    assert rendered.text == "Poistakaa tietoni.\nAino\n\nHei"
    assert rendered.hidden.split() == ["salainen", "viesti"]


def test_what_depends_on_nothing_stays_nothing() -> None:
    """A size relative to none is none."""
    assert render('<div style="font-size:0">a<span style="font-size:120%">b</span></div>c').text == "c"


def test_white_letters_on_a_coloured_page_are_seen() -> None:
    """Where anything has a colour behind it, white letters may stand on that."""
    assert render("<td bgcolor='#003366'><font color='#ffffff'>näkyvä</font>").text == "näkyvä"
    assert render("<td><font color='#ffffff'>salainen</font>").text == ""


def test_quotations_are_marked() -> None:
    """Quoted blocks carry marks, nested ones more, indented ones none."""
    source = "Hei<blockquote>a<blockquote>b</blockquote></blockquote><blockquote style='border:none'>c</blockquote>"
    assert render(source).text == "Hei\n> a\n>> b\nc"


def test_clients_marks_are_reported_by_line() -> None:
    """Gmail's attribution and Outlook's reply header are known by their marks, in any language."""
    gmail = render("<div>Hei</div><div class=gmail_attr>Aino schrieb:</div><blockquote>x</blockquote>")
    assert (gmail.text, gmail.attributions) == ("Hei\nAino schrieb:\n> x", {1})
    outlook = render("<div>Hei</div><div id=appendonsend></div><hr><div id=divRplyFwdMsg>De: Aino</div>")
    assert (outlook.text.split("\n")[0], outlook.rest) == ("Hei", 1)


@given(st.text(alphabet="<>/!-='\"& abpdivstyle:none\n", max_size=200))
def test_any_source_is_rendered(source: str) -> None:
    """No source raises, and marks stay inside the text."""
    rendered = render(source)
    assert all(0 <= line < rendered.text.count("\n") + 1 for line in rendered.attributions if rendered.text)


HOSTILE = """
<div>|<b><p>|<font id=1><p>x|<|<a |<a "|<a="|<a='|<!--|<!|</|<script|<style>a{|&amp|&#1|&|x| |<blockquote>a|<table>x
<blockquote>a<br>|<p style='display:none'>a|<p style='color:white'>a|<td bgcolor=1>|<div class=gmail_attr>a|<pre>
<style>.a{display:none}</style>
"""


@pytest.mark.parametrize("unit", HOSTILE.replace("\n", "|").strip("|").split("|"))
def test_hostile_sources_take_linear_time(unit: str) -> None:
    """Three megabytes of what makes tree builders quadratic are read within two seconds."""
    source = unit * (3_000_000 // len(unit))
    started = time.process_time()
    render(source)
    assert time.process_time() - started < 2
