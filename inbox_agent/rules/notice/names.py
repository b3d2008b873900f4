"""Names of organisations, told by their legal form, and of persons, told by their capitals.

Owns where a name begins and ends, without its case ending. Refuses titles, streets and templates' leftovers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import islice, takewhile

from inbox_agent.rules.fold import fold
from inbox_agent.rules.lexicon_files import table
from inbox_agent.rules.notice.wording import words

_FORMS = (
    r"Tmi|T:mi|Oyj|OYJ|oyj|Oy|OY|oy|Ab|AB|Ky|KY|ky|Kb|KB|Ay|ay|Osk|osk|ry|r\.y\.|r\.y|rf|r\.f\.|sr|rs"
    r"|Ltd|LLC|LLP|Inc|Corp|GmbH|AG|KG|BV|PLC|B\.V\.|NV|AS|A/S|ApS|SA|S\.A\.|SARL|SAS|SpA|SE|OÜ|UAB|Abp|andelslag"
    r"|Co(?!\.?\s+(?:Oyj?|Ab|Ky|Ay|Ltd|Inc|KG)\b)"
    r"|[Aa]voin yhtiö|[Oo]sakeyhtiö|[Kk]ommandiittiyhtiö|[Aa]ktiebolag"
    r"|(?:Osuuskunta|Andelslag)(?!\s+[A-ZÅÄÖ])"
)
_FORM = re.compile(
    rf"(?<=[\w)&’'\"”.-])(?:\s+|,\s+(?=(?:Inc|Ltd|LLC|GmbH)\b))(?P<form>{_FORMS})(?![\w])(?P<more>\s+(?:Ab|LKV)\b)?"
)
_LEADING = re.compile(
    r"\b(?P<name>(?:Tmi|T:mi|[Tt]oiminimi|Osuuskunta|Asunto Oy|As Oy|As\. Oy|Kiinteistö Oy|Bostads Ab)"
    r"(?:[ ]+[A-ZÅÄÖ][\w'’-]*[ ]+(?:ja|och|and)[ ]+[A-ZÅÄÖ][\w'’-]*(?=\s*(?:[(,.;]|$))"  # "Tmi Neula ja Lanka (...)"
    r"|(?:[ ]+[A-ZÅÄÖ&][\w&'’-]*){1,5}))",
    re.MULTILINE,
)
_PUBLIC = re.compile(
    r"\b(?P<name>(?:[A-ZÅÄÖ][\w-]+[ ]){1,3}(?:kaupunki|kunta|kuntayhtymä|seurakunta|seurakuntayhtymä|hyvinvointialue"
    r"|yliopisto|koulutuskuntayhtymä"
    r"|pelastuslaitos|poliisilaitos|ammattikorkeakoulu|hovioikeus|käräjäoikeus|sairaanhoitopiiri|maakuntaliitto"
    r"|säätiö|yhdistys|osuuskunta|liitto|seura|tiekunta|osakaskunta|kalatalousalue|yhteismetsä"
    r"|[A-ZÅÄÖ][a-zåäö-]+(?:seurakunta|säätiö|yhdistys|osuuskunta|liitto|seura)))\b"
    rf"(?P<own>(?:\s[A-ZÅÄÖ][\w&'’-]*){{1,3}}\s(?:{_FORMS})(?!\w))?"
)
_SIGNS = frozenset({"&", "+", "-", "–"})
_LETTER = re.compile(r"[A-ZÅÄÖ]\.")  # before an item: "B. Kukka Oy"
_OF_OURS = re.compile(r"[A-ZÅÄÖ]\w{3,}(?:mme|(?<=\w{5}[jt][aä])ni)")  # who somebody is to us: "Kirjanpitäjämme X Oy"
_DASHES = frozenset({"-", "–", "—"})
_TITLED = words("marks.title_words")  # before a dash: "Tietosuojaseloste - Kukka Oy"
_LINKS = frozenset({"ja", "och", "and"})
_PLACES = frozenset({"i"})  # between a name and its place, in Swedish: "Matlådan i Nykarleby Ab"
_WITHIN = frozenset({"the"})  # in the midst of an English name: "Under the Clock Oy"
_JOINERS = _LINKS | _PLACES | _WITHIN
_OF_BOTH = re.compile(r"(?:ten|den|jen)$")
_CLOSES = re.compile(rf"\s+(?:{_FORMS})\.?(?:\s*(?:[,(–:]|$)|\s{{2,}})", re.MULTILINE)
_STOPS = frozenset({",", ";", "(", '"', "”", "„", ":", "|"})
_BUSINESS_ID = re.compile(r"\d{7}-\d")
_TOKEN = re.compile(r"[^\s,;()\"”„:|]+|[,;(\"”„:|]")
_POSTAL_CODE = re.compile(r"\d{5}")
_OWN_NAME = re.compile(rf"^(?:{_FORMS}|Posti|Kela|Verohallinto|Google|Meta|Facebook|Microsoft|Matkahuolto|Kanta)$")
_ENDED = re.compile(r"(?:Oyj?|Ab|AB|Ky|Ay|ry|rf)\.")
_FAR = 120
_MOST_OF_WORK = 4  # words between such a pair and the form: "Palkka ja Lasku Nyman Oy"
_LONGEST_NAME = 7
_SMALL_WORDS = 3
_MOST = 200
_NO_NAMES = words("marks.no_names")
_OF_WORK = words("marks.of_work")
_NO_CAPITALS = words("marks.no_capitals")

# A name with "ja" or other small words in it, told from two names or from a sentence by standing alone on its line.
_ALONE = re.compile(
    r"(?!.*\b(?:Oyj?|Ab|Ky|Ay|ry)\b.*\b(?:ja|Oyj?|Ab|Ky|Ay|ry)\b)[A-ZÅÄÖ][\w&'’-]*(?:[ ](?:&|[\w&'’-]+)){1,6}"
)
_NAME_LABEL = re.compile(r"^(?:Nimi|Yritys|Yhtiö|Yhdistys|Organisaatio|Name|Namn|Företag|Company):\s*")
_ENGLISH_SMALL = frozenset({"the", "of"})
_SMALL_IN_NAME = words("marks.small_in_name")
_NO_BARE_NAME = words("who.no_bare_name")

_TITLE = words("marks.titles")
_WORD = r"[A-ZÅÄÖÜÉ][a-zåäöüéóáš]{1,20}(?:-[A-ZÅÄÖ][a-zåäö]{1,20})?"
_PERSON = re.compile(rf"(?<![\w@.-])({_WORD}(?:[ ]+(?:von|af|de)\b)?(?:[ ]+{_WORD}){{1,3}})(?![\w@-])")
_NO_PERSON = words("marks.no_person")
_NO_SURNAME = words("marks.no_surname")
_WHERE = re.compile(r"(?:ssa|ssä|lla|llä|sta|stä|lta|ltä)$")


def organisations(text: str) -> list[tuple[str, int]]:
    """The organisations that a text names by their legal form, in its order; case endings and quotes are left out."""
    unique = dict[str, int]()
    for name, start in sorted(mentions(text), key=lambda one: one[1]):
        unique.setdefault(name, start)
    return list(unique.items())


@lru_cache(maxsize=1024)
def mentions(text: str) -> tuple[tuple[str, int], ...]:
    """Every mention of an organisation with its place; of an endless list its beginning."""
    found = [(match["name"].strip(), match.start()) for match in islice(_LEADING.finditer(text), _MOST)]
    spans = [(start, start + len(name)) for name, start in found]
    for match in islice(_FORM.finditer(text), _MOST):
        begin = _name_start(text, match.start())
        if begin is not None and not _within(match.start(), spans):
            name = f"{text[begin : match.start()]} {match['form']}{match['more'] or ''}"
            found.append((" ".join(name.split()), begin))
            spans.append((begin, match.end()))
    for match in islice(_PUBLIC.finditer(text), _MOST):
        parts = match["name"].split()
        while parts and _NO_CAPITALS.fullmatch(parts[0]):
            parts.pop(0)
        if len(parts) > 1 and match["own"]:
            whole = " ".join((*parts, *match["own"].split()))
            within = [one for one in found if match.start("own") <= one[1] < match.end("own")]
            found = [one for one in found if one not in within]
            found.append((whole, match.start("name")))
        elif len(parts) > 1 and not _within(match.start("name"), spans):
            found.append((" ".join(parts), match.start("name")))
    return tuple(found)


def _within(place: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)


def _name_start(text: str, end: int) -> int | None:
    """Where the name before a legal form begins: back over capitals, and over small words that end the name."""
    first = max(text.rfind("\n", max(0, end - _FAR), end) + 1, end - _FAR, 0)
    begin: int | None = None
    capital_seen = False
    later: list[int] = []
    tokens = list(reversed(list(_TOKEN.finditer(text, first, end))))
    for steps, word in enumerate(tokens):
        token = word[0]
        if _POSTAL_CODE.fullmatch(token) and len(later) > 1:
            return later[-2]  # the code and its town end the address of the one named before
        if _BUSINESS_ID.fullmatch(token):
            break  # of the one named before
        later.append(word.start())
        if token.endswith("toimisto") and token[0].isupper() and begin is not None:
            return word.start()  # a capital before the name: its own word, or what it is
        if (
            steps > _LONGEST_NAME
            or (_is_no_part(token) and not (capital_seen and (token in _WITHIN or _is_initial(tokens, steps))))
            or (token in _DASHES and _TITLED.search(text, first, word.start()))
        ):
            break
        if capital_seen and token in _JOINERS:
            follows = tokens[steps - 1][0]
            if not _joins(token, tokens[steps + 1 :], steps, closes=_closes(text, end), follows=follows):
                break
        elif token[0].isupper() or token[0].isdigit():
            begin = word.start()
            capital_seen = (
                capital_seen or not token[0].isdigit()
            )  # a number ends what small words follow: "osasto 9 ry"
        elif not _may_link(token, capital_seen, steps):
            break
    return begin


def _is_initial(tokens: Sequence[re.Match[str]], at: int) -> bool:
    """Whether a letter with a stop stands within a name, behind a capital of its own: "Maansiirto T. Sorsa Oy"."""
    if _LETTER.fullmatch(tokens[at][0]) is None or at + 1 >= len(tokens):
        return False
    before = tokens[at + 1]
    return before[0][0].isupper() and len(before[0]) > 1 and not _is_no_part(before[0])


def _closes(text: str, end: int) -> bool:
    return _CLOSES.match(text, end) is not None


def _is_no_part(token: str) -> bool:
    """Whether a token ends a name on its way back; the form of another name with a stop ends its sentence."""
    return token in _STOPS or bool(
        _LETTER.fullmatch(token)
        or _OF_OURS.fullmatch(token)
        or _NO_NAMES.fullmatch(token)
        or _NO_CAPITALS.fullmatch(token)
        or _ENDED.fullmatch(token)
    )


def _joins(link: str, before: Sequence[re.Match[str]], after: int, *, closes: bool, follows: str) -> bool:
    """Whether a link stands within one name: one word follows it before the form ("Rantanen ja Mielonen Ky"), and what
    stands before is no organisation by itself, nor one word that only begins its sentence. Two words of one ending are
    a pair ("Pöllösten ja Pulkkisten Sukuseura ry"); what begins and fills its line is a name. `closes`: nothing but a
    mark follows the form.
    """
    if not before or not before[0][0][0].isupper() or _OWN_NAME.fullmatch(before[0][0]):
        return False
    if link in _LINKS and _OF_BOTH.search(before[0][0]) and _OF_BOTH.search(follows):
        return True
    if link in _LINKS and before and _OF_WORK.fullmatch(before[0][0]) and after < _MOST_OF_WORK:
        return True
    run = list(takewhile(lambda word: word[0][0].isupper() and not _NO_CAPITALS.fullmatch(word[0]), before))
    if link in _WITHIN:
        return len(before) == 1
    if after != 1:
        return False
    return link in _PLACES or len(run) > 1 or len(run) < len(before) or closes


def _may_link(token: str, capital_seen: bool, steps: int) -> bool:
    """Whether a small word may stand in a name: signs anywhere, other words only at its end ("Kuoron ystävät ry")."""
    if token in _SIGNS:
        return True
    return not capital_seen and (token in _LINKS or steps <= _SMALL_WORDS)


def whole(line: str, name: str) -> str | None:
    """The whole of a line, as far as a comma or a bracket, that is nothing but a longer name."""
    told = _NAME_LABEL.sub("", re.split(r"[,(]", line)[0].strip())
    before = told.removesuffix(name).split()
    known = any(
        _NO_BARE_NAME.search(word) or (_NO_NAMES.fullmatch(word) and word not in _ENGLISH_SMALL) for word in before
    )
    within = all(_SMALL_IN_NAME.fullmatch(word) for word in before if word[:1].islower())
    return told if told.endswith(name) and _ALONE.fullmatch(told) and within and not known else None


def persons(text: str) -> Iterator[tuple[str, int]]:
    """Names of persons: two to four words with capitals that are no title, street or organisation."""
    companies = [(start, start + len(name)) for name, start in mentions(text)]
    for found in _PERSON.finditer(text):
        if any(start <= found.start() < end for start, end in companies):
            continue
        parts = found[1].split()
        start = found.start()
        while parts and (_TITLE.search(parts[0]) or _NO_CAPITALS.fullmatch(parts[0])):
            start += len(parts[0]) + 1
            parts.pop(0)
        if len(parts) > 2 and _WHERE.search(parts[-1]):
            parts.pop()
        if len(parts) > 2 and not _is_given(parts[0]) and _is_given(parts[1]):
            start += len(parts.pop(0)) + 1  # a title that no list has: "Meklari Kaarlo Vasara"
        name = " ".join(parts)
        follows = text[found.end() : found.end() + 4]
        if (
            len(parts) < 2
            or _NO_PERSON.match(name)
            or any(_NO_SURNAME.search(word) for word in parts)
            or re.match(r"[ \t]\d", follows)
        ):
            continue
        yield name, start


def _is_given(word: str) -> bool:
    return any(part in _usual_given() for part in fold(word).split("-"))


@cache
def _usual_given() -> frozenset[str]:
    return frozenset(table("names.toml")["given"].split())
