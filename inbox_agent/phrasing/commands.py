"""What was understood of a line, told as a filled form, and what the law says of it before anything is done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from inbox_agent.phrasing import days, facts, words
from inbox_agent.phrasing.listing import safe
from inbox_agent.rules.commands.model import NOT_UNDERSTOOD, Intent, Said
from inbox_agent.texts import gettext as _
from state.model import RequestKind


def title(intent: Intent) -> str:
    """An intent by name."""
    names = {
        Intent.SHOW_DUE: _("What falls due"),
        Intent.SHOW_CASE: _("A case"),
        Intent.SEARCH: _("Find"),
        Intent.EXPLAIN_VERDICT: _("Why it was understood so"),
        Intent.EXPLAIN_DEADLINE: _("How the date comes"),
        Intent.ASK_IDENTITY: _("Ask who is asking"),
        Intent.ASK_MORE_INFO: _("Ask to specify"),
        Intent.SET_OUTCOME: _("Outcome"),
        Intent.EXTEND: _("Extend the deadline"),
        Intent.FEE: _("Charge a fee"),
        Intent.MARK_NOT_REQUEST: _("Not a request"),
        Intent.REOPEN: _("Open the case again"),
        Intent.APPROVE: _("Approve the letter"),
        Intent.EDIT_DRAFT: _("Change the letter"),
        Intent.ASSIGN: _("Hand over"),
        Intent.REMIND_ME: _("Remind me"),
        Intent.NOTE: _("Note"),
        Intent.ADD_PAPER_REQUEST: _("Record a request from outside the mail"),
        Intent.MERGE: _("Join cases"),
        Intent.CHANGE_KIND: _("Correct what is asked"),
        Intent.RECORD_IDENTITY: _("Record how the identity was established"),
        Intent.STATS: _("Numbers"),
        Intent.UNDO: _("Take back"),
        Intent.HELP: _("Help"),
        Intent.EXPORT: _("Out of the program"),
        Intent.RECORD_DUTY: _("A task that follows"),
        Intent.UNSAFE: _("Not at once, and not by itself"),
        Intent.NONE: _("Nothing is done"),
    }
    return names[intent]


def form(said: Said) -> tuple[tuple[str, str], ...]:
    """What was understood as labels and values; what was said is sanitised."""
    return tuple(_form(said.args))


def lines(said: Said) -> tuple[str, ...]:
    """The form and the findings for a terminal, a line each."""
    told = (title(said.intent), *(f"  {label}: {value}" for label, value in form(said)))
    return (*told, *(f"  ▲ {finding(code)}" for code in said.findings))


def choices(said: Said) -> tuple[tuple[str, str], ...]:
    """What a line may mean, each by its number: title and what is filled in, in one line."""
    return tuple(
        (str(number), ", ".join((title(one.intent), *(f"{label}: {value}" for label, value in form(one)))))
        for number, one in enumerate(said.choices, 1)
    )


def which_one() -> str:
    """Asks the person to pick one of the choices."""
    return _("Did you mean one of these? Write its number, or say it in other words.")


def decided_by(words: Sequence[str]) -> str:
    """Which words of the line decided."""
    return _("Decided by: {words}").format(words=safe(", ".join(words)))


def reason(code: str) -> str:
    """Why nothing is done."""
    names = {
        "smalltalk": _("You are welcome."),
        "nonsense": _("I did not understand. F1 lists what can be said."),
        "unclear": _("I am not sure what should happen. Say it in other words, or press F1 for what can be said."),
        "off_topic": _("That I do not know. I help with requests under data protection law."),
        "undecided": _("Take your time. The clock runs on; the date stands above."),
        "negated": _("Good: it is not done."),
    }
    return names.get(code, code)


def finding(code: str) -> str:
    """What must be known before anything: the law's word, what was not understood, and what to do instead."""
    if code.startswith(NOT_UNDERSTOOD):
        words = safe(code.removeprefix(NOT_UNDERSTOOD))
        return _("This I did not understand: {words}. Say it in other words, or leave it out.").format(words=words)
    names = {
        "hetu_needless": _(
            "Do not ask for a personal identity code: it proves nothing and is data nobody needs (Article 5(1)(c), "
            "Data Protection Act 29). Ask for a customer number or the month of the latest order."
        ),
        "id_copy_needless": _(
            "Do not ask for a picture of an identity document: it is more than is needed (Articles 12(6) and 5(1)(c)). "
            "Ask for what the register already holds, or call back a number on file."
        ),
        "signature_needless": _(
            "A signature proves nobody in a mail and may not be required (Article 12(2)). Ask for what the register "
            "already holds."
        ),
        "clock_runs_on": _("The month runs on while you wait for the answer (Article 12(3))."),
        "reason_is_none_in_law": _(
            "This is no reason for an extension: only complexity or the number of requests is (Article 12(3)). "
            "Answer what you can in time."
        ),
        "two_months_at_most": _("Two further months at most (Article 12(3))."),
        "only_once": _("A deadline may be extended once only (Article 12(3))."),
        "reason_missing": _("Why? Complexity or the number of requests is a reason; say which (Article 12(3))."),
        "excess_to_be_shown": _(
            "That a request is manifestly unfounded or excessive must be shown by the controller (Article 12(5))."
        ),
        "once_a_year_repealed": _(
            "The rule of one free copy a year was repealed in 2018: an answer is free (Articles 12(5) and 15(3))."
        ),
        "fee_ground_missing": _(
            "Answers are free. Is it a further copy, or a manifestly excessive request? Say which (Articles 12(5) and"
            " 15(3))."
        ),
        "first_copy_free": _(
            "The first copy is free; only a further one may cost a reasonable sum (GDPR 12(5), 15(3))."
        ),
        "ground_missing": _("On what ground? Say it; I supply none."),
        "ground_is_none_in_law": _("These words are no ground in law for a refusal. Is there another one?"),
        "ground_not_for_this_right": _("This ground does not answer this right. Look at it once more."),
        "only_in_part": _(
            "Other people's rights keep back their part of a copy, never the whole answer (Article 15(4)). Grant in"
            " part."
        ),
        "vouchers_alone": _(
            "The Accounting Act keeps vouchers and books, and nothing else. Is there a customer card, an account or a "
            "note? Then grant in part (1336/1997, 2:10)."
        ),
        "marketing_ban_never_refused": _(
            "A ban on direct marketing cannot be refused: marketing must stop (Article 21(2)-(3))."
        ),
        "withdrawal_never_refused": _("A withdrawal of consent cannot be refused (Article 7(3))."),
        "complaint_right_needed": _(
            "A refusal must tell of the complaint to the Data Protection Ombudsman and of the court (Article 12(4))."
        ),
        "reason_needless": _(
            "Nobody must say why they want their data (Articles 12(2) and 15). Ask which data is meant."
        ),
        "to_missing": _("To whom? Say a name."),
        "reminder_moved": _(
            "The reminders of this case that are still to come are cancelled; this one takes their place."
        ),
        "unsafe_bulk_send": _(
            "Letters are approved one by one, each with its own text in view. Open the first: Enter."
        ),
        "unsafe_bulk_outcome": _(
            "Outcomes are decided case by case, each with its own grounds. Open the first: Enter."
        ),
        "unsafe_delete_case": _(
            "A case is not deleted: it is closed, and its personal data is erased when its retention ends. That "
            "is how it is shown that you answered."
        ),
        "unsafe_wipe": _("Nothing is wiped from here. Cases erase themselves when their retention ends."),
        "unsafe_skip_approval": _("No letter leaves without your approval of that exact text. Read it and press a."),
        "unsafe_skip_identity": _(
            "Before the person is identified, nothing about them may leave. The least that is enough: a customer "
            "number, or a call to a number on file."
        ),
        "unsafe_disclose": _("Data goes only to the person it is about, or to one with an authorisation."),
        "unsafe_falsify_date": _(
            "The day of receipt is the day the request came. It is not changed to win time; an extension or an "
            "honest apology is the way."
        ),
        "unsafe_unverified_recipient": _(
            "The answer goes to an address that is known to be the person's. Confirm the new one first, from the "
            "old one or by a call."
        ),
    }
    return names.get(code, code.replace("_", " "))


def _form(args: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in args.items():
        if name == "outcomes":
            for one in value:
                rest = [
                    f"{label}: {text}" for label, text in _form({k: v for k, v in one.items() if k not in _OF_OUTCOME})
                ]
                yield _value(one.get("right") or "outcome").capitalize(), "; ".join((_value(one["outcome"]), *rest))
        elif name == "lawful":
            yield _("In law"), {True: _("allowed"), False: _("not so"), None: _("a ground is missing")}[value]
        elif value is not None:
            yield _label(name), _value(value)


_OF_OUTCOME = frozenset({"right", "outcome"})


def _value(value: object) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list | tuple):
        return ", ".join(_value(one) for one in value)
    text = str(value)
    return _day(text) or _names().get(text) or facts.ground(text) or safe(text)


def _day(text: str) -> str | None:
    day, _mark, clock = text.partition("T")
    try:
        told = days.on(date.fromisoformat(day))
    except ValueError:
        return None
    return _("{day} at {time}").format(day=told, time=clock) if clock else told


def _label(name: str) -> str:
    names = {
        "case": _("Case"),
        "cases": _("Cases"),
        "period": _("Period"),
        "until": _("Until"),
        "what": _("What"),
        "query": _("Words"),
        "right": _("Right"),
        "rights": _("Rights"),
        "status": _("Status"),
        "lang": _("Language"),
        "from": _("From"),
        "to": _("To"),
        "about": _("About"),
        "facts": _("To be asked"),
        "method": _("Way"),
        "hold": _("Nothing is sent yet"),
        "ground": _("Ground"),
        "outcome": _("Outcome"),
        "kept": _("Kept"),
        "kept_until": _("Kept until"),
        "done_on": _("Done on"),
        "attachment": _("Attached"),
        "searched": _("Searched"),
        "after": _("Only after"),
        "late": _("Late"),
        "channels": _("Channels"),
        "months": _("Months"),
        "reason": _("Reason"),
        "second": _("For the second time"),
        "amount": _("Euros"),
        "route": _("Where it belongs"),
        "reply": _("Answer all the same"),
        "send_at": _("To be sent"),
        "change": _("Change"),
        "value": _("With"),
        "scope": _("Which cases"),
        "note": _("Note"),
        "when": _("When"),
        "condition": _("If"),
        "cancel": _("To be cancelled"),
        "text": _("Text"),
        "channel": _("Channel"),
        "received": _("Received"),
        "name": _("Name"),
        "with": _("With case"),
        "set": _("It is"),
        "add": _("Also"),
        "remove": _("Not"),
        "result": _("Result"),
        "on": _("On"),
        "measure": _("What is counted"),
        "topic": _("Topic"),
        "duty": _("Task"),
        "done": _("Done"),
        "negated": _("Not done"),
    }
    return names.get(name, name)


def _names() -> dict[str, str]:
    rights = {str(right): words.kind(right) for right in RequestKind}
    return (
        rights
        | {
            "all": _("all"),
            "outcome": _("Outcome"),
            "today": _("today"),
            "this_week": _("this week"),
            "next_week": _("next week"),
            "this_month": _("this month"),
            "last_month": _("last month"),
            "last_week": _("last week"),
            "this_year": _("this year"),
            "last_year": _("last year"),
            "next": _("the next"),
            "previous": _("the previous"),
            "overdue": _("late"),
            "next_steps": _("what to do"),
            "letters": _("letters"),
            "assignee": _("who has it"),
            "preview": _("as the recipient sees it"),
            "open": _("open"),
            "closed": _("closed"),
            "waiting_us": _("waits for us"),
            "waiting_them": _("waits for them"),
            "set_aside": _("set aside"),
            "customer_number": _("customer number"),
            "order_number": _("order number"),
            "order_month": _("month of the latest order"),
            "postcode": _("postcode"),
            "authorisation": _("authorisation"),
            "id_copy": _("picture of an identity document"),
            "hetu": _("personal identity code"),
            "birth_date": _("date of birth"),
            "phone": _("phone"),
            "address": _("address"),
            "signature": _("signature"),
            "call_back": _("a call to a number on file"),
            "round_trip": _("a message to the address on file"),
            "large_data": _("much data"),
            "identity": _("Identity established"),
            "granted": _("granted"),
            "partly": _("granted in part"),
            "refused": _("refused"),
            "no_data": _("no data"),
            "not_identified": _("not identified"),
            "art11": _("no identification needed (Article 11)"),
            "forwarded": _("handed to the right controller"),
            "accounting_law": _("Accounting Act"),
            "open_invoice": _("open invoice"),
            "legal_claim": _("legal claim"),
            "contract_needed": _("needed for a contract"),
            "data_accurate": _("the data is accurate"),
            "others_rights": _("rights of others"),
            "wrong_basis": _("another basis of processing"),
            "complexity": _("complexity"),
            "number_of_requests": _("number of requests"),
            "holiday": _("holidays"),
            "workload": _("workload"),
            "staff": _("staff"),
            "technical": _("technical trouble"),
            "further_copy": _("further copy"),
            "excessive": _("manifestly excessive"),
            "once_a_year": _("once a year already"),
            "customer_service": _("customer service"),
            "billing": _("billing"),
            "spam": _("spam"),
            "hr": _("human resources"),
            "survey": _("survey"),
            "shorter": _("shorter"),
            "tone": _("tone"),
            "lang": _("language"),
            "add": _("add"),
            "remove": _("take out"),
            "replace": _("put instead"),
            "recipient": _("recipient"),
            "reset": _("the template anew"),
            "polite": _("politer"),
            "friendly": _("friendlier"),
            "formal": _("more formal"),
            "plain": _("plainer"),
            "casual": _("more casual"),
            "firm": _("firmer"),
            **{code: words.language(code) for code in ("fi", "sv", "en")},
            "me": _("me"),
            "deputy": _("deputy"),
            "this": _("this"),
            "new": _("new ones"),
            "no_reply": _("no answer has come"),
            "letter": _("letter"),
            "visit": _("visit"),
            "other": _("other"),
            "ok": _("established"),
            "failed": _("failed"),
            "not_arrived": _("no answer came"),
            "count": _("number"),
            "days": _("days"),
            "identity_asked": _("identity asked"),
            "report": _("report"),
            "ics": _("calendar"),
            "csv": _("table (CSV)"),
            "pdf": _("PDF"),
            "print": _("on paper"),
            "recipients_told": _("tell the recipients"),
            "processors_told": _("tell the processors"),
            "joint_told": _("tell the joint controller"),
            "marketing_stopped": _("stop marketing"),
            "freeze": _("keep the recordings"),
            "restriction_lifted": _("lift the restriction"),
            "tell_before_lifting": _("tell before the restriction is lifted"),
            "confidence": _("how sure"),
            "several": _("several rights"),
            "start": _("its beginning"),
            "days_left": _("days left"),
            "holidays": _("holidays"),
            "identity_pause": _("pause for identity"),
            "extension": _("extension"),
            "target": _("target"),
            "email": _("e-mail"),
            "sms": _("text messages"),
            "post": _("post"),
            "smalltalk": _("talk"),
            "nonsense": _("not words"),
            "unclear": _("not clear"),
            "off_topic": _("another matter"),
            "undecided": _("not decided yet"),
            "negated": _("forbidden"),
            "right": _("right"),
            "status": _("status"),
            "bulk_send": _("many letters at once"),
            "bulk_outcome": _("many outcomes at once"),
            "delete_case": _("deleting a case"),
            "wipe": _("wiping"),
            "skip_approval": _("without approval"),
            "skip_identity": _("without identification"),
            "disclose": _("telling somebody else"),
            "falsify_date": _("another date"),
            "unverified_recipient": _("unconfirmed address"),
        }
        | {str(intent): title(intent) for intent in Intent}
    )
