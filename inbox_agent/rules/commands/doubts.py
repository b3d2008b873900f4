"""What a line denies, doubts, asks or takes back, word by word: what `guards` and `opposites` weigh deeds by.

Refuses to judge any deed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from inbox_agent.rules.commands.function_words import FUNCTION
from inbox_agent.rules.commands.inflection import left_undone
from inbox_agent.rules.commands.reading import Line
from inbox_agent.rules.commands.word import Word

ORDERED = frozenset(
    {"v_remind", "v_close", "v_grant", "v_refuse", "v_approve", "v_send", "v_out", "v_remove", "v_give", "v_correct"}
    | {"v_move", "v_merge", "v_fee", "v_extend", "v_ask", "v_undo", "v_reopen", "v_change", "route.spam"}
)
"""What may be ordered behind a condition."""


def grants_near(line: Line, at: int) -> bool:
    """Whether right around a word something is granted or refused; "no more ads" denies the advertising itself."""
    near = line.words[max(at - 2, 0) : at + NEAR]
    own = line.words[at].phrases & _BAN
    if any(_names_a_ban(word) for word in near):
        return True
    return any((GRANTING & word.tags) - (_BAN if _is_advertising(word) else own) - _getting(word) for word in near)


_BAN = frozenset({"right.marketing_objection"})


def _names_a_ban(word: Word) -> bool:
    """As in "mainoskielto", "marketing ban"."""
    return word.form in _A_BAN or any(part in word.form for part in _BANNING)


def _is_advertising(word: Word) -> bool:
    """As in "mainoksia": what is sent, not the ban on it."""
    return not _names_a_ban(word) and any(part in word.form for part in FUNCTION.advertising)


def _getting(word: Word) -> frozenset[str]:
    """As in "hon får inte längre": who gets something, which no answer grants."""
    return word.tags & frozenset({"v_grant"}) if word.phrases and word.form in _WHO_GETS else frozenset()


_WHO_GETS = frozenset({"hon", "han", "hen", "kunden", "de", "he", "she", "they"})
_A_BAN = frozenset({"ban", "bans", "block", "optout"})
_BANNING = ("kiel", "esto", "vastust", "forbud", "sparr", "invand", "objection")


def no_longer(line: Line, at: int) -> bool:
    """As in "ei enää lähetetä", "får inte längre", "won't get any more": it ends, and nothing is forbidden."""
    return any(word.form in FUNCTION.any_more for word in line.words[at : at + 1 + NEAR + 1])


GRANTING = frozenset({"v_grant", "v_approve", "v_refuse", "do_it", "right.marketing_objection"})
"""What grants or refuses."""


def negated(line: Line) -> bool:
    """Whether something in the line is denied, or left undone; "ei muuta" only says that this is all."""
    return any(denies(word) and not _says_that_is_all(line, at) for at, word in enumerate(line.words))


def _says_that_is_all(line: Line, at: int) -> bool:
    """As in "csv siirretty uudelle palvelulle, ei muuta", "nothing else", "inget annat"."""
    begins = at == 0 or line.words[at - 1].kind == "mark"
    behind = line.words[at + 1 : at + 3]
    ends = len(behind) == 1 or (len(behind) > 1 and behind[1].kind == "mark")
    return begins and ends and behind[0].form in _ELSE


_ELSE = frozenset({"muuta", "muu", "annat", "mer", "mera", "else", "more"})


def denies(word: Word) -> bool:
    """Whether a word denies: a "not", or a deed left undone ("poistamatta")."""
    return bool({"not", "dont", "unverified"} & word.tags) or left_undone(word.form)


def unfinished(line: Line) -> bool:
    """As in "on yhä kesken"."""
    return any(word.form in FUNCTION.unfinished for word in line.words)


def assents(line: Line) -> bool:
    """A bare "selvä": heard, and nothing ordered."""
    return all(word.kind == "mark" or "cheap_yes" in word.tags for word in line.words)


def reserved(line: Line, *, waits: bool) -> bool:
    """Whether the line takes back or sets a condition, or (`waits`) names a moment that must come first."""
    told = WAITING if waits else frozenset({"cond_word"})
    reserved = (at for at, word in enumerate(line.words) if word.form in FUNCTION.reserving)
    return any(told & word.tags for word in line.words) or any(not _takes_nothing_back(line, at) for at in reserved)


def _takes_nothing_back(line: Line, at: int) -> bool:
    """As in "myöhässä, mutta annettu eilen", "sent it, but we were late", "hoitaa, mutta vain maanantaihin"."""
    before, behind = line.words[:at], line.words[at + 1 :]
    late = any(_LATE & (word.tags | word.phrases) for word in line.words)
    dated = {i for m in line.mentions for i in range(m.start, m.end)}
    only_when = [i for i in range(at + 1, len(line.words)) if line.words[i].kind == "word" and i not in dated]
    limited = len(behind) > len(only_when) and all(line.words[i].form in _ONLY for i in only_when)
    return not any(denies(word) for word in behind) and bool(before) and (late or limited)


_LATE = frozenset({"overdue", "measure.late"})
_ONLY = frozenset({"vain", "vaan", "only", "bara", "endast", "asti", "saakka", "until", "till", "the"})


WAITING = frozenset({"once_word", "cond_word"})
"""What says that something must come first."""


def asked_whether(line: Line) -> bool:
    """As in "pitäisikö siirtää Matille", "should we extend it": a question, whatever the deed."""
    clauses = [clause for clause in stretches(line) if clause]
    asked = [at for at, clause in enumerate(clauses) if asks_whether(clause[0])]
    asked = asked or [0 for clause in clauses[:1] if asks_if_done(clause[0]) or _asks_by_order(clause)]
    if not asked or any("polite_wish" in word.tags for word in line.words):
        return False
    behind = [word for clause in clauses[asked[0] + 1 :] for word in clause]
    mark = next((at for at, word in enumerate(line.words) if word.text == "?"), None)
    if mark is not None and line.words[mark].start > clauses[asked[0]][0].start:
        behind = list(line.words[mark + 1 :])  # "can we charge her, since it is excessive?": why, in the same question
    return not any(({"cheap_yes"} | ORDERED) & word.tags for word in behind)  # "onko pakko tunnistaa? no kysy"


def asks_if_done(word: Word) -> bool:
    """As in "onko tämä hyväksytty", "poistettiinko tämä jo"."""
    asked = word.form.endswith(("iko", "inko", "tiinkohan", "tiinks")) and len(word.form) > _SHORT_QUESTION
    wished = word.form.endswith(("isiko", "isinko", "isiinko"))
    return word.form in FUNCTION.asking_if_done or (asked and not wished)


_SHORT_QUESTION = 4  # letters: "saiko" is longer


def _asks_by_order(clause: Sequence[Word]) -> bool:
    """As in "has the data been erased", "har uppgifterna raderats"; "has been erased" tells."""
    if len(clause) < len(("fick", "hon")):
        return False
    first, second = clause[0].form, clause[1].form
    if any(word.form in {"sa", "then"} for word in clause) or (first == "have" and second not in _OF_HAVE):
        return False  # "har hon inte svarat så påminn mig", "have her reply"
    if first in _ASKING_FIRST and (second in _ASKED_ABOUT or "name" in clause[1].tags):
        return True
    if first == "har" and len(clause) > len(("har", "reklamen")):
        return not second.endswith(("t", "ts")) and second not in _BESIDE_HAR
    return first.endswith(_PAST) and second in _SUBJECTS


_ASKED_ABOUT = frozenset(
    {"the", "this", "that", "it", "he", "she", "they", "we", "i", "you", "his", "her", "their", "anything", "anyone"}
    | {"anybody", "everything", "data", "uppgifterna", "kopian", "brevet", "svaret", "kontot", "kunden", "det", "den"}
    | {"detta", "han", "hon", "vi", "jag", "du", "de", "allt", "nagot", "nagon", "hans", "hennes"}
)
"""What stands second in such a question."""
_PAST = ("fick", "gick", "kom", "gav", "ade", "lde", "nde", "gde", "kte", "nte", "pte")
"""How Swedish verbs of what is over end."""
_OF_HAVE = frozenset({"we", "they", "you", "i", "the", "these", "those"})
_BESIDE_HAR = frozenset({"nu", "redan", "inte", "just", "i", "ju", "aldrig", "idag", "inga", "ingen"})
_SUBJECTS = frozenset({"hon", "han", "vi", "jag", "du", "de"})


_ASKING_FIRST = frozenset(
    {"has", "have", "had", "was", "were", "did", "is", "are", "should", "does", "hade", "blev", "ar"}
)


def told_by_others(line: Line) -> bool:
    """As in "hän sanoi että tiedot on poistettu", "the customer wants it sent": told, and nothing is said to it."""
    told = [word for word in line.words if word.form not in {"the", "our", "my"}]
    if any(word.form in FUNCTION.reserving for word in told):
        return False
    ends = next((at for at, word in enumerate(told) if word.kind == "mark" and not _subordinate(told, at)), len(told))
    if any(word.kind == "word" for word in told[ends:]) or not told or told[0].form not in _OTHERS:
        return False
    return any(_SAYING & word.tags or word.form in _WRITING for word in told[1:3])


_OTHERS = frozenset(
    {"han", "se", "asiakas", "hakija", "pyytaja", "naapuri", "he", "she", "they", "customer", "client", "applicant"}
    | {"hon", "de", "kunden", "sokanden"}
)
_SAYING = frozenset({"they_say", "they_want"})
_WRITING = frozenset(
    {"kirjoitti", "kirjotti", "kirjoittaa", "wrote", "writes", "skrev", "skriver", "havdar", "havdade"}
)


def asked_who_or_when(line: Line) -> bool:
    """As in "kuka poisti tiedot", "when was it erased": a question, with nothing said behind it."""
    clauses = [clause for clause in stretches(line) if clause]
    if len(clauses) != 1 or clauses[0][0].form not in _WHO_OR_WHEN:
        return False
    return clauses[0][0].form not in _MOMENTS or (len(clauses[0]) > 1 and clauses[0][1].form in _ASKED_OF)


_MOMENTS = frozenset({"when", "nar"})
"""Words with which a condition begins, too: "när hon har betalat", "when she has paid"."""
_WHO_OR_WHEN = _MOMENTS | {"kuka", "ketka", "milloin", "millon", "who", "vem", "vilka", "kenelle", "mihin"}
_ASKED_OF = frozenset(
    {"was", "is", "did", "were", "will", "has", "raderades", "skickades", "gavs", "kom", "blev", "ska"}
)


def promised(line: Line) -> bool:
    """As in "luvattiin poistaa ensi viikolla", "I told him it will be erased": what was promised is not done yet."""
    first = [word for word in line.words if word.kind == "word"][:_FIRST]
    told = any(word.form.startswith(_PROMISING) for word in first)
    told = told or (any(word.text.lower() in _TELLING for word in first) and any(w.form in _THAT for w in line.words))
    return told and not any(tag.startswith("done.") for word in line.words for tag in word.tags)


_FIRST = 3  # words
_PROMISING = ("luvat", "lupas", "lupau", "promis", "lovade", "lovat")
_TELLING = frozenset({"kerroin", "kerroimme", "sanoin", "sanoimme", "told", "sa", "sade", "berättade"})
_THAT = frozenset({"etta", "et", "att", "that", "will", "it'll", "itll"})


def left_open(line: Line) -> bool:
    """As in "let's see whether we erase it", "Liisa varmaan hoitaa tämän": a doubt beside the deed itself."""
    for clause in stretches(line):
        deed = any(tag.startswith("v_") for word in clause for tag in word.tags)
        deed = deed or any({"name", "deed"} & word.tags for word in clause)
        if deed and any(word.form in _WHETHER or (at and word.form in _PROBABLY) for at, word in enumerate(clause)):
            return True
    return False


_WHETHER = frozenset({"whether", "huruvida"})
_PROBABLY = frozenset(
    {"varmaan", "varmaankin", "luultavasti", "probably", "presumably", "nog", "troligen", "antagligen"}
)


def _subordinate(words: Sequence[Word], at: int) -> bool:
    return at + 1 < len(words) and words[at + 1].form in FUNCTION.subordinate


def asks_whether(word: Word) -> bool:
    """As in "pitäisikö", "saako"."""
    return word.form in FUNCTION.asking_whether or "q_may" in word.phrases


NEAR = 3
"""Words within which a "not" stands with a deed."""
IS = frozenset({"ole", "oo", "ollut"})
"""Behind a Finnish "not"."""


def stretches(line: Line) -> Iterator[list[Word]]:
    """The line cut at its marks and at "vaan"."""
    clause: list[Word] = []
    for word in line.words:
        if word.kind == "mark" or word.form in FUNCTION.reserving:
            yield clause
            clause = []
        else:
            clause.append(word)
    yield clause
