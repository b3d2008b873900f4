"""Replies as HTML, the way mail clients build them: the new text is the writer's words, whatever the markup."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from inbox_agent.rules.html_text import render
from inbox_agent.rules.parse import parse

OWN = "Hei,<br><br>poistakaa tietoni."
OLD = "<p>Kiitos tilauksestanne.</p><p>Vastatkaa tähän.</p>"
CLIENTS = {
    "gmail": f"""<div dir="ltr">{OWN}</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr"
        class="gmail_attr">ma 5. lokak. 2026 klo 12.03 Tuki (<a href="mailto:t@yritys.example">tuki@yritys.example</a>
        ) kirjoitti:<br></div><blockquote class="gmail_quote" style="margin:0 0 0 0.8ex">{OLD}</blockquote></div>""",
    "gmail_estonian": f"""<div dir="ltr">{OWN}</div><div class="gmail_quote"><div class="gmail_attr">Kasutaja Tuki
        kirjutas:<br></div><blockquote class="gmail_quote">{OLD}</blockquote></div>""",
    "gmail_between": f"""<div dir="ltr"><div class="gmail_attr">Tuki kirjoitti:</div><blockquote>{OLD}</blockquote>
        <div>Hei,</div><div><br></div><blockquote>{OLD}</blockquote><div>poistakaa tietoni.</div></div>""",
    "outlook": f"""<div class=WordSection1><p class=MsoNormal>Hei,<o:p></o:p></p>
        <p class=MsoNormal><o:p>&nbsp;</o:p></p><p class=MsoNormal>poistakaa tietoni.</p>
        <p class=MsoNormal><o:p>&nbsp;</o:p></p><div><div style='border:none;
        border-top:solid #E1E1E1 1.0pt'><p class=MsoNormal><b>Lähettäjä:</b> Tuki &lt;tuki@yritys.example&gt; <br>
        <b>Lähetetty:</b> maanantai 5. lokakuuta 2026 12.03<br><b>Vastaanottaja:</b> Aino<br><b>Aihe:</b> Tilaus</p>
        </div></div>{OLD}</div>""",
    "outlook_web": f"""<div class="elementToProof">{OWN}</div><div id="appendonsend"></div><hr tabindex="-1">
        <div id="divRplyFwdMsg" dir="ltr"><b>De:</b> Tuki<br><b>Enviado:</b> lunes<br></div>{OLD}""",
    "outlook_mobile": f"""<div>{OWN}</div><div id="ms-outlook-mobile-signature">Hanki <a href="https://a.example">
        Outlook for iOS</a></div><hr><div id="divRplyFwdMsg"><b>Från:</b> Tuki<br><b>Skickat:</b> måndag<br><b>Till:</b>
        Aino<br><b>Ämne:</b> x</div>{OLD}""",
    "apple": f"""<div>{OWN}</div><br id="lineBreakAtBeginningOfMessage"><div><br><blockquote type="cite"><div>Tuki
        &lt;tuki@yritys.example&gt; kirjoitti 5.10.2026 kello 12.03:</div><br>{OLD}</blockquote></div>""",
    "iphone": f"""<div dir="ltr">{OWN}</div><div dir="ltr"><br>Lähetetty iPhonesta</div><div dir="ltr"><br><blockquote
        type="cite">Tuki &lt;tuki@yritys.example&gt; kirjoitti 5.10.2026 kello 12.03:<br><br></blockquote></div>
        <blockquote type="cite"><div dir="ltr">{OLD}</div></blockquote>""",
    "thunderbird": f"""<body><p>Hei,<br><br>poistakaa tietoni.</p><div class="moz-cite-prefix">Tuki kirjoitti 5.10.2026
        klo 12.03:<br></div><blockquote type="cite" cite="mid:a@b">{OLD}</blockquote></body>""",
    "yahoo": f"""<div class="ydp1"><div>{OWN}</div></div><div id="yahoo_quoted_1" class="yahoo_quoted"><div>maanantai 5.
        lokakuuta 2026 klo 12.03, Tuki kirjoitti:</div>{OLD}</div>""",
    "roundcube": f"""<p>{OWN}</p><p id="reply-intro">Tuki kirjoitti 5.10. klo 12:03:</p>
        <blockquote>{OLD}</blockquote>""",
}


@pytest.mark.parametrize("client", CLIENTS)
def test_html_replies_are_cut_to_their_new_words(client: str) -> None:
    """Top, bottom and interleaved, in any language that the client's markup gives away."""
    raw = f"From: a@b.example\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{CLIENTS[client]}"
    message = parse(raw.encode())
    assert message.new_text == "Hei,\n\npoistakaa tietoni."
    assert "Kiitos tilauksestanne." in message.quoted


def test_a_quotation_in_the_writers_own_words_stays() -> None:
    """A letter that is set in a quotation block as a whole is still the writer's."""
    raw = "From: a@b.example\r\nContent-Type: text/html\r\n\r\n<blockquote><p>Poistakaa tietoni.</p></blockquote>"
    assert parse(raw.encode()).new_text == "Poistakaa tietoni."


TAGS = st.sampled_from(["p", "div", "span", "b", "table", "td", "li", "blockquote", "a", "h1", "style", "script"])
WORDS = st.text(alphabet="abcåäö", min_size=1, max_size=6)
TREES = st.recursive(
    WORDS,
    lambda inner: st.tuples(TAGS, st.lists(inner, max_size=4)).map(
        lambda pair: f"<{pair[0]} id='x' title=\"a>b\"> {' '.join(pair[1])} </{pair[0]}>"
    ),
    max_leaves=20,
)


class _Words(HTMLParser):
    """Python's own parser as a referee: the words outside styles and scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.unseen = 0
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.unseen += tag in {"style", "script"}

    def handle_endtag(self, tag: str) -> None:
        self.unseen -= tag in {"style", "script"}

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.words += data.split()


@given(TREES)
def test_words_agree_with_another_parser(source: str) -> None:
    """On well-formed HTML the words and their order are those that an independent parser finds."""
    assume(source.count("<style") + source.count("<script") <= 1)  # nested, they are no longer well-formed
    referee = _Words()
    referee.feed(source)
    referee.close()
    shown = [word for word in render(source).text.split() if word.strip(">") and word != "-"]
    assert shown == referee.words
