"""The words of one part of a line, asked for what they hold."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise

from inbox_agent.rules.commands import names
from inbox_agent.rules.commands.clock_times import ahead, alone, times
from inbox_agent.rules.commands.mention import Mention
from inbox_agent.rules.commands.numbers import nickname, number
from inbox_agent.rules.commands.reading import Line
from inbox_agent.rules.commands.speaking import is_finnish
from inbox_agent.rules.commands.word import Word

_LOCATIVE = ("lle", "lta", "lla", "sta")
_INTO = ("ksi", "ks", "een", "iin", "oon", "uun")
_TITLES = frozenset({"rouvan", "herran", "neidin", "perheen", "pariskunnan"})
_ADDRESSED = frozenset({"mr", "mrs", "ms", "miss", "herra", "rouva", "herr", "fru", "froken"})
_ENGLISH_OWNING = frozenset({"the", "let", "handle", "case", "handles", "request"})
_OWNED_IN_SWEDISH = frozenset({"arende", "arendet", "fall", "begaran", "brev", "sak", "mal"})
_COUNTED = ("viik", "artikl", "paiv", "kk", "%", "kert", "kerr", "gang", "times", "siv", "page", "sid", "kpl", "henk")
_NEGATORS = frozenset({"ei", "eika", "eikä", "en", "inte", "not", "ala", "alaka"})


@dataclass(frozen=True)
class Spoken:
    """A part: the words of its spans, in the order said."""

    line: Line
    spans: tuple[tuple[int, int], ...]

    @cached_property
    def indices(self) -> tuple[int, ...]:
        return tuple(at for start, end in sorted(self.spans) for at in range(start, end))

    @cached_property
    def words(self) -> tuple[Word, ...]:
        return tuple(self.line.words[at] for at in self.indices)

    @cached_property
    def tags(self) -> frozenset[str]:
        return frozenset(tag for word in self.words for tag in word.tags)

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        inside = set(self.indices)
        return tuple(mention for mention in self.line.mentions if mention.start in inside)

    def at(self, mention: Mention) -> str:
        """What kind of span the mention begins with: "period.x" for one that has a name of its own."""
        return next((tag for tag in self.line.words[mention.start].tags if tag.startswith("period.")), "")

    def values(self, kind: str) -> tuple[str, ...]:
        """The values of one kind in the order said: "right" -> erasure, access."""
        prefix = f"{kind}."
        found = [tag.removeprefix(prefix) for word in self.words for tag in sorted(word.tags) if tag.startswith(prefix)]
        return tuple(dict.fromkeys(found))

    def says(self, *forms: str) -> bool:
        return any(word.form in forms for word in self.words)

    @cached_property
    def text(self) -> str:
        """The part as it was written."""
        return self.line.text[self.words[0].start : self.words[-1].end] if self.words else ""

    def written(self, spans: Sequence[tuple[int, int]]) -> str:
        """These clauses of the part as they were written; of two apart the first."""
        start, end = spans[0]
        for first, last in spans[1:]:
            end = last if first <= end + 1 else end
        return self.line.text[self.line.words[start].start : self.line.words[end - 1].end]

    # -- cases and names ----------------------------------------------------------------------------

    @cached_property
    def numbers(self) -> tuple[str, ...]:
        """Case numbers said: whole numbers that count nothing."""
        return tuple(
            word.text.rstrip(".")
            for at, word in zip(self.indices, self.words, strict=True)
            if "num" in word.tags and not self._counts(at)
        )

    def _counts(self, at: int) -> bool:
        following = self.line.words[at + 1] if at + 1 < len(self.line.words) else None
        before = self.line.words[at - 1] if at else None
        if before is not None and before.form in {
            "klo",
            "kello",
            "artikla",
            "artiklan",
            "art",
            "article",
            "artikel",
            "kl",
        }:
            return True
        units = {"euro", "months_word", "n_days", "n_request", "art11"}
        return following is not None and (bool(units & following.tags) or following.form.startswith(_COUNTED))

    @cached_property
    def full_name(self) -> str | None:
        """The first run of names, in base form; "Maija Virtaselta" is Maija Virtanen."""
        run: list[Word] = []
        for word in self.words:
            if "name" in word.tags and word.form not in _ADDRESSED:
                run.append(word)
            elif run:
                break
        if len(run) > len(("given", "family")) and not names.surely(run[0].text) and names.surely(run[1].text):
            run = run[1:]  # "Osakas Eero Kallio"
        if not run:
            return None
        *first, last = run
        if len(run) > 1 and (texts := [word.text for word in run]) != (told := names.in_order(texts)):
            return " ".join(told)
        return " ".join([*(names.uninflected(word.text) for word in first), self.base_name(last.text)])

    def base_name(self, text: str) -> str:
        """A name in its base form, by its place: "Korhosen asia", "Lindkvists ärende"."""
        for word, following in pairwise(self.words):
            if word.text == text and following.form in _OWNED_IN_SWEDISH and text.endswith("s"):
                return names.base_form(names.surely(text) or text[:-1])
        english = any(word.form in _ENGLISH_OWNING for word in self.words)
        sure = names.surely(text)
        if not is_finnish(self.line.words) and (not sure or text in {f"{sure}a", f"{sure}en"}):
            return names.owned(text)  # "till Gerda" is not of Gerd, "Ekholmen" not of Ekholm
        return names.base_form(text, genitive=self.before_case(text) and not english)

    @property
    def name(self) -> str | None:
        return self.full_name

    def before_case(self, text: str) -> bool:
        """Whether the word stands as an owner: before "asia", a right or a letter."""
        for at, word in enumerate(self.words[:-1]):
            if word.text == text:
                later = self.words[at + 1 :]
                following = (later[1] if later[0].form in _TITLES and len(later) > 1 else later[0]).tags
                return bool({"n_case", "n_letter", "v_assign_word", "assignee_word", "n_request"} & following) or any(
                    tag.startswith("right.") for tag in following
                )
        return False

    def unknown(self, after: tuple[str, ...]) -> str | None:
        """The first word without a meaning behind one of these."""
        met = False
        for word in self.words:
            if met and word.kind == "word" and not word.tags:
                return word.text
            met = met or any(tag in word.tags for tag in after)
        return None

    @cached_property
    def locative(self) -> str | None:
        """An unknown word in the case of a receiver: "Turjakselle"."""
        return next(
            (w.text for w in self.words if w.kind == "word" and not w.tags and w.form.endswith(_LOCATIVE)), None
        )

    @cached_property
    def quoted(self) -> str | None:
        return next((word.text[1:-1].strip() for word in self.words if word.kind == "quoted"), None)

    # -- rights -------------------------------------------------------------------------------------

    def wanted(self, kind: str) -> tuple[str, ...]:
        """As `values`, without those behind a "not" ("pyydä asiakasnumero, ei hetua")."""
        found: list[str] = []
        denying = False
        for at, word in zip(self.indices, self.words, strict=True):
            denying = denying and at - 1 in self.indices
            if _denies(word):
                denying = True
            elif word.form in {"vaan", "mutta", "men", "but"}:
                denying = False
            if not denying and not self._left_out(at, kind):
                found += [tag.removeprefix(f"{kind}.") for tag in sorted(word.tags) if tag.startswith(f"{kind}.")]
        return tuple(dict.fromkeys(found))

    def _left_out(self, at: int, kind: str) -> bool:
        """As in "passikopiota ei tarvita": the "not" behind it is its own."""
        behind = self.line.words[at + 1 : at + 3]
        if not behind or not _denies(behind[0]):
            return False
        return len(behind) > 1 and not any(tag.startswith(f"{kind}.") for tag in behind[1].tags)

    @cached_property
    def goal(self) -> str | None:
        """The right that another is changed into: "poisto oikaisuksi", "poistosta rajoittamiseen"."""
        into = [word for word in self.words if word.form.endswith(_INTO)]
        rights = [tag.removeprefix("right.") for word in into for tag in word.tags if tag.startswith("right.")]
        return rights[-1] if rights else None

    @cached_property
    def rights_said(self) -> tuple[list[str], list[str]]:
        """The rights that it is, and those that it is not ("oikaisu eikä poisto", "ei poisto vaan oikaisu")."""
        wanted: list[str] = []
        denied: list[str] = []
        denying = False
        for at, word in zip(self.indices, self.words, strict=True):
            denying = denying and at - 1 in self.indices  # another clause
            if _denies(word):
                denying = True
            elif word.form == "vaan" or word.kind == "mark":
                denying = False
            for right in (tag.removeprefix("right.") for tag in sorted(word.tags) if tag.startswith("right.")):
                (denied if denying else wanted).append(right)
        return list(dict.fromkeys(wanted)), list(dict.fromkeys(denied))

    # -- numbers, days ------------------------------------------------------------------------------

    def counted(self, unit: str) -> int | None:
        """How many of a unit: "kahdella kuukaudella" -> 2, "kuukaudella" -> 1."""
        for at, word in enumerate(self.words):
            if unit in word.tags and word.form not in {"kuutta", "kuusi"}:  # six of something
                near = (number(word.form) for word in reversed(self.words[max(at - 2, 0) : at]))  # "two more months"
                return next((count for count in near if count is not None), 1)
        return None

    @cached_property
    def amount(self) -> int | float | None:
        """An amount of money: the number beside "euro"."""
        for at, word in enumerate(self.words):
            if "euro" in word.tags:
                for near in (at - 1, at + 1):
                    if 0 <= near < len(self.words) and (value := _money(self.words[near])) is not None:
                        return value
        coin = next((word for word in self.words if "money_word" in word.tags), None)
        return _money(coin) if coin else None

    def moment(self, mention: Mention) -> str:
        """A day ahead, with its time where one was said."""
        return f"{mention.ahead}T{mention.time}" if mention.time else str(mention.ahead)

    @property
    def today_at(self) -> str | None:
        """A time said without a day is one of today ("kello neljä"); "tunnin päästä" is counted from now."""
        forms = [word.form for word in self.words]
        if self.line.now and (soon := ahead(forms)):
            return f"{self.line.now + soon[1]:%Y-%m-%dT%H:%M}"
        time = alone(forms)
        return f"{self.line.today}T{time}" if time else None

    @property
    def next_time(self) -> str | None:
        """The next time said without a day ("kuudelta", "illalla kahdeksalta"): today's or tomorrow's."""
        time = next((time for _, time, _ in times([word.form for word in self.words])), None)
        over = time is not None and self.line.now is not None and time <= f"{self.line.now:%H:%M}"
        return f"{self.line.today + timedelta(days=over)}T{time}" if time else None

    @property
    def before_what_is_told(self) -> Spoken:
        """Without what somebody is told ("kerro että hän muuttaa toukokuussa"): its days are not the command's."""
        told = next((at for at, word in zip(self.indices, self.words, strict=True) if "that_word" in word.tags), None)
        if told is None:
            return self
        spans = tuple((start, min(end, told)) for start, end in self.spans if start < told)
        return Spoken(self.line, spans) if spans else self

    @cached_property
    def range(self) -> dict[str, str]:
        """From when until when, ahead."""
        found: dict[str, str] = {}
        plain = [m for m in self.mentions if not m.month]
        for mention in plain:
            if mention.until or (found and len(plain) > 1):
                found["until"] = str(mention.ahead)
            elif "from" not in found:
                found["from"] = str(mention.ahead)
        if not plain and (month := next((m for m in self.mentions if m.month), None)):
            found = {"from": str(month.ahead), "until": str(month_end(month.ahead))}
        if len(plain) == 1 and "from" in found and self.says("palaan", "palaa", "takaisin"):
            found = {"until": found["from"]}
        return found

    @cached_property
    def between(self) -> dict[str, str]:
        """From when until when, behind; a whole month is its first and last day."""
        found: dict[str, str] = {}
        for mention in self.mentions:
            if mention.month:
                first = mention.behind
                last = month_end(first)
                found = {"from": str(first), "to": str(last)}
            elif "from" not in found and not mention.until:
                found["from"] = str(mention.behind)
            else:
                found["to"] = str(mention.behind)
        return found

    @property
    def past_period(self) -> dict[str, str]:
        """The first and last day of a span said by name ("viime kuussa")."""
        today = self.line.today
        first_of_month = today.replace(day=1)
        spans = {
            "last_month": ((first_of_month - timedelta(days=1)).replace(day=1), first_of_month - timedelta(days=1)),
            "this_month": (first_of_month, month_end(first_of_month)),
            "this_year": (date(today.year, 1, 1), date(today.year, 12, 31)),
            "last_year": (date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)),
            "last_week": (today - timedelta(days=today.weekday() + 7), today - timedelta(days=today.weekday() + 1)),
        }
        named = next((spans[p] for p in self.values("period") if p in spans), None)
        return {"from": str(named[0]), "to": str(named[1])} if named else {}

    @cached_property
    def period(self) -> str | None:
        if named := next((p for p in self.values("period")), None):
            return named
        if month := next((m for m in self.mentions if m.month), None):
            return f"{month.behind:%Y-%m}"
        return next((n for n in self.numbers if len(n) == 4 and n.startswith("20")), None)


def _denies(word: Word) -> bool:
    return (
        (word.form in _NEGATORS and (word.form != "en" or "not" in word.tags))
        or "rather_than" in word.tags
        or "dont" in word.tags
        or ("not" in word.tags and not word.phrases - {"not"})
    )


def _money(word: Word) -> int | float | None:
    if word.form.isdigit():
        return int(word.form[:9])
    pieces = word.form.replace(":", ".").replace(",", ".").split(".")
    if len(pieces) == 2 and all(piece.isdigit() for piece in pieces):
        return float(".".join(pieces))
    return number(word.form) or (nickname(word.form) if "money_word" in word.tags else None)  # "vitonen"


def month_end(first: date) -> date:
    """The last day of a month."""
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])
