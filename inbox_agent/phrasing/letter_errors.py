"""Why a letter cannot be written, approved or printed, and what to do next."""

from __future__ import annotations

from inbox_agent import errors
from inbox_agent.phrasing import facts, findings, outcomes, words
from inbox_agent.phrasing.voice import phrase, step_at_desk
from inbox_agent.rules.visible import visible_line
from inbox_agent.texts import gettext as _
from replies import errors as replies


@phrase.register
def _letter_faulty(error: errors.LetterFaulty) -> tuple[str, ...]:
    return (
        _("The letter does not leave yet. Something in it must be put right:"),
        *(f"✖ {findings.finding(code)}" for code in error.codes),
        _("Write it right, and give the text: {command}").format(
            command=f"inbox-agent approve {error.case} --body FILE"
        ),
    )


@step_at_desk.register
def _mend(_error: errors.LetterFaulty) -> str:
    return _("e: put it right in the letter. a then shows it to you once more.")


@phrase.register
def _sentences_unowned(error: errors.SentencesUnowned) -> tuple[str, ...]:
    return (
        _("The letter does not leave yet. You have written this into it yourself:"),
        *(f"  “{visible_line(sentence)}”" for sentence in error.sentences),
        _("If it is true and the reader may know it: {command}").format(
            command=f"inbox-agent approve {error.case} --mine"
        ),
    )


@step_at_desk.register
def _tick(_error: errors.SentencesUnowned) -> str:
    return _("a: look at the letter again, and tick there that your own sentences are true.")


@phrase.register
def _answers_apart(error: errors.AnswersApart) -> tuple[str, ...]:
    return (
        _("These two cannot both be true in one answer (Articles 5(1)(a), 11 and 12(6)):"),
        *(f"  {words.kind(kind)}: {outcomes.name(kind, outcome)}" for kind, outcome in error.answers),
        _("Choose for both what you found out: the data is there or not, and its person is known or not."),
    )


@phrase.register
def _cannot_print(error: errors.CannotPrint) -> tuple[str, ...]:
    texts = {
        "extra": (_("PDF files cannot be made: fpdf2 is not installed."), _('Type: pip install "inbox-agent[print]".')),
        "script": (_("The letter has letters that the PDF's typeface lacks."), _("Give a name that ends in .html.")),
        "suffix": (_("{path} is neither a .pdf nor a .html file."), _("Give a name that ends in .pdf or .html.")),
        "file": (_("{path} cannot be written."), _("Check the folder, and whether there is room on the disk.")),
    }
    return tuple(text.format(path=error.path) for text in texts.get(error.why, (error.why, "")))


@phrase.register
def _no_template(error: replies.NoTemplate) -> tuple[str, ...]:
    return (
        _("There is no letter for this: {letter}, {language}.").format(letter=error.letter, language=error.language),
        _("Choose another outcome, or another language for the case."),
    )


@phrase.register
def _missing_facts(error: replies.MissingFacts) -> tuple[str, ...]:
    return (
        _("The letter still needs:"),
        *(f"  {line}" for name in facts.to_be_given(error.names) for line in facts.missing(name)),
        _("Fill them in: the assistant invents nothing."),
    )


@phrase.register
def _unsafe_subject(error: replies.UnsafeSubject) -> tuple[str, ...]:
    return (
        _("No subject line can hold the case number {number}.").format(number=repr(error.number)),
        _("The database holds a case number that this program does not give: find out who wrote it."),
    )
