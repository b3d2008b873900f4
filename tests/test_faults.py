"""Whatever breaks, no mail is lost or taken in twice, and no letter is sent twice: every fault of the table, once."""

from __future__ import annotations

import pytest

from tests.faults.table import FAULTS
from tests.faults.world import Bench
from tests.servers.certificate import Certificate
from tests.servers.dovecot import Dovecot


@pytest.mark.parametrize("name", FAULTS)
async def test_nothing_is_lost_and_nothing_doubled(name: str, certificate: Certificate, dovecot: Dovecot) -> None:
    tally = await FAULTS[name](Bench(certificate, dovecot))

    assert tally.things > 0
    assert (tally.lost, tally.doubled) == (0, 0)
