"""The corpus of bad letters: each one yields exactly its finding, in Finnish, Swedish and English."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from replies.album import specimens
from replies.choices import LANGUAGES
from replies.lens import Around
from replies.linter import CODES, lint

CORPUS = Path(__file__).parent / "corpus_letters"
AROUND = Around("maija@esimerkki.example", ("Pekka Keksitty-Toinen", "Maija Esimerkki"))
ALBUM = {(language, found.title): found for language in LANGUAGES for found in specimens(language, "te")}


@dataclass(frozen=True)
class Bad:
    """One line of the corpus."""

    language: str
    code: str
    of: str
    edits: tuple[str, ...]


def _corpus(language: str) -> list[Bad]:
    lines = (CORPUS / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    parts = [line.split(" | ", 2) for line in lines if line.strip()]
    return [Bad(language, code, of, tuple(edits.split(" || "))) for code, of, edits in parts]


BAD = [bad for language in LANGUAGES for bad in _corpus(language)]


def _edited(body: str, edit: str) -> str:
    sign, _, rest = edit.partition(" ")
    match sign:
        case "+":
            return f"{body}\n{rest}\n"
        case "-":
            return re.sub(rest, "", body)
        case "~":
            old, _, new = rest.partition(" => ")
            return body.replace(old, new)
        case _:
            return body


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: f"{bad.language}-{bad.code}")
def test_a_bad_letter_yields_exactly_its_finding(bad: Bad) -> None:
    """That code, and no other; what was added is found where it stands."""
    specimen = ALBUM[bad.language, bad.of]
    context, good = specimen.context, specimen.text.body
    assert lint(good, specimen.text.subject, context, AROUND) == ()
    body = good
    for edit in bad.edits:
        if edit.startswith("@ "):
            context = replace(context, today=date.fromisoformat(edit[2:]))
        body = _edited(body, edit)
    assert body != good or context != specimen.context, "the edit must change something"

    found = lint(body, specimen.text.subject, context, AROUND)

    assert {finding.code for finding in found} == {bad.code}
    if bad.edits[0].startswith("+ "):
        begin = len(good) + 1
        assert all(finding.span and begin <= finding.span[0] < finding.span[1] <= len(body) for finding in found)


# Facts show these, or tables of sentences in each language (test_replies_hindrances): they have their own tests.
_SEEN_IN_FACTS = frozenset(
    {"subject", "protected_person", "protected_address", "recipients_contradict", "way_in_missing", "only_mail_in"}
    | {"asked_by_mail_only", "nothing_else_contradicts", "own_words_before_identity"}
    | {"extension_vague", "extension_unmeasured", "extension_uncounted"}
    | {"undone_unsaid", "uncollected", "afterwards_contradicts", "everywhere_unknown", "effort_alone"}
    | {"fee_disproportionate", "fee_uncounted", "refusal_unexplained", "reasons_untold", "form_words_before_identity"}
    | {
        "answers_apart",
        "nothing_done",
        "act_in_own_words",
        "channels_left_out",
        "left_out_missing",
        "reason_missing",
        "told_missing",
        "field_in_other_language",
        "joint_untold",
        "processors_untold",
        "processors_denied",
        "holders_left_out",
        "holders_abroad",
    }
    | {"kept_beyond_accounting", "accounting_unexplained", "until_no_event"}
    | {"years_kept_together", "keeping_over", "backups_over", "never_asked", "extension_few"}
    | {"fee_after_work", "fee_number_alone", "act_unstated", "own_sentence"}
    | {
        "own_sentence_before_identity",
        "person_named",
        "taken_for_the_reader",
        "lifted_too_soon",
        "reply_too_late",
        "extension_reason_unchecked",
        "own_ground",
    }
    | {
        "reason_against_ground",
        "marketing_no_ground",
        "claim_only_possible",
        "whole_card_kept",
        "late_far",
        "late_too_far",
    }
    | {"keeping_long", "done_before_receipt", "extension_own_work"}
    | {
        "item_empty",
        "reviewed_by_machine",
        "reviewer_unclear",
        "item_unchecked",
        "transfer_unsafe",
        "transfers_denied",
        "sensitive_in_mail",
        "sensitive_attached",
        "copy_in_plain_mail",
    }
    | {"accounting_act_elsewhere", "further_request_hindered", "complaint_hindered", "reader_bound"}
    | {"data_demanded", "link_days", "silence_closes", "marketing_brought", "left_out_of_granted", "granted_denied"}
    | {"told_others"}
    | {"fee_of_no_customer", "restricted_erased", "restricted_beside_erased", "passed_on_amiss"}
    | {"needed_for_stopped", "needed_beside_stopped", "near_match_told", "beyond_the_material"}
    | {"kept_as_other_material", "counted_from_other_years", "kept_in_other_years", "newest_to_come"}
    | {"cause_of_somebody", "cause_no_excuse", "cause_unchecked"}
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_corpus_holds_every_code_in_every_language(language: str) -> None:
    """A finding that nobody has seen appear is not a finding."""
    assert {bad.code for bad in _corpus(language)} | _SEEN_IN_FACTS == set(CODES)


FINE = [
    ("fi", "more_information, not about access", "Kertoisitteko, miksi vastustatte käsittelyä?"),
    ("fi", "identity_question", "Teidän ei tarvitse luoda tunnuksia palveluumme."),
    ("fi", "acknowledgement", "Voitte halutessanne käyttää lomaketta."),
    ("fi", "acknowledgement", "Pankkitunnuksia ei tarvita."),
    ("fi", "acknowledgement", "Vastauksen saa maksutta."),
    ("fi", "acknowledgement", "Tilinumeromme on FI21 1234 5600 0007 85."),
    ("fi", "access granted", "Osoitteemme on tietosuoja@kuurankukka.example ja teidän maija@esimerkki.example."),
    ("fi", "erasure refused legal_claim", "Kaikki teitä koskevat tiedot on tarkistettu."),
    ("sv", "acknowledgement", "Du kan använda blanketten om du vill."),
    ("sv", "acknowledgement", "Du behöver inte skapa något konto."),
    ("en", "acknowledgement", "You may use the form if you like."),
    ("en", "acknowledgement", "You do not need to create an account."),
    ("en", "access granted", "Maija Esimerkki, this letter is for you."),
]


@pytest.mark.parametrize(("language", "title", "sentence"), FINE)
def test_what_is_lawful_to_say_is_no_finding(language: str, title: str, sentence: str) -> None:
    specimen = ALBUM[language, title]
    assert lint(f"{specimen.text.body}\n{sentence}\n", specimen.text.subject, specimen.context, AROUND) == ()
