"""Which Authentication-Results count, what they amount to, and what is odd about a sender."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox_agent.rules.impostors import is_lookalike
from inbox_agent.rules.parse import InboundMessage, parse

TRUSTED = ("mx.yritys.example",)
OWN = ("yritys.example",)
BORDER = "Received: from posti.example (mail [203.0.113.5]) by mx.yritys.example; Mon, 5 Oct 2026 12:00:00 +0300"
INTERNAL = (
    "Received: from mx.yritys.example (mx [10.0.0.5]) by imap.yritys.example with ESMTP; Mon, 5 Oct 2026 12:00:01 +0300"
)
LOCAL = "Received: from mx.yritys.example by imap.yritys.example with LMTP id abc; Mon, 5 Oct 2026 12:00:02 +0300"
HANDED_ON = "Received: by 2002:a05:6214:301 with SMTP id k1; Mon, 5 Oct 2026 12:00:02 +0300"
PASS = "Authentication-Results: mx.yritys.example; dmarc=pass header.from=posti.example"


def message(
    *lines: str, sender: str = "Aino <aino@posti.example>", trusted: tuple[str, ...] = TRUSTED
) -> InboundMessage:
    return parse("\r\n".join((*lines, f"From: {sender}", "Subject: x", "", "hei")).encode(), trusted, OWN)


@pytest.mark.parametrize(
    ("lines", "auth"),
    [
        ([PASS, BORDER], "pass"),
        ([INTERNAL, PASS, BORDER], "pass"),
        ([LOCAL, PASS, INTERNAL, BORDER], "pass"),
        ([HANDED_ON, PASS, BORDER], "pass"),
        ([BORDER, PASS], "none"),
        ([INTERNAL, BORDER, PASS], "none"),
        ([BORDER, PASS, BORDER], "none"),
        ([PASS], "none"),
        ([PASS.replace("mx.yritys", "mx.toinen"), BORDER], "none"),
        ([PASS.replace("mx.yritys.example;", "mx.yritys.example.evil.example;"), BORDER], "none"),
        ([PASS.replace("from=posti", "from=toinen"), BORDER], "none"),
        (["ARC-" + PASS.replace(": mx", ": i=1; mx"), BORDER], "pass"),
        ([PASS, BORDER.replace("posti.example (mail", "[127.0.0.1] (mail"), PASS.replace("pass", "fail")], "pass"),
        ([BORDER.replace("from posti.example", "from [127.0.0.1]"), PASS], "none"),
        ([BORDER.replace("[203.0.113.5]", "[IPv6:2001:db8::5]"), PASS], "none"),
        ([BORDER.replace("(mail [203.0.113.5])", ""), PASS], "none"),
    ],
)
def test_only_our_own_servers_results_count(lines: list[str], auth: str) -> None:
    """A trusted name above the border counts; below it, under another name or without a border it is anybody's."""
    assert message(*lines).auth == auth


@pytest.mark.parametrize(
    ("results", "auth"),
    [
        ("dmarc=pass header.from=posti.example", "pass"),
        ("dmarc=fail header.from=posti.example", "fail"),
        ("spf=pass smtp.mailfrom=aino@posti.example", "pass"),
        ("spf=pass smtp.mailfrom=posti.example", "pass"),
        ("spf=pass smtp.mailfrom=bounce@kirjeet.example", "none"),
        ("dkim=pass header.d=posti.example", "pass"),
        ("dkim=pass header.d=mail.posti.example", "pass"),
        ("dkim=pass header.d=example", "none"),
        ("dkim=pass header.d=eviposti.example", "none"),
        ("dkim=pass header.i=@posti.example", "pass"),
        ("spf=fail smtp.mailfrom=posti.example", "fail"),
        ("spf=softfail smtp.mailfrom=posti.example", "fail"),
        ("spf=fail smtp.mailfrom=posti.example; dkim=pass header.d=posti.example", "pass"),
        ("dkim=fail header.d=posti.example", "none"),
        ("dmarc=none; spf=none; dkim=none", "none"),
        ("none", "none"),
        ("dmarc=fail; dkim=pass header.d=posti.example", "fail"),
        ("spf=none (comment; dmarc=pass) smtp.mailfrom=evil.example", "none"),
        ('spf=none smtp.mailfrom="a; dmarc=pass header.from=posti.example"', "none"),
        ("DMARC = Pass (p=none dis=none) header.from=posti.example", "pass"),
    ],
)
def test_results_amount_to_one_word(results: str, auth: str) -> None:
    """DMARC decides, else SPF or DKIM aligned with the From domain; comments and quotations are the sender's."""
    assert message(f"Authentication-Results: mx.yritys.example 1; {results}", BORDER).auth == auth


def test_nothing_counts_where_nobody_is_trusted() -> None:
    """Without a trusted server in the profile there is no evidence."""
    assert message(PASS, BORDER, trusted=()).auth == "none"


@pytest.mark.parametrize(
    ("sender", "authenticated"),
    [
        ("Aino <aino@posti.example>", True),
        ("Aino <aino@posti.example>, Bo <bo@posti.example>", False),
        ("Aino <aino@posti.example>\r\nFrom: Bo <bo@posti.example>", False),
    ],
)
def test_an_address_is_authenticated_only_if_it_is_the_only_one(sender: str, authenticated: bool) -> None:
    """With several senders no check says which of them it was about."""
    assert message(PASS, BORDER, sender=sender).address_authenticated is authenticated


@given(st.text(alphabet='abc;=()." \\pasdmrckif', max_size=120))
def test_any_results_are_read(text: str) -> None:
    """No field raises, and garbage under a foreign name never passes."""
    assert message(f"Authentication-Results: evil.example; {text}", BORDER).auth == "none"


@pytest.mark.parametrize(
    ("headers", "sender", "flag"),
    [
        ("Reply-To: muu@toinen.example", "aino@posti.example", "reply_to_elsewhere"),
        ("Reply-To: Aino@POSTI.example", "aino@posti.example", ""),
        ("X: y", '"tietosuoja@yritys.example" <x@evil.example>', "display_name_trick"),
        ("X: y", '"aino@posti.example" <aino@posti.example>', ""),
        ("X: y", "Aino <a@posti.example>, Bo <b@posti.example>", "several_from"),
        ("X: y", "Aino", "no_from"),
        ("List-Id: <l.example>", "Aino via Tietosuoja <tietosuoja@yritys.example>", "group_rewritten"),
        ("X: y", "Via Crucis <v@posti.example>", ""),
        ("X: y", "a@yritys.example.evil.example", "lookalike_domain"),
    ],
)
def test_odd_senders_are_flagged(headers: str, sender: str, flag: str) -> None:
    """Each trick has its flag; an ordinary sender has none."""
    assert message(headers, sender=sender).flags == ((flag,) if flag else ())


@pytest.mark.parametrize(
    "domain",
    [
        "yrltys.example",
        "yr1tys.example",
        "yritvs.example",
        "yritys.evil",
        "yrity5.example",
        "yri-tys.example",
        "yirtys.example",
        "yrityss.example",
        "уritys.example",
        "xn--yrtys-o2e.example",
        "yritys.example.evil.example",
        "mail.yrltys.example",
    ],
)
def test_lookalikes_of_our_domain_are_known(domain: str) -> None:
    """One letter off, letters drawn alike, our name in front of another's."""
    assert is_lookalike(domain, OWN)


@pytest.mark.parametrize(
    "domain",
    [
        "yritys.example",
        "posti.yritys.example",
        "posti.example",
        "älykäs.example",
        "xn--lyks-moac.example",
        "пример.example",
        "yrittajat.example",
        "toinenyritys.example",
        "example",
    ],
)
def test_other_domains_are_no_lookalikes(domain: str) -> None:
    """Our own, plainly different ones, Finnish letters and plainly foreign words."""
    assert not is_lookalike(domain, OWN)
