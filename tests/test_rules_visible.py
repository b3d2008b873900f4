"""What of a foreign text may reach a screen, and which personal identity codes are masked."""

from __future__ import annotations

import string
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.fi import hetu

from inbox_agent.rules.visible import MASK, REPLACEMENT, masked, visible, visible_line

CHECK = "0123456789ABCDEFHJKLMNPRSTUVWXY"
VALID = f"010190-999{CHECK[int('010190999') % 31]}"
SIGNS = {18: "+", 19: "-YXWVU", 20: "ABCDEF"}


@st.composite
def codes(draw: st.DrawFn) -> str:
    """A valid personal identity code with an artificial individual number (900-999)."""
    born = draw(st.dates(date(1850, 1, 1), date(2026, 10, 5)))
    sign = draw(st.sampled_from(SIGNS[born.year // 100]))
    number = draw(st.integers(900, 999))
    digits = f"{born:%d%m%y}"
    return f"{digits}{sign}{number}{CHECK[int(f'{digits}{number}') % 31]}"


@given(st.text())
def test_nothing_visible_can_act(text: str) -> None:
    """No control but newline and tab, no bidi control, no invisible character comes through; twice changes nothing."""
    shown = visible(text)
    assert not [c for c in shown if (c < " " and c not in "\n\t") or "\x7f" <= c <= "\x9f"]
    assert not set(shown) & set(
        "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u200c\u200d\u2060\ufeff\u2028"
    )
    assert not [c for c in shown if "\ud800" <= c <= "\udfff" or "\U000e0000" <= c <= "\U000e007f"]
    assert visible(shown) == shown


@given(st.text())
def test_a_visible_line_is_one_line(text: str) -> None:
    """Whatever a name or subject holds, it is shown on one line without outer space."""
    assert visible_line(text) == " ".join(visible_line(text).split())


@given(st.text(alphabet=string.ascii_letters + "åäöÅÄÖ 0123456789.,;:!?–”€\n\t"))
def test_plain_text_is_not_touched(text: str) -> None:
    """Ordinary Finnish, Swedish and English text stays as it is."""
    assert visible(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b]52;c;cm0=\x1b\\", f"{REPLACEMENT}]52;c;cm0={REPLACEMENT}\\"),
        ("\x9b31mpunainen", f"{REPLACEMENT}31mpunainen"),
        ("tieto\u202efdp.exe", f"tieto{REPLACEMENT}fdp.exe"),
        ("pois\u200btakaa\xad tieto\ufeffni", "poistakaa tietoni"),
        ("a\r\nb\rc\u2028d\x0be", "a\nb\nc\nd\ne"),
        ("\0", REPLACEMENT),
    ],
)
def test_dangerous_characters_are_shown_or_dropped(text: str, shown: str) -> None:
    """What could act becomes a mark, what nobody would see goes, line ends become newlines."""
    assert visible(text) == shown


@given(codes(), st.text(alphabet="ab .,:()\n"), st.text(alphabet="ab .,:()\n"))
def test_every_valid_code_is_masked(code: str, before: str, after: str) -> None:
    """A code that an independent referee holds valid is masked wherever it stands, in either case."""
    assert hetu.is_valid(code, allow_temporary=True)
    for written in (code, code.lower()):
        assert masked(f"{before}{written}{after}") == f"{before}{MASK}{after}"


@given(codes(), st.sampled_from(["-", "–", "−", "‑", "—"]), st.sampled_from(["", " ", "  ", "\n", "\xa0"]))
def test_codes_are_masked_however_they_are_typed(code: str, dash: str, gap: str) -> None:
    """Dashes of every kind, stray spaces around the sign and before the check character do not hide a code."""
    typed = f"{code[:6]}{gap}{dash if code[6] == '-' else code[6]}{gap}{code[7:10]}{gap[:1]}{code[10]}"
    assert masked(f"tunnus {typed} loppu") == f"tunnus {MASK} loppu"
    assert masked(f"{code[:2]} {code[2:4]} {code[4:]}") == MASK


@given(codes(), st.sampled_from(" \t._/:*~=|,;#•·&"))
def test_a_right_code_is_masked_whatever_parts_it(code: str, sign: str) -> None:
    """A right check letter proves it; a right check figure does where the number is called a code."""
    typed = f"{code[:6]}{sign}{code[7:]}"
    assert masked(f"henkilötunnus {typed} loppu") == f"henkilötunnus {MASK} loppu"
    if code[-1].isalpha():
        assert masked(f"({typed})") == f"({MASK})"


@given(codes(), st.sampled_from("ABCDEFHJKLMNPRSTUVWXYZO"))
def test_near_misses_are_masked(code: str, letter: str) -> None:
    """A code with a wrong check letter still points at its bearer."""
    assert masked(f"henkilötunnukseni on {code[:10]}{letter}.") == f"henkilötunnukseni on {MASK}."


@given(st.lists(codes(), min_size=2, max_size=4), st.sampled_from([" ", ",", " ja ", "\n", ";"]))
def test_several_codes_are_all_masked(several: list[str], between: str) -> None:
    """Codes that follow one another do not hide one another."""
    assert masked(between.join(several)) == between.join([MASK] * len(several))


@pytest.mark.parametrize("name", ["hetu_{}.pdf", "HETU{}", "({})", "{}n mukaan", "skannaus{}"])
def test_codes_inside_names_are_masked(name: str) -> None:
    """File names and inflected forms hold codes without spaces around them."""
    assert masked(name.format(VALID)) == name.format(MASK)


@pytest.mark.parametrize(
    "written",
    [
        "１３１０５２-９０８T",
        "131052--908T",
        "1 3 1 0 5 2 - 9 0 8 T",
        "13101952-908T",
        "19521013-9080",
        "131052-908",
    ],
    ids=["full width", "two dashes", "each figure apart", "year in four", "as in Sweden", "no check character"],
)
def test_unusual_forms_are_masked_too(written: str) -> None:
    """A code that its bearer wrote in a way no register does still points at its bearer."""
    assert masked(f"henkilötunnus: {written}, kiitos") == f"henkilötunnus: {MASK}, kiitos"
    assert masked("tilausnumero 131052-908 ja lasku 19521013-9080") == "tilausnumero 131052-908 ja lasku 19521013-9080"


@given(st.integers(0, 9_999_999).map(lambda number: f"{number:07d}"))
def test_business_ids_are_never_masked(digits: str) -> None:
    """A business id (seven digits, one check digit) is no personal identity code, right or wrong."""
    for last in "0123456789":
        text = f"Y-tunnus {digits}-{last}, FI{digits}{last}"
        assert masked(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "puh. 040 123 4567",
        "puh. 050123-4567",
        "+358 40 1234567",
        "0401234567",
        "tilaus 010203-1234",
        "tilausnumero 240115-1236",
        "1.10.2026–31.10.2026",
        "2026-10-05 12:03",
        "5.10.2026 klo 12.03",
        "051026 klo 1200",
        "IBAN FI21 1234 5600 0007 85",
        "123456-78901234",
        "20260105-1234",
        "viite 1234 56789 01234",
        "45 001 2026 - 778",
    ],
)
def test_other_numbers_are_never_masked(text: str) -> None:
    """Phone numbers, order numbers, dates, accounts and references stay readable."""
    assert masked(text) == text


@given(st.text(alphabet="0123456789-+ ABab.\n", max_size=60))
def test_masking_twice_changes_nothing(text: str) -> None:
    """What is masked stays masked, and nothing else moves."""
    assert masked(masked(text)) == masked(text)
