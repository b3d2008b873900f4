"""Who is to take a case over where no known name says it: a role, oneself ("jag tar det själv"), "emäntä hoitaa"."""

from __future__ import annotations

from itertools import pairwise, takewhile

from inbox_agent.rules.commands.function_words import FUNCTION
from inbox_agent.rules.commands.part import Spoken
from inbox_agent.rules.commands.texts import THAT, joined, trimmed
from inbox_agent.rules.commands.word import Word

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
    return joined(told[:_ROLE_WORDS]) if told else None


_TO = frozenset({"to", "till"})
_ARTICLES = frozenset({"the", "our", "my", "a", "var", "vart", "min", "mitt"})
_ROLE_WORDS = 3


def _may_be_a_role(word: Word) -> bool:
    if word.kind != "word" or word.form in FUNCTION.joining | FUNCTION.causes | _BEHIND_A_ROLE:
        return False
    return not any(tag.startswith(("v_", "q_", "day", "month", "this", "name_me", "cover_note")) for tag in word.tags)


_BEHIND_A_ROLE = frozenset({"with", "for", "med", "om", "that", "att", "who", "som", "when", "nar", "please"})


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
        that = next((at for at, word in enumerate(words) if word.form in THAT or word.text == ":"), None)
        words = words if that is None else words[that + 1 :]
        if words and told and len(words) > 1 and not {"palaan"} & {word.form for word in words}:
            return trimmed(spoken.line.text[words[0].start : words[-1].end])
    return None


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
