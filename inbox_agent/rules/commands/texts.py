"""The words that a person gives as text: a note, a sentence for the letter, a topic."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from inbox_agent.rules.commands.clock_times import ahead, times
from inbox_agent.rules.commands.function_words import FUNCTION
from inbox_agent.rules.commands.numbers import number
from inbox_agent.rules.commands.part import Spoken
from inbox_agent.rules.commands.word import Word

_THAT = frozenset({"etta", "et", "att", "that"})
_INTO = ("into_letter", "n_letter")
_TRAILING = " .,;:!–-"


def noted(spoken: Spoken) -> str | None:
    """What stands behind "että" or the colon, else behind the words that say it is a note, or before them."""
    if told := _told_first(spoken):
        return told
    for at, word in enumerate(spoken.words):
        if word.text == ":" or word.form in _THAT:
            return _from(spoken, at + 1)
    last = max((at for at, word in enumerate(spoken.words) if _noting(word)), default=-1)
    return _from(spoken, last + 1)


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
    that = next((at + 1 for at in range(min(mark, _LEADING)) if words[at].form in _THAT), 0)
    first = that if not any(tag.startswith("v_") for word in words[:that] for tag in word.tags) else 0
    return _trimmed(spoken.line.text[words[first].start : words[mark - 1].end]) if first < mark else None


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
        if word.text == ":" or word.form in _THAT:
            return _up_to_the_deed(spoken, at + 1, {"v_add", "v_add_plain", "v_write_that"})
    last = max(
        (at for at, w in enumerate(spoken.words) if {"v_add", "v_add_plain", "v_write_that", *_INTO} & w.tags),
        default=-1,
    )
    while last + 1 < len(spoken.words) and spoken.words[last + 1].form in _JOINING:
        last += 1
    if later := _from(spoken, last + 1):
        return later
    adding = next((at for at, w in enumerate(spoken.words) if {"v_add", "v_add_plain"} & w.tags), -1)
    kept = [w for w in spoken.words[adding + 1 :] if not set(_INTO) & w.tags and w.kind == "word"]
    return _joined(spoken, [w for w in kept if w.form not in _JOINING])


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
    if len(kept) > 1 and kept[0].form in FUNCTION.passage:
        kept = kept[2:] if len(kept) > 2 and kept[1].form in {"om", "about", "on"} else kept[1:]
    return _joined(spoken, kept)


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
    if form is not None and (later := _from(spoken, form + 1)):
        return later
    plain = [word.text for word in spoken.words if word.kind == "word"]
    return plain[-1] if plain else None


def _exchanged(spoken: Spoken) -> str | None:
    """As in "vaihda sana asiakas sanaksi jäsen", "change the word tenant to resident": "asiakas -> jäsen"."""
    words = spoken.words
    quoted = [word.text.strip(_QUOTES) for word in words if word.kind == "quoted"]
    if len(quoted) == len(("old", "new")):
        return " -> ".join(quoted)
    named = next((at for at, word in enumerate(words) if word.form in FUNCTION.word_named), None)
    into = next((at for at, word in enumerate(words) if at > (named or 0) and word.form in FUNCTION.word_into), None)
    swapped = any(word.form in FUNCTION.word_swapped for word in words[:2])
    if into is None or (named is None and not swapped and words[into].form not in FUNCTION.word_surely_into):
        return None
    start = (named if named is not None else _changing(words)) + 1
    old, new = words[start:into], words[into + 1 :]
    new = new[1:] if new and new[0].form in FUNCTION.word_named else new
    texts = [spoken.line.text[part[0].start : part[-1].end].strip(_QUOTES) for part in (old, new) if part]
    return f"{texts[0]} -> {texts[1]}" if len(texts) == len((old, new)) else None


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
        later = sorted(span for span in spoken.spans if not _REOPENING & _tags(spoken, span))
        return _trimmed(spoken.written(later)) if later else None
    if later:
        start, end = later[0][0], later[-1][1]
        return _trimmed(spoken.line.text[spoken.line.words[start].start : spoken.line.words[end - 1].end])
    for at, word in enumerate(spoken.words):
        if word.form in {"koska", "kun", "because", "eftersom", "silla"} and at:
            return _from(spoken, at + 1)
    return None


_REOPENING = frozenset({"v_reopen", "v_open", "again", "num", "name"})


def _tags(spoken: Spoken, span: tuple[int, int]) -> frozenset[str]:
    return frozenset(tag for word in spoken.line.words[slice(*span)] for tag in word.tags)


_NUMBERED = re.compile(r"\w{3,}(?:numero|nummer|number|tunnus)")


def numbers_named(spoken: Spoken) -> list[str]:
    """Numbers that a company has its own name for, in base form: "oppilasnumeroa" is oppilasnumero."""
    found = (_NUMBERED.match(word.text.lower()) for word in spoken.words if word.kind == "word")
    named = [match[0] for match in found if match]
    return named or [f"{of.text.lower()} {_NUMBER[form]}" for of, form in _numbers_of(spoken)]


def _numbers_of(spoken: Spoken) -> Iterator[tuple[Word, str]]:
    """As in "tankkauskortin numerolla", "her booking number"."""
    for of, word in pairwise(spoken.words):
        form = next((one for one in _NUMBER if word.form.startswith(one)), "")
        owns = of.form.endswith("n") if form == "numero" else not of.tags
        if form and owns and of.kind == "word":
            yield of, form


_NUMBER = {"numero": "numero", "number": "number", "tunnu": "tunnus"}


_TAKING = ("hoita", "otta", "kats", "katt", "jatka", "huoleht")
_TAKES_IT = frozenset({"tar", "skoter", "takes", "handles", "covers"})
_I = frozenset(
    {"mina", "ma", "maa", "mie", "han", "se", "joku", "kuka", "saa", "voi", "vois", "voisi", "ite", "ja", "jag", "hon"}
    | {"vi", "de", "dom", "den", "det", "man", "she", "he", "they", "it", "that", "who", "vem", "some", "nagon", "will"}
)


def one_who_takes(spoken: Spoken) -> str | None:
    """Who takes over where no name is said: "emäntä hoitaa"."""
    for before, word in pairwise(spoken.words):
        takes = word.form.startswith(_TAKING) or word.form in _TAKES_IT
        if takes and before.kind == "word" and before.form not in _I and not before.phrases:
            told = {tag for tag in before.tags if tag.startswith(("v_", "q_", "n_", "scope", "not", "this"))}
            return None if told else before.text
    return None


def name_of_who_takes(spoken: Spoken) -> str | None:
    """As in "I'm in Oslo, Jonas covers everything": of several names the one beside the verb that takes over."""
    if {"v_give", "v_move", "deputy"} & spoken.tags:
        return None  # "anna Pekalle, Liisa tuuraa häntä"
    for before, word in pairwise(spoken.before_what_is_told.words):
        if "name" in before.tags and (word.form in _TAKES or {"v_deputise", "v_assign_word"} & word.tags):
            return spoken.base_name(before.text)
    first, *behind = spoken.words or (None,)
    unknown = first is not None and first.kind == "word" and not first.tags and first.text[:1].isupper()
    if first is None or not unknown or not behind or behind[0].form not in _TAKES:
        return None
    return first.text.removesuffix("'s").removesuffix("’s")  # "Shazza's got it"


_TAKES = frozenset(
    {
        "can",
        "should",
        "takes",
        "will",
        "gets",
        "has",
        "got",
        "covers",
        "handles",
        "keeps",
        "tar",
        "far",
        "skoter",
        "ska",
    }
    | {"vikarierar", "hoitaa", "hoitelee", "ottaa", "tuuraa", "sijaistaa", "saa", "jatkaa", "vastaa"}
)


def oneself(spoken: Spoken) -> bool:
    """As in "jag tar det själv", "I shall see to this personally", "hoidan itse"."""
    forms = {word.form for word in spoken.words}
    mine = forms & {"i", "jag", "ja", "mig", "mej", "ma", "mina", "mie", "ill"}
    return bool(forms & _SELF and (mine or any(form.endswith(("an", "en")) for form in forms)))


_SELF = frozenset({"sjalv", "personally", "myself", "itse", "ite", "omalle", "henkilokohtaisesti", "personligen"})


def one_told_to(spoken: Spoken) -> str | None:
    """To whom in Swedish and English where no name is said: "give it to the patrol leader", "ge den till kassören"."""
    at = next((at for at, word in enumerate(spoken.words) if word.form in _TO), len(spoken.words))
    told = list(takewhile(_may_be_a_role, [w for w in spoken.words[at + 1 :] if w.form not in _ARTICLES]))
    return _joined(spoken, told[:_ROLE_WORDS]) if told else None


_TO = frozenset({"to", "till"})
_ARTICLES = frozenset({"the", "our", "my", "a", "var", "vart", "min", "mitt"})
_ROLE_WORDS = 3


def _may_be_a_role(word: Word) -> bool:
    if word.kind != "word" or word.form in FUNCTION.joining | FUNCTION.causes | _BEHIND_A_ROLE:
        return False
    return not any(tag.startswith(("v_", "q_", "day", "month", "this", "name_me", "cover_note")) for tag in word.tags)


_BEHIND_A_ROLE = frozenset({"with", "for", "med", "om", "that", "att", "who", "som", "when", "nar", "please"})


def sought(spoken: Spoken) -> str | None:
    """The last word behind the order to search, if there is one."""
    at = next((i for i, word in enumerate(spoken.words) if "v_search" in word.tags), len(spoken.words))
    later = [
        w
        for w in spoken.words[at + 1 :]
        if w.kind == "word" and w.form not in {"sana", "sanaa", "sanalla", "hakusanalla"}
    ]
    return later[-1].text if later and "v_search" not in later[-1].tags else None


_WORD_OF = frozenset({"sana", "sanaa", "sanan", "sanalla", "sanasta", "hakusanalla", "ordet", "word", "keyword"})
_SPOKEN_OF = frozenset({"mainitaan", "puhutaan", "lukee", "esiintyy", "mentions", "mentioning", "namner", "namns"})


def word_named(spoken: Spoken) -> str | None:
    """The word that is named as one: "joissa esiintyy sana lokakamera"."""
    for at, word in enumerate(spoken.words):
        if word.form in _WORD_OF | _SPOKEN_OF:
            later = spoken.words[at + 1 :]
            later = later[1:] if later and later[0].form in {"the", "a", "an"} else later
            named = list(takewhile(lambda one: one.kind == "word" and not one.tags, later))
            if named:
                return _joined(spoken, named)
    return None


_EXACTLY = frozenset(
    {
        "exactly",
        "precisely",
        "tarkalleen",
        "tarkkaan",
        "oikeastaan",
        "egentligen",
        "precis",
        "ihan",
        "ihmetta",
        "hittoa",
        "hemmettia",
    }
)
_EXACTLY |= {"helvettia", "earth", "kummaa", "kaikkea"}
_WHICH = frozenset({"vilka", "vilken", "vilket", "which", "mitka", "minka"})
_ALL_DATA = ("tiet", "tied", "data", "uppgift", "informat", "details")


def asked_about(spoken: Spoken) -> str | None:
    """The thing to be told more exactly: the noun behind "mitä" or "which", unless it is only the data."""
    for at, (word, thing) in enumerate(pairwise(spoken.words)):
        if "q_what" not in word.tags or thing.kind != "word" or thing.form in _EXACTLY:
            continue
        told = {"this", "people", "they_want", "specify", "is"} & thing.tags - thing.phrases
        known = "known" in thing.tags - thing.phrases and word.form not in _WHICH
        if not told and not known and not thing.form.startswith(_ALL_DATA):
            return _up_to_the_deed(spoken, at, {"v_ask", "specify"}) if at + 2 < len(spoken.words) else thing.text
    return None


def assign_note(spoken: Spoken) -> str | None:
    """A word for the one who takes over: what stands in a clause without a day or a name."""
    for start, end in sorted(spoken.spans)[1:]:
        words = spoken.line.words[start:end]
        tags = {tag for word in words for tag in word.tags}
        own = bool({"not", "reason.workload", "reason.holiday", "v_take"} & tags)  # why, not a word for the other one
        told = (
            not own
            and not {"day", "name", "deputy", "away"} & tags
            and not any(tag.startswith("scope.") for tag in tags)
        )
        that = next((at for at, word in enumerate(words) if word.form in _THAT or word.text == ":"), None)
        words = words if that is None else words[that + 1 :]
        if words and told and len(words) > 1 and not {"palaan"} & {word.form for word in words}:
            return _trimmed(spoken.line.text[words[0].start : words[-1].end])
    return None


def about(spoken: Spoken) -> str | None:
    """What to be reminded of: what is left when the reminder, its day and its person are taken away."""
    inside = {at for mention in spoken.mentions for at in range(mention.start, mention.end)}
    inside |= {at for first, _, end in times([word.form for word in spoken.line.words]) for at in range(first, end)}
    if "cond_word" in spoken.tags or "no_reply" in spoken.tags or "n_deadline" in spoken.tags:
        return None
    kept = [
        word
        for at, word in zip(spoken.indices, spoken.words, strict=True)
        if at not in inside
        and word.kind == "word"
        and word.form not in FUNCTION.small_in_a_reminder | _THAT
        and not {"v_remind", "polite_wish", "this", "name_me"} & word.tags
        and not word.form.endswith(("aika", "aikaa"))
        and not {"v_remind"} & word.phrases
    ]
    return _joined(spoken, kept)


def condition(spoken: Spoken) -> str | None:
    """On what the reminder hangs."""
    if "no_reply" in spoken.tags:
        return "no_reply"
    before = next((at for at, word in enumerate(spoken.words) if word.form in {"ennen", "fore", "before"}), None)
    if before is not None and "n_deadline" in spoken.tags:
        start = next((at for at, word in enumerate(spoken.words) if at < before and number(word.form)), before)
        return _from(spoken, start)
    if "cond_word" not in spoken.tags:
        return _moment(spoken)
    if ahead([word.form for word in spoken.words]):
        return None  # "om två timmar": when, and on nothing
    at = next(i for i, word in enumerate(spoken.words) if "cond_word" in word.tags)
    if any("v_remind" in word.tags for word in spoken.words[at:]):
        return None  # "olisi hyvä, jos muistuttaisit": a wish
    days = {mention.start for mention in spoken.mentions}
    return None if spoken.indices[at] + 1 in days else _from(spoken, at + 1)


def _moment(spoken: Spoken) -> str | None:
    """As in "muistuta kun hallitus on kokoontunut": what must come about first, where no day is said."""
    reminded = next((at for at, word in enumerate(spoken.words) if "v_remind" in word.tags), len(spoken.words))
    behind = range(reminded + 1, len(spoken.words))
    at = next((at for at in behind if spoken.words[at].form in FUNCTION.moments), None)
    return _from(spoken, at + 1) if at is not None and not spoken.mentions else None


_DONE_ENDS = ("ttu", "tty", "tiin", "tu", "ty", "ats", "ades", "tin", "in")


def is_done(spoken: Spoken) -> bool:
    """Whether a duty is told as done, or ordered."""
    if "told_undone" in spoken.tags:
        return False
    told = {"done_word", "told_done"} & spoken.tags or any(m.behind < spoken.line.today for m in spoken.mentions)
    return bool(told) or any(
        tag.startswith("duty.") and word.form.endswith(_DONE_ENDS) for word in spoken.words for tag in word.tags
    )


_OURS = ("mme", "nne")
_ROLE_ENDINGS = ("lle", "lta", "lla", "n")


def base_role(text: str) -> str:
    """A role in its base form: "kirkkoherralle" -> kirkkoherra, "lakimiehellemme" -> lakimies."""
    word = next((text.lower().removesuffix(end) for end in _OURS if text.lower().endswith(end)), text.lower())
    for ending in _ROLE_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) > 2:
            word = word.removesuffix(ending)
            break
    else:
        return word
    if word.endswith("likö"):
        return word[:-1] + "kö"
    if word.endswith("miehe"):
        return word[:-3] + "es"
    if word.endswith("kse"):
        return word[:-3] + "s"
    return word


def topic(spoken: Spoken) -> str | None:
    """What the question is about, in the words said."""
    kept = [
        w
        for w in spoken.words
        if w.kind == "word" and w.form not in FUNCTION.small_in_a_topic and not {"q_may", "help"} & w.tags
    ]
    return _joined(spoken, kept)


def _joined(spoken: Spoken, words: list[Word]) -> str | None:
    """The words with what stands between neighbours."""
    return _trimmed(" ".join(word.text for word in words)) if words else None


def _up_to_the_deed(spoken: Spoken, at: int, deed: set[str]) -> str | None:
    """The text from a word on, without a later clause that only says what to do with it: "..., lisää se loppuun"."""
    behind = sorted(span for span in spoken.spans if span[0] > spoken.indices[at] and deed & _tags(spoken, span))
    end = spoken.indices.index(behind[0][0]) if behind else len(spoken.words)
    words = spoken.words[at:end]
    while words and (words[-1].form in FUNCTION.causes or words[-1].form in FUNCTION.around_a_thing):
        words = words[:-1]
    return _trimmed(spoken.line.text[words[0].start : words[-1].end]) if words else None


def _from(spoken: Spoken, at: int) -> str | None:
    if at >= len(spoken.words):
        return None
    return _trimmed(spoken.line.text[spoken.words[at].start : spoken.words[-1].end])


def _trimmed(text: str) -> str | None:
    return text.strip(_TRAILING).strip() or None
