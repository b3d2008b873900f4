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


@pytest.mark.parametrize(
    ("sheet", "html"),
    [
        ("", '<td style="font-size:0"><p style="font:14px/1.4 Arial">näkyvä</p></td>'),
        ("", '<td style="font-size:0"><p style="font:italic bold 1.2rem Georgia">näkyvä</p></td>'),
        ("", '<td style="font-size:0"><p style="font:caption">näkyvä</p></td>'),
        ("", '<td style="font-size:0"><p style="font-size:var(--koko)">näkyvä</p></td>'),
        ("", '<td style="font-size:0"><font size=3>näkyvä</font></td>'),
        ("", '<td style="font-size:0"><font color="#333333" size="-1">näkyvä</font></td>'),
        ("", '<p style="font:0">näkyvä</p>'),
        ("", '<p style="visibility:hidden"><span style="visibility:initial">näkyvä</span></p>'),
        ("", '<p style="opacity:inherit">näkyvä</p>'),
        ("", '<p style="opacity:initial">näkyvä</p>'),
        ("", '<p style="opacity:var(--x)">näkyvä</p>'),
        ("", '<p style="margin-left:130.4pt;text-indent:-130.4pt">näkyvä</p>'),
        (".t{font-size:14px}", '<td style="font-size:0"><p class=t>näkyvä</p></td>'),
        (".t{font:14px Arial}", '<td style="font-size:0"><p class="a t">näkyvä</p></td>'),
        ("#t{font-size:14px}", '<td style="font-size:0"><p id=t>näkyvä</p></td>'),
        ("p{font-size:14px}", '<td style="font-size:0"><p>näkyvä</p></td>'),
        ("* {font-size:14px}", '<td style="font-size:0"><p>näkyvä</p></td>'),
        ("table td .t:first-child{font-size:14px}", '<td style="font-size:0"><p class=t>näkyvä</p></td>'),
        ("p.MsoNormal, li.MsoNormal{font-size:11.0pt}", '<td style="font-size:0"><p class=MsoNormal>näkyvä</p></td>'),
        ("@media screen{.t{font-size:14px}}", '<td style="font-size:0"><p class=t>näkyvä</p></td>'),
        (".k{font-size:0}.t{font-size:14px}", "<td class=k><p class=t>näkyvä</p></td>"),
        (".k{font-size:0}", '<td class=k><p style="font-size:14px">näkyvä</p></td>'),
        (".k{font-size:0}", '<p class=k style="font-size:14px">näkyvä</p>'),
        (".k{font-size:0} .k.t{font-size:14px}", '<p class="k t">näkyvä</p>'),
        (".k{visibility:hidden} .t{visibility:visible}", "<div class=k><p class=t>näkyvä</p></div>"),
        (".t{color:#333}", '<div style="color:#fff"><p class=t>näkyvä</p></div>'),
        (".a .k{display:none}", "<p class=k>näkyvä</p>"),
        ("td.k{font-size:0}", "<p class=k>näkyvä</p>"),
        ("@media print{.k{font-size:0}}", "<p class=k>näkyvä</p>"),
    ],
)
def test_what_a_sheet_or_a_tag_may_set_anew_is_seen(sheet: str, html: str) -> None:
    """Where it is doubtful which rule counts, a person is taken to see the words."""
    assert render(f"<style>{sheet}</style><table><tr>{html}</tr></table>").text == "näkyvä"


@pytest.mark.parametrize(
    ("sheet", "html"),
    [
        ("", '<p style="font:0/0 a">salainen</p>'),
        ("", '<p style="font:400 0px/0 Arial;color:#000">salainen</p>'),
        ("", '<p style="font-size:0"><b style="font:inherit">salainen</b></p>'),
        ("", '<p style="font-size:0"><b style="font:smaller Arial">salainen</b></p>'),
        ("", '<p style="font-size:0"><img size=3>salainen</p>'),
        ("", '<p style="color:#fff"><b style="color:inherit">salainen</b></p>'),
        ("", '<p style="visibility:hidden"><b style="visibility:inherit">salainen</b></p>'),
        ("", '<p style="text-indent:-999px">salainen</p>'),
        (".k{font-size:0}", "<p class=k>salainen</p>"),
        (".k{font-size:1px}", '<p class="a k">sal<b>ainen</b></p>'),
        ("#k{font:0/0 a}", "<p id=k>salainen</p>"),
        (".k{visibility:hidden}", "<p class=k>salainen</p>"),
        ("p.k{font-size:0}", "<p class=k>salainen</p>"),
        ("a, p.k{display:none}", "<p class=k>salainen</p>"),
        ("@import url(x.css); .k{display:none}", "<p class=k>salainen</p>"),
        ("<!-- .k{display:none} -->", "<p class=k>salainen</p>"),
        ("p{font-size:14px} .k{font-size:0}", "<p class=k>salainen</p>"),
        (".t{font-size:90%} a:hover{color:inherit}", '<p style="font-size:0"><a class=t>salainen</a></p>'),
        (".t{font-size:14px}", '<p class=t style="font-size:0">salainen</p>'),
        (":root{font-size:14px} body{color:#333}", '<p style="font-size:0"><b>salainen</b></p>'),
        ("@font-face{font-family:x} @media all{.a{color:red}} .k{visibility:collapse}", "<p class=k>salainen</p>"),
    ],
)
def test_what_a_sheet_surely_hides_is_apart(sheet: str, html: str) -> None:
    """A class, an id or one of them on an element hides by size and visibility, too, unless something sets it anew."""
    rendered = render(f"<style>{sheet}</style>Hei{html}")
    assert (rendered.text, "".join(rendered.hidden.split())) == ("Hei", "salainen")


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
<style>.a{display:none}</style>|<style>.a{font-size:0}</style><p class=a>x|<p class=a1 style='font:1px a'>
"""


@pytest.mark.parametrize("unit", HOSTILE.replace("\n", "|").strip("|").split("|"))
def test_hostile_sources_take_linear_time(unit: str) -> None:
    """Three megabytes of what makes tree builders quadratic are read within two seconds."""
    source = unit * (3_000_000 // len(unit))
    started = time.process_time()
    render(source)
    assert time.process_time() - started < 2
