"""Finnish verbs in the forms that orders and reports take, from their infinitive; and spoken forms led to one skeleton.

Owns the four productive conjugations and their gradation, as far as a line to the assistant needs them: "lähettää"
gives "lähetä", "lähetetään", "lähettäisitkö", and told as done "lähetetty", "lähetin". Refuses irregular verbs: those
stand in `words.toml` form by form. Everything is folded, so that vowel harmony is only that of u and y.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from inbox_agent.rules.fold import fold, squeeze

_WEAK = (
    ("kk", "k"),
    ("pp", "p"),
    ("tt", "t"),
    ("nt", "nn"),
    ("lt", "ll"),
    ("rt", "rr"),
    ("nk", "ng"),
    ("mp", "mm"),
    ("ht", "hd"),
    ("t", "d"),
    ("p", "v"),
)
_KEPT_STRONG = ("st", "tk", "sk", "ht", "sp")  # "muistaa", "jatkaa" do not gradate before another consonant


@dataclass(frozen=True, slots=True)
class Verb:
    """The stems of one verb, folded. `short` is what "-kaa" and "-nut" stand behind, `passive` what "-taan" does."""

    infinitive: str
    weak: str  # lähetä-n
    strong: str  # lähettä-isi
    long: str  # lähettä-mään, avaa-maan
    short: str  # lähettä-kää, ava-t-kaa
    passive: str  # lähete-tään
    past: str  # lähett-i
    back: bool

    @classmethod
    def of(cls, written: str) -> Verb:
        """From "lähettää", or "hylätä=hylkää" where the strong stem is not told by the infinitive."""
        given, _, strong = written.partition("=")
        infinitive = fold(given)
        back = bool(re.search(r"[aou]", given.lower()))
        if re.search(r"i(ta|tä)$", given):
            stem = infinitive[:-2]
            return cls(infinitive, f"{stem}tse", f"{stem}tse", f"{stem}tse", f"{stem}t", f"{stem}", f"{stem}ts", back)
        if re.search(r"(ll|nn|rr|st)(a|ä)$", given) and not re.search(r"(aa|ää)$", given):
            stem = infinitive[:-2]
            return cls(infinitive, f"{stem}e", f"{stem}e", f"{stem}e", stem, stem, stem, back)
        if re.search(r"[aäoöuy](ta|tä)$", given):
            long = fold(strong) or f"{infinitive[:-2]}a"
            return cls(infinitive, long, long[:-1], long, f"{infinitive[:-2]}t", infinitive[:-2], f"{long[:-1]}s", back)
        strong = infinitive[:-1]
        weak = weakened(strong)
        passive = f"{weak[:-1]}e" if weak.endswith("a") else weak
        past = strong[:-1] if strong.endswith(("a", "e", "i")) else strong
        if re.search(r"[nlr]ta$|[aeiouy]{2}ta$", strong) and not strong.endswith("tta"):
            past = f"{past[:-1]}s"  # myönsi, pyysi
        return cls(infinitive, weak, strong, strong, strong, passive, past, back)


def weakened(strong: str) -> str:
    """The weak grade of a stem: lähettä- -> lähetä-."""
    head, last = strong[:-1], strong[-1]
    if head.endswith(_KEPT_STRONG) and not head.endswith("ht"):
        return strong
    for grade, weak in _WEAK:
        if head.endswith(grade):
            return head[: len(head) - len(grade)] + weak + last
    return strong


def orders(written: str) -> frozenset[str]:
    """Forms of an order, a wish or a plan: imperatives, present, conditional, infinitives, "-ttava"."""
    verb = Verb.of(written)
    t = "" if verb.passive.endswith(("l", "n", "r", "s")) else "t"
    conditional = verb.strong[:-1] if verb.strong.endswith(("e", "i")) else verb.strong
    assimilated = verb.passive + (verb.passive[-1] if verb.passive.endswith(("l", "n", "r")) else "t")
    wishes = ("isi", "isin", "isit", "isimme", "isitte", "isitko", "isitteko", "is", "isitsa", "s")
    third = verb.infinitive if verb.infinitive.endswith("aa") else verb.weak
    return frozenset(
        {
            verb.infinitive,
            third,
            *(verb.weak + ending for ending in ("", "n", "t", "mme", "tte", "ppa", "pa", "han", "ha", "pas", "s")),
            *(verb.short + ending for ending in ("kaa", "kaamme", "koon", "kaapa")),
            *(conditional + ending for ending in wishes),
            *(assimilated + ending for ending in ("aan", "a")),
            *(f"{verb.passive}{t}t{ending}" for ending in ("aisiin", "akoon", "ava", "avat", "avaksi", "ais")),
            *(verb.long + ending for ending in ("maan", "malla")),
        }
    )


def reports(written: str) -> frozenset[str]:
    """Forms that tell a deed as done: "lähetetty", "lähetettiin", "lähetin", "lähettänyt"."""
    verb = Verb.of(written)
    u = "u" if verb.back else "y"
    t = "" if verb.passive.endswith(("l", "n", "r", "s")) else "t"
    weak_past = weakened(f"{verb.past}i") if not verb.past.endswith("s") else f"{verb.past}i"
    last = verb.short[-1]
    active = verb.short[:-1] + "nn" if last == "t" else verb.short + (last if last in "lnrs" else "n")
    done = f"{verb.passive}{t}t{u}"
    return frozenset(
        {
            *(done + ending for ending in ("", "a", "na", "ksi", "ja")),
            *((f"{verb.passive}{t}{u}" + ending) for ending in ("t", "n", "issa")),
            *(f"{verb.passive}{t}tiin{ending}" for ending in ("", "ko", "kin")),
            f"{verb.past}i",
            *(weak_past + ending for ending in ("n", "mme")),
            *(active + ending for ending in (f"{u}t", f"{u}", "eet")),
        }
    )


_SPOKEN = (
    (re.compile(r"oit"), "ot"),  # kirjottaa
    (re.compile(r"lai([ns])"), r"la\1"),  # sellasta
    (re.compile(r"(?<=[aeiouyh])d(?=[aeiouy])"), ""),  # nähä, pyyän
    (re.compile(r"(?<=e)a"), ""),  # nopeesti, oikee
    (re.compile(r"(?<=[iouy])a$"), ""),  # tietoo, laskuu
    (re.compile(r"(?<=[^aeiouy]o)i$"), ""),  # alko, anto
    (re.compile(r"(?<=[ai]s)i$|(?<=[ku]s)i$"), ""),  # englanniks, halus
    (re.compile(r"(?<=[ls])a$|(?<=[ls]t)a$"), ""),  # lomal, asiast
    (re.compile(r"(?<=[lnrs][uy])t$"), ""),  # ollu
    (re.compile(r"(?<=...ta)n$"), ""),  # kysytää
)


_UNDONE = re.compile(r"\w{3,}mat(?:ta(?:kin|an)?|on\w*|tom\w*)")


def left_undone(form: str) -> bool:
    """Whether a folded word tells a deed as not done: "poistamatta", "lähettämätön"."""
    return _UNDONE.fullmatch(form) is not None


@lru_cache(maxsize=50_000)
def skeleton(form: str) -> str:
    """What a folded form has in common with how it is spoken in any part of the country."""
    bare = squeeze(form)
    for written, spoken in _SPOKEN:
        bare = written.sub(spoken, bare)
    return squeeze(bare)


_EASTERN = (
    (re.compile(r"(?<=([aeiouy]))([lrnh])\1(?=[kpvmjhfg])"), r"\2"),  # kolome, velekoo, palavelu
    (re.compile(r"(?<=[aeo])p$"), ""),  # jääp, suap
    (re.compile(r"iij(?=[aeou])"), "ie"),  # tiijot
    (re.compile(r"(?<=[aeiouy])[jv](?=[aeiouy])"), ""),  # uuvet, hoijettava, pöyvälle
    (re.compile(r"(?<![aeiouy])(?:ua|ia)"), "aa"),  # suaha, jiäp, viärin
    (re.compile(r"(?:oo|ee)(?=$|m|n|t|k)"), "aa"),  # hoitoo, lissee, päivee
)


def eastern(form: str) -> tuple[str, ...]:
    """The written words that a folded word of the eastern dialects may stand for, the nearest first."""
    found: list[str] = []
    whole = form
    for said, written in _EASTERN:
        found.append(said.sub(written, form))
        whole = said.sub(written, whole)
        found.append(whole)
    return tuple(one for one in dict.fromkeys(found) if one != form)
