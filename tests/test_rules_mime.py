"""Taking a mail apart: agrees with Python's own parser on sound mails, and holds its bounds on others."""

from __future__ import annotations

import email
import time
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inbox_agent.rules.headers import MAX_FIELDS, date_of, identifiers, read_headers
from inbox_agent.rules.mime import MAX_DEPTH, MAX_PARTS, split

TEXTS = st.text(alphabet="abåä \n.-", max_size=40)
FIELDS = st.dictionaries(
    st.sampled_from(["X-A", "X-B", "Comments", "Keywords"]), st.text(alphabet="abc de=?,:;", min_size=1, max_size=30)
)


@st.composite
def messages(draw: st.DrawFn) -> EmailMessage:
    """A well-formed mail of random shape, to be written by Python's own generator."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = draw(st.text(alphabet="abåä x", max_size=20))
    message.set_content(draw(TEXTS), cte=draw(st.sampled_from(["base64", "quoted-printable", "8bit"])))
    if draw(st.booleans()):
        message.add_alternative(f"<p>{draw(TEXTS)}</p>", subtype="html")
    for number in range(draw(st.integers(0, 3))):
        message.add_attachment(draw(st.binary(max_size=60)), maintype="image", subtype="png", filename=f"{number}.png")
    if draw(st.booleans()):
        inner = EmailMessage(policy=SMTP)
        inner["From"] = "a@b.example"
        inner.set_content(draw(TEXTS))
        message.add_attachment(inner)
    return message


@given(messages())
@settings(max_examples=60, deadline=None)
def test_parts_agree_with_the_standard_library(message: EmailMessage) -> None:
    """Kinds and decoded contents of all parts are those that Python's own parser finds."""
    raw = message.as_bytes()
    ours = [part for part in split(raw)[0].walk() if not part.children]
    theirs = [part for part in email.message_from_bytes(raw).walk() if not part.is_multipart()]
    assert [part.content_type for part in ours] == [part.get_content_type() for part in theirs]
    for part, reference in zip(ours, theirs, strict=True):
        assert part.body(10_000)[0].strip() == reference.get_payload(decode=True).strip()


@given(messages())
@settings(max_examples=30, deadline=None)
def test_line_ends_do_not_matter(message: EmailMessage) -> None:
    """CRLF, LF and the CR of old Macs give the same parts."""
    raw = message.as_bytes()
    kinds = [part.content_type for part in split(raw)[0].walk()]
    unix = raw.replace(b"\r\n", b"\n")
    assert [part.content_type for part in split(unix)[0].walk()] == kinds
    assert [part.content_type for part in split(unix.replace(b"\n", b"\r"))[0].walk()] == kinds


@given(FIELDS)
def test_header_fields_come_back(fields: dict[str, str]) -> None:
    """What stands in a header is found under its name, in any case and however it was folded."""
    block = "\r\n".join(f"{name}: {value.replace(' ', chr(13) + chr(10) + ' ')}" for name, value in fields.items())
    headers, defects = read_headers(block.encode())
    assert {name: (headers.first(name.lower()) or b"").decode().split() for name in fields} == {
        name: value.split() for name, value in fields.items()
    }
    assert not defects


@given(st.binary(max_size=400))
def test_any_bytes_are_taken_apart(raw: bytes) -> None:
    """No bytes raise; every part lies inside the mail."""
    for part in split(raw)[0].walk():
        assert 0 <= part.start <= part.end <= len(part.source)


MIXED = b"Content-Type: multipart/mixed; boundary=%s\r\n\r\n"


@pytest.mark.parametrize(
    ("raw", "kinds", "defect"),
    [
        (MIXED % b"b" + b"--b\r\n\r\nhei\r\n--b\r\n\r\nhoi", ["text/plain", "text/plain"], None),
        (MIXED % b"b" + b"--bb\r\n\r\nhei\r\n--bb--", [], "multipart_without_parts"),
        (MIXED % b"x" + b"--b\r\nContent-Type: text/html\r\n\r\nhei\r\n--b--", ["text/html"], None),
        (b"Content-Type: multipart/mixed\r\n\r\nhei", [], "multipart_without_parts"),
        (MIXED % b'"a b"' + b"--a b \r\n\r\nhei\r\n--a b--\r\njunk", ["text/plain"], None),
        (b"Content-Type: rubbish\r\n\r\nhei", [], None),
        (b"", [], None),
    ],
)
def test_broken_multiparts_keep_their_text(raw: bytes, kinds: list[str], defect: str | None) -> None:
    """Unclosed, misnamed and missing boundaries: the parts that are there are found, else the whole is text."""
    root, defects = split(raw)
    assert [child.content_type for child in root.children] == kinds
    assert defects == ({defect} if defect else set())


@pytest.mark.parametrize(
    ("raw", "subject", "body"),
    [
        (b"From a@b.example Mon Oct 5\nSubject: x\n\nhei", b"x", b"hei"),
        (b"Subject: x\nbroken line\nFrom: a@b.example\n\nhei", b"x", b"hei"),
        (b"Subject: x\nFrom: a@b.example\nPoistakaa tietoni.\n\nTerveisin", b"x", b"Poistakaa tietoni.\n\nTerveisin"),
        (b"Subject : x\n\nhei", b"x", b"hei"),
        (b"Poistakaa tietoni.\n\nTerveisin", None, b"Poistakaa tietoni.\n\nTerveisin"),
        (b"\nSubject: x\n\nhei", None, b"Subject: x\n\nhei"),
    ],
)
def test_broken_header_sections_lose_no_text(raw: bytes, subject: bytes | None, body: bytes) -> None:
    """A missing empty line, a stray line or no header at all: what is no field is body."""
    root, _ = split(raw)
    assert (root.headers.first("subject"), root.body(1000)[0]) == (subject, body)


def test_depth_and_number_of_parts_are_bounded() -> None:
    """A thousand nested and a hundred thousand parallel parts are cut at the bounds, quickly, and said so."""
    started = time.process_time()
    nested, defects = split(b"".join(MIXED % b"b%d" % i + b"--b%d\r\n" % i for i in range(1000)) + b"\r\nhei")
    assert "too_deep" in defects
    assert len(list(nested.walk())) == MAX_DEPTH + 1
    defects = split(b"Content-Type: message/rfc822\r\n\r\n" * 1000)[1]
    assert "too_deep" in defects
    parallel, defects = split(MIXED % b"b" + b"--b\r\n\r\nx\r\n" * 100_000)
    assert "too_many_parts" in defects
    assert len(list(parallel.walk())) <= MAX_PARTS + 1
    assert time.process_time() - started < 1


def test_headers_are_bounded() -> None:
    """Five thousand fields are read; more than the bound are cut and said so."""
    headers, defects = read_headers(b"".join(b"X-%d: y\r\n" % i for i in range(5000)) + b"Subject: x")
    assert (headers.first("subject"), defects) == (b"x", set())
    assert read_headers(b"X: y\n" * (MAX_FIELDS + 1))[1] == {"too_many_headers"}
    assert read_headers(b"X: " + b"y" * 100_000)[1] == {"header_too_long"}


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (b"<a@b> <c@d>", ("<a@b>", "<c@d>")),
        (b"<a@b>\t<a@b>", ("<a@b>",)),
        (b"a@b", ("<a@b>",)),
        (b"<a b> <c@d\x00>", ()),
        (b"", ()),
        (b"your mail of Monday", ()),
    ],
)
def test_identifiers_can_stand_in_a_header_again(raw: bytes, found: tuple[str, ...]) -> None:
    """Message identifiers hold no white space and no controls, each stands once."""
    assert identifiers(raw) == found


@pytest.mark.parametrize(
    ("raw", "iso"),
    [
        (b"Mon, 5 Oct 2026 12:03:00 +0300", "2026-10-05T09:03:00+00:00"),
        (b"5 Oct 26 12:03 GMT", "2026-10-05T12:03:00+00:00"),
        (b"Mon, 5 Oct 2026 12:03:00 -0000 (comment)", "2026-10-05T12:03:00+00:00"),
        (b"yesterday", None),
        (b"Mon, 32 Oct 2026 12:03:00 +0300", None),
        (b"Mon, 5 Oct 2026 12:03:00 +999999", None),
        (b"9" * 60_000, None),
        (None, None),
    ],
)
def test_dates_are_aware_utc_or_none(raw: bytes | None, iso: str | None) -> None:
    """A date is an instant in UTC; what makes no sense is none."""
    parsed = date_of(raw)
    assert (parsed.isoformat() if parsed else None) == iso
