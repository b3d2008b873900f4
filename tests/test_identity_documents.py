"""A copy of an identity document that comes unasked: never shown by name, flagged, and gone with the decision."""

from __future__ import annotations

import base64
import json
import quopri
from email import policy
from email.message import EmailMessage, Message
from email.parser import BytesParser
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from inbox_agent import cli, texts
from inbox_agent.dashboard.widgets import told
from inbox_agent.rules import documents
from inbox_agent.rules.mime import split
from state.model import Act, DraftStatus, RequestKind, RequestStatus
from state.store.store import Store
from state.views import Views
from tests.identity_world import ASKS, ON_FILE, PROFILE, World

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
    """Whether the picture, or any piece of it, is in these bytes, under whatever encodings."""
    lines = base64.encodebytes(PICTURE).splitlines()
    if PICTURE[8:40] in raw or any(line in raw for line in lines if len(line) > 20):
        return True
    inner = BytesParser(policy=policy.default).parsebytes(raw)
    encoded = [part for part in inner.walk() if part.get("content-transfer-encoding") in {"base64", "quoted-printable"}]
    return any(picture_in(part.get_payload(decode=True) or b"") for part in encoded if not part.is_multipart()) or any(
        picture_in(decoded(part)) for part in encoded if part.is_multipart()
    )


def decoded(part: Message) -> bytes:
    """The bytes under the encoding of an attached mail, which Python leaves on."""
    text = part.get_payload(0).get_payload().encode("ascii")  # type: ignore[union-attr]
    return quopri.decodestring(text) if part["content-transfer-encoding"] == "quoted-printable" else base64_of(text)


def base64_of(text: bytes) -> bytes:
    return base64.b64decode(text.translate(None, b"\r\n"))


def enclosing(raw: bytes, encoding: str, text: str, kind: str = "message/rfc822") -> bytes:
    """A part that holds a whole mail under an encoding: forbidden (RFC 2046, 5.2.1), and done."""
    coded = {
        "base64": base64.encodebytes(raw),
        "quoted-printable": quopri.encodestring(raw),
        "8bit": raw,
    }[encoding]
    return (
        (
            f"--outer\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n--outer\r\nContent-Type: {kind}\r\n"
            f"Content-Transfer-Encoding: {encoding}\r\nContent-Disposition: attachment\r\n\r\n"
        ).encode()
        + coded
        + b"\r\n--outer--\r\n"
    )


def wrapped(world: World, raw: bytes, encodings: tuple[str, ...], text: str = ASKS) -> bytes:
    """Aino's mail, with a mail attached to a mail attached to it, and so on; the picture lies in the innermost."""
    for encoding in encodings[:-1]:
        raw = (
            b"From: Aino <aino@posti.example>\r\nSubject: sisempi\r\nMIME-Version: 1.0\r\n"
            b'Content-Type: multipart/mixed; boundary="outer"\r\n\r\n' + enclosing(raw, encoding, "Katso liite.")
        )
    head, _, _ = world.mail(text).partition(b"\r\n\r\n")
    kept = [line for line in head.split(b"\r\n") if not line.lower().startswith((b"content-", b"mime-"))]
    mime = b'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="outer"\r\n\r\n'
    return b"\r\n".join(kept) + b"\r\n" + mime + enclosing(raw, encodings[-1], text)


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
    [mail] = world.store.mails.of_case(world.only.key)
    assert "identity_document" in mail.analysis["flags"]
    world.send_all()
    world.work()
    assert picture_in(world.store.mails.raw(mail.key))
    world.arrive(world.mail(world.code(), subject="Vs: Asia", answers=world.asked()))
    assert world.answer(world.only.key)
    world.work()
    kept = world.store.mails.raw(mail.key)
    assert not picture_in(kept)
    assert base64.b64encode(OTHER) in kept
    assert world.only.requests[0].status is RequestStatus.ANSWERED
    assert Act.MESSAGE_CUT in [one.event.act for one in world.store.journal.events(world.only.key)]
    world.store.close()
    assert not any(picture_in(file.read_bytes()) for file in tmp_path.glob("inbox-agent.db*"))


def test_a_case_that_is_no_request_after_all_keeps_no_copy_either(world: World) -> None:
    world.arrive(with_passport(world))
    [mail] = world.store.mails.of_case(world.only.key)
    world.review.cases.dismiss(world.only.key)
    world.work()
    assert not picture_in(world.store.mails.raw(mail.key))


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
    [mail] = world.store.mails.of_case(world.only.key)
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


# -- in attached mails ----------------------------------------------------------------------------

WAYS = [
    ("8bit",),
    ("base64",),
    ("quoted-printable",),
    ("base64", "base64"),
    ("8bit", "base64"),
    ("quoted-printable", "8bit", "base64", "base64"),
]


@pytest.mark.parametrize("encodings", WAYS, ids="-".join)
@pytest.mark.parametrize("name", [NAME, "IMG_1.png"])
def test_a_copy_in_attached_mails_is_flagged_and_cut_and_the_rest_stays(
    world: World, encodings: tuple[str, ...], name: str
) -> None:
    """By its name, or by what the mail that holds it says of it; however deep, under whatever encoding."""
    inner = with_passport(world, "Liitteenä passini kuva." if name == "IMG_1.png" else "Hei.", name)
    if name == "IMG_1.png":
        inner = inner.replace(base64.b64encode(OTHER), b"", 1)
    raw = wrapped(world, inner, encodings)
    assert picture_in(raw)
    world.arrive(raw)
    [mail] = world.store.mails.of_case(world.only.key)
    assert "identity_document" in mail.analysis["flags"]
    assert "952K" not in json.dumps(dict(mail.analysis))
    world.review.cases.dismiss(world.only.key)
    world.work()
    kept = world.store.mails.raw(mail.key)
    assert not picture_in(kept)
    assert ASKS.encode() in kept
    if name == NAME:
        assert contract_in(kept)


def contract_in(raw: bytes) -> bool:
    root, _ = split(raw)
    return any(part.body(10_000)[0].strip() == OTHER for part in root.walk() if not part.children)


@pytest.mark.parametrize("kind", ["application/octet-stream", "application/x-eml; name=pyynto.eml"])
@pytest.mark.parametrize("encoding", ["8bit", "base64", "quoted-printable"])
def test_a_copy_in_a_mail_that_is_attached_as_a_plain_file_is_flagged_and_cut(
    world: World, kind: str, encoding: str
) -> None:
    """Many programs attach a saved mail (.eml) as bytes of no kind."""
    head, _, _ = wrapped(world, b"", ("8bit",)).partition(b"\r\n\r\n")
    raw = head + b"\r\n\r\n" + enclosing(with_passport(world, "Hei."), encoding, ASKS, kind)
    assert picture_in(raw)
    world.arrive(raw)
    [mail] = world.store.mails.of_case(world.only.key)
    assert "identity_document" in mail.analysis["flags"]
    world.review.cases.dismiss(world.only.key)
    world.work()
    kept = world.store.mails.raw(mail.key)
    assert not picture_in(kept)
    assert ASKS.encode() in kept


@pytest.mark.parametrize("encodings", WAYS, ids="-".join)
def test_a_mail_without_such_a_copy_stays_byte_for_byte(world: World, encodings: tuple[str, ...]) -> None:
    raw = wrapped(world, with_passport(world, "Hei.", "maisema.png"), encodings)
    assert documents.without_documents(raw, ASKS) == raw


def test_what_an_attached_mail_says_of_its_own_copy_says_nothing_of_the_other_attachments(world: World) -> None:
    """The outer mail's contract stays, whatever the inner mail calls its picture."""
    inner = with_passport(world, "Liitteenä passini.", "IMG_1.png")
    outer: EmailMessage = BytesParser(policy=policy.SMTP).parsebytes(world.mail(ASKS))  # type: ignore[assignment]
    outer.add_attachment(OTHER, maintype="application", subtype="pdf", filename="sopimus-2.pdf")
    outer.add_attachment(BytesParser(policy=policy.SMTP).parsebytes(inner))
    kept = documents.without_documents(outer.as_bytes(), ASKS)
    assert not picture_in(kept)
    assert contract_in(kept)


# -- in mails that are set aside ------------------------------------------------------------------


@pytest.mark.parametrize("encodings", [(), ("base64",)], ids=["plain", "in an attached mail"])
def test_a_mail_that_was_set_aside_keeps_no_copy_and_shows_none(
    world: World, encodings: tuple[str, ...], tmp_path: Path
) -> None:
    """No request, so nothing to decide: it is said that there was one. The mailbox itself is left alone."""
    text = "Hei, tässä tilaamani tuotteen palautusosoite, kiitos nopeasta toimituksesta."
    raw = with_passport(world, text)
    world.arrive(wrapped(world, raw, encodings, text) if encodings else raw)
    assert world.cases == ()
    world.store.close()
    with Views.open(tmp_path / "inbox-agent.db") as views:
        [row] = views.set_aside()
        shown = told.mail_in_full(views.message(row.key)).plain
    world.store = Store.open(tmp_path / "inbox-agent.db")
    kept = world.store.mails.raw(row.key)
    assert not picture_in(kept)
    assert "952K" not in shown
    assert "identity_document" in world.store.mails.get(row.key).analysis["flags"]
    opened = world.review.cases.make_case(row.key, (RequestKind.ACCESS,))
    assert "identity_document" in world.case(opened).flags


def test_a_mail_that_cannot_be_cut_keeps_no_other_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bug of ours on one mail costs the others nothing. Each version of the program tries it once, and says of it no
    more than what kind of error it was.
    """
    world = World(tmp_path, ON_FILE)
    for _ in range(2):
        world.arrive(with_passport(world))
    cut, tried, first = documents.without_documents, list[bytes](), world.mails[0]

    def fails_on_the_first(raw: bytes, text: str) -> bytes:
        tried.append(raw)
        if raw == first and world.version == "1.0":
            raise RecursionError
        return cut(raw, text)

    def pictures() -> int:
        mails = world.store._database.rows("select raw from raw_messages")
        return [picture_in(bytes(row["raw"])) for row in mails].count(True)

    monkeypatch.setattr(documents, "without_documents", fails_on_the_first)
    for case in world.cases:
        world.review.cases.dismiss(case.key)
    with capture_logs() as said:
        for _ in range(3):
            world.work()
    assert (pictures(), tried) == (1, [first, world.mails[1]])
    assert said == [{"event": "documents_not_cut", "message": 1, "error": "RecursionError", "log_level": "error"}]
    world.version = "1.1"
    world.work()
    assert (pictures(), len(tried)) == (0, 3)
