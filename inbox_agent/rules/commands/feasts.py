"""Days said by the name of their feast: "itsenäisyyspäivään mennessä", "efter kristi himmelsfärd", "till epiphany".

Owns the names that people use in three languages, folded. When a feast falls, `calendar_fi` computes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from inbox_agent.rules.calendar_fi import Eve, Holiday, eves, holidays

_NAMES: tuple[tuple[str, Holiday | Eve], ...] = (
    ("uudenvuoden", Holiday.NEW_YEAR),
    ("uuteenvuoteen", Holiday.NEW_YEAR),
    ("nyar", Holiday.NEW_YEAR),
    ("loppiai", Holiday.EPIPHANY),
    ("trettonda", Holiday.EPIPHANY),
    ("epiphany", Holiday.EPIPHANY),
    ("pitkaperjant", Holiday.GOOD_FRIDAY),
    ("langfreda", Holiday.GOOD_FRIDAY),
    ("paasiai", Holiday.EASTER_SUNDAY),
    ("pask", Holiday.EASTER_SUNDAY),
    ("easter", Holiday.EASTER_SUNDAY),
    ("vapp", Holiday.MAY_DAY),
    ("vapu", Holiday.MAY_DAY),
    ("valborg", Holiday.MAY_DAY),
    ("helators", Holiday.ASCENSION),
    ("himmelsfard", Holiday.ASCENSION),
    ("ascension", Holiday.ASCENSION),
    ("hellunta", Holiday.PENTECOST),
    ("pingst", Holiday.PENTECOST),
    ("juhannusaat", Eve.MIDSUMMER_EVE),
    ("midsommaraft", Eve.MIDSUMMER_EVE),
    ("juhannu", Holiday.MIDSUMMER),
    ("midsommar", Holiday.MIDSUMMER),
    ("midsummer", Holiday.MIDSUMMER),
    ("pyhainpaiv", Holiday.ALL_SAINTS),
    ("itsenaisyyspaiv", Holiday.INDEPENDENCE),
    ("sjalvstandighetsdag", Holiday.INDEPENDENCE),
    ("independence", Holiday.INDEPENDENCE),
    ("jouluaat", Eve.CHRISTMAS_EVE),
    ("julaft", Eve.CHRISTMAS_EVE),
    ("joulu", Holiday.CHRISTMAS),
    ("jul", Holiday.CHRISTMAS),
    ("christmas", Holiday.CHRISTMAS),
    ("xmas", Holiday.CHRISTMAS),
    ("tapanin", Holiday.BOXING_DAY),
    ("annandag", Holiday.BOXING_DAY),
    ("boxing", Holiday.BOXING_DAY),
)
_NO_FEAST = ("joulukuu", "juli", "julk")


def feast(form: str, today: date) -> tuple[date, date] | None:
    """The days ahead and behind on which the feast of a folded word falls, nearest to `today`."""
    named = next((day for stem, day in _NAMES if form.startswith(stem)), None)
    if named is None or form.startswith(_NO_FEAST):
        return None
    days = sorted(_days(named, range(today.year - 1, today.year + 2)))
    ahead = [day for day in days if day >= today]
    behind = [day for day in days if day <= today]
    return min(ahead), max(behind)


def _days(named: Holiday | Eve, years: Sequence[int]) -> list[date]:
    return [day for year in years for day, name in {**holidays(year), **eves(year)}.items() if name == named]
