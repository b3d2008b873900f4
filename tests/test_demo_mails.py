"""The demo's mails are recognised as what they are written to be, for whoever tries it sees the product at its work."""

from __future__ import annotations

from datetime import UTC, datetime
from email.policy import SMTP
from importlib import resources

import pytest

from inbox_agent import profile as profiles
from inbox_agent.demo import mails
from inbox_agent.demo.mails import DemoMail
from inbox_agent.rules.classify import Recogniser
from inbox_agent.rules.understand import understand

MAILS = {mail.key: mail for mail in mails.load()}
AT = datetime(2026, 6, 19, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def recogniser() -> Recogniser:
    return Recogniser.load()


@pytest.mark.parametrize("mail", MAILS.values(), ids=MAILS)
def test_no_request_is_set_aside_and_no_other_mail_opens_a_case(mail: DemoMail, recogniser: Recogniser) -> None:
    """*Unsure* is an answer too: a person sees it."""
    text = (resources.files("inbox_agent") / "profiles" / "demo.toml").read_text(encoding="utf-8")
    profile = profiles.parse(text.replace("@imap@", "993").replace("@smtp@", "587"))
    raw = mails.message(mail, MAILS, AT).as_bytes(policy=SMTP)

    assert understand(raw, recogniser, profile).classification.verdict in {mail.expect, "unsure"}
