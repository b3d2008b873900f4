"""What something is about, in the words said: a search, a question, a reminder and what it hangs on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise, takewhile

from inbox_agent.rules.commands.clock_times import ahead, times
from inbox_agent.rules.commands.function_words import FUNCTION
from inbox_agent.rules.commands.numbers import number
from inbox_agent.rules.commands.part import Spoken
from inbox_agent.rules.commands.texts import THAT, from_word, joined, up_to_the_deed
from inbox_agent.rules.commands.word import Word

_NUMBERED = re.compile(r"\w{3,}(?:numero|nummer|numret|number|tunnus)")


def numbers_named(spoken: Spoken) -> list[str]:
    """Numbers that a company has its own name for, in base form: "oppilasnumeroa" is oppilasnumero."""
    plain = (word for word in spoken.words if word.kind == "word" and not _is_a_fact(word))
    found = (_NUMBERED.match(word.text.lower()) for word in plain)
    named = [match[0].replace("numret", "nummer") for match in found if match]
    return named or [f"{of.text.lower()} {_NUMBER[form]}" for of, form in _numbers_of(spoken)]


def _is_a_fact(word: Word) -> bool:
    return any(tag.startswith("fact.") for tag in word.tags)


def _numbers_of(spoken: Spoken) -> Iterator[tuple[Word, str]]:
    """As in "tankkauskortin numerolla", "her booking number"."""
    for of, word in pairwise(spoken.words):
        form = next((one for one in _NUMBER if word.form.startswith(one)), "")
        owns = of.form.endswith("n") if form == "numero" else not of.tags
        if form and owns and of.kind == "word" and not _is_a_fact(word):
            yield of, form


_NUMBER = {"numero": "numero", "number": "number", "tunnu": "tunnus"}


def sought(spoken: Spoken) -> str | None:
    """The last word behind the order to search, if there is one."""
    at = next((i for i, word in enumerate(spoken.words) if "v_search" in word.tags), len(spoken.words))
    later = [
        w
        for w in spoken.words[at + 1 :]
        if w.kind == "word" and w.form not in {"sana", "sanaa", "sanalla", "hakusanalla"}
    ]
    if not later and at and spoken.words[at - 1].kind == "word":
        return spoken.words[at - 1].text  # "hautakukat haku"
    return later[-1].text if later and "v_search" not in later[-1].tags else None


_WORD_OF = frozenset(
    {"sana", "hakusana", "sanaa", "sanan", "sanalla", "sanasta", "hakusanalla", "ordet", "word", "keyword"}
)
_SPOKEN_OF = frozenset({"mainitaan", "puhutaan", "lukee", "esiintyy", "mentions", "mentioning", "namner", "namns"})


def word_named(spoken: Spoken) -> str | None:
    """The word that is named as one: "joissa esiintyy sana lokakamera"."""
    for at, word in enumerate(spoken.words):
        if word.form in _WORD_OF | _SPOKEN_OF:
            later = spoken.words[at + 1 :]
            later = later[1:] if later and later[0].form in {"the", "a", "an"} else later
            named = [*later[:1], *takewhile(lambda one: one.kind == "word" and not one.tags, later[1:])]
            named = named if all(one.kind == "word" for one in named) else []
            if named:
                return joined(named)
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
            return up_to_the_deed(spoken, at, {"v_ask", "specify"}) if at + 2 < len(spoken.words) else thing.text
    return None


def question(spoken: Spoken) -> str | None:
    """As in "kysy mikä osoitteessa on väärin", "ask which app he means": the question that is put, as it was said."""
    asked = next((at for at, word in enumerate(spoken.words) if "v_ask" in word.tags), -1)
    for at in range(asked + 1, len(spoken.words)) if asked >= 0 else ():
        if puts_a_question(spoken.words[at]) and spoken.words[at - 1].form not in _UNKNOWN:
            end = next((i for i in range(at + 1, len(spoken.words)) if _ends_a_question(spoken, i)), len(spoken.words))
            words = spoken.words[at:end]
            return spoken.line.text[words[0].start : words[-1].end] if len(words) > 1 else None
    return None


def _ends_a_question(spoken: Spoken, at: int) -> bool:
    """Whether a word begins another clause; a second question behind "and" goes on ("mitä ja miltä ajalta")."""
    word, apart = spoken.words[at], spoken.indices[at] - spoken.indices[at - 1] > 1
    between = spoken.line.words[spoken.indices[at] - 1].form
    if apart and not (between in _AND and (puts_a_question(word) or not word.tags)):
        return True
    return word.kind == "mark" or word.form in _CAUSES


_UNKNOWN = frozenset({"tieda", "tiia", "tajua", "ymmarra", "know", "understand", "vet", "forstar"})
"""As in "etten tiedä mistä aloittaa": what the speaker does not know, and asks nobody."""
_AND = frozenset({"ja", "seka", "och", "and", "or", "tai", "eller"})
_CAUSES = FUNCTION.causes - {"kun", "ku", "as"}


def puts_a_question(word: Word) -> bool:
    """As in "mikä", "which", "vilken", "tarkoittaako"."""
    verb = (
        word.kind == "word"
        and "polite_wish" not in word.tags
        and word.form.endswith("ko")
        and not word.form.endswith(("kko", "koko", "joko"))
    )
    return word.form in FUNCTION.question_words or (verb and len(word.form) > _SHORT_WORD)


_SHORT_WORD = 4  # letters


def narrowed(spoken: Spoken) -> str | None:
    """As in "narrow it down to certain months", "rajaamaan vuodet", "begränsa till ett år": what it is limited to."""
    at = next((i for i, word in enumerate(spoken.words) if word.form.startswith(_NARROWING)), None)
    if at is None:
        return None
    behind = list(takewhile(lambda one: one.kind != "mark", spoken.words[at + 1 :]))
    while behind and behind[0].form in _BEFORE_THE_LIMIT:
        behind = behind[1:]
    told = list(takewhile(lambda one: one.form not in FUNCTION.causes | FUNCTION.joining, behind))
    return joined(told)


_NARROWING = ("narrow", "limit", "rajaa", "rajata", "rajais", "begrans", "avgrans")
_BEFORE_THE_LIMIT = frozenset(
    {"it", "that", "this", "down", "to", "the", "a", "certain", "some", "request", "his", "her", "their"}
    | {"se", "sen", "sita", "pyynto", "pyyntonsa", "pyyntoa", "johonkin", "tiettyihin", "tietyt", "vain"}
    | {"det", "den", "begaran", "sin", "till", "vissa", "viss", "ner"}
)


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
        and word.form not in FUNCTION.small_in_a_reminder | THAT
        and not {"v_remind", "polite_wish", "this", "name_me"} & word.tags
        and not word.form.endswith(("aika", "aikaa"))
        and not {"v_remind"} & word.phrases
    ]
    return joined(kept)


def condition(spoken: Spoken) -> str | None:
    """On what the reminder hangs."""
    if "no_reply" in spoken.tags:
        return "no_reply"
    before = next((at for at, word in enumerate(spoken.words) if word.form in {"ennen", "fore", "before"}), None)
    if before is not None and "n_deadline" in spoken.tags:
        start = next((at for at, word in enumerate(spoken.words) if at < before and number(word.form)), before)
        return from_word(spoken, start)
    if "cond_word" not in spoken.tags:
        return _moment(spoken)
    if ahead([word.form for word in spoken.words]):
        return None  # "om två timmar": when, and on nothing
    at = next(i for i, word in enumerate(spoken.words) if "cond_word" in word.tags)
    if any("v_remind" in word.tags for word in spoken.words[at:]):
        return None  # "olisi hyvä, jos muistuttaisit": a wish
    days = {mention.start for mention in spoken.mentions}
    return None if spoken.indices[at] + 1 in days else from_word(spoken, at + 1)


def _moment(spoken: Spoken) -> str | None:
    """As in "muistuta kun hallitus on kokoontunut": what must come about first, where no day is said."""
    reminded = next((at for at, word in enumerate(spoken.words) if "v_remind" in word.tags), len(spoken.words))
    behind = range(reminded + 1, len(spoken.words))
    at = next((at for at in behind if spoken.words[at].form in FUNCTION.moments), None)
    return from_word(spoken, at + 1) if at is not None and not spoken.mentions else None


def topic(spoken: Spoken) -> str | None:
    """What the question is about, in the words said."""
    kept = [
        w
        for w in spoken.words
        if w.kind == "word" and w.form not in FUNCTION.small_in_a_topic and not {"q_may", "help"} & w.tags
    ]
    return joined(kept)
