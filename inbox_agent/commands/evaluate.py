"""`inbox-agent evaluate`: how well recognition does on a folder of labelled mails, misses included.

Owns reading the corpus files and printing the table. What counts as right stands in `rules.evaluation`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from inbox_agent.errors import UsageProblem
from inbox_agent.rules.classify import Recogniser
from inbox_agent.rules.corpus import OWN_DOMAINS, BrokenCorpus, LabelledMail, parse_corpus, raw_mail
from inbox_agent.rules.evaluation import Answer, Report, Share, report
from inbox_agent.rules.parse import parse
from inbox_agent.rules.visible import masked, visible, visible_line
from inbox_agent.texts import gettext as _

_CHECKOUT = Path(__file__).parents[2] / "tests" / "corpus" / "evaluation"
_FEW = 20  # mails that a trait needs before its share says anything


def summary() -> str:
    """One line for the help."""
    return _("measure recognition on labelled mails")


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's own arguments."""
    parser.add_argument("folder", nargs="?", type=Path, default=_CHECKOUT, metavar="FOLDER", help=_("folder of *.txt"))
    parser.add_argument("--json", action="store_true", help=_("one JSON object"))


def run(arguments: argparse.Namespace) -> int:
    """Read, recognise, count, print. Raises UsageProblem where there is nothing to read or a file is broken."""
    mails = list(_mails(arguments.folder))
    recogniser = Recogniser.load()
    figures = report(_answer(recogniser, mail) for mail in mails)
    if arguments.json:
        print(json.dumps(as_json(figures), ensure_ascii=False))
    else:
        print("\n".join(table(figures)))
    return 0


def as_json(figures: Report) -> dict[str, object]:
    """The report as one JSON object; texts are sanitised and identity codes masked."""
    return {
        "mails": figures.mails,
        "confusion": {f"{label}/{verdict}": count for (label, verdict), count in sorted(figures.confusion.items())},
        "missed": _share(figures.missed),
        "false_alarms": _share(figures.false_alarms),
        "unsure": _share(figures.unsure),
        "exact_kinds": _share(figures.exact),
        "kinds": {
            kind.kind: {"recall": _share(kind.recall), "precision": _share(kind.precision)} for kind in figures.kinds
        },
        "traits": {trait.trait: _share(trait.wrong) for trait in figures.traits},
        "misses": [_miss(answer) for answer in figures.misses],
    }


def table(figures: Report) -> Iterator[str]:
    """The report for people, line by line."""
    yield _("{count} mails").format(count=figures.mails)
    yield f"  {_('requests missed'):34} {_says(figures.missed)}"
    yield f"  {_('other mails taken for requests'):34} {_says(figures.false_alarms)}"
    yield f"  {_('unsure'):34} {_says(figures.unsure)}"
    yield f"  {_('requests with exactly their rights'):34} {_says(figures.exact)}"
    for (label, verdict), count in sorted(figures.confusion.items()):
        yield f"  {label:>12} -> {verdict:12} {count:5}"
    yield f"  {_('right'):20} {_('recall'):>18} {_('precision'):>18}"
    for kind in figures.kinds:
        yield f"  {kind.kind:20} {_says(kind.recall):>18} {_says(kind.precision):>18}"
    for trait in figures.traits:
        if trait.wrong.whole >= _FEW:
            yield f"  {trait.trait:20} {_('wrong')} {_says(trait.wrong)}"
    for answer in figures.misses:
        yield from _miss_lines(answer)


def _mails(folder: Path) -> Iterator[LabelledMail]:
    files = sorted(folder.glob("*.txt"))
    if not files:
        raise UsageProblem("no_such_file", str(folder))
    for path in files:
        try:
            yield from parse_corpus(path.read_text(encoding="utf-8"))
        except (BrokenCorpus, UnicodeDecodeError) as error:
            raise UsageProblem("broken_corpus", f"{path.name}: {error}") from None


def _answer(recogniser: Recogniser, mail: LabelledMail) -> Answer:
    found = recogniser.classify(parse(raw_mail(mail), own_domains=OWN_DOMAINS))
    return Answer(mail, found.verdict, frozenset(found.kinds))


def _miss(answer: Answer) -> dict[str, object]:
    return {
        "id": answer.mail.id,
        "label": answer.mail.verdict,
        "verdict": str(answer.verdict),
        "kinds": sorted(answer.mail.required),
        "optional": sorted(answer.mail.optional),
        "told": sorted(answer.kinds),
        "subject": masked(visible_line(answer.mail.subject)),
        "text": masked(visible(answer.mail.body)),
    }


def _miss_lines(answer: Answer) -> Iterator[str]:
    wanted = ", ".join(sorted(answer.mail.required)) or "-"
    told = ", ".join(sorted(answer.kinds)) or "-"
    yield ""
    yield f"{answer.mail.id}: {answer.mail.verdict} ({wanted}) -> {answer.verdict} ({told})"
    yield f"  {masked(visible_line(answer.mail.subject))}"
    yield from (f"  | {line}" for line in masked(visible(answer.mail.body)).splitlines() if line.strip())


def _share(share: Share) -> dict[str, float]:
    return {"part": share.part, "whole": share.whole, "percent": share.percent}


def _says(share: Share) -> str:
    return f"{share.percent:5.1f} % {share.part:4}/{share.whole}"
