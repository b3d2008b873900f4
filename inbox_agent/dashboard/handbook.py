"""The handbook of the dashboard, by task: what a person wants to do, and how.

Keys are named as they stand in the footer. Texts are the interface's, so the handbook is in its language.
"""

from __future__ import annotations

from dataclasses import dataclass

from inbox_agent.texts import gettext as _


@dataclass(frozen=True, slots=True)
class Task:
    """One task: its heading, its steps, and the act of a case's screen that begins it."""

    heading: str
    steps: tuple[str, ...]
    act: str = ""


ACTS = {"edit": "approve", "write": "approve"}
"""Acts that belong to another one's task."""


def from_mail_to_letter() -> Task:
    """The whole way of one request, for somebody who sees it for the first time."""
    return Task(
        _("From a mail to the answer"),
        (
            _("1. A mail arrives and becomes a case. Enter opens it: the mail, and what the assistant understood."),
            _("2. ▸ at the top says the one thing to do next, and its key. Do that; then it says the next one."),
            _("3. First the person is asked who they are, where that is not known: read the letter, a, Shift+A."),
            _("4. When they have answered, o: choose how it ends. The assistant writes the answer from it."),
            _("5. Read the answer, a, Shift+A. It leaves after some seconds; u takes it back until then."),
            _("6. k: what is left to be done, with its days. Nothing leaves, and nothing ends, without you."),
        ),
    )


def tasks() -> tuple[Task, ...]:
    """Every task, the daily ones first."""
    return (
        from_mail_to_letter(),
        Task(
            _("Every morning"),
            (
                _("Look at the first line: is the mailbox connected? Red words say what to do."),
                _("What is due first stands first; ▸ says what to do next. Enter opens the case."),
                _("▲ late, ◆ at most two working days to the target, ● at most five, ○ time in hand."),
                _(
                    "c shows the month: what is promised on which day, and the holidays. Ctrl+S there saves it all for"
                    " your calendar."
                ),
                _("k shows what else is to be done by when: marketing to stop, recipients to tell, data to erase."),
                _("The date shown is the one promised to the person. Work to the target: it is never later."),
            ),
        ),
        Task(
            _("Say it in your own words"),
            (
                _("s goes to the line below; write there what should happen, or ask. Enter shows what was understood."),
                _("Enter again does it, Esc gives up. Nothing is done at the first Enter; no letter leaves by a line."),
                _("/ lists what can be done here, with the keys; type on, Enter does it: the sure way."),
                _("Up and down bring back what was said before."),
                *sayings(),
            ),
        ),
        Task(
            _("Send the letter that was proposed"),
            (
                _("Open the case. ▸ at the top says what to do next, and its key."),
                _("Read the mail, and why the assistant understood it so. z shows quotes, and how the deadline comes."),
                _("The letter stands beside the conversation, or behind Tab where the window is narrow."),
                _("e edits it in place, F4 in your own editor. Ctrl+S saves. The findings change as you type."),
                _("Shift+D shows what was changed from the template, m the other letter. x rejects one for good."),
                _("a (or F8) shows the recipient and every word once more. Shift+A approves exactly that text."),
                _("An approved letter waits some seconds: u takes it back. Nothing leaves that you did not approve."),
                _("Shift+T approves it for a day and an hour; u takes it back until then."),
                _("You can say that too: “approve it and send it on Friday at 9”."),
                _("Say “write it in Swedish”, or name a sentence to take out: only reviewed templates and you write."),
            ),
            "approve",
        ),
        Task(
            _("Find cases"),
            (
                _("Ctrl+F filters the list by name, address or number. Home and End go to its very ends."),
                _("Say it: “show all erasure requests”, “show the Swedish ones”, “what is due this week”."),
                _("Above the list stands what it is narrowed to; Esc shows all again."),
                _("Two cases of one matter: j, or say “join this with case 12”. Both are shown first."),
                _("Shift+J separates them again, until a letter, a decision or a proof stands on the joined case."),
            ),
        ),
        Task(
            _("Say whether it is a request"),
            (
                _("“Not sure” means: the assistant does not know. The deadline runs already, to be safe."),
                _("v: it is a request, of the rights you tick. d: it is not; its mails are set aside."),
            ),
            "confirm",
        ),
        Task(
            _("Let it learn from your correction"),
            (
                _("After a correction a window proposes phrases of that mail. Change them: one a line, no names."),
                _("Below them stands what such a mail would be taken for from now on. Ctrl+S remembers, Esc does not."),
                _("A phrase moves a mail by one step at most. All of them are in a file you can read and change."),
            ),
        ),
        Task(
            _("Answer"),
            (
                _("o chooses how each right ends and asks for what the answer must tell; then it is proposed."),
                _("A refusal needs a lawful ground, and why it applies in this very case."),
                _("Before the identity is established no letter says whether there is any data."),
                _("Shift+L lets one such answer go all the same: see what is missing, say why, F9. Then a, as always."),
            ),
            "outcome",
        ),
        Task(
            _("Do what the answer brings"),
            (
                _("k shows the tasks of the case with their dates; Space ticks what you have done."),
                _("Over the list k shows the tasks of all cases; Space, m and x do the same there."),
                _("In that list m sets another date and x says that there is nothing to do, each with its reason."),
                _("What is ticked before the answer is approved, the answer tells as done; what is not, it promises."),
                _("An erasure cannot be ticked before the copy that was asked for has been sent."),
                _("Before a restriction is lifted its person is told: w in the closed case writes the notice."),
                _("Say “remind me on Thursday”, also “if there is no answer”: it becomes a task of the case."),
            ),
            "duties",
        ),
        Task(
            _("A request by letter, telephone or visit"),
            (
                _("n in the list records it: who, when it reached you, which rights. It has the same month."),
                _("Without an e-mail address the letter is approved as usual, then Shift+P saves it to be printed."),
                _("h says that it was delivered, and when. No mail server ever sees it."),
            ),
            "print",
        ),
        Task(
            _("The year in numbers"),
            (
                _("y in the list counts the year: per right, median days, late, extended, refused. Arrows turn it."),
                _("Ctrl+S saves it as a page to be printed, with charts, and as CSV for a spreadsheet."),
                _("The commands stats and calendar do the same."),
            ),
        ),
        Task(
            _("Several people, holidays"),
            (
                _("✎ and a name: a colleague has the case open now. → and a name: it was handed to them."),
                _("f hands a case over, with a note. Nothing is locked: whoever is slower is told, nothing is lost."),
                _("Where a colleague changed the letter meanwhile, Ctrl+R shows theirs."),
                _("l in the list says when the contact person is away; the deputy answers, and reminders say so."),
                _("Say “hand it to Maija until 15.12.”: a reminder says when it is yours again."),
            ),
        ),
        Task(
            _("When something is missing"),
            (
                _("i records that the identity was established, and how. Never keep a copy of the document."),
                _("q asks the person to specify. w writes the acknowledgement or the identity question again."),
                _("p extends the deadline: once, within the first month, for two reasons only (Article 12(3))."),
                _("Waiting does not stop the clock. When the promise is near, answer with what you have."),
            ),
            "identity",
        ),
        Task(
            _("Note, close, open again"),
            (
                _("Shift+N keeps a note with the case. The person may ask to see it: write so that they can."),
                _("A case closes by itself when everything is answered; Shift+C closes it by hand, r opens it again."),
            ),
        ),
        Task(
            _("A mail that was set aside wrongly"),
            (
                _("2 shows the mails set aside and why, 3 those that could not be read."),
                _("Enter shows the mail, t makes it a case: its deadline runs from the day it arrived."),
                _("j puts it under a case that is there already, with the rights that it adds."),
                _("Under the wrong case? Shift+U in the case takes it out again, with all that it brought."),
                _("A mail of a case that was dismissed opens that case: r opens it again."),
            ),
        ),
        Task(
            _("It is not known whether a letter left"),
            (
                _("The connection broke at the worst moment. The assistant looks into the Sent folder itself."),
                _("If it finds nothing, look yourself and press g. No letter is sent twice by itself."),
            ),
            "settle",
        ),
        Task(
            _("Keys everywhere"),
            (
                _("F1 this handbook · Ctrl+P all that can be done here, with its key · Esc back · 1 2 3 4 the lists"),
                _("In a case: > the next one of the list, < the one before, Esc back to the list."),
                _("F2 dark, light, high contrast (it is remembered) · Ctrl+Q quit. The mouse works too."),
            ),
        ),
    )


def sayings() -> tuple[str, ...]:
    """What can be said to the assistant, by example."""
    return (
        _("“what falls due this week”, “how many days are left”, “why is this an erasure request”"),
        _("“ask for the customer number”, “the identity is confirmed by a call back”"),
        _(
            "“grant it, the data is attached”, "
            "“refuse the invoices because of the Accounting Act, the rest was deleted”"
        ),
        _("“extend the deadline, the request concerns six contracts”, “it is not a request”"),
        _("“note: the customer called”, “the recipients were told yesterday”, “take it back”"),
    )
