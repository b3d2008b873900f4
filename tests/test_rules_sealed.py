"""Notifications of secure-mail services: what is asked lies elsewhere, so a person must look."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP

import pytest

from inbox_agent.commands.opening import specimen
from inbox_agent.rules.classify import Recogniser
from inbox_agent.rules.intake import OpenCase, decide
from inbox_agent.rules.parse import parse
from inbox_agent.rules.sealed import SEALED, is_sealed
from inbox_agent.rules.understand import understand
from state.model import CaseStatus
from tests.state_examples import NOW


def mail(words: str, subject: str = "Asia", sender: str = "noreply@turvaposti.example", **headers: str) -> bytes:
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = sender, "tietosuoja@yritys.example", subject
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(words)
    return message.as_bytes()


NOTIFICATIONS = [
    "Sinulle on saapunut salattu viesti.\n\nAvaa viesti tästä linkistä: https://turvaposti.example/abc",
    "Olet saanut turvapostiviestin lähettäjältä aino@posti.example. Viesti on luettavissa 30 päivää.",
    "Aino Esimerkki on lähettänyt sinulle suojatun sähköpostin. Lue se palvelussamme.",
    "Du har fått ett krypterat meddelande. Klicka på länken för att läsa det: https://saker.example/1",
    "You have received a secure message from Aino Esimerkki. Click here to read it: https://secure.example/1",
]


@pytest.mark.parametrize("words", NOTIFICATIONS)
def test_a_message_that_waits_in_a_secure_mail_service_comes_before_a_person(words: str) -> None:
    """Nobody knows what it asks: it is a candidate whose flag says where it lies."""
    decision = decide(understand(mail(words), Recogniser.load(), specimen()), NOW, (), specimen())

    assert isinstance(decision, OpenCase)
    assert decision.case.status is CaseStatus.CANDIDATE
    assert SEALED in decision.case.flags


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ("You have received a secure message", "Click the button to view it."),
        ("Sinulle on saapunut turvaviesti", "Avaa se palvelussamme."),
    ],
)
def test_a_notification_may_begin_in_its_subject(subject: str, words: str) -> None:
    """What waits may be named in the subject alone, and the text only says how it is opened."""
    assert is_sealed(parse(mail(words, subject)))


@pytest.mark.parametrize(
    ("words", "headers"),
    [
        ("Tuliko lähettämäni turvaposti perille?", {}),
        ("Käytämme turvapostia henkilötietojen lähettämiseen.", {}),
        ("Salattu viesti: " + "kerron tässä kaiken. " * 200 + "Sinulle on saapunut, avaa.", {}),
        (NOTIFICATIONS[0], {"List_Unsubscribe": "<https://x.example>", "X_Campaign": "1", "Precedence": "bulk"}),
    ],
)
def test_who_only_speaks_of_secure_mail_has_sealed_nothing(words: str, headers: dict[str, str]) -> None:
    """A question about it, a long letter, a newsletter."""
    assert not is_sealed(parse(mail(words, **headers)))
