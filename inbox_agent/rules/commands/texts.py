"""The words that a person gives as text, as they stand in the line: a note, a sentence for the letter, a reason."""

from __future__ import annotations

import re
from collections.abc import Sequence

from inbox_agent.rules.commands import names
from inbox_agent.rules.commands.base_forms import base_form
from inbox_agent.rules.commands.function_words import FUNCTION
from inbox_agent.rules.commands.part import Spoken
from inbox_agent.rules.commands.word import Word

THAT = frozenset({"etta", "et", "att", "that"})
"""Words behind which a text begins."""
_INTO = ("into_letter", "n_letter")
_TRAILING = " .,;:!–-"


def noted(spoken: Spoken) -> str | None:
    """What stands behind "että" or the colon, else behind the words that say it is a note, or before them."""
    if told := _told_first(spoken):
        return told
    for at, word in enumerate(spoken.words):
        if word.text == ":" or word.form in THAT:
            return from_word(spoken, at + 1)
    last = max((at for at, word in enumerate(spoken.words) if _noting(word)), default=-1)
    return from_word(spoken, last + 1)


def _told_first(spoken: Spoken) -> str | None:
    """As in "Tiedoksi, että kopio lähti; kirjaa se muistiin": the text comes first, and is then to be written down."""
    words, mark = spoken.line.words[: spoken.indices[-1] + 1], 0
    for at in range(len(words) - 1, 0, -1):
        if words[at].text in _PARTING and at + 1 < len(words):
            mark = at
            break
    last = [word for word in words[mark + 1 :] if word.kind == "word"]
    noting = any({"v_note", "v_note_word"} & word.tags or word.form in _PUT_DOWN for word in last)
    bare = all(_noting(word) or "this" in word.tags or word.form in FUNCTION.small_in_a_note for word in last)
    if not mark or not noting or not bare:
        return None
    that = next((at + 1 for at in range(min(mark, _LEADING)) if words[at].form in THAT), 0)
    first = that if not any(tag.startswith("v_") for word in words[:that] for tag in word.tags) else 0
    return trimmed(spoken.line.text[words[first].start : words[mark - 1].end]) if first < mark else None


_LEADING = 4  # words before the text, as in "Tiedoksi, että"
_PARTING = frozenset({",", ";", "."})
_PUT_DOWN = frozenset({"muistiin", "ylos"})


def _noting(word: Word) -> bool:
    return bool({"v_note", "v_note_word", "v_add"} & word.tags) or word.form in {
        "muistiin",
        "ylos",
        "asialle",
        "tapaukselle",
        "asiaan",
    }


def added(spoken: Spoken) -> str | None:
    """What is to be added to the letter."""
    if spoken.quoted:
        return spoken.quoted
    for at, word in enumerate(spoken.words):
        if word.text == ":" or word.form in THAT:
            return up_to_the_deed(spoken, at + 1, {"v_add", "v_add_plain", "v_write_that"})
    last = max(
        (at for at, w in enumerate(spoken.words) if {"v_add", "v_add_plain", "v_write_that", *_INTO} & w.tags),
        default=-1,
    )
    while last + 1 < len(spoken.words) and spoken.words[last + 1].form in _JOINING:
        last += 1
    if later := from_word(spoken, last + 1):
        return later
    adding = next((at for at, w in enumerate(spoken.words) if {"v_add", "v_add_plain"} & w.tags), -1)
    kept = [w for w in spoken.words[adding + 1 :] if not set(_INTO) & w.tags and w.kind == "word"]
    return joined([w for w in kept if w.form not in _JOINING])


_JOINING = frozenset({"till", "to", "the", "i", "in", "en", "ett", "viela"})


def removed(spoken: Spoken) -> str | None:
    """What is to be taken out of the letter."""
    if spoken.quoted:
        return spoken.quoted
    kept = [
        w
        for w in spoken.words
        if "v_remove" not in w.tags and w.form not in FUNCTION.small_in_a_removal and w.kind != "mark"
    ]
    return joined(kept)


def replaced(spoken: Spoken) -> str | None:
    """What is to stand instead: the later quotation, or the last word; with what it replaces where a word says so."""
    if exchanged := _exchanged(spoken):
        return exchanged
    quoted = [word.text[1:-1].strip() for word in spoken.words if word.kind == "quoted"]
    if quoted:
        return quoted[-1]
    form = next(
        (at for at, word in enumerate(spoken.words) if word.form in {"muotoon", "sanaksi", "tilalle", "till", "into"}),
        None,
    )
    if form is not None and (later := from_word(spoken, form + 1)):
        return later
    plain = [word.text for word in spoken.words if word.kind == "word"]
    return plain[-1] if plain else None


def _exchanged(spoken: Spoken) -> str | None:
    """As in "vaihda sana asiakas sanaksi jäsen", "change the word tenant to resident": "asiakas -> jäsen"."""
    words = spoken.words
    if told := _instead(spoken):
        return told
    quoted = [word.text.strip(_QUOTES) for word in words if word.kind == "quoted"]
    if len(quoted) == len(("old", "new")):
        return " -> ".join(quoted)
    named = next((at for at, word in enumerate(words) if word.form in FUNCTION.word_named), None)
    first = next((at for at, word in enumerate(words) if at and word.form in FUNCTION.word_into), len(words))
    named = named if named is not None and named < first else None  # "... to Wednesday in the second sentence"
    into = next((at for at, word in enumerate(words) if at > (named or 0) and word.form in FUNCTION.word_into), None)
    swapped = any(word.form in FUNCTION.word_swapped for word in words[:2])
    others = [word for at, word in enumerate(words) if at != into]
    deedless = not any(tag.startswith("v_") and tag != "v_away" for word in others for tag in word.tags)
    bare = into is not None and words[into].form == "tilalle" and deedless  # "kortti tilalle kertomus"
    if into is None:
        return _into_another(spoken, _changing(words))
    if named is None and not (swapped or bare) and words[into].form not in FUNCTION.word_surely_into:
        return None
    start = 0 if bare else (named if named is not None else _changing(words)) + 1
    old, new = words[start:into], words[into + 1 :]
    new = new[1:] if new and new[0].form in FUNCTION.word_named else new
    old = old[:-1] if len(old) > 1 and "v_away" in old[-1].tags else old  # "hei pois, tilalle moi"
    old = old[1:] if len(old) > 1 and old[0].form == "ut" else old  # "byt ut"
    new = new[: next((at for at, word in enumerate(new) if at and word.form in _WHERE), len(new))]
    texts = [spoken.line.text[part[0].start : part[-1].end].strip(_QUOTES) for part in (old, new) if part]
    return f"{texts[0]} -> {texts[1]}" if len(texts) == len((old, new)) else None


def _into_another(spoken: Spoken, changing: int) -> str | None:
    """As in "vaihda Virtanen Wirtaseksi", "muuta asiakas jäseneksi", "vaihda 14 päivää 30 päiväksi"."""
    words = [word for word in spoken.words[changing + 1 :] if word.kind in {"word", "num"}]
    while len(words) > len(("old", "new")) and words[-1].form.endswith(_INSIDE):
        words = words[:-1]
    told = changing >= 0 and len(words) > 1 and not any(tag.startswith("fact.") for tag in words[0].tags)
    if not told or not (into := _INTO_FORM.fullmatch(words[-1].text)):
        return None
    if words[-2].kind == "num" and len(words) > len(("old", "30", "päiväksi")):
        return f"{_written(spoken, words[:-2])} -> {words[-2].text} {_counted(words[-3].text, into[1])}"
    put = f"{into[1]}lle"
    return f"{_written(spoken, words[:-1])} -> {names.base_form(put) if put[:1].isupper() else base_form(put)}"


def _written(spoken: Spoken, words: Sequence[Word]) -> str:
    return spoken.line.text[words[0].start : words[-1].end]


def _counted(unit: str, stem: str) -> str:
    """What is counted, in the form that it had behind its number: "14 päivää ... 30 päiväksi" is 30 päivää."""
    return unit if unit.lower().startswith(stem[:_OF_A_UNIT].lower()) else base_form(f"{stem}lle")


_OF_A_UNIT = 4  # letters that tell one


_INSIDE = ("ssa", "sta", "lla")
"""Where in the letter: "vaihda maanantai tiistaiksi toisessa lauseessa"."""
_INTO_FORM = re.compile(r"(\w{3,}?)(?:ksi|ks)")


def _instead(spoken: Spoken) -> str | None:
    """As in "write Smythe instead of Smith", "skriv Lindholm i stället för Lindström", "Virtasen sijaan Wirtanen"."""
    words = [word for word in spoken.words if word.kind == "word"]
    at = next((at for at, word in enumerate(words) if word.form in _INSTEAD), None)
    if at is None or not 0 < at < len(words) - 1:
        return None
    if words[at].form in _FINNISH_INSTEAD:
        old = base_form(words[at - 1].text)
        new = words[at + 1 :]
    else:
        first = max((i for i in range(at) if words[i].tags & _WRITING or words[i].form in _PUTTING), default=-1)
        new = [word for word in words[first + 1 : at] if word.form not in _SMALL]
        old = " ".join(word.text for word in words[at + 1 :] if word.form not in _SMALL)
    return f"{old} -> {' '.join(word.text for word in new)}" if new and old else None


_WHERE = frozenset({"in", "on", "i", "pa", "under"})
"""Where in the letter the word stands: "change Monday to Wednesday in the second sentence"."""
_FINNISH_INSTEAD = frozenset({"sijaan", "sijasta", "asemesta"})
_INSTEAD = _FINNISH_INSTEAD | {"instead", "stallet"}
_WRITING = frozenset({"v_write", "v_write_that", "v_change", "v_add", "v_replace"})
_PUTTING = frozenset({"write", "put", "say", "use", "skriv", "anvand", "satt", "kirjoita", "kayta", "laita"})
_SMALL = frozenset({"i", "of", "for", "the", "word", "ordet"})


def _changing(words: Sequence[Word]) -> int:
    told = (at for at, one in enumerate(words) if "v_change" in one.tags or one.form in FUNCTION.word_swapped)
    return next(told, -1)


_QUOTES = " .,\"”“'«»"


def after(spoken: Spoken, tag: str) -> str | None:
    """What stands behind the last word with a meaning."""
    last = max((at for at, word in enumerate(spoken.words) if tag in word.tags), default=-1)
    words = [w for w in spoken.words[last + 1 :] if w.form not in {"nimella", "nimi", "as", "som"} and w.kind == "word"]
    return " ".join(w.text[:1].upper() + w.text[1:] for w in words) or None


def rest(spoken: Spoken) -> str | None:
    """What a later clause of the part gives as its reason."""
    later = sorted(spoken.spans[1:])
    if "v_reopen" in spoken.tags and len(spoken.spans) > 1:
        later = sorted(span for span in spoken.spans if not _REOPENING & _tags(spoken, span) or _theirs(spoken, span))
        return trimmed(spoken.written(later)) if later else None
    if later:
        start, end = later[0][0], later[-1][1]
        return trimmed(spoken.line.text[spoken.line.words[start].start : spoken.line.words[end - 1].end])
    for at, word in enumerate(spoken.words):
        if word.form in {"koska", "kun", "because", "eftersom", "silla"} and at:
            return from_word(spoken, at + 1)
    return None


def _theirs(spoken: Spoken, span: tuple[int, int]) -> bool:
    """As in "he wrote again": what they did, and why it is opened."""
    first = spoken.line.words[span[0]].form
    return first in _THEY and not {"set_aside_word", "closed_word"} & _tags(spoken, span)


_THEY = frozenset({"han", "se", "asiakas", "hakija", "he", "she", "they", "customer", "hon", "kunden", "de"})
_REOPENING = frozenset({"v_reopen", "v_open", "again", "num", "name"})


def _tags(spoken: Spoken, span: tuple[int, int]) -> frozenset[str]:
    return frozenset(tag for word in spoken.line.words[slice(*span)] for tag in word.tags)


def joined(words: Sequence[Word]) -> str | None:
    """The words, one space between each."""
    return trimmed(" ".join(word.text for word in words)) if words else None


def up_to_the_deed(spoken: Spoken, at: int, deed: set[str]) -> str | None:
    """The text from a word on, without a later clause that only says what to do with it: "..., lisää se loppuun"."""
    behind = sorted(span for span in spoken.spans if span[0] > spoken.indices[at] and deed & _tags(spoken, span))
    end = spoken.indices.index(behind[0][0]) if behind else len(spoken.words)
    words = spoken.words[at:end]
    while words and (words[-1].form in FUNCTION.causes or words[-1].form in FUNCTION.around_a_thing):
        words = words[:-1]
    return trimmed(spoken.line.text[words[0].start : words[-1].end]) if words else None


def from_word(spoken: Spoken, at: int) -> str | None:
    """The text from a word of the part to its last."""
    if at >= len(spoken.words):
        return None
    return trimmed(spoken.line.text[spoken.words[at].start : spoken.words[-1].end])


def trimmed(text: str) -> str | None:
    """The text without the marks at its ends; nothing where only they were."""
    bare = text.strip(_TRAILING).strip()
    begins = text.find(bare)
    dated = bare[-1:].isdigit() and text[begins + len(bare) :].startswith(".") and _DATE.search(bare)
    return f"{bare}." if dated else bare or None


_DATE = re.compile(r"\d{1,2}\.\d{1,2}$")
"""The end of a day whose full stop is its own: "avaimet palautettiin 3.3."."""
