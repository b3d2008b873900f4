"""Folding, sentences and the lexicon: one spelling for what people write in many."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox_agent.rules.features import Features, Reading, features, near_stems, read_sentences, shortened
from inbox_agent.rules.fold import clauses, fold, fold_in_place, sentences
from inbox_agent.rules.lexicon import LANGUAGES, lexicon


@pytest.mark.parametrize(("written", "folded"), [("Säilyttäkää", "sailyttakaa"), ("ÅÄÖ", "aao"), ("DON’T", "dont")])
def test_fold_makes_one_of_case_diacritics_and_apostrophes(written: str, folded: str) -> None:
    """Mail without ä and ö reads like mail with them."""
    assert fold(written) == folded


@given(st.text(max_size=300))
def test_tokens_remember_where_they_stood(text: str) -> None:
    """Every token folds the very letters it points to, in order, without overlap."""
    end = 0
    for sentence in sentences(text):
        for token in sentence:
            assert end <= token.start < token.end
            assert token.form == fold(text[token.start : token.end][:40])
            end = token.end


@given(st.text(alphabet="Aä'’.!\n -9", max_size=300))
def test_the_forms_of_sentences_are_those_of_their_words(text: str) -> None:
    """With and without the places of the words a text says the same."""
    assert [clause.forms for clause in clauses(text)] == [[token.form for token in words] for words in sentences(text)]


def test_a_sentence_has_a_bound() -> None:
    """A text without full stops is still cut."""
    assert max(len(sentence) for sentence in sentences("sana " * 1_000)) <= 60


@pytest.mark.parametrize(
    ("language", "word", "family"),
    [
        ("fi", "poistakaa", "delete"),
        ("fi", "Poistattehan", "delete"),
        ("fi", "asiakastietojani", "data"),
        ("fi", "henkilotiedot", "data"),
        ("fi", "ennää", "anymore"),
        ("fi", "musta", "about_me"),
        ("sv", "raderas", "delete"),
        ("sv", "kunduppgifterna", "data"),
        ("en", "erasing", "delete"),
        ("en", "unsubscribe", "stop"),
    ],
)
def test_inflected_and_compound_words_are_found(language: str, word: str, family: str) -> None:
    """Stems meet their inflections, compounds their last part, dialect its doubled letters."""
    assert family in lexicon(language).families(fold(word))


@pytest.mark.parametrize("word", ["tiedote", "tietokone", "tietysti"])
def test_look_alikes_are_not_data(word: str) -> None:
    """Not every word that begins like tieto is about data."""
    assert "data_plural" not in lexicon("fi").families(fold(word))


def test_a_phrase_counts_at_its_first_word() -> None:
    """Several words may have one meaning."""
    (clause,) = clauses("En jaksa enää")
    assert "stop" in lexicon("fi").tags(clause.forms)[0]


def test_every_language_has_a_lexicon_and_others_read_finnish() -> None:
    """An unknown language is no error."""
    assert all(lexicon(language).families("x") == frozenset() for language in LANGUAGES)
    assert lexicon("zz").families("poistakaa")


def test_a_long_text_is_read_at_both_ends() -> None:
    """The request in the last sentence of a long complaint is read."""
    text = "alku " + "x" * 100_000 + " loppu"
    assert shortened(text).startswith("alku")
    assert shortened(text).endswith("loppu")
    assert len(shortened(text)) < 20_000


def test_features_do_not_depend_on_line_breaks_within_a_sentence() -> None:
    """A hard-wrapped mail says what the same mail says unwrapped."""
    assert _found("Poistakaa kaikki tietoni heti.") == _found("Poistakaa kaikki\ntietoni heti.")


def test_a_mail_holds_what_its_sentences_hold() -> None:
    """Words, parts and frames of each sentence alone are the mail's; what stands in the quote is context."""
    found = _found("Poistakaa tietoni. Lopettakaa mainokset.", quoted="Viikon tarjoukset")
    assert {"poistakaa", "mainokset", "poistakaa tietoni"} <= found["words"]
    assert "tietoni lopettakaa" not in found["words"]
    assert "quotes tarjoukset" in found["context"]


def test_length_and_language_say_nothing() -> None:
    """They told one writer of the corpus from another, never a request from an order."""
    assert not any(name.startswith(("length", "language")) for name in _found("Hei. " * 50)["context"])


def _found(text: str, quoted: str = "") -> Features:
    read = Reading("s", text, quoted, "fi", reply=False, forwarded=False, one_click=False, attachments=False)
    own = read_sentences(read)
    return features(read, own)


def test_stems_stand_near_each_other_in_any_form_and_in_their_order() -> None:
    """What is done to what, with words between them; not across a whole sentence."""
    near = set(near_stems(("poistakaa", "heti", "kaikki", "tietoni")))

    assert {"pois tiet", "kaik tiet"} <= near
    assert "tiet pois" not in near
    assert near == set(near_stems(("poistaisitteko", "heti", "kaikkea", "tietoja")))
    assert "pois tiet" not in set(near_stems(("poistakaa", *"abcde", "tietoni")))


@given(st.text(max_size=80) | st.text("aAäÄåöÖé–”ßẞΣςİK\u0308", max_size=80))
def test_a_text_is_folded_letter_by_letter_and_keeps_its_places(text: str) -> None:
    """Whatever alphabet: one character for each, in every surrounding the same."""
    assert fold_in_place(text) == "".join(map(fold_in_place, text))
    assert len(fold_in_place(text)) == len(text)
