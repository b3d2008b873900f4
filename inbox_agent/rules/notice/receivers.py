"""To whom a notice says that data goes (GDPR 13(1)(e)): by name, else by category."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from inbox_agent.rules.notice import names
from inbox_agent.rules.notice.abroad import SERVICES
from inbox_agent.rules.notice.called import FORM_ALONE, bare, is_somebody, who
from inbox_agent.rules.notice.categories import SAYS_WHAT, as_written, in_its_words, only_describes, says_more
from inbox_agent.rules.notice.channels import contact_name
from inbox_agent.rules.notice.document import Document, Sentence
from inbox_agent.rules.notice.facts import LIKELY, NOTHING, SURE, Field, Value
from inbox_agent.rules.notice.gives import gives
from inbox_agent.rules.notice.heads import are_heads
from inbox_agent.rules.notice.how import dpo
from inbox_agent.rules.notice.listed import TO_WHOM, bracketless, items, providers
from inbox_agent.rules.notice.named import receivers_in
from inbox_agent.rules.notice.placeholders import is_placeholder
from inbox_agent.rules.notice.subjects import subjects
from inbox_agent.rules.notice.topics import Topic
from inbox_agent.rules.notice.who import controllers
from inbox_agent.rules.notice.wording import words

_SOURCES_SAID = words("what.sources_said")
_NOBODY = words("receivers.nobody")
_TO_WHOM = words("receivers.to_whom")
_NO_DATA = words("receivers.no_data")
_CLAUSES = re.compile(r";\s*|,\s*(?:ja|sekä|mutta|och|men|and|but)\s+")
# Whom only what they do tells apart: "kilpailun järjestävälle seuralle".
_DESCRIBED = re.compile(
    r"\b(?P<what>[\w-]+)\s+(?P<stem>\w+?)(?P<end>neelle|valle|välle)\s+(?P<who>seura|yhtiö|yritykse|taho|toimija)lle\b"
)
_USES = re.compile(r"\b[Ww]e use\s+([A-Z][^.;]+)")
_DONE_BY = re.compile(
    r"\b(?:handled|processed|provided)\s+by\s+([A-Z][\w&]+(?:\s[A-Z][\w&]+)?)(?=[.,;]|\s+(?:and|in|on)\b)"
)
_TO_AGAIN = re.compile(r"^(?:till|to)\s+", re.IGNORECASE)  # "till X, till Y och till Z"
_CAPITALS_BEFORE = re.compile(r"(?<=[a-zåäö,] )((?:[A-ZÅÄÖ][a-zåäö-]+\s){1,2})\Z")
_FIRST_OF_A_PAIR = re.compile(r"\b[A-ZÅÄÖa-zåäö]+- (?:ja|sekä) \Z")  # "Patentti- ja rekisterihallitukselle"
_TO_WHOM_ENDS = re.compile(r"(?<=[aeiouyäö])lle$")
_MUNICIPALITY = "kunta"
_FEWEST_ALIKE = 2
# What is given under a condition only, with the condition: ", with your consent, to your employer".
_CONDITION = re.compile(
    r",?\s+(?:om|med|när|if|with|when)\b[^,]*,\s*(?:to|till)\s[^,.;]*|,\s*(?:om|när|jos|mikäli|kun|if|when)\b[^,]*,"
)
_EXCEPT = re.compile(r"\b(?:paitsi|muille kuin|muuten kuin|lukuun ottamatta|utom|except|other than)\s+(.+)", re.DOTALL)
_DENIES = re.compile(r"\b(?:ei|emme|en|eivät|eikä|inte|aldrig|not|never)\b", re.IGNORECASE)


def recipients(document: Document) -> Field:
    """Who gets the data, by name where the notice names them, else by category."""
    under = frozenset(each for each in document.under(Topic.RECIPIENTS) if not is_placeholder(each.text))
    sentences = [each for each in document.sentences if each in under]
    named = [each for each in document.sentences if each not in under and gives(each)]
    what_for = _with_what_for(sentences)
    pieces = [piece for each in sentences for piece in _pieces(_whom_alone(each, what_for))]
    told = [(piece, True) for piece in pieces] + [(each, False) for each in named]
    nobody = _own_people(document)
    found: dict[str, str] = {}
    for sentence, told_here in told:
        if Topic.SOURCES in sentence.topics and _SOURCES_SAID.search(sentence.text):
            continue
        for name in _of_row(sentence.cells) if sentence.cells else _named(_of_data(sentence.text), told_here=told_here):
            if not nobody(name):
                found.setdefault(name, sentence.text)
    kept = tuple(name for name in found if not any(_is_told_by(name, other) for other in found))
    return Field(kept, found[kept[0]], SURE if sentences else LIKELY) if kept else NOTHING


def _own_people(document: Document) -> Callable[[str], bool]:
    """Whether a name is the controller's own, or its contact person's or officer's."""
    ours = controllers(document).value
    people = tuple(str(each.value) for each in (contact_name(document), dpo(document)) if each.value)
    return lambda name: _is_ours(name, ours) or any(person in name for person in people)


def _named(text: str, *, told_here: bool) -> Iterator[str]:
    """Whom a sentence names. `told_here`: it stands where recipients are told, and may be but a list of them."""
    listed = (tuple(items(text)) if told_here else ()) or tuple(receivers_in(text))
    doing = tuple(subjects(text, told=told_here))
    listed = tuple(
        one for one in listed if not any(says_more(name, one) for name in doing) and not only_describes(text, one)
    )
    known = (*listed, *(as_written(in_its_words(one, text)) for one in listed))
    doing = tuple(name for name in doing if not any(_alike(name, one) for one in known))
    given = _given_to(text, (*listed, *doing))
    yield from (in_its_words(name, text) for name in map(bare, (*listed, *doing, *given)) if is_somebody(name))


def _with_what_for(sentences: Sequence[Sentence]) -> frozenset[int]:
    """The sections whose items each tell whom and, behind a comma, what for: "Posti Oyj, pakettien kuljetus"."""
    often = Counter(each.section for each in sentences if not each.cells and _is_firm_and_what_for(each.text))
    return frozenset(section for section, count in often.items() if count >= _FEWEST_ALIKE)


def _is_firm_and_what_for(text: str) -> bool:
    name, parted, what_for = text.partition(", ")
    firms = names.organisations(name)
    return bool(parted) and len(firms) == 1 and firms[0][1] == 0 and not _listed_behind(what_for)


def _listed_behind(text: str) -> bool:
    """Whether what stands behind a comma goes on with a list of names or of known categories."""
    return not text[:1].islower() or any(receivers_in(text)) or "," in text


def _whom_alone(sentence: Sentence, with_what_for: frozenset[int]) -> Sentence:
    """An item of a list without what it gets data for."""
    name, parted, what_for = sentence.text.partition(", ")
    alone = (
        parted and not sentence.cells and (sentence.section in with_what_for or _is_firm_and_what_for(sentence.text))
    )
    return replace(sentence, text=name) if alone and what_for[:1].islower() else sentence


def _pieces(sentence: Sentence) -> Iterator[Sentence]:
    """What semicolons part under a heading of recipients, each by itself: who gets what for what."""
    if sentence.cells or ";" not in sentence.text:
        yield sentence
        return
    yield from (replace(sentence, text=part) for part in re.split(r";\s+", sentence.text) if part.strip())


def _of_data(text: str) -> str:
    """A sentence without its clauses that give somebody nothing about anybody: numbers, statistics."""
    if not _NO_DATA.search(text):
        return text
    return ", ".join(clause for clause in _CLAUSES.split(text) if not _NO_DATA.search(clause))


def _is_told_by(name: str, other: str) -> bool:
    """Whether another name tells the same one better: with its form ("Shopify Inc"), as the service that it is, or
    without what it does.
    """
    words, others = name.casefold().split(), other.casefold().split()
    if len(words) < len(others):
        same = others[: len(words)] == words
        return same and bool(FORM_ALONE.fullmatch(other.rsplit(maxsplit=1)[-1]) or SERVICES.fullmatch(other))
    return 1 < len(others) < len(words) and words[-len(others) :] == others and name[:1].islower()


def _of_row(cells: tuple[str, ...]) -> Iterator[str]:
    """Who gets data by a row of a table: the first cell that names somebody known as such, else the first; none by the
    row that says what the columns tell.
    """
    told = [cell for cell in cells if cell]
    if not told or are_heads(told):
        return
    known = next((cell for cell in told if any(receivers_in(cell))), told[0])
    firms = [name for name, _ in names.organisations(known)]
    yield names.whole(known, firms[0]) or firms[0] if len(firms) == 1 else known


def _given_to(text: str, named: Sequence[str]) -> Iterator[str]:
    """Whom a sentence about recipients gives data to: what ends in Finnish as "to whom" does, or follows "till", "to".
    Not what is named already, and nothing where the sentence denies.
    """
    if _DENIES.search(_CONDITION.sub(",", text)):
        excepted = _EXCEPT.search(text)
        if excepted is None or _DENIES.search(excepted[1]):
            return
        text = excepted[1]
    starts = [start for _, start in names.organisations(text)]
    yield from map(_described, _DESCRIBED.finditer(text))
    text = _DESCRIBED.sub("", text)
    told = [
        _whole_name(text, found)
        for found in TO_WHOM.finditer(text)
        if not any(SAYS_WHAT.fullmatch(text, found.end(), start) for start in starts if start > found.end())
        and not (text.startswith(", ", found.end()) and found.end() + 2 in starts)  # "suutarille, Lesti Oy:lle"
    ]
    for listed in _TO_WHOM.finditer(_CONDITION.sub(",", text)):
        parts = re.split(r",|(?<!-)\s+(?:och|and|or|eller|ja|sekä)\s+", bracketless(listed[listed.lastindex or 0]))
        told += [_TO_AGAIN.sub("", part.strip(" .")) for part in parts]
    told += (*_services_used(text), *providers(text))
    for name in told:
        words = name.split()
        known = any(_alike(name, one) for one in named) or any(one in named for one in receivers_in(name))
        if 0 < len(words) <= 4 and not _NOBODY.search(name) and not known:
            yield who(name.lower() if text.startswith(name) else name)


def _whole_name(text: str, found: re.Match[str]) -> str:
    """A word in "to whom", with the capitals before it that its name begins with: "Luottorahasto Kanavalle"."""
    if pair := _FIRST_OF_A_PAIR.search(text, 0, found.start()):
        return f"{pair[0]}{found[1]}"
    before = _CAPITALS_BEFORE.search(text, 0, found.start()) if found[1][:1].isupper() else None
    if before is None or any(receivers_in(before[1])):
        return found[1]
    last = who(found[1])
    return f"{before[1]}{_TO_WHOM_ENDS.sub('', last) if last == found[1] else last}"


def _described(found: re.Match[str]) -> str:
    """A receiver and what it does, in the nominative."""
    back = re.search(r"[aouyäö](?=[^aouyäö]*$)", found["stem"])
    done = "nut" if back and back[0] in "aou" else "nyt"
    end = done if found["end"] == "neelle" else found["end"].removesuffix("lle")
    return f"{found['what']} {found['stem']}{end} {found['who'].replace('yritykse', 'yritys')}"


def _services_used(text: str) -> Iterator[str]:
    """The names after "We use", whatever brackets and purposes stand behind them, and after "handled by"."""
    yield from (found[1] for found in _DONE_BY.finditer(text) if not any(names.persons(found[1])))
    if found := _USES.search(bracketless(text)):
        for part in re.split(r",|\s+and\s+", found[1]):
            name = re.split(r"\s+(?:to|for|as|in|on|which|who)\b", part.strip(" ."), maxsplit=1)[0]
            if name and all(word[0].isupper() or word[0].isdigit() for word in name.split()):
                yield name


def _alike(one: str, other: str) -> bool:
    """Whether two names begin alike, as a word in two cases does."""
    head = one.lower()[:5]
    return any(word.startswith(head) for word in other.lower().split()) or other.lower()[:5] in one.lower()


def _is_ours(name: str, ours: Value) -> bool:
    """Whether a receiver is the controller itself, by its name, by a part of it, or as the municipality that it is."""
    words = set(name.casefold().split())
    own = [one.casefold().split() for one in ours] if isinstance(ours, tuple) else []
    return any((len(words) > 1 and words <= set(one)) or name == one[-1] == _MUNICIPALITY for one in own)
