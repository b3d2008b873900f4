"""A ban on marketing is of every channel, unless its writer plainly allows one (GDPR 21(2)-(3))."""

from __future__ import annotations

from inbox_agent.rules.allowed import forbidden

USED = ("sähköposti", "tekstiviestit", "puhelin", "posti")
SAID = [
    ("Kiellän suoramarkkinoinnin.", USED),
    ("Lopettakaa vain nämä sähköpostit.", USED),
    ("En halua sähköpostia enkä tekstiviestejä.", USED),
    ("Kirjeitä ei saa lähettää.", USED),
    ("Kiellän sähköpostimarkkinoinnin, mutta kirjeitä saa lähettää.", ("sähköposti", "tekstiviestit", "puhelin")),
    ("Älkää lähettäkö tekstiviestejä. Soittaa saa.", ("sähköposti", "tekstiviestit", "posti")),
    ("Kuvaston saatte edelleen postittaa, muu pois.", ("sähköposti", "tekstiviestit", "puhelin")),
    ("Voitteko lähettää vahvistuksen sähköpostilla?", USED),
    ("Sluta skicka textmeddelanden, men ni får gärna ringa.", ("sähköposti", "tekstiviestit", "posti")),
    ("Sluta skicka sms, men brev får ni fortfarande skicka.", ("sähköposti", "tekstiviestit", "puhelin")),
    ("Stop the e-mails, but letters are fine.", ("sähköposti", "tekstiviestit", "puhelin")),
    ("Stop the e-mails. You may not call either.", USED),
]


def test_only_a_plain_permission_narrows_a_ban() -> None:
    for text, covered in SAID:
        assert forbidden(USED, [text]) == covered, text
    assert forbidden(USED, ["Kiellän kaiken.", "Soittaa saa."]) == ("sähköposti", "tekstiviestit", "posti")
