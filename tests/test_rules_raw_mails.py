"""What becomes of each raw mail of other projects' test suites: one line of expectation a mail, none left out.

The mails are not part of the product; where they are absent these tests are skipped. The table holds no word of them.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from inbox_agent.adapters.attached import AttachedFiles
from inbox_agent.commands.opening import specimen
from inbox_agent.rules.classify import Recogniser
from inbox_agent.rules.intake import IntakeDecision, Join, OpenCase, decide
from inbox_agent.rules.mime import split
from inbox_agent.rules.understand import understand
from state.model import CaseStatus
from tests.state_examples import NOW

COLLECTION = Path(__file__).parents[2] / "shared" / "mail"
FILES = {f"{path.parent.name}/{path.name.rpartition('__')[2]}": path for path in sorted(COLLECTION.glob("*/*.*"))}
TABLE = Path(__file__).parent / "golden" / "raw_mails.tsv"
ROWS = {row[0]: row[1:] for line in TABLE.read_text().splitlines() if (row := line.split("\t"))[0][0] != "#"}

pytestmark = pytest.mark.skipif(not FILES, reason="the collection of raw mails is not here")


@cache
def recogniser() -> Recogniser:
    return Recogniser.load()


def outcome(decision: IntakeDecision) -> str:
    if isinstance(decision, OpenCase):
        return "request" if decision.case.status is CaseStatus.OPEN else "candidate"
    assert not isinstance(decision, Join)
    return f"{'quarantined' if type(decision).__name__ == 'Quarantine' else 'aside'}:{decision.reason}"


def test_every_mail_is_expected() -> None:
    """No mail of the collection is without its line, and no line without its mail."""
    assert set(FILES) == set(ROWS)


@pytest.mark.parametrize("name", ROWS)
def test_each_mail_becomes_what_the_table_says(name: str) -> None:
    """Request, candidate, set aside or quarantined, with the verdict, the parts and files seen, and the flags."""
    raw = FILES[name].read_bytes()
    understood = understand(raw, recogniser(), specimen(), AttachedFiles())
    message = understood.message
    seen = [
        outcome(decide(understood, NOW, (), specimen())),
        str(understood.classification.verdict),
        str(sum(1 for _part in split(raw)[0].walk())),
        str(len(message.attachments)),
        *filter(None, [" ".join(message.flags)]),
    ]

    assert seen == ROWS[name]
