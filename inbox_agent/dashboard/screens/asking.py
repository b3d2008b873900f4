"""The small windows of a case: a question, an extension, an identity, a note, an uncertain letter, another letter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from textual import on
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Select, TextArea

from inbox_agent.dashboard import times
from inbox_agent.dashboard.difference import difference
from inbox_agent.dashboard.readings import Post
from inbox_agent.dashboard.safe import (
    SafeButton,
    SafeOption,
    SafeOptionList,
    SafeStatic,
    SafeTextArea,
    exact,
    mail_line,
    own,
)
from inbox_agent.dashboard.screens.filling import FillingWindow
from inbox_agent.dashboard.screens.window import Window, keyed
from inbox_agent.dashboard.themes import FAINT
from inbox_agent.dashboard.widgets import told
from inbox_agent.dashboard.widgets.form import FactForm
from inbox_agent.dashboard.widgets.letter import recipient
from inbox_agent.errors import UsageProblem
from inbox_agent.phrasing import words
from inbox_agent.phrasing.errors import phrase
from inbox_agent.rules import extending, letters
from inbox_agent.texts import gettext as _
from replies.catalogue import letter_facts
from replies.context import NO_FACTS
from replies.facts import missing
from state.model import Case, ExtensionReason, Letter, Request


class WriteWindow(Window[str]):
    """A text in the person's own words: a question to the data subject, or a note for ourselves."""

    def __init__(self, heading: str, hint: str, submit: str, text: str = "") -> None:
        super().__init__()
        self.heading = heading
        self.submit_label = submit
        self._hint = hint
        self._text = text

    def body(self) -> Iterable[Widget]:
        yield SafeStatic(own(self._hint, FAINT))
        yield SafeTextArea(self._text, id="words")

    def answer(self) -> str | None:
        words_given = self.query_one("#words", TextArea).text.strip()
        if not words_given:
            self.problem(_("Write something first."), "#words")
            return None
        return words_given


class ExtensionWindow(FillingWindow[Mapping[str, str]]):
    """An extension of the deadline; the law's answer is shown before anything is written. `said`: facts of its notice
    that the person named already.
    """

    def __init__(self, case: Case, today: date, said: Mapping[str, str] = NO_FACTS) -> None:
        super().__init__()
        self._said = said
        self._asked = letter_facts(Letter.EXTENSION, late=False)
        self.heading = _("Extend the deadline")
        self.submit_label = _("Write the notice")
        self._case = case
        self._today = today

    @property
    def _refused(self) -> bool:
        """Whether no reason opens it any more: then there is nothing to fill in."""
        return bool(extending.refused(self._case, self._today))

    def body(self) -> Iterable[Widget]:
        yield SafeStatic(gate_words(self._case, self._today, self._reason), id="gate")
        if self._refused:
            return
        yield FactForm(self._asked, self._said)

    def buttons(self) -> Iterable[Widget]:
        if self._refused:
            return (SafeButton(keyed(_("Close"), "Esc"), id="cancel", action="screen.leave"),)
        return super().buttons()

    @on(Select.Changed)
    def _show_gate(self) -> None:
        self.query_one("#gate", SafeStatic).show(gate_words(self._case, self._today, self._reason))

    @property
    def _reason(self) -> str:
        chosen = [form.values.get("extension_reason", "") for form in self.query(FactForm)]
        return next(iter(chosen), "") or str(ExtensionReason.COMPLEXITY)

    def answer(self) -> Mapping[str, str] | None:
        if self._refused:
            return None
        form = self.query_one(FactForm)
        # The day follows from the law, where the notice is written.
        names = set(missing(self._asked, form.values)) - {fact.name for fact in self._asked if fact.computed}
        form.mark_missing(names)
        if names:
            self.incomplete()
            return None
        if said := extending.unlawful(form.values["extension_explained"], self._case.language):
            self.problem(" ".join(phrase(UsageProblem("extension_explained", said))))
            return None
        return form.values


def gate_words(case: Case, today: date, reason: str) -> Content:
    """Whether the law lets this case's deadline be extended today, and to when (GDPR 12(3))."""
    lines = []
    if not (about := _extended(case)):
        return _no_extension(case, "nothing_to_extend")
    for request in about:
        deadline, gate = extending.gate(request, reason, today)
        if not gate.allowed:
            return _no_extension(case, gate.code)
        lines.append(
            _("✓ {right}: may be extended until {day}; the notice must leave by {notice} (Article 12(3)).").format(
                right=words.types([str(request.kind)]),
                day=times.full_day(deadline.extension.promise),
                notice=times.full_day(deadline.due.promise),
            )
        )
    return told.joined(own(line, "$text-success") for line in lines)


def _extended(case: Case) -> tuple[Request, ...]:
    """The rights whose time a notice would extend: no ban on marketing waits for it, and no withdrawn consent."""
    return letters.concerned(case, Letter.EXTENSION)


def _no_extension(case: Case, code: str) -> Content:
    return told.joined(own(f"✖ {line}", "bold $text-error") for line in phrase(UsageProblem(code, case.number)))


class SettleWindow(Window[bool]):
    """An uncertain letter: the person looks, and says whether it left. Enter alone says nothing."""

    AUTO_FOCUS = "#cancel"

    def __init__(self, post: Post) -> None:
        super().__init__()
        self.heading = _("Did this letter leave?")
        self._post = post

    def body(self) -> Iterable[Widget]:
        yield SafeStatic(recipient(self._post.draft), id="recipient")
        yield SafeStatic(Content.assemble((_("Subject: "), FAINT), exact(self._post.draft.subject)))
        if self._post.delivery:
            yield SafeStatic(own("Message-ID: ", FAINT) + mail_line(self._post.delivery.message_id))
        yield SafeStatic(
            own(
                _(
                    "The connection broke while the letter was being handed over. Look for it in the Sent folder of the"
                    " mailbox, or ask the person. It is never sent again by itself."
                )
            )
        )

    def buttons(self) -> Iterable[Widget]:
        yield SafeButton(own(_("It left")), id="left", action="screen.settle(True)")
        yield SafeButton(own(_("It did not leave")), id="stayed", action="screen.settle(False)")
        yield SafeButton(keyed(_("Cancel"), "Esc"), id="cancel", action="screen.leave")

    def action_settle(self, was_sent: bool) -> None:
        self.dismiss(was_sent)

    def action_submit(self) -> None:
        """Nothing: one of the two buttons must be chosen."""


class LetterWindow(Window[Letter]):
    """Which letter to write next."""

    def __init__(self, letters: Iterable[Letter]) -> None:
        super().__init__()
        self.heading = _("Which letter?")
        self.submit_label = _("Write it")
        self._letters = tuple(letters)

    def body(self) -> Iterable[Widget]:
        yield SafeOptionList(
            *(SafeOption(own(words.letter(letter)), id=letter) for letter in self._letters), id="letters"
        )

    def answer(self) -> Letter | None:
        option = self.query_one("#letters", OptionList).highlighted_option
        return Letter(option.id) if option and option.id else None

    @on(OptionList.OptionSelected, "#letters")
    def on_chosen(self) -> None:
        self.action_submit()


class DifferenceWindow(Window[bool]):
    """What was changed from the template, line by line."""

    def __init__(self, template: str, letter: str) -> None:
        super().__init__()
        self.heading = _("Changes from the template")
        self._difference = difference(exact(template), exact(letter))

    def body(self) -> Iterable[Widget]:
        styles = {"+": "$text-success", "-": "$text-error strike", " ": FAINT}
        lines = [own(f"{sign} {line}", styles[sign]) for sign, line in self._difference.lines]
        yield SafeStatic(Content("\n").join(lines) if self._difference else own(_("Nothing was changed.")))

    def buttons(self) -> Iterable[Widget]:
        yield Horizontal(SafeButton(keyed(_("Close"), "Esc"), id="cancel", action="screen.leave"))

    def action_submit(self) -> None:
        self.dismiss(None)
