"""Which outcome a clause says, and of which right where only its verb tells.

Refuses what is told beside it: ground, day and channel are `outcome_facts`'.
"""

from __future__ import annotations

from inbox_agent.rules.commands.function_words import FUNCTION
from inbox_agent.rules.commands.part import Spoken

TOLD = ("art11", "not_identified", "no_data")
CORRECTED = frozenset({"data_word", "fact.address", "fact.name", "fact.phone", "fact.birth_date", "fact.postcode"})
"""What is corrected in the register."""
NO_GROUNDS = frozenset({"ground.large_data", "ground.further_copy", "ground.once_a_year"})  # of a question or a fee

DONE_ENDINGS = (
    "imme",
    "gavs",
    "nut",
    "nyt",
    "ttu",
    "tty",
    "stu",
    "sty",
    "tiin",
    "ats",
    "ades",
    "ade",
    "rts",
    "eted",
    "ased",
    "rected",
    "kna",
)
"""How a deed done ends in Finnish and Swedish."""


def outcome_of(tags: frozenset[str]) -> str | None:
    """The outcome that the meanings of a clause say; None where they say none."""
    told = next((outcome for outcome in TOLD if outcome in tags), None)
    if told is not None:
        return told
    if "forward" in tags and {"other_controller", "company"} & tags:
        return "forwarded"
    if "except" in tags and _OF_ALL_BUT & tags:
        return "partly"
    if {"ban_ignored", "right.marketing_objection"} <= tags:
        return "refused"
    refused = {"v_refuse", "no_deed"} & tags or ("cheap_no" in tags and any(tag.startswith("right.") for tag in tags))
    if refused:
        return "partly" if "v_partly" in tags else "refused"
    if _refused_by_ground(tags):
        return "refused"
    if "v_partly" in tags or ("redact" in tags and {"ground.others_rights", "right.access"} & tags):
        return "partly"
    return "granted" if _grants(tags) else None


_OF_ALL_BUT = frozenset({"v_remove", "done.erasure", "v_grant", "v_give", "done.access", "given_out"})
"""What is done to everything except what is named."""


def _refused_by_ground(tags: frozenset[str]) -> bool:
    """A ground beside what is kept, or beside a right that is "not": "poistoa ei, koska juttu on käräjillä"."""
    grounded = any(tag.startswith("ground.") for tag in tags - NO_GROUNDS)
    named = any(tag.startswith("right.") for tag in tags)
    kept = "kept" in tags and (grounded or "kept_thing" in tags) and "v_grant" not in tags
    denied = "not" in tags and named and grounded and not {"v_grant", "v_give"} & tags
    return kept or denied or {"ground.wrong_basis", "right.portability"} <= tags


def _grants(tags: frozenset[str]) -> bool:
    granting = {"v_grant", "v_approve", "v_give", "do_it", "cheap_yes"} & tags
    done = any(tag.startswith("done.") for tag in tags)
    sending = {"v_send", "data_word"} <= tags
    removing = {"v_remove", "v_destroy", "v_away"} & tags and {"data_word", "after_that", "rest", "person"} & tags
    moving = {"v_move", "data_word"} <= tags
    correcting = "v_correct" in tags and bool(CORRECTED & tags)
    attached = "n_attachment" in tags and bool({"data_word", "right.access"} & tags)
    ending = attached or {"v_stop", "right.marketing_objection"} <= tags
    carried_out = "carried_out" in tags and any(tag.startswith("right.") for tag in tags)
    carried_out = carried_out or _ends_marketing(tags) or ("given_out" in tags and not _NO_COPY & tags)
    return bool(granting or done or sending or removing or moving or correcting or ending or carried_out)


def right_of_deed(tags: frozenset[str]) -> str | None:
    """The right that a deed answers, where its verb and its object tell."""
    if {"v_remove", "v_destroy", "v_away"} & tags and {"data_word", "after_that", "except", "rest", "person"} & tags:
        return "erasure"
    if {"v_give", "v_send"} & tags and "data_word" in tags:
        return "access"
    if {"v_move", "data_word"} <= tags:
        return "portability"
    if "v_correct" in tags and CORRECTED & tags:
        return "rectification"
    if _ends_marketing(tags):
        return "marketing_objection"
    attached = {"n_attachment", "data_word"} <= tags or ("given_out" in tags and not _NO_COPY & tags)
    return "access" if attached or {"redact", "ground.others_rights"} <= tags else None


_NO_COPY = frozenset({"n_letter", "identity", "no_deed", "not", "method.authorisation", "fact.authorisation"})
"""What else may be given: a letter, an authority, or nothing."""


def _ends_marketing(tags: frozenset[str]) -> bool:
    """As in "viikkotiedote lopetettu", "promo mails off since yesterday"."""
    stopped = "duty.marketing_stopped" in tags and not {"v_stop", "v_note", "v_note_word"} & tags
    return stopped or ("marketing_mail" in tags and bool({"done_word", "v_stop", "v_away", "ended"} & tags))


def right_of_undone(piece: Spoken) -> str | None:
    """The right that a deed not done belongs to: "ei poisteta"."""
    return next(
        (right for word in piece.words for stem, right in FUNCTION.undone.items() if word.form.startswith(stem)), None
    )
