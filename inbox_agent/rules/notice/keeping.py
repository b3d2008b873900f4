"""How long a notice says that data is kept, against GDPR 5(1)(e), 13(2)(a) and the Accounting Act 2:10."""

from __future__ import annotations

import re
from collections.abc import Iterator

from inbox_agent.rules.notice import what
from inbox_agent.rules.notice.document import Document, Sentence
from inbox_agent.rules.notice.facts import Facts, Name
from inbox_agent.rules.notice.numbers import years
from inbox_agent.rules.notice.wording import words

VOUCHER_YEARS = 6
"""From the end of the calendar year in which the financial year ended (Accounting Act 2:10.2)."""

_LONG = 10
_NEARLY_RIGHT = frozenset({6, 7})  # six years from the end of a year are up to seven in all
_DEFINITE = words("keeping.definite")
_NO_TIME = words("keeping.no_time")
_AS_NEEDED = words("keeping.as_needed")
_FOR_EVER = words("keeping.for_ever")
_JUSTIFIED = words("keeping.justified")
_WHY = words("keeping.why")
_ACCOUNTING = words("keeping.accounting")
_VOUCHERS = words("keeping.vouchers")
_BOOKS = words("keeping.books")
_VOUCHERS_SO_CALLED = words("keeping.vouchers_so_called")
_OTHER_LAW = words("keeping.other_law")
_WHOLE_CARD = words("keeping.whole_card")
_COMES_BACK = words("keeping.comes_back")


def findings(document: Document, facts: Facts) -> Iterator[tuple[str, str | None]]:
    told = [each for each in what.retention_sentences(document) if not _COMES_BACK.search(each.text)]
    if facts[Name.RETENTION].value is None or not told:
        yield "retention_missing", None
        return
    # Beside a time that says nothing, keeping something else for ever makes nothing definite, nor do the vouchers.
    needed = next((each.text for each in told if _AS_NEEDED.search(each.text)), None)
    if not any(_definite(each.text) and not (needed and _says_little(each.text)) for each in told):
        yield "retention_vague", needed or told[0].text
    yield from (("retention_vague", each.text) for each in told if _NO_TIME.search(each.text))
    for sentence in told:
        if _by_accounting_act(sentence.text):
            yield "retention_kpl_wrong", sentence.text
        elif any(_too_long(clause, _with_its_reason(document, sentence)) for clause in _clauses(sentence.text)):
            yield "retention_long", sentence.text


def _says_little(text: str) -> bool:
    """Whether a sentence sets no time for what a person is asked about: for ever, or for what accounting keeps."""
    return _FOR_EVER.search(text) is not None or bool(_VOUCHERS.search(text) and not _WHOLE_CARD.search(text))


def _with_its_reason(document: Document, sentence: Sentence) -> str:
    """A sentence with the one right behind it that goes on to tell why the time is what it is."""
    behind = iter(document.sentences[document.sentences.index(sentence) + 1 :])
    following = next(behind, None)
    if following and following.section == sentence.section and _WHY.search(following.text):
        return f"{sentence.text} {following.text}"
    return sentence.text


def _definite(text: str) -> bool:
    """Whether a sentence names a time or an event that ends the keeping, or says that none does."""
    if _NO_TIME.search(text):
        return False
    return bool(what.PERIOD.search(text) or _DEFINITE.search(text) or _FOR_EVER.search(text)) or years(text) is not None


def _clauses(text: str) -> list[str]:
    return re.split(r";|,\s(?=[a-zåäö-]+\s)|(?<=[a-zåäö])\.\s", text)


def _too_long(clause: str, sentence: str) -> bool:
    """Ten years or more, or for ever, for which the sentence gives no reason in law."""
    if _JUSTIFIED.search(sentence):
        return False
    return bool(_FOR_EVER.search(clause)) or (years(clause) or 0) >= _LONG


def _voucher_kept_otherwise(clause: str) -> bool:
    """Whether vouchers, called so as the Act does, are kept for another time, for which no other law is named."""
    number = years(clause)
    if number is None or number in _NEARLY_RIGHT or not _VOUCHERS_SO_CALLED.search(clause):
        return False
    return not (_BOOKS.search(clause) or _OTHER_LAW.search(clause))


def _by_accounting_act(text: str) -> bool:
    """Whether the Accounting Act is made to carry what it does not, or the wrong number of years."""
    if not _ACCOUNTING.search(text):
        return any(_voucher_kept_otherwise(clause) for clause in _clauses(text))
    for clause in _clauses(text):
        number = years(clause)
        if number is None:
            continue
        if _WHOLE_CARD.search(clause) and not _VOUCHERS.search(clause):
            return True
        if _VOUCHERS.search(clause) and not _BOOKS.search(clause) and number not in _NEARLY_RIGHT:
            return True
    return False
