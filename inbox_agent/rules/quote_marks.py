"""The lines by which mail clients introduce another mail's text: header blocks, attributions, separators.

Owns their Finnish, Swedish and English forms (Outlook, Gmail, Apple Mail, Thunderbird, mobile clients), and the header
words and separators that neighbours send: German, Danish, Norwegian, Estonian, Russian. Refuses to say whose words
stand where: that is `rules.quotes`. Every pattern looks at a bounded piece of a line, so that hostile text costs no
more than ordinary text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

_KINDS = {
    "from": "lähettäjä från from avsändare von fra saatja от",
    "sent": (
        "lähetetty päivämäärä päiväys pvm skickat datum sent date gesendet sendt dato saadetud kuupäev отправлено дата"
    ),
    "to": "vastaanottaja saaja kenelle till to mottagare reply-to an til adressaat kellele кому",
    "cc": "kopio kopia cc kopie koopia копия",
    "subject": "aihe otsikko ämne subject betreff betr. emne teema тема",
}
_KIND_OF = {word: kind for kind, words in _KINDS.items() for word in words.split()}
_WORDS = "|".join(sorted(map(re.escape, _KIND_OF), key=len, reverse=True))
_LABEL = re.compile(rf"[>\s*_|]{{0,20}}({_WORDS})\s?\*{{0,2}}\s?:\*{{0,2}}(?=\s|$|<|\")", re.IGNORECASE)
_LABEL_WITHIN = re.compile(rf"(?<!\S)\*{{0,2}}({_WORDS})\s?:\*{{0,2}}\s", re.IGNORECASE)
_SENT = frozenset(["lähetetty", "skickat", "sent", "gesendet", "sendt", "saadetud", "отправлено"])
_FIELD = re.compile(  # of a form on a website
    r"\s*\*{0,2}(?:viesti|viestisi|nimi|puhelin(?:numero)?|sähköposti(?:osoite)?|"
    r"meddelande|namn|telefon|message|name|phone)\s?\*{0,2}:",
    re.IGNORECASE,
)
_BLOCK_LINES = 14  # a header block with wrapped address lists
_WRAPPED_LINES = 3

_ORIGINAL = (
    r"alkuperäinen (?:viesti|sähköposti(?:viesti)?)|alkuperäisen viestin otsikot|"
    r"ursprungligt (?:meddelande|mejl|e-?post\w*)|originalmeddelande|original (?:message|subject|appointment)|"
    r"ursprüngliche nachricht|oprindelig meddelelse|opprinnelig melding|algne kiri|исходное сообщение"
)
_FORWARDED = (
    r"(?:edelleen)?(?:välitetty|lähetetty) (?:viesti|sähköposti)|"
    r"vidarebefordra[td]\w* (?:meddelande|mejl|mail|brev|e-?post\w*)|forwarded (?:message|mail)(?: from .{1,80})?|"
    r"weitergeleitete nachricht|videresendt (?:meddelelse|melding)|edastatud kiri|пересланное сообщение"
)
_APPLE = (
    r"välitetty viesti(?: alkaa)?:|(?:början på )?vidarebefordrat (?:brev|mejl|meddelande):|begin forwarded message:"
)
_SEPARATOR = re.compile(
    rf"[>\s]{{0,20}}(?:[-_=*~]{{2,80}}\s{{0,3}}(?:(?P<original>{_ORIGINAL})|{_FORWARDED})\s{{0,3}}[-_=*~]{{0,80}}|{_APPLE})\s*",
    re.IGNORECASE,
)
_ABOVE_THIS_LINE = re.compile(  # by which ticket systems part what is answered
    r"[\W_]{0,10}(?:(?:kirjoita|vastaa)\b.{0,40}\b(?:rivin|viivan) yläpuolelle|"
    r"(?:skriv|svara)\b.{0,40}\bovanför (?:denna|den här) (?:rad|linje)\w*|"
    r"(?:please )?(?:type|write|reply|respond|enter)\b.{0,40}\babove this line)[\W_]{0,10}",
    re.IGNORECASE,
)
_RULE = re.compile(r"\s*(?:_{10,200}|-{20,200}|={20,200})\s*")

_VERB = re.compile(r"\b(?:kirjoitti|skrev|wrote)\b", re.IGNORECASE)
_MONTHS = (
    r"(?:tammi|helmi|maalis|huhti|touko|kesä|heinä|elo|syys|loka|marras|joulu)(?:k(?:uu\w*)?)?|"
    r"jan|feb|mar|apr|maj|may|jun|jul|aug|sep|okt|oct|nov|dec"
)
_DATE = re.compile(
    rf"\b(?:\d{{1,2}}[./-]\s?\d{{1,2}}[./-]\s?\d{{2,4}}|\d{{4}}-\d\d-\d\d|\d{{1,2}}\.?\s(?:{_MONTHS})\w*\.?,?\s\d{{4}}|"
    rf"(?:{_MONTHS})\w*\.?\s\d{{1,2}},?\s\d{{4}})\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\b\d{1,2}[:.]\d{2}\b")
_ADDRESS = re.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_BRACKETED = re.compile(rf"[<(\[](?:mailto:)?{_ADDRESS.pattern}[>)\]]")
# Small words that clients put between a name and a date, in their languages.
_CONNECTING_WORDS = (
    "on den at kl klo kello am pm oy ab ma ti ke to pe la su mån tis ons tors fre lör sön maanantai maanantaina "
    "tiistai tiistaina keskiviikko keskiviikkona torstai torstaina perjantai perjantaina lauantai lauantaina "
    "sunnuntai sunnuntaina måndag tisdag onsdag torsdag fredag lördag söndag"
)
_CONNECTING = frozenset(_CONNECTING_WORDS.split())
_SMALL_WORD = re.compile(r"(?<![\w@.-])[a-zåäö]+(?![\w@-]|\.\w)")
_OLD_GMAIL = re.compile(r"\d{4}-\d\d-\d\d .{1,200}<[^<>\s]{1,200}@[^<>\s]{1,200}>:\s*")
_ATTRIBUTION_LINES = 3
_LONGEST_MARKS = 200
_TERSE = 80
_LONGEST_ATTRIBUTION = 400


@dataclass(frozen=True, slots=True)
class Introduction:
    """Lines [start, end) that introduce another mail. `sender` is what they say of its writer, `to` of its reader,
    `date` of its day, as written.

    `sure` is false for one that only quotation marks below it can confirm, or for a header block (`headed`) a subject
    that announces a forwarded mail.
    """

    start: int
    end: int
    sender: str
    forward: bool = False
    sure: bool = True
    date: str = ""
    to: str = ""
    headed: bool = False


def introduction(lines: Sequence[str], at: int) -> Introduction | None:
    """What another mail is introduced by at this line; None for ordinary text."""
    line = lines[at]
    labelled = ":" in line
    if ("yläp" in line or "ovanför" in line or "above" in line) and _ABOVE_THIS_LINE.fullmatch(line[:_TERSE]):
        return Introduction(at, at + 1, "")
    if labelled or "--" in line or "__" in line or "==" in line:
        found = _separated(lines, at) or (_header_block(lines, at) if labelled else None)
        if found:
            return found
    if _may_attribute(line) or (at + 1 < len(lines) and _may_attribute(lines[at + 1]) and _DATE.search(line[:200])):
        return _attribution(lines, at)
    return None


def quote_depth(line: str) -> int:
    """How many quotation marks a line begins with."""
    head = line[:_LONGEST_MARKS].lstrip()
    if not head.startswith(">"):
        return 0
    head = head.replace(" ", "")
    return len(head) - len(head.lstrip(">"))


def unquoted(line: str, depth: int) -> str:
    """A line without its first `depth` quotation marks."""
    for _ in range(depth):
        stripped = line.lstrip(" ")
        if not stripped.startswith(">"):
            break
        line = stripped[1:].removeprefix(" ")
    return line


def _separated(lines: Sequence[str], at: int) -> Introduction | None:
    """A separator line with the header block that usually follows it."""
    line = lines[at]
    separator = _SEPARATOR.fullmatch(line) if len(line) <= _LONGEST_ATTRIBUTION else None
    ruled = separator is None and bool(_RULE.fullmatch(line[:_LONGEST_ATTRIBUTION]))
    if not separator and not ruled:
        return None
    below = at + 1
    while below < min(len(lines), at + 4) and not lines[below].strip("> \t"):
        below += 1
    block = _header_block(lines, below, after_separator=bool(separator)) if below < len(lines) else None
    if separator is None:
        return replace(block, start=at) if block else None
    block = block or Introduction(at, at + 1, "")
    return replace(block, start=at, forward=not separator["original"])


def _header_block(lines: Sequence[str], at: int, *, after_separator: bool = False) -> Introduction | None:
    """A copy of a mail's header: at least three of sender, date, recipient, subject, the sender among them."""
    first = _LABEL.match(lines[at])
    if first is None or _KIND_OF[first[1].lower()] in {"to", "cc"}:
        return None
    if (flat := _flat_block(lines[at])) is not None:
        return Introduction(at, at + 1, flat)
    values: dict[str, str] = {}
    words: set[str] = set()
    end = at
    strange = 0
    for number in range(at, min(len(lines), at + _BLOCK_LINES)):
        line = lines[number]
        if label := _LABEL.match(line):
            kind = _KIND_OF[label[1].lower()]
            if kind in values:
                break  # the next block
            words.add(label[1].lower())
            values[kind] = line[label.end() : label.end() + _LONGEST_ATTRIBUTION].strip()
            end, strange = number + 1, 0
        else:
            strange += 1 if line.strip("> \t") else _WRAPPED_LINES  # one empty line may stand between, not two
            if strange > _WRAPPED_LINES:
                break
    needed = 2 if after_separator else 3
    if "from" not in values or len(values) < needed:
        return None
    sure = after_separator or _by_a_client(values, words, lines[end : end + _WRAPPED_LINES])
    sent, to = values.get("sent", ""), values.get("to", "")
    return Introduction(at, end, values["from"], sure=sure, date=sent, to=to, headed=True)


def _by_a_client(values: Mapping[str, str], words: Collection[str], below: Sequence[str]) -> bool:
    """Whether it was a mail client that wrote this block. People head their letters so, too, and forms what is typed
    into them: with a bare day where a client tells the time or says "sent", or with a form's next field below.
    """
    told = values.get("sent")
    if told is None:
        dated = any(_ADDRESS.search(values.get(kind, "")) for kind in ("from", "to"))
    else:
        dated = not _SENT.isdisjoint(words) or bool(_CLOCK.search(_DATE.sub(" ", told, count=1)))
    return dated and not any(_FIELD.match(line) for line in below)


def _flat_block(line: str) -> str | None:
    """A header block whose line ends were lost: the sender's value, or None."""
    labels = list(_LABEL_WITHIN.finditer(line[:600].lstrip("> \t")))
    kinds = [_KIND_OF[label[1].lower()] for label in labels]
    if len(set(kinds)) < 3 or kinds[0] != "from":
        return None
    return line[:600].lstrip("> \t")[labels[0].end() : labels[1].start()].strip()


def _may_attribute(line: str) -> bool:
    return "<" in line or "kirjoitti" in line or "skrev" in line or "wrote" in line


def _attribution(lines: Sequence[str], at: int) -> Introduction | None:
    """A sentence such as "X wrote on date:", on up to three lines, as clients put it above a quotation."""
    line = lines[at]
    if _OLD_GMAIL.fullmatch(line[:_LONGEST_ATTRIBUTION]):
        return Introduction(at, at + 1, line.strip(), date=line.strip())
    depth = quote_depth(line)
    text = ""
    for end in range(at, min(len(lines), at + _ATTRIBUTION_LINES)):
        if not lines[end].strip() or len(text) > _LONGEST_ATTRIBUTION or quote_depth(lines[end]) != depth:
            return None
        text = f"{text} {unquoted(lines[end][:_LONGEST_ATTRIBUTION], depth).strip()}".strip()
        if text.endswith(":") and _VERB.search(text):
            return _judged(lines, at, end + 1, text)
        if text.endswith(":") and _DATE.search(text) and _ADDRESS.search(text):  # whatever language the verb is in
            return Introduction(at, end + 1, text, sure=False, date=text)
    return None


def _judged(lines: Sequence[str], start: int, end: int, text: str) -> Introduction | None:
    """How sure it is that this sentence is a client's and not the writer's own.

    A client writes a name, an address, a date and little else; a writer needs small words. Without quotation marks
    below it, a sentence that a writer may have written must cut nothing off.
    """
    undated = _DATE.sub(" ", text)
    dated = undated != text
    timed = dated and bool(_CLOCK.search(undated))
    bracketed = bool(_BRACKETED.search(text))
    alone = start == 0 or not lines[start - 1].strip("> \t")
    plain = _VERB.sub(" ", _BRACKETED.sub(" ", undated))
    small = sum(word not in _CONNECTING for word in _SMALL_WORD.findall(plain))
    if end - start > 1:
        wrapped = alone and small <= 1 + bracketed and (timed or (dated and bracketed))
        return Introduction(start, end, text, date=text) if wrapped else None
    sure = (
        (bracketed and small <= 2) or (timed and small <= 1) or (dated and alone and small == 0 and len(text) <= _TERSE)
    )
    return Introduction(start, end, text, sure=sure, date=text)
