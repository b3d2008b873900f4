"""What each word of a command shows the reader of excerpts: itself, its neighbours, and what was said before it.

Owns the names of these clues; what each of them speaks for is learned (`excerpts`). Days, numbers and names stand for
their kind. Refuses to judge.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from inbox_agent.rules.commands.clauses import clauses
from inbox_agent.rules.commands.reading import Line
from inbox_agent.rules.commands.word import Word

Stretch = tuple[int, int]

_KINDS = frozenset({"num", "case", "money", "clock", "email", "file", "quoted", "day"})
_NEAR = (-2, -1, 0, 1, 2)
_FAR = 4  # words behind a verb; farther is as far
_BEGINNING, _ENDING, _SHORT_ENDING = 4, 3, 2  # letters
_INSIDE = 3  # clauses; later ones are as late
_TELLING = frozenset({"that_word", "cond_word", "not", "dont", "looked", "no_data", "kept", "except", "redact"})
_GIVING = frozenset(
    {"koska", "kun", "because", "eftersom", "silla", "ku", "that", "etta", "et", "att", "takia", "vuoksi", ":"}
)


@dataclass(frozen=True)
class Passage:
    """The words of a stretch; `value_at`: where what the grammar reads as the argument stands, if it reads any."""

    line: Line
    stretch: Stretch
    value_at: Stretch | None

    @cached_property
    def words(self) -> Sequence[Word]:
        return self.line.words[slice(*self.stretch)]

    @cached_property
    def tags(self) -> Sequence[Sequence[str]]:
        return [self._tags(at, word) for at, word in enumerate(self.words, self.stretch[0])]

    @cached_property
    def forms(self) -> Sequence[str]:
        return [self._kind(at, word) or word.form for at, word in enumerate(self.words, self.stretch[0])]

    @cached_property
    def _days(self) -> frozenset[int]:
        return frozenset(at for mention in self.line.mentions for at in range(mention.start, mention.end))

    def _kind(self, at: int, word: Word) -> str:
        if at in self._days:
            return "DAY"
        if word.kind in _KINDS:
            return word.kind.upper()
        return "NAME" if "name" in word.tags and word.text[:1].isupper() else ""

    def _tags(self, at: int, word: Word) -> Sequence[str]:
        kind = self._kind(at, word) or ("MARK" if word.kind == "mark" else "")
        meant = sorted(word.tags | word.phrases) if kind != "DAY" else []
        return [kind, *meant] if kind else meant

    def form(self, at: int) -> str:
        """The word at a place; what stands before the first and behind the last has a name, too."""
        return self.forms[at] if 0 <= at < len(self.forms) else "^" if at < 0 else "$"


def clues_of(passage: Passage) -> list[list[str]]:
    """The clues of each word of a passage."""
    found = [
        [*_near(passage, at), *_letters(passage, at), *_of_grammar(passage, at)] for at in range(len(passage.words))
    ]
    for more in (_of_clauses(passage), _of_deeds(passage), _said_before(passage)):
        for clues, further in zip(found, more, strict=True):
            clues.extend(further)
    return found


def _near(passage: Passage, at: int) -> Iterator[str]:
    yield "any"
    for step in _NEAR:
        form = passage.form(at + step)
        yield f"w{step}:{form}"
        inside = 0 <= at + step < len(passage.words)
        tags = passage.tags[at + step] if inside else (form,)
        yield from (f"t{step}:{tag}" for tag in tags or ("none",))
    yield f"b:{passage.form(at - 1)}_{passage.form(at)}"
    yield f"n:{passage.form(at)}_{passage.form(at + 1)}"


def _letters(passage: Passage, at: int) -> Iterator[str]:
    form = passage.forms[at]
    if len(form) > _ENDING and form.islower():
        yield f"p:{form[:_BEGINNING]}"
        yield f"s3:{form[-_ENDING:]}"
        yield f"s2:{form[-_SHORT_ENDING:]}"
        if at:
            yield f"ss:{passage.forms[at - 1][-_SHORT_ENDING:]}|{form[-_SHORT_ENDING:]}"
    if at + 1 < len(passage.words):
        yield f"ns:{passage.forms[at + 1][-_ENDING:]}"
    if at:
        yield f"ls:{passage.forms[at - 1][-_ENDING:]}"
    yield "capital" if at and passage.words[at].text[:1].isupper() else "plain"


def _of_grammar(passage: Passage, at: int) -> Iterator[str]:
    if passage.value_at is not None:
        start, end = passage.value_at
        yield "has"
        yield "in" if start <= at + passage.stretch[0] < end else "out"


def _of_clauses(passage: Passage) -> Iterator[list[str]]:
    """Which clause it is, and whether the word begins or ends it."""
    begins = {clause.start: clause.joiner for clause in clauses(passage.line)}
    ends = {clause.end - 1 for clause in clauses(passage.line)}
    count = 0
    for at in range(*passage.stretch):
        count += at in begins and at > passage.stretch[0]
        first = ["first", f"joiner:{begins[at]}"] if at in begins else []
        yield [*first, *(["last"] if at in ends else []), f"clause:{min(count, _INSIDE)}"]


def _of_deeds(passage: Passage) -> Iterator[list[str]]:
    """The verb or question word before and behind it."""
    deeds = [next((tag for tag in tags if tag.startswith(("v_", "q_"))), "") for tags in passage.tags]
    before, far = "-", 0
    for at, deed in enumerate(deeds):
        behind = next((one for one in deeds[at + 1 :] if one), "-")
        yield [f"v:{before}", f"v:{before}:{min(far, _FAR)}", f"nv:{behind}", f"vv:{before}>{behind}"]
        before, far = (deed, 0) if deed else (before, far + 1)


def _said_before(passage: Passage) -> Iterator[list[str]]:
    """What was said before it that gives a text, a reason or a condition."""
    said: set[str] = set()
    for word in passage.words:
        yield [f"said:{one}" for one in sorted(said)]
        said |= _TELLING & word.tags
        said |= {word.form} & _GIVING
