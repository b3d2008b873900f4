"""The facts of a letter as a form or the command line asks them: a label for each, words for its choices.

Which facts there are, and which are required, is `replies.catalogue`'s.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from inbox_agent.phrasing import identity, words
from inbox_agent.phrasing.provisions import source
from inbox_agent.rules.identity.doubts import Doubt
from inbox_agent.texts import gettext as _
from replies.catalogue import ONCE, facts_needed, letter_facts
from replies.choices import DOUBTS
from replies.facts import Fact, FactKind
from state.model import Letter, Outcome, RequestKind


def label(fact: Fact) -> str:
    """What the field asks, of a further ground with its number. A fact without a label of its own shows its name."""
    if fact.number > 1 and fact.base == "ground":
        return _("A further ground ({number}), for other data").format(number=fact.number)
    if fact.ahead:
        return _("When it was done, or will be")
    said = _labels().get(fact.base, fact.base.replace("_", " "))
    return said if fact.number == 1 else f"{said} ({fact.number})"


def missing(name: str) -> tuple[str, ...]:
    """One of `MissingFacts.names` in words: of which right, what, and in brackets how a command line gives it; then
    each value that it can have with what it means.
    """
    kind, _dot, bare = name.rpartition(".")
    special = {"identity": _("proof of identity"), "outcome": _("the outcome")}
    known = _known(name)
    said = special.get(bare) or f"{label(known)} ({name})"
    head = f"{words.types([kind])}: {said}" if kind else said
    return (head, *(f"  {value}: {choice(known, value)}" for value in known.choices if bare not in special))


def to_be_given(names: Collection[str]) -> tuple[str, ...]:
    """Those of `MissingFacts.names` that somebody can give; the computed ones where they are all there is."""
    given = tuple(name for name in names if not _known(name).computed)
    return given or tuple(names)


def _known(name: str) -> Fact:
    kind, _dot, bare = name.rpartition(".")
    return {fact.name: fact for fact in _of_right(kind)}.get(bare, Fact(bare))


def _of_right(kind: str) -> Iterator[Fact]:
    """Every fact that some outcome of a right asks, or some letter where no right is named."""
    if kind:
        for outcome in Outcome:
            yield from facts_needed(RequestKind(kind), outcome, ONCE)
    else:
        for letter in Letter:
            yield from letter_facts(letter)


def choice(fact: Fact, value: str) -> str:
    """One of a fact's choices in words, a ground with its provision; what has none (file formats) stands as it is."""
    said = _choices().get((fact.base, value)) or _grounds().get(value, value)
    provision = dict(zip(fact.choices, fact.grounds, strict=False)).get(value)
    return f"{said} ({source(provision)})" if provision else said


def ground(code: str) -> str:
    """A lawful ground in words; empty for what is none."""
    return _grounds().get(code, "")


def is_long(fact: Fact) -> bool:
    """Whether its text wants several lines."""
    return fact.kind is FactKind.TEXT and fact.base not in _SHORT


_SHORT = frozenset(
    {
        "fee_amount",
        "fee_basis",
        "passed_to",
        "transferred_to",
        "reviewer",
        "forwarded_to",
        "identifiers",
        "channels",
        "sources",
        "other_law",
    }
)


def _labels() -> dict[str, str]:
    return {
        "answer_by": _("The new day by which the answer comes"),
        "copy_given_on": _("When the person was given the first copy of this data"),
        "concern": _("What the message is about, as we understand it"),
        "extension_explained": _("What there is to go through, and how much (the person reads this)"),
        "extension_in": _("What makes it complex"),
        "extension_reason": _("Why the time is extended"),
        "fee_amount": _("The fee"),
        "same_copy": _("Is it the same data for the same period? Of other data the first copy is free"),
        "not_begun": _("Is all the work still ahead? A fee is asked before it"),
        "fee_basis": _("What it consists of (administrative costs only)"),
        "fee_explained": _("Why this ground applies in this very case"),
        "fee_ground": _("Ground of the fee"),
        "financial_year_end": _("The financial year ends on (day.month., as in 31.12.)"),
        "finding": _("What was found out"),
        "followed_on": _("When the further message came"),
        "given_already": _("What can be given already"),
        "material": _("Which accounting material"),
        "new_promise": _("The new date"),
        "newest_on": _("Date of the newest voucher or entry that is kept"),
        "oldest_on": _("Date of the oldest one, where there are several financial years: each ends by itself"),
        "oldest_until": _("The oldest year is kept until"),
        "passed_to": _("Who takes care of it"),
        "question": _("What should the person specify?"),
        "remedied": _("How it was put right"),
        "remedied_on": _("When it was put right"),
        "reply": _("What else to answer"),
        "reply_by": _("The person is asked to choose by"),
        "result": _("What came of it"),
        "review_on": _("When the restriction is looked at again"),
        "afterwards": _("What happens to the data after that"),
        "asked_data": _("Which data the person asked for"),
        "asked_on": _("When proof of identity was asked"),
        "automated_decisions": _("Are decisions made about the person by automated means alone?"),
        "automated_explained": _("The logic of the automated decisions, and what follows from them"),
        "available_until": _("The link works until"),
        "backups": _("Backups"),
        "backups_until": _("Backups are overwritten by"),
        "categories": _("Which data: the categories"),
        "channels": _("From which channels marketing has stopped"),
        "code": _("The one-time code"),
        "codes": _("What abbreviations in the data mean"),
        "contents": _("What the file contains"),
        "corrected": _("What was corrected, from what to what"),
        "decision": _("Which decision was reviewed"),
        "doubt": _("Why who asks was doubted (the person reads this)"),
        "delivery": _("How the person gets the data"),
        "done_on": _("When it was done"),
        "erased": _("What was erased"),
        "erased_earlier": _("When earlier data was erased"),
        "erased_from": _("From where it was erased (systems, processors)"),
        "explained": _("Why this ground applies in this very case"),
        "extra_data": _("What the person could tell us so that we find them"),
        "file_format": _("File format"),
        "forwarded_to": _("Who the controller is that the request is passed on to"),
        "forwarded_on": _("When the request is passed on (a day to come becomes a task)"),
        "receiver": _("May the letter name that controller?"),
        "unnamed_why": _("Why it may not be named (stays on the case, not in the letter)"),
        "ground": _("Ground of refusal"),
        "identifiers": _("What the search was made with"),
        "kept": _("What is not erased"),
        "kept_until": _("Kept until"),
        "data_subject": _("Whose data it is: the name of the person represented"),
        "delivered_on": _("The late answer was brought on"),
        "late_reason": _("Why the answer is late"),
        "limit": _("Which limit of the Data Protection Act"),
        "left_out": _("What is left undone"),
        "lifted_on": _("When the restriction is lifted"),
        "lifted_why": _("Why it is lifted"),
        "logic": _("The logic of the decision"),
        "not_notified_why": _("Why the recipients cannot be told"),
        "nothing_else": _("Is nothing else held? If there is, grant in part"),
        "notified": _("Were the recipients of the data told?"),
        "notified_named": _("Which recipients they are"),
        "open_until": _("The case waits for proof until"),
        "other_law": _("Which other Act and section"),
        "pipeline_until": _("Messages already on their way stop by"),
        "published": _("Had the data been made public, and are other controllers told?"),
        "purposes": _("What the data is used for"),
        "recipients": _("Who gets or has got the data"),
        "retention": _("How long the data is kept"),
        "role": _("For whom the writer speaks"),
        "reviewed": _("Did the review change the decision?"),
        "safeguards": _("How the person gets a human to look at it, and is heard"),
        "reviewer": _("Who reviewed the decision"),
        "searched": _("Where it was searched"),
        "restricted": _("Which processing is restricted"),
        "scope": _("What of access the person asked for (empty: everything)"),
        "sources": _("Where the data comes from"),
        "stopped": _("What has stopped"),
        "suppression": _("Is an entry kept that blocks marketing?"),
        "trace_until": _("A note of this request is kept until"),
        "transferred_to": _("To whom the data was transferred"),
        "transfers": _("Is data transferred outside the EU and EEA?"),
        "transfers_explained": _("Where to, and under which safeguards"),
        "until_event": _("Until which event the ground holds"),
        "why": _("Why the person cannot be identified in the data"),
    }


def _choices() -> dict[tuple[str, str], str]:
    return {
        ("role", "lawyer"): _("a lawyer writes for a client"),
        ("role", "guardian"): _("a guardian writes"),
        ("role", "custodian"): _("a parent or custodian writes about a child"),
        ("role", "spouse"): _("a spouse writes"),
        ("role", "relative"): _("a relative or friend writes"),
        ("role", "agent"): _("somebody with an authorisation writes"),
        ("role", "portal"): _("a service sends requests for its users"),
        ("role", "works_council"): _("a representative of the staff writes"),
        ("role", "third_person"): _("about another person's data"),
        ("role", "deceased"): _("about somebody who has died"),
        ("scope", "all"): _("everything, with a copy of the data"),
        ("scope", "certain"): _("certain data, with a copy of it"),
        ("scope", "information"): _("information about the processing, no copy"),
        ("scope", "recipients"): _("only who has got the data"),
        ("delivery", "protected_file"): _("file with a password, which goes by another way"),
        ("delivery", "secure_mail"): _("encrypted mail"),
        ("delivery", "secure_link"): _("download link that expires"),
        ("delivery", "account"): _("in the person's own account"),
        ("delivery", "registered_letter"): _("registered letter"),
        ("delivery", "pick_up"): _("picked up on site, as the person wished"),
        ("delivery", "direct_transfer"): _("transferred straight to another controller"),
        ("delivery", "attached"): _("attached as it is: low-risk data, and the person wished it"),
        ("backups", "none"): _("there are none"),
        ("backups", "overwritten"): _("overwritten in their turn"),
        ("suppression", "none"): _("no"),
        ("suppression", "kept"): _("yes, so that the ban holds"),
        ("extension_reason", "complexity"): _("the request is complex"),
        ("extension_reason", "number_of_requests"): _("the person has made several requests"),
        ("extension_in", "amount"): _("it covers a great amount: calls, years, contracts"),
        ("extension_in", "scattered"): _("what it asks for is kept in several places or systems"),
        ("extension_in", "others"): _("other people's data has to be taken out of it"),
        ("extension_in", "unreadable"): _("it has to be made intelligible before it can be given"),
        ("limit", "security"): _("it could harm national security, defence, public order or the solving of crimes"),
        ("limit", "danger"): _("it could seriously endanger the person's health or care, or anybody's rights"),
        ("limit", "supervision"): _("the data serves a supervision that an important economic interest depends on"),
        ("fee_ground", "unfounded"): _("manifestly unfounded"),
        ("fee_ground", "excessive"): _("excessive, in particular repeated"),
        ("fee_ground", "further_copy"): _("a further copy of the same data"),
        ("reviewed", "changed"): _("yes, it was changed"),
        ("reviewed", "upheld"): _("no, it stands"),
        ("published", "no"): _("it was not made public"),
        ("published", "told"): _("it was, and they were told"),
        ("published", "to_be_told"): _("it was; they will be told (it becomes a task)"),
        ("material", "vouchers"): _("vouchers and correspondence: six years from the end of the calendar year"),
        ("material", "books"): _("books and financial statements: ten years"),
        ("same_copy", "so"): _("yes: the same data for the same period, with nothing new in it"),
        ("not_begun", "so"): _("yes: nothing has been searched, collected or copied for this request"),
        ("nothing_else", "so"): _("nothing but this: no customer card, account, notes or marketing"),
        ("result", "stands"): _("our answer stands"),
        ("result", "mended"): _("the person is right: we put it right"),
        ("notified", "to_be_told"): _("not yet: they will be told (it becomes a task)"),
        ("notified", "told"): _("yes, they were told"),
        ("notified", "no_recipients"): _("the data was given to nobody"),
        ("notified", "not_possible"): _("no, it is impossible or out of proportion"),
        ("automated_decisions", "none"): _("no"),
        ("automated_decisions", "made"): _("yes"),
        ("receiver", "named"): _("yes"),
        ("receiver", "unnamed"): _("no: an agreement or a law forbids it"),
        ("transfers", "none"): _("no"),
        ("transfers", "made"): _("yes"),
        **{("doubt", code): identity.doubt(Doubt(code)) for code in DOUBTS},
    }


def _grounds() -> dict[str, str]:
    return {
        "others_rights": _("it would harm other people's rights"),
        "national_limit": _("limit in the Data Protection Act"),
        "unfounded_or_excessive": _("manifestly unfounded or excessive"),
        "data_accurate": _("the data is accurate"),
        "recorded_assessment": _("it is a recorded assessment"),
        "true_at_its_time": _("the data was right at its time"),
        "accounting_law": _("the Accounting Act binds to keep vouchers, and nothing else"),
        "open_invoice": _("an invoice is open"),
        "contract_needed": _("the contract cannot be carried out without it"),
        "still_needed": _("the data is still needed for its purpose"),
        "legal_claim": _("needed for a legal claim"),
        "legal_obligation": _("another law binds to keep it"),
        "freedom_of_expression": _("freedom of expression and information"),
        "public_health": _("public interest in public health"),
        "research": _("research, statistics or archiving in the public interest"),
        "journalism": _("journalism or academic, artistic or literary expression"),
        "other_act": _("another Act restricts the right: name it and its section"),
        "no_restriction_ground": _("no ground for restriction is there"),
        "wrong_basis": _("the right does not reach data of this legal basis"),
        "not_provided": _(
            "concluded by us or told by others, neither given by the person nor recorded of what they did"
        ),
        "not_automated": _("the data is not processed by automated means"),
        "compelling_grounds": _("compelling legitimate grounds"),
        "human_decided": _("a human made the decision"),
        "no_significant_effect": _("the decision has no significant effect"),
        "allowed_by_law": _("a law allows the decision"),
        "needed_for_contract": _("the contract needs it made automatically; a human's review stays open"),
        "explicit_consent": _("the person consented to it explicitly; a human's review stays open"),
    }
