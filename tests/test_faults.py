"""Whatever breaks, no mail is lost or taken in twice, and no letter is sent twice: every fault of the table, once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from inbox_agent import errors
from inbox_agent.services import send
from tests.faults.table import FAULTS
from tests.faults.world import Bench
from tests.servers.certificate import Certificate
from tests.servers.dovecot import Dovecot


def test_the_readme_tells_of_each_fault_that_is_played_and_of_no_other() -> None:
    """A row that no test plays would be a promise of the past."""
    told = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8").partition("| fault | tries |")[2]
    rows = re.findall(r"^\| ([^|*]+?) \| \d+ \| 0 \| 0 \|", told, re.MULTILINE)

    assert rows == list(FAULTS)


@pytest.mark.parametrize("name", FAULTS)
async def test_nothing_is_lost_and_nothing_doubled(name: str, certificate: Certificate, dovecot: Dovecot) -> None:
    tally = await FAULTS[name](Bench(certificate, dovecot))

    assert tally.things > 0
    assert (tally.lost, tally.doubled) == (0, 0)


async def test_an_agent_that_sends_again_would_be_found_out(
    certificate: Certificate, dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The account can fail: an agent that takes an unknown ending for a harmless one delivers twice, and is counted."""

    class Never(Exception):
        """What nobody raises."""

    monkeypatch.setattr(send, "SendingUncertain", Never)
    monkeypatch.setattr(send, "SendingDeferred", (errors.SendingDeferred, errors.SendingUncertain))
    tally = await FAULTS["SMTP: connection dropped after DATA, the text taken"](Bench(certificate, dovecot))

    assert tally.doubled > 0
