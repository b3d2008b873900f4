"""A copy of an identity document that comes unasked: never shown by name, flagged, and gone with the decision."""

from __future__ import annotations

import base64
import json
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

import pytest

from inbox_agent import cli, texts
from inbox_agent.dashboard.widgets import told
from state.model import Act, DraftStatus, RequestStatus
from state.store.store import Store
from tests.identity_world import AINO, ASKS, PROFILE, World

ON_FILE = f"Aino Esimerkki;{AINO};040 000 0001;1001;;\n"
PICTURE = b"\x89PNG\r\n\x1a\n" + b"Aino Esimerkin naama" * 40
NAME = "passi Aino Esimerkki 131052-952K.png"
OTHER = b"%PDF-1.4 sopimus"


def with_passport(world: World, text: str = ASKS, name: str = NAME) -> bytes:
    """Aino's request with a picture of her passport and a contract."""
    plain: EmailMessage = BytesParser(policy=policy.SMTP).parsebytes(world.mail(text))  # type: ignore[assignment]
    plain.add_attachment(PICTURE, maintype="image", subtype="png", filename=name)
    plain.add_attachment(OTHER, maintype="application", subtype="pdf", filename="sopimus.pdf")
    return plain.as_bytes()


def picture_in(raw: bytes) -> bool:
    lines = base64.encodebytes(PICTURE).splitlines()
    return any(line in raw for line in lines if len(line) > 20)


@pytest.fixture
def world(tmp_path: Path) -> World:
    world = World(tmp_path, ON_FILE)
    world.store.close()
    world.store = Store.open(tmp_path / "inbox-agent.db")
    return world


def test_the_copy_is_kept_until_the_decision_and_then_gone_from_the_file_too(world: World, tmp_path: Path) -> None:
    raw = with_passport(world)
    assert picture_in(raw)
    world.arrive(raw)
    [mail] = world.store.intake.of_case(world.only.key)
    assert "identity_document" in mail.analysis["flags"]
    world.send_all()
    world.work()
    assert picture_in(world.store.intake.raw(mail.key))
    world.arrive(world.mail(world.code(), subject="Vs: Asia", answers=world.asked()))
    assert world.answer(world.only.key)
    world.work()
    kept = world.store.intake.raw(mail.key)
    assert not picture_in(kept)
    assert base64.b64encode(OTHER) in kept
    assert world.only.requests[0].status is RequestStatus.ANSWERED
    assert Act.MESSAGE_CUT in [one.event.act for one in world.store.journal.events(world.only.key)]
    world.store.close()
    assert not any(picture_in(file.read_bytes()) for file in tmp_path.glob("inbox-agent.db*"))


def test_a_case_that_is_no_request_after_all_keeps_no_copy_either(world: World) -> None:
    world.arrive(with_passport(world))
    [mail] = world.store.intake.of_case(world.only.key)
    world.review.cases.dismiss(world.only.key)
    world.work()
    assert not picture_in(world.store.intake.raw(mail.key))


def test_a_decision_cuts_once_and_the_same_mail_is_known_again(world: World) -> None:
    raw = with_passport(world)
    world.arrive(raw)
    world.review.cases.dismiss(world.only.key)
    world.work()
    world.work()
    world.arrive(raw)
    assert len(world.cases) == 1
    acts = [one.event.act for one in world.store.journal.events(world.only.key)]
    assert acts.count(Act.MESSAGE_CUT) == 1


@pytest.mark.parametrize(
    ("name", "text"),
    [(NAME, ASKS), ("Aino Esimerkki 131052-952K.png", ASKS + " Liitteenä kopio passista."), ("131052-952K.png", ASKS)],
    ids=["by its name", "by the text", "a code alone"],
)
def test_no_face_shows_the_copy_s_name(  # noqa: PLR0917  # fixtures
    world: World,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
    text: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(texts, "_current", texts._current)
    raw = with_passport(world, text, name)
    (tmp_path / "pyynto.eml").write_bytes(raw)
    profile = tmp_path / "inbox-agent.toml"
    profile.write_text(PROFILE.format(sensitivity="ordinary", customers=""), encoding="utf-8")
    world.arrive(raw)
    [mail] = world.store.intake.of_case(world.only.key)
    shown = told.mail_in_full(mail).plain + json.dumps(dict(mail.analysis), ensure_ascii=False)
    world.store.close()
    for command in (["case", "2026-0001"], ["identity", "2026-0001"], ["explain", str(tmp_path / "pyynto.eml")]):
        for how in ([], ["--json"]):
            assert cli.main([*command, *how, "--profile", str(profile), "--now", "2026-03-06T12:00:00+02:00"]) == 0
    said = capsys.readouterr()
    everything = shown + said.out + said.err
    assert "952K" not in everything
    assert "Esimerkki 1" not in everything
    assert "passi Aino" not in everything


def test_nothing_is_proposed_for_the_copy_but_the_usual_letter(world: World) -> None:
    """Who sent a copy is asked the same as everybody: it is no proof, and nobody is told to send another."""
    world.arrive(with_passport(world))
    [draft] = world.drafts(DraftStatus.PROPOSED)
    assert "passi" not in draft.body.casefold()
