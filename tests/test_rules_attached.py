"""Requests that stand in an attachment alone: read to propose, within bounds, and never decided on."""

from __future__ import annotations

import hashlib
import io
import json
import signal
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from concurrent import futures
from contextlib import suppress
from email.message import EmailMessage
from functools import cache
from pathlib import Path

import pytest
from fpdf import FPDF
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, StreamObject

from inbox_agent.adapters import attached
from inbox_agent.adapters.attached import AttachedFiles
from inbox_agent.commands.opening import specimen
from inbox_agent.phrasing import explaining
from inbox_agent.profile import ControllerProfile
from inbox_agent.rules.analysis import analysis
from inbox_agent.rules.attached import MOST_TEXT, FileState, Format, ReadingEnded
from inbox_agent.rules.classify import Recogniser
from inbox_agent.rules.deadlines import helsinki_date
from inbox_agent.rules.documents import NAMELESS
from inbox_agent.rules.intake import Join, OpenCase, SetAside, decide
from inbox_agent.rules.understand import Understood, understand
from state.model import CaseKey, CaseStatus, KnownThread, RequestKind, Verdict
from tests.servers.dovecot import Account
from tests.servers.smtpd import SmtpServer
from tests.servers.waiting import until
from tests.state_examples import NOW
from tests.whole_way import Company

ASKS = "Pyydän, että poistatte kaikki minua koskevat henkilötiedot rekisteristänne. Aino Esimerkki 010190-900P"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
_HIDDEN = "korjatkaa osoitteeni"  # what no reader of the document sees
_ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "manifest")
)
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

Understands = Callable[..., Understood]


@cache
def recogniser() -> Recogniser:
    return Recogniser.load()


def pdf(text: str = ASKS, pages: int = 1) -> bytes:
    sheet = FPDF()
    sheet.set_font("helvetica", size=12)
    for _ in range(pages):
        sheet.add_page()
        sheet.multi_cell(0, 6, text)
    return bytes(sheet.output())


def locked(password: str) -> bytes:
    writer = PdfWriter(PdfReader(io.BytesIO(pdf())))
    writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def bomb() -> bytes:
    """A page whose commands unpack to a thousand times their size."""
    writer = PdfWriter()
    commands = StreamObject()
    commands._data = zlib.compress(b"\0" * 200_000_000, 9)
    commands[NameObject("/Filter")] = NameObject("/FlateDecode")
    writer.add_blank_page(100, 100)[NameObject("/Contents")] = writer._add_object(commands)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def slow(words: int = 500_000) -> bytes:
    """A page whose commands take a reader many seconds."""
    writer = PdfWriter(PdfReader(io.BytesIO(pdf())))
    commands = StreamObject()
    commands._data = zlib.compress(b"BT /F1 12 Tf ( ) Tj ET\n" * words, 9)
    commands[NameObject("/Filter")] = NameObject("/FlateDecode")
    writer.pages[0][NameObject("/Contents")] = writer._add_object(commands)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def docx(text: str = ASKS, head: str = "") -> bytes:
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.splitlines())
    return zipped(f'<?xml version="1.0"?>{head}<w:document xmlns:w="{_W}"><w:body>{paragraphs}</w:body></w:document>')


def odt(text: str = ASKS, locked: bool = False, document: str = "") -> bytes:
    """As a word processor packs it: the type first, as it is."""
    lines = "".join(f"<text:p>{line[:9]}<text:span>{line[9:]}</text:span></text:p>" for line in text.splitlines())
    deleted = f"<text:tracked-changes><text:p>{_HIDDEN}</text:p></text:tracked-changes>"
    note = f"<text:p>x<office:annotation><text:p>{_HIDDEN}</text:p></office:annotation></text:p>"
    document = document or f"<office:document-content {_ODF}>{deleted}{lines}{note}</office:document-content>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text", zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", "<manifest:encryption-data/>" if locked else "<manifest/>")
        archive.writestr("content.xml", document)
    return out.getvalue()


def rtf(text: str = ASKS) -> bytes:
    """As Word writes it: a table of fonts, the letters beyond ASCII in hexadecimal of the code page."""
    words = "".join(letter if letter.isascii() else f"\\'{letter.encode('cp1252').hex()}" for letter in text)
    fonts = "{\\fonttbl{\\f0\\fswiss\\fcharset0 Arial;}}{\\*\\generator " + _HIDDEN + ";}"
    return f"{{\\rtf1\\ansi\\ansicpg1252\\deff0{fonts}\\pard\\f0 {words}\\par}}".encode("ascii")


def zipped(document: str, name: str = "word/document.xml") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, document)
    return out.getvalue()


def lying(archive: bytes) -> bytes:
    """The same archive, saying that its only entry is small."""
    at = archive.rindex(b"PK\x01\x02")
    return archive[: at + 24] + struct.pack("<I", 100) + archive[at + 28 :]


def mail(
    *files: tuple[str, str, bytes], body: str = "Hei, pyyntö liitteenä.\n\nAino Esimerkki", subject: str = "Asia"
) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "aino@posti.example", "tietosuoja@yritys.example", subject
    message["Date"], message["Message-ID"] = "Thu, 5 Mar 2026 12:00:00 +0200", "<1@posti.example>"
    message.set_content(body)
    for name, kind, data in files:
        maintype, subtype = kind.split("/")
        message.add_attachment(data, maintype=maintype, subtype=subtype, filename=name)
    return message.as_bytes()


@pytest.fixture
def profile() -> ControllerProfile:
    return specimen()


@pytest.fixture
def reads(profile: ControllerProfile) -> Understands:
    def read(raw: bytes) -> Understood:
        return understand(raw, recogniser(), profile, AttachedFiles(patience=60))

    return read


READ: dict[str, tuple[str, str, Callable[[], bytes]]] = {
    "pdf": ("pyyntö.pdf", "application/pdf", pdf),
    "docx": ("pyyntö.docx", DOCX, docx),
    "odt": ("pyyntö.odt", ODT, odt),
    "rtf": ("pyyntö.rtf", "application/rtf", rtf),
    "text": ("pyyntö.txt", "text/plain", ASKS.encode),
    "pdf without its type": ("pyyntö.pdf", "application/octet-stream", pdf),
}


@pytest.mark.parametrize("case", READ)
def test_a_request_in_a_document_is_proposed_and_never_sure(
    reads: Understands, profile: ControllerProfile, case: str
) -> None:
    """A candidate for a person, with the right that the file asks for and the file beside the phrase."""
    name, kind, data = READ[case]
    understood = reads(mail((name, kind, data())))

    assert (understood.classification.verdict, understood.kinds) == (Verdict.UNSURE, (RequestKind.ERASURE,))
    assert {found.attachment for found in understood.classification.evidence} >= {name}
    decision = decide(understood, NOW, (), profile)
    assert isinstance(decision, OpenCase)
    assert decision.case.status is CaseStatus.CANDIDATE
    assert "attachment_only" in decision.case.flags


@pytest.mark.parametrize(("data", "form"), [(odt(), Format.ODT), (rtf(), Format.RTF)], ids=["odt", "rtf"])
def test_only_what_the_document_shows_is_read(data: bytes, form: Format) -> None:
    """Deleted words, notes in the margin and the program's own tables are not the sender's words."""
    state, text = AttachedFiles(patience=60)(data, form)

    assert state is FileState.READ
    assert text.split("\n")[0] == ASKS
    assert _HIDDEN not in text


def test_what_was_read_is_said_masked_with_the_files_name(reads: Understands) -> None:
    """A person reads where the request stands and how it goes on; no personal identity code is shown or kept."""
    explained = analysis(reads(mail(("pyyntö.pdf", "application/pdf", pdf()))), helsinki_date(NOW))
    said = "\n".join(explaining.why(explained))

    assert explained["attached"][0]["state"] == "read"
    assert "attachment pyyntö.pdf; I read in it: “Pyydän, että poistatte" in said
    assert "(erasure), in the attachment pyyntö.pdf" in said
    assert "010190" not in f"{said}{explained}"


def test_hostile_words_in_a_file_are_made_safe(reads: Understands) -> None:
    """Control characters, line ends and reversed text of a file do not reach a screen."""
    explained = analysis(reads(mail(("a.txt", "text/plain", f"{ASKS}\x1b]0;x\x07\u202e\r\n[b]".encode()))), NOW.date())

    assert not set("\x1b\x07\u202e\r\n") & set(str(explained["attached"][0]["text"]))


_BLANK = f'<w:document xmlns:w="{_W}">' + " " * 30_000_000
_PDF = "application/pdf"
UNREAD: dict[str, tuple[str, str, Callable[[], bytes], str]] = {
    "picture": ("kuva.jpg", "image/jpeg", lambda: b"\xff\xd8\xff\xe0x", "picture"),
    "picture called pdf": ("a.pdf", _PDF, lambda: b"\xff\xd8\xff\xe0x", "picture"),
    "locked pdf": ("a.pdf", _PDF, lambda: locked("salainen"), "locked"),
    "noise": ("a.pdf", _PDF, lambda: b"%PDF-1.7\n" + b"\0\xff" * 500, "broken"),
    "half a pdf": ("a.pdf", _PDF, lambda: pdf()[:400], "broken"),
    "no pdf": ("a.pdf", _PDF, lambda: b"jotain muuta", "broken"),
    "empty": ("a.pdf", _PDF, lambda: b"", "broken"),
    "scan": ("a.pdf", _PDF, lambda: pdf(""), "no_text"),
    "pdf bomb": ("a.pdf", _PDF, bomb, "too_large"),
    "huge pdf": ("a.pdf", _PDF, lambda: b"%PDF-1.7\n" + b"\0" * 16_000_000, "too_large"),
    "half a docx": ("a.docx", DOCX, lambda: docx()[:200], "broken"),
    "no document in it": ("a.docx", DOCX, lambda: zipped("x", "xl/workbook.xml"), "broken"),
    "bomb": ("a.docx", DOCX, lambda: zipped(_BLANK), "too_large"),
    "bomb that lies": ("a.docx", DOCX, lambda: lying(zipped(_BLANK)), "broken"),
    "entities": ("a.docx", DOCX, lambda: docx(head='<!DOCTYPE a [<!ENTITY b "bbb">]>'), "broken"),
    "locked docx": ("a.docx", DOCX, lambda: b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "locked"),
    "half an odt": ("a.odt", ODT, lambda: odt()[:200], "broken"),
    "odt bomb": ("a.odt", ODT, lambda: odt(document="<a>" + " " * 30_000_000), "too_large"),
    "odt entities": ("a.odt", ODT, lambda: odt(document='<!DOCTYPE a [<!ENTITY b "bbb">]><a>&b;</a>'), "broken"),
    "locked odt": ("a.odt", ODT, lambda: odt(locked=True), "locked"),
    "empty rtf": ("a.rtf", "application/rtf", lambda: rtf(""), "no_text"),
    "archive": ("a.zip", "application/zip", lambda: zipped("x"), "other_format"),
    "old word": ("a.doc", "application/msword", lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600, "other_format"),
    "passport": ("passi.pdf", _PDF, pdf, "identity_document"),
}


@pytest.mark.parametrize("case", UNREAD)
def test_a_file_that_is_not_read_is_a_candidate_that_says_why(
    reads: Understands, profile: ControllerProfile, case: str
) -> None:
    """Pictures, locks, bombs, broken and foreign files cost no mail: a person is told that it was not read."""
    name, kind, data, state = UNREAD[case]
    understood = reads(mail((name, kind, data())))
    name = NAMELESS if state == "identity_document" else name
    said = "\n".join(explaining.why(analysis(understood, NOW.date())))

    assert [(file.name, str(file.state), file.text) for file in understood.attached] == [(name, state, "")]
    assert (understood.classification.verdict, understood.kinds) == (Verdict.UNSURE, ())
    assert f"may be in the attachment {name}, which I have not read" in said
    decision = decide(understood, NOW, (), profile)
    assert isinstance(decision, OpenCase)
    assert decision.case.status is CaseStatus.CANDIDATE


@pytest.mark.parametrize(("case", "decision"), [("picture", Join), ("locked pdf", Join), (None, SetAside)])
def test_what_comes_attached_under_a_finished_case_is_not_lost(
    reads: Understands, profile: ControllerProfile, case: str | None, decision: type
) -> None:
    """A file that was not read may hold a new request: a person sees its case again. One of another matter does not."""
    name, kind, data, _ = UNREAD[case] if case else ("a.pdf", _PDF, lambda: pdf("Kiitos, kaikki hyvin."), "")
    finished = KnownThread(
        case=CaseKey(1),
        number="2026-001",
        status=CaseStatus.CLOSED,
        address="aino@posti.example",
        by_reference=True,
        kinds=frozenset({RequestKind.ACCESS}),
    )

    assert isinstance(decide(reads(mail((name, kind, data()))), NOW, (finished,), profile), decision)


def test_a_file_of_another_matter_takes_nothing_back(reads: Understands, profile: ControllerProfile) -> None:
    """An attachment proposes only: where it holds no request, the mail is still a person's to look at."""
    decision = decide(reads(mail(("a.pdf", "application/pdf", pdf("Kokous on maanantaina klo 9.")))), NOW, (), profile)

    assert isinstance(decision, OpenCase)
    assert decision.case.status is CaseStatus.CANDIDATE
    assert "kind_unknown" in decision.case.flags


def test_a_mail_with_words_of_its_own_is_not_opened(reads: Understands, profile: ControllerProfile) -> None:
    """Attachments of ordinary mail stay closed: an invoice's words can make no request of it."""
    understood = reads(mail(("a.pdf", "application/pdf", pdf()), body="Kokous on maanantaina klo 9 Helsingissä.\n"))

    assert understood.attached == ()
    assert isinstance(decide(understood, NOW, (), profile), SetAside)


def test_only_some_files_of_a_mail_are_opened(reads: Understands) -> None:
    """The fourth document and later ones are named and left to a person."""
    files = [(f"{number}.txt", "text/plain", ASKS.encode()) for number in range(12)]
    understood = reads(mail(*files, body=""))

    states = [file.state for file in understood.attached]
    assert states == [FileState.READ] * 3 + [FileState.NOT_TRIED] * 7


def test_a_slow_file_is_ended() -> None:
    """A reader that does not answer in its time is ended, and the file called too slow."""
    assert AttachedFiles(patience=0.001)(pdf(), Format.PDF) == (FileState.TOO_SLOW, "")


def test_whoever_gives_up_waits_for_no_file() -> None:
    """The file that is being read is left at once, and no other is begun."""
    files = AttachedFiles(patience=60)
    with futures.ThreadPoolExecutor() as threads:
        reading = threads.submit(files, slow(), Format.PDF)
        until(lambda: files._running)
        (process,) = files._running
        files.give_up()
        with pytest.raises(ReadingEnded):
            reading.result()

    assert process.returncode == -signal.SIGKILL
    with pytest.raises(ReadingEnded):
        files(pdf(), Format.PDF)


def test_a_long_document_is_read_to_a_bound() -> None:
    """Of hundreds of pages only so much is kept as is needed."""
    state, text = AttachedFiles(patience=60)(pdf(f"{ASKS}\n" * 20, pages=200), Format.PDF)

    assert (state, len(text)) == (FileState.READ, MOST_TEXT)


def test_the_reader_knows_no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process that opens a stranger's file has none of the agent's environment but what Python needs."""
    monkeypatch.setenv("INBOX_AGENT_PASSWORD", "salainen")
    seen: dict[str, str] = {}
    real = attached.subprocess.Popen

    def spy(*command: object, **more: object) -> object:
        seen.update(more["env"])  # type: ignore[call-overload]
        return real(*command, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(attached.subprocess, "Popen", spy)
    AttachedFiles(patience=60)(docx(), Format.DOCX)

    assert seen
    assert "INBOX_AGENT_PASSWORD" not in seen


def test_a_reader_that_cannot_be_bounded_opens_nothing() -> None:
    """Where the system forbids the bounds, a person is told; the file stays closed."""
    tight = "import resource, runpy, sys; resource.setrlimit = lambda *_: int('forbidden'); "
    read = f"sys.argv = ['reader', 'docx', '100']; runpy.run_path({str(attached._READER)!r}, run_name='__main__')"
    done = subprocess.run([sys.executable, "-c", tight + read], input=docx(), capture_output=True, check=True)

    assert json.loads(done.stdout) == {"state": "no_reader", "text": ""}


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for the reader among the processes of Linux")
def test_told_to_stop_while_a_file_is_read_the_agent_ends_and_takes_the_mail_in_later(
    tmp_path: Path, account: Account, smtp_server: SmtpServer
) -> None:
    """SIGTERM during three slow files: agent and reader end within five seconds; the next start takes the mail in."""
    company = Company.found(tmp_path, account, smtp_server)
    account.append(mail(*((f"{number}.pdf", "application/pdf", slow()) for number in range(3))))
    agent = company.start("run")
    until(lambda: bool(_readers_of(agent.pid)), what="the reader")
    (reader, *_) = _readers_of(agent.pid)
    agent.send_signal(signal.SIGTERM)

    assert agent.wait(5) == 0
    assert not Path(f"/proc/{reader}").exists()
    assert _stored(company) == 0
    assert company.command("run", "--once").returncode == 0
    assert _stored(company) == 1


def _readers_of(pid: int) -> list[str]:
    """The processes that this one started to read a file."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            parent = (process / "stat").read_text().rpartition(")")[2].split()[1]
            if parent == str(pid) and "attached_reader" in (process / "cmdline").read_text():
                found.append(process.name)
    return found


def _stored(company: Company) -> int:
    with company.store() as store:
        known = (store.intake.known(hashlib.sha256(raw).hexdigest()) for raw in company.account.mails())
        return sum(key is not None for key in known)
