"""Of a profile with a fault: whom to tell and by which server, as far as that is sound."""

from __future__ import annotations

from pathlib import Path

import pytest

from inbox_agent import profile as profiles
from inbox_agent.profile import Reachable
from tests.bare_profile import BARE, setting


def reachable(folder: Path, text: str) -> Reachable | None:
    path = folder / "inbox-agent.toml"
    path.write_bytes(text.encode("utf-8"))
    return profiles.reachable(path)


@pytest.mark.parametrize(
    "text",
    [
        setting(BARE, "mailbox", 'port = "x"'),
        BARE.replace("[mailbox]", "[mailboxx]"),
        setting(BARE, "contact", "phone = 5"),
        setting(BARE, "contact", 'deputy_email = "erkki"'),
        setting(BARE, "smtp", 'tls = "nonne"'),
        setting(BARE, "controller", 'domainz = ["yritys.example"]'),
        setting(BARE, "sign_in", 'tenantt = "x"'),
        BARE + "[reminders]\ntimes =\n",
        BARE.replace("[mailbox]", "[mailbox"),
        BARE.replace('"mail.example"', '"mail.example', 1),
        BARE + BARE,
    ],
)
def test_a_fault_elsewhere_keeps_nobody_from_being_told(tmp_path: Path, text: str) -> None:
    with pytest.raises(Exception, match="problem"):
        profiles.parse(text)
    told = reachable(tmp_path, text)
    assert told is not None
    assert (told.contact.email, told.smtp.host) == ("helmi@yritys.example", "mail.example")
    assert (told.smtp.sender, told.smtp.tls) == ("tietosuoja@yritys.example", "implicit")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\x00",
        BARE.replace("helmi@yritys.example", "helmi"),
        BARE.replace("[contact]", "[contact"),
        BARE.replace("[smtp]", "[smtpp]"),
        BARE.replace('sender = "tietosuoja@yritys.example"', ""),
        'contact = 5\nsmtp = "mail.example"\n',
    ],
)
def test_without_a_sound_address_or_server_nobody_can_be_told(tmp_path: Path, text: str) -> None:
    assert reachable(tmp_path, text) is None


@pytest.mark.parametrize(
    "alarms",
    [
        "[alarms]\nmail = flase\n",
        '[alarms]\nmail = "no"\n',
        "[alarms]\nmial = false\n",
        "[alarms]\nmail = false\nsilent_minutes =\n",
        "[alarms]\nmail = false\nsilent_minutes = 0\n",
        "[alarms]\nsilent_minutes = 60\n[alarms]\nmail = false\n",
        "[alarms\nmail = flase\n",
        "[alarmz]\nmail = false\n",
        "[[alarms]]\nmail = false\n",
    ],
)
def test_who_may_have_switched_the_mails_off_gets_none(tmp_path: Path, alarms: str) -> None:
    told = reachable(tmp_path, BARE + alarms)
    assert told is not None
    assert not told.alarms.mail


@pytest.mark.parametrize(
    "alarms", ["", "[alarms]\nsilent_minutes = 60\n", "[alarms]\nmail = true\nsilent_minutes = 0\n"]
)
def test_who_has_not_switched_the_mails_off_gets_them(tmp_path: Path, alarms: str) -> None:
    told = reachable(tmp_path, BARE + alarms + "[reminders]\ntimes =\n")
    assert told is not None
    assert told.alarms.mail


def test_a_profile_that_was_saved_in_another_encoding_still_says_whom_to_tell(tmp_path: Path) -> None:
    path = tmp_path / "inbox-agent.toml"
    path.write_bytes(BARE.encode("latin-1"))
    told = profiles.reachable(path)
    assert told is not None
    assert told.contact.email == "helmi@yritys.example"


def test_no_profile_says_nothing(tmp_path: Path) -> None:
    assert profiles.reachable(tmp_path / "inbox-agent.toml") is None
