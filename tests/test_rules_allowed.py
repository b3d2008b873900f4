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
    ("Kiellän mainonnan kirjeitse. Sähköposti on ok.", ("tekstiviestit", "puhelin", "posti")),
    ("Kiellän mainonnan, mutta sähköposti käy.", ("tekstiviestit", "puhelin", "posti")),
    ("Vain kirjeet sallittu, muu kielletään.", ("sähköposti", "tekstiviestit", "puhelin")),
    ("Puhelut pois, haluan edelleen uutiskirjeen.", ("tekstiviestit", "puhelin", "posti")),
    ("Mainoksia saatte lähettää postitse, muuten ei.", ("sähköposti", "tekstiviestit", "puhelin")),
]
NO_ADVERTISING = [
    "Kiellän suoramarkkinoinnin. Voitte lähettää vahvistuksen postitse.",
    "Kiellän suoramarkkinoinnin. Voitte soittaa, jos on kysyttävää.",
    "Kiellän kaiken mainonnan. Laskut voitte lähettää sähköpostilla.",
    "Kiellän mainonnan. Vastauksen saa lähettää kirjeenä.",
    "Millä oikeudella saatte lähettää minulle tekstiviestejä? Kiellän markkinoinnin.",
    "Kuka on antanut luvan, että te saatte soittaa minulle? Lopettakaa.",
    "Lopettakaa. Ai te saatte soittaa minulle?",
    "Jag förbjuder marknadsföring. Ni får gärna skicka en bekräftelse per e-post.",
    "Sluta med reklamen. Ni får ringa om något är oklart.",
    "Stop all marketing. You may call me if anything is unclear.",
    "I object to marketing. You can send the confirmation by e-mail.",
    "No more advertising. Invoices by e-mail are fine.",
]


def test_only_a_plain_permission_narrows_a_ban() -> None:
    for text, covered in SAID:
        assert forbidden(USED, [text]) == covered, text
    assert forbidden(USED, ["Kiellän kaiken.", "Soittaa saa."]) == ("sähköposti", "tekstiviestit", "posti")


def test_what_may_be_sent_beside_a_ban_and_is_no_advertising_narrows_nothing() -> None:
    """A confirmation, a bill, a call about the matter; nor does a question (GDPR 21(3))."""
    assert {text: forbidden(USED, [text]) for text in NO_ADVERTISING if forbidden(USED, [text]) != USED} == {}
