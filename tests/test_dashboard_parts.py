"""The dashboard's small judgements: next step, offers, signs of life, differences, dates, editor."""

from __future__ import annotations

import re
import stat
from datetime import UTC, date, datetime, timedelta
from itertools import product
from pathlib import Path
from types import SimpleNamespace

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st
from textual.color import Color
from textual.content import Content
from textual.style import Style
from textual.theme import Theme
from textual.visual import RenderOptions

from inbox_agent import texts
from inbox_agent.commands.opening import specimen
from inbox_agent.dashboard import answers, editor, steps, times
from inbox_agent.dashboard.acts import Offer, offers
from inbox_agent.dashboard.difference import difference
from inbox_agent.dashboard.handbook import tasks
from inbox_agent.dashboard.pulse import pulse
from inbox_agent.dashboard.readings import Dossier, Post, pressing
from inbox_agent.dashboard.screens.case import CaseScreen
from inbox_agent.dashboard.screens.desk import MainScreen
from inbox_agent.dashboard.signs import SIGNS, STYLES, bar
from inbox_agent.dashboard.steps import Blocks, Step, next_step
from inbox_agent.dashboard.themes import THEMES
from inbox_agent.dashboard.widgets import told
from inbox_agent.dashboard.widgets.rows import Column, TwoRows
from inbox_agent.phrasing import words
from inbox_agent.phrasing.findings import finding
from inbox_agent.rules.alarms import PROFILE, connection, oddities
from inbox_agent.rules.deadlines import Urgency
from inbox_agent.rules.typed import typed_day
from replies.linter import CODES, Finding
from replies.wording import Severity
from state.model import (
    Act,
    CaseStatus,
    DraftStatus,
    Event,
    Heartbeat,
    IdentityLevel,
    Letter,
    RequestKind,
)
from tests.dashboard_desk import NOW, Desk

L0, L1, L2, *_ = IdentityLevel
MIDDLE_COLUMN = 32  # cells for a next step at 80 columns


# -- the next step --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "draft", "level", "days", "step"),
    [
        (CaseStatus.CANDIDATE, None, L2, 10, Step.CONFIRM),
        (CaseStatus.CANDIDATE, DraftStatus.PROPOSED, L2, 10, Step.CONFIRM),
        (CaseStatus.OPEN, DraftStatus.PROPOSED, L0, 10, Step.APPROVE),
        (CaseStatus.OPEN, DraftStatus.UNCERTAIN, L2, 10, Step.SETTLE),
        (CaseStatus.OPEN, DraftStatus.APPROVED, L2, 10, Step.LEAVING),
        (CaseStatus.OPEN, DraftStatus.REFUSED, L2, 10, Step.WRITE_AGAIN),
        (CaseStatus.OPEN, None, L0, 10, Step.IDENTIFY),
        (CaseStatus.OPEN, None, L2, 10, Step.DECIDE),
        (CaseStatus.WAITING, None, L0, 10, Step.WAIT),
        (CaseStatus.WAITING, None, L0, 5, Step.ANSWER),
        (CaseStatus.WAITING, None, L0, -3, Step.ANSWER),
        (CaseStatus.CLOSED, None, L2, 10, Step.NOTHING),
        (CaseStatus.CLOSED, DraftStatus.REFUSED, L2, 10, Step.NOTHING),
    ],
)
def test_one_thing_to_do_now(
    status: CaseStatus, draft: DraftStatus | None, level: IdentityLevel, days: int, step: Step
) -> None:
    assert next_step(status, draft, level, L2, days) is step


def test_what_an_answer_left_to_do_is_told_of_a_closed_case() -> None:
    """What says "nothing to do" is read so, beside an erasure that was promised and not made."""
    assert next_step(CaseStatus.CLOSED, None, L2, L2, 10, tasks=True) is Step.TASKS
    assert steps.ACTS[Step.TASKS] == "duties"


@pytest.mark.parametrize(
    ("draft", "step"),
    [(DraftStatus.SENT, Step.APOLOGISE), (None, Step.APOLOGISE), (DraftStatus.PROPOSED, Step.APPROVE)],
)
def test_an_answer_that_came_late_is_told_of_before_all_else_but_a_letter_that_waits(
    draft: DraftStatus | None, step: Step
) -> None:
    """By the letter for it, and no outcome is chosen again."""
    assert next_step(CaseStatus.OPEN, draft, L2, L2, -3, tasks=True, delay_untold=True) is step
    assert steps.ACTS[Step.APOLOGISE] == "write"


def test_a_late_answer_comes_before_an_acknowledgement_that_has_to_be_mended() -> None:
    """Once the person is known nothing else is waited for; before, or in time, the letter is mended."""

    def step(level: IdentityLevel, days: int) -> Step:
        return next_step(CaseStatus.OPEN, DraftStatus.PROPOSED, level, L2, days, faulty=True, only_received=True)

    assert step(L2, -1) is Step.DECIDE
    assert step(L2, 3) is Step.MEND
    assert step(L0, -1) is Step.MEND


def test_a_letter_of_the_authority_is_answered_not_judged_as_a_request() -> None:
    assert next_step(CaseStatus.CANDIDATE, None, L0, L2, 10, authority=True) is Step.AUTHORITY
    assert next_step(CaseStatus.DISMISSED, None, L0, L2, 10, authority=True, tasks=True) is Step.TASKS


def test_every_state_has_a_step_in_words() -> None:
    for status, draft, level in product(CaseStatus, [None, *DraftStatus], IdentityLevel):
        step = next_step(status, draft, level, L2, 3)
        assert all(steps.say(step, letter) for letter in [None, *Letter])


def test_what_is_wrong_with_a_letter_is_the_next_step_and_what_to_do_about_it_stands_beside_it() -> None:
    """Two lines over the conversation, not five."""
    barred = Blocks(codes=("own_sentence_before_identity",))
    said = steps.say_whole(Step.MEND, Letter.IDENTITY_QUESTION, barred)
    assert said.endswith("may leave only with a recorded reason.")
    assert "Write that the request has come" in finding("own_sentence_before_identity")


@pytest.mark.parametrize("language", [None, "fi", "sv"])
def test_a_next_step_is_never_cut_at_80_columns(language: str | None) -> None:
    """What decides stands whole on the narrowest screen, in every language."""
    said = {steps.say(step, letter) for step in Step for letter in [None, *Letter]}
    if language:
        said = {translated(text, language) for text in said}
    assert [text for text in said if len(f"▸ {text}") > MIDDLE_COLUMN] == []


def translated(text: str, language: str) -> str:
    source = Path(texts.__file__).parent / "locale" / language / "LC_MESSAGES" / "inbox_agent.po"
    with source.open("rb") as file:
        message = read_po(file, locale=language).get(text)
    return str(message.string) if message and message.string else text


# -- what is offered ------------------------------------------------------------------------------


def test_every_offer_is_an_act_with_a_key() -> None:
    screen = CaseScreen.__new__(CaseScreen)
    actions = {binding.action.partition("(")[0] for binding in CaseScreen.keys(screen)}
    assert {str(offer) for offer in Offer} <= actions
    assert all(hasattr(CaseScreen, f"action_{action}") for action in actions)


def test_nothing_can_be_done_with_a_purged_case(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "inbox.db")
    key = desk.case(3, "Aino Esimerkki", RequestKind.ACCESS)
    with desk.store() as store:
        desk.review(store).cases.dismiss(key)
        store.cases.purge(key, Event(desk.now, "person:Helmi", Act.CASE_PURGED))
        case = store.cases.get(key)
    assert offers(Dossier(case, (), ()), None) == frozenset()


def test_the_most_pressing_letter_comes_first(tmp_path: Path) -> None:
    """Uncertain before approved before proposed; a refused one only until another was written."""
    desk = Desk(tmp_path / "inbox.db")
    case = desk.case(3, "Aino Esimerkki", RequestKind.ACCESS)
    uncertain, proposed = desk.proposed(case), desk.proposed(case, Letter.ACKNOWLEDGEMENT)
    desk.uncertain(uncertain)
    with desk.views() as views:
        assert [draft.key for draft in pressing(views.drafts(case))] == [uncertain, proposed]
    with desk.store() as store:
        desk.review(store).letters.settle(uncertain, was_sent=False)
    with desk.views() as views:
        assert [draft.key for draft in pressing(views.drafts(case))] == [proposed]
        refused = views.draft(uncertain)
        assert pressing((refused,)) == (refused,)
        post = Post(refused, views.delivery(uncertain))
        assert Offer.SETTLE not in offers(Dossier(views.case(case), (), (post,)), post)


# -- signs of life --------------------------------------------------------------------------------


WIRE = connection(specimen().account)


def beat(component: str, seconds: float, state: str, **detail: str) -> Heartbeat:
    return Heartbeat(component, NOW - timedelta(seconds=seconds), state, detail)


@pytest.mark.parametrize(
    ("process", "mailbox", "well", "said"),
    [
        (None, None, False, "has not been started"),
        (beat("agent", 2, "stopped"), None, False, "was stopped 2 s ago"),
        (beat("agent", 31, "alive"), beat(WIRE, 1, "connected"), False, "silent, last sign 31 s ago"),
        (beat("agent", 30, "alive"), beat(WIRE, 12, "connected"), True, "mailbox connected, last read 12 s ago"),
        (beat("agent", 1, "alive"), beat(WIRE, 200, "connected"), True, "last read 3 min ago"),
        (beat("agent", 1, "alive"), None, True, "connecting"),
        (beat("agent", 1, "alive"), beat(WIRE, 1, "connecting"), True, "connecting"),
        (beat("agent", 1, "alive"), beat(WIRE, 1, "login_refused", why="NO bad\x1b[31m"), False, "NO bad"),
        (beat("agent", 1, "alive"), beat(WIRE, 1, "disconnected", why="EOF"), False, "no connection"),
        (
            beat("agent", 1, "alive"),
            beat(oddities(specimen().account), 1, "odd", emptied="12"),
            False,
            "suddenly empty",
        ),
    ],
)
def test_the_heartbeats_mean_one_sentence(
    process: Heartbeat | None, mailbox: Heartbeat | None, well: bool, said: str
) -> None:
    beats = {each.component: each for each in (process, mailbox) if each}
    found = pulse(beats, specimen(), NOW, NOW)
    assert found.well is well
    assert said in found.words
    assert "\x1b" not in found.words


@pytest.mark.parametrize(
    ("mark", "opened_before", "told"), [("another", 60, True), ("another", 1, False), (specimen().mark, 60, False)]
)
def test_a_desk_that_was_opened_before_the_profile_was_changed_says_to_open_it_again(
    mark: str, opened_before: int, told: bool
) -> None:
    """It would write by the old one, and judge by servers that are nobody's concern any more."""
    beats = {each.component: each for each in (beat("agent", 1, "alive"), beat(PROFILE, 5, "whole", mark=mark))}
    found = pulse(beats, specimen(), NOW, NOW - timedelta(seconds=opened_before))
    assert ("leave the desk (Ctrl+Q) and open it again" in found.words) is told


# -- dates and lengths ----------------------------------------------------------------------------


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)))
def test_a_day_can_be_typed_back(day: date) -> None:
    assert typed_day(times.as_typed(day.isoformat())) == day
    assert typed_day(day.isoformat()) == day


@given(st.text(max_size=20))
def test_any_typing_is_a_day_or_none(text: str) -> None:
    assert typed_day(text) is None or isinstance(typed_day(text), date)


def test_a_year_of_two_digits_is_one_of_ours() -> None:
    assert typed_day("30.11.29") == date(2029, 11, 30)


@pytest.mark.parametrize(
    "text",
    ["1.1.99", "3.2.98", "24.11.-5", "24.11.026", "24.11.5", "24.11.+26", "٢٤.١١.٢٠٢٦", "2026-W48-2", "31.2.2026"],
)
def test_what_may_be_another_day_is_none(text: str) -> None:
    """A year of another century, half of one, a sign before it: a due date is asked for again rather than guessed."""
    assert typed_day(text) is None


@given(st.floats(-1e9, 1e9))
def test_an_age_is_always_said(seconds: float) -> None:
    assert times.ago(seconds).endswith("ago")


def test_hours_are_helsinkis() -> None:
    assert times.moment(datetime(2026, 11, 24, 22, 30, tzinfo=UTC)) == "Wed 25.11.2026 0:30"


# -- difference, lines, bars ----------------------------------------------------------------------


@given(st.text(), st.text())
def test_a_difference_gives_both_texts_back(old: str, new: str) -> None:
    """Without the added lines it is the template, without the removed ones the letter."""
    found = difference(old, new)
    assert [line for sign, line in found.lines if sign in " -"] == [x.rstrip() for x in old.strip().splitlines()]
    assert [line for sign, line in found.lines if sign in " +"] == [x.rstrip() for x in new.strip().splitlines()]
    assert bool(found) == (
        [x.rstrip() for x in old.strip().splitlines()] != [x.rstrip() for x in new.strip().splitlines()]
    )


def test_signs_tell_urgencies_apart_without_colour() -> None:
    """What is late, what presses and what does not each have their own sign."""
    assert set(SIGNS) == set(STYLES) == set(Urgency)
    assert len({SIGNS[near] for near in (Urgency.OVERDUE, Urgency.URGENT, Urgency.SOON, Urgency.CALM)}) == 4


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(-400, 400), st.integers(0, 60))
def test_a_bar_has_its_length_whatever_the_dates(received: date, passed: int, cells: int) -> None:
    today = received + timedelta(days=passed)
    drawn = bar(received, received + timedelta(days=30), today, Urgency.CALM, cells)
    assert drawn.cell_length == cells


@given(st.integers(1, 200), st.text(max_size=80), st.text(max_size=80))
def test_a_line_fills_its_width_and_no_more(width: int, left: str, middle: str) -> None:
    columns = (Column(Content(left), Content(middle), 21), Column(Content(middle), Content(left), 1))
    strips = TwoRows(lambda: columns, None).render_strips(width, 2, Style(), RenderOptions(lambda _style: Style(), {}))
    assert all(strip.cell_length <= max(width, 24) for strip in strips)


# -- editor, findings, handbook -------------------------------------------------------------------


def test_the_editor_changes_the_text_in_a_private_place(tmp_path: Path) -> None:
    script = tmp_path / "editor.sh"
    script.write_text('#!/bin/sh\nstat -c %a "$(dirname "$1")" > "$0.mode"\nprintf "toinen" >> "$1"\n')
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    assert editor.edited("yksi ", str(script)) == "yksi toinen"
    assert (tmp_path / "editor.sh.mode").read_text().strip() == "700"


@pytest.mark.parametrize("command", ["false", "/no/such/editor", "'"])
def test_an_editor_that_fails_changes_nothing(command: str) -> None:
    with pytest.raises(editor.NoEditor):
        editor.edited("teksti", command)


def test_the_persons_editor_is_chosen_as_usual() -> None:
    assert editor.command({"VISUAL": "emacs", "EDITOR": "vi"}) == "emacs"
    assert editor.command({"EDITOR": "vi"}) == "vi"
    assert editor.command({}) == "nano"


def test_a_finding_cites_a_provision_and_nothing_where_it_has_none() -> None:
    """“Our choice” beside what is wrong with a letter tells nobody what to do."""
    by_law = Finding("unfilled", Severity.ERROR, None, "GDPR 12(3)")
    ours = Finding("unfilled", Severity.ERROR, None, "our choice")
    assert "Article 12(3)" in told.findings([by_law]).plain
    assert "our choice" not in told.findings([ours]).plain


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_finding_is_said(code: str) -> None:
    assert finding(code)


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_the_handbook_names_every_key_of_the_list_and_of_a_case(tmp_path: Path, language: str) -> None:
    """Whoever reads it learns all of them: none is bound to an act without standing there."""
    context = Desk(tmp_path / "inbox.db").app().context
    texts.use(language)
    words_of = [re.findall(r"[\w+]+|[/<>]", step) for task in tasks() for step in task.steps]
    named = {word for step in words_of for word in step}
    shown = {"slash": "/", "escape": "Esc", "tab": "Tab", "enter": "Enter", "ctrl+r": "Ctrl+R", "ctrl+s": "Ctrl+S"}
    shown |= {"greater_than_sign": ">", "less_than_sign": "<"}
    for screen in (MainScreen, CaseScreen):
        bound = [binding for binding in screen.keys(SimpleNamespace(context=context)) if binding.description]  # type: ignore[arg-type]
        names = {
            shown.get(key, f"Shift+{key}" if key.isupper() else key) for b in bound for key in b.key.split(",")[:1]
        }
        assert {name.casefold() for name in names} - {name.casefold() for name in named} == set()


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_colour_of_every_theme_can_be_read(theme: Theme) -> None:
    """Text against whatever lies behind it: WCAG 2.1's AA (4.5), and in the theme of high contrast AAA (7)."""
    colours = {**theme.to_color_system().generate(), **theme.variables}
    texts_of = ["foreground", "faint", "primary", "text-primary", "text-warning", "text-error", "text-success"]
    least = 7 if theme is THEMES[-1] else 4.5
    for behind, name in product(("background", "surface", "panel", "chosen"), texts_of):
        if (behind, name) != ("chosen", "primary"):  # keys and marks stand on no chosen line
            back, text = Color.parse(colours[behind]), Color.parse(colours[name])
            assert contrast(back.blend(text, text.a) if text.a < 1 else text, back) >= least, (behind, name)


def contrast(one: Color, other: Color) -> float:
    """How far two colours are apart in brightness (WCAG 2.1, contrast ratio), from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Color) -> float:
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(
    ("topic", "step"),
    [
        ("extend the deadline", "p extends the deadline"),
        ("print the letter", "Shift+P saves it to be printed"),
        ("holidays", "l in the list says when the contact person is away"),
        ("calendar", "c shows the month"),
    ],
)
def test_a_question_is_answered_by_the_task_that_is_about_it_most(topic: str, step: str) -> None:
    """Not by the first that has one of its words, nor by what can be said of everything."""
    assert step in answers.handbook(topic).plain


def test_the_handbook_tells_how_a_correction_teaches() -> None:
    """The window that asks for phrases has its task too."""
    [task] = [task for task in tasks() if "learn" in task.heading]
    assert "Ctrl+S remembers" in " ".join(task.steps)


def test_a_state_has_one_word_in_every_language() -> None:
    """What the assistant is unsure of is said alike in the list and of the case."""
    for language, word in (("en", "not sure"), ("fi", "epävarma"), ("sv", "osäkert")):
        texts.use(language)
        try:
            assert words.case_status(CaseStatus.CANDIDATE) == word
        finally:
            texts.use("en")
