"""One-time codes: their form, their hash, and finding them in what people send back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox_agent.rules import roundtrip
from state.model import CaseKey, Code, CodeKey, DraftKey

CODES = st.binary(min_size=32, max_size=32).map(roundtrip.code_from)


@given(CODES)
def test_a_code_has_three_groups_without_letters_that_are_mistaken(code: str) -> None:
    groups = code.split("-")
    assert [len(group) for group in groups] == [4, 4, 4]
    assert set("".join(groups)) <= set(roundtrip.ALPHABET)
    assert not set("01OIL") & set(code)


@given(
    CODES, st.text(alphabet="abcåäö .,!?\n> ", max_size=40), st.sampled_from(["-", " ", "", " - ", "\u2013", "-\n> "])
)
def test_a_code_is_found_however_it_is_typed_and_wherever_it_stands(code: str, around: str, between: str) -> None:
    typed = code.lower().replace("-", between)
    assert roundtrip.candidates(f"{around} {typed} {around}") == (code.replace("-", ""),)


@given(CODES, CODES)
def test_only_the_code_itself_fits_its_hash(code: str, other: str) -> None:
    salt = "00" * roundtrip.SALT_BYTES
    kept = roundtrip.digest(code, salt)
    assert roundtrip.is_code(code.lower(), salt, kept)
    assert roundtrip.is_code(other, salt, kept) is (other == code)
    assert code.replace("-", "") not in kept


def test_ordinary_mail_holds_no_code() -> None:
    text = (
        "Tilasin 12.3.2026 tuotteen 1234-5678-9012, viite 1234 5678 9012, IBAN FI21 1234 5600 0007 85,\n"
        "puh. 0401 2345 6789 ja osoite Mallikatu 1 A 12, 00100 Helsinki. Tietosuoja, suomi sata vuotta.\n"
        "https://posti.example/a1b2c3d4e5f6/2026-0007 ja 9fb2a1c3d4e5f607"
    )
    assert roundtrip.candidates(text) == ()


@given(st.text(max_size=3000))
def test_any_text_can_be_searched(text: str) -> None:
    assert len(roundtrip.candidates(text)) <= len(text) / 12


def test_a_long_run_of_spaces_is_searched_in_no_time() -> None:
    """Thousands of times over, where each space was tried with each: that never came to an end."""
    runs = ("a1bb" + " " * 5_000) * 40
    assert roundtrip.candidates(runs + "Q2BB-3CDD-EFGH") == ("Q2BB3CDDEFGH",)


def many(count: int) -> str:
    return "\n".join(f"A{place % 10}{place // 10 % 10:X}B-3CDD-{place:04d}" for place in range(count))


def codes(count: int) -> list[Code]:
    salt = "00" * roundtrip.SALT_BYTES
    kept = roundtrip.digest("Q2BB-3CDD-EFGH", salt)
    return [Code(CodeKey(key), CaseKey(1), DraftKey(key), "", salt, kept, 0, None, None) for key in range(1, count + 1)]


@pytest.mark.parametrize(("written", "out"), [(1, 1), (1, 500), (5_000, 1), (5_000, 500)])
def test_no_mail_has_more_than_a_few_hashes_made(monkeypatch: pytest.MonkeyPatch, written: int, out: int) -> None:
    made, digest = [0], roundtrip.digest

    def counted(code: str, salt: str) -> str:
        made[0] += 1
        return digest(code, salt)

    sent, found = codes(out), roundtrip.written("", many(written), "")
    monkeypatch.setattr(roundtrip, "digest", counted)
    brought = roundtrip.brought(found, sent)
    assert made[0] <= 48
    assert len(brought.read) == out


def test_what_is_not_tested_is_hidden_and_brings_nothing_back() -> None:
    """Behind more candidates than one mail may have tested, the right code neither counts nor shows."""
    found = roundtrip.written("", many(100) + "\nQ2BB-3CDD-EFGH", "")
    brought = roundtrip.brought(found, codes(1))
    assert not brought.right
    assert "Q2BB3CDDEFGH" in brought.hidden
