"""The reason of an extension, as a line to the assistant says it: its words are kept, the deed and its days are not."""

from __future__ import annotations

import pytest

from inbox_agent.errors import UsageProblem
from inbox_agent.phrasing.errors import phrase
from inbox_agent.rules.extending import reason_said


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("jatka määräaikaa, pyyntö koskee kuutta sopimusta", "pyyntö koskee kuutta sopimusta"),
        (
            "Jatketaan kahdella kuukaudella, koska tiedot ovat neljässä järjestelmässä",
            "tiedot ovat neljässä järjestelmässä",
        ),
        ("puheluita on yli sata, pidennä määräaikaa ja muistuta 1.6.", "puheluita on yli sata"),
        ("Förläng, uppgifterna finns i sex system", "uppgifterna finns i sex system"),
        ("Extend by a month, the data sits in six backends.", "the data sits in six backends"),
        ("Pidennetään kuukaudella monimutkaisuuden vuoksi", ""),
        ("en månad extra behövs, ärendet är invecklat", ""),
        ("jatka määräaikaa", ""),
        ("mera tid", ""),
    ],
)
def test_a_line_s_reason_is_carried_in_its_own_words(line: str, said: str) -> None:
    assert reason_said(line) == said


def test_a_refused_reason_is_told_with_every_sort_that_is_none() -> None:
    """Not only the load of work: absence, technical trouble, opinions and other people's requests too."""
    said = " ".join(phrase(UsageProblem("extension_explained", "odotamme lausuntoa")))
    for ground in ("load", "absence", "technical", "opinion", "other people"):
        assert ground in said
