"""What the register says never shows: no letter differs, byte for byte, before the level is reached."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from state.model import CaseStatus, DraftStatus, IdentityLevel, Letter
from tests.identity_world import AINO, ASKS, World

L0, L1, L2, L3, L4 = IdentityLevel
NOBODY = "Joku Muu;joku@posti.example;;9;;\n"
REGISTERS = {
    "not in it": NOBODY,
    "empty": "",
    "in it": f"Aino Esimerkki;{AINO};040 000 0001;1001;;\n",
    "changed lately": f"Aino Esimerkki;{AINO};040 000 0001;1001;;4.3.2026\n",
    "turvakielto": f"Aino Esimerkki;{AINO};040 000 0001;1001;kyllä;\n",
    "resembles": "Aino Esimerkki;aino.esimerkki@toinen.example;;1001;;\n",
    "homonyms": "Aino Esimerkki;a@toinen.example;;1;;\nAino Esimerkki;b@toinen.example;;2;;\n",
    "shared": f"Aino Esimerkki;{AINO};;1;;\nVäinö Esimerkki;{AINO};;2;;\n",
    "broken": "x" * 10,
}
MAILS = {
    "access": ASKS,
    "erasure": "Pyydän poistamaan kaikki henkilötietoni rekisteristänne.",
    "in Swedish": "Jag begär ut alla mina personuppgifter och en kopia av dem. Vilka uppgifter har ni om mig?",
    "in English": "Please send me a copy of all personal data you hold about me.",
    "for a bank account": "Pyydän oikaisemaan tilinumeroni. Uusi tilinumeroni on FI21 1234 5600 0007 85.",
    "with a turvakielto": ASKS + " Minulla on turvakielto.",
    "a lawyer": "Edustan Aino Esimerkkiä, valtakirja liitteenä. Pyydän päämiestäni koskevat henkilötiedot.",
    "a dead person": "Isäni Arvi kuoli helmikuussa. Pyydän poistamaan hänen henkilötietonsa rekisteristänne.",
}


def seen(
    folder: Path, rows: str | None, text: str, sensitivity: str, *, authentic: bool
) -> list[tuple[Letter, datetime, bytes]]:
    """Everything that the asker can see until the level is reached: each letter, when it was written, its bytes."""
    folder.mkdir()
    world = World(folder, rows, sensitivity=sensitivity)
    world.arrive(world.mail(text, authentic=authentic))
    if world.cases[0].status is CaseStatus.CANDIDATE:
        world.review.cases.confirm(world.cases[0].key)
        world.work()
    world.later(hours=1)
    world.send_all()
    world.later(days=26)  # nobody has proved anything: the last letter
    world.work()
    world.send_all()
    assert world.cases[0].identity_level < world.cases[0].identity_required
    drafts = [draft for draft in world.drafts(DraftStatus.SENT) if draft.envelope.to.address == AINO]
    assert len(drafts) == len(world.outgoing.mails) == 2
    return [
        (draft.letter, draft.created_at, mail.as_bytes())
        for draft, mail in zip(drafts, world.outgoing.mails, strict=True)
    ]


@pytest.mark.parametrize("sensitivity", ["ordinary", "sensitive"])
@pytest.mark.parametrize("authentic", [True, False])
@pytest.mark.parametrize("mail", MAILS)
def test_no_letter_differs_whether_the_person_is_registered_or_not(
    tmp_path: Path, mail: str, authentic: bool, sensitivity: str
) -> None:
    letters = {
        name: seen(tmp_path / str(number), rows, MAILS[mail], sensitivity, authentic=authentic)
        for number, (name, rows) in enumerate(REGISTERS.items())
    }
    assert all(found == letters["not in it"] for found in letters.values())
    assert AINO.encode() in letters["in it"][0][2]


def test_inside_the_register_raises_the_need(tmp_path: Path) -> None:
    """The difference that is not shown is there: without it the test above would prove nothing."""
    required = {}
    for number, name in enumerate(("in it", "changed lately", "turvakielto", "not in it")):
        folder = tmp_path / str(number)
        folder.mkdir()
        world = World(folder, REGISTERS[name])
        world.arrive(world.mail(ASKS))
        required[name] = (world.only.identity_level, world.only.identity_required)
    assert required == {
        "in it": (L1, L2),
        "changed lately": (L0, L3),
        "turvakielto": (L0, L4),
        "not in it": (L0, L2),
    }
