"""From a correction to the next like mail, and to training material: a real store, a real file, a real terminal.

The recogniser is one of three words, so that what is learned shows and not what the shipped one happens to know.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import pytest
from textual.widgets import TextArea

from inbox_agent import bootstrap, cli
from inbox_agent import profile as profiles
from inbox_agent.dashboard.app import Dashboard
from inbox_agent.dashboard.gateway import Gateway
from inbox_agent.dashboard.screens.remember import RememberWindow
from inbox_agent.errors import BrokenPhrases, UsageProblem
from inbox_agent.rules.classify import Classification, Evidence, Under
from inbox_agent.rules.corpus import parse_corpus
from inbox_agent.rules.own_phrases import OWN_PHRASE, Taught
from inbox_agent.rules.parse import InboundMessage
from inbox_agent.services.checking import Step
from inbox_agent.services.learning import Learning, opening_mail
from inbox_agent.services.poll import Mailbox, Poll
from inbox_agent.services.review import Review
from inbox_agent.services.training import Training
from state.errors import IllegalTransition
from state.model import (
    AGENT,
    Act,
    CaseKey,
    CaseStatus,
    Cursor,
    Event,
    Judgement,
    Letter,
    MessageKey,
    Place,
    RawMessage,
    Reason,
    RequestKind,
    Verdict,
)
from state.store.store import Store
from state.views import Views
from tests.bare_profile import WITH_USER, setting
from tests.conftest import build_mail
from tests.dashboard_desk import press, screen_text, settled

NOW = datetime(2026, 11, 24, 12, 5, tzinfo=UTC)
HIDDEN = "Moi, kaapatkaa se punainen lappunen silppuriin. T. Orvokki Kuvitelma, puh. 040 555 1234"
UNSURE = "Hei, voisitteko poistaa minun nimeni lauantain talkoolistalta, en pääse paikalle. T. Orvokki Kuvitelma"
ASKED = "Poistakaa kaikki henkilötietoni rekisteristänne. Terveisin Orvokki Kuvitelma"

PROFILE = setting(WITH_USER, "controller", 'domains = ["yritys.example"]')


class ThreeWords:
    """A request where "henkilötietoni" stands; unsure at "poistaa"; everything else is none."""

    def classify(self, message: InboundMessage, under: Under | None = None) -> Classification:
        text = f"{message.subject} {message.new_text}"
        for word, verdict in (("henkilötietoni", Verdict.REQUEST), ("poistaa", Verdict.UNSURE)):
            if word in text:
                return Classification(verdict, ("erasure",), (Evidence("erasure", word),), ())
        return Classification(Verdict.NOT_REQUEST, (), (), (Evidence("request", "Moi"),))


def recogniser() -> ThreeWords:
    return ThreeWords()


class House:
    """One controller in a folder: mails are taken in as the agent does, corrected as a person does."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "inbox-agent.toml"
        self.path.write_text(PROFILE, encoding="utf-8")
        self.profile = profiles.read(self.path)
        self.store = bootstrap.first_store(self.profile, self.path)
        self.review = bootstrap.review(self.profile, self.store, lambda: NOW)
        self.book = bootstrap.phrasebook(self.profile, self.path)
        self.uid = 0

    @property
    def learning(self) -> Learning:
        return Learning(self.store, self.profile, self.book, recogniser, lambda: NOW, "Helmi Ruokojärvi")

    def receives(self, body: str, sender: str = "Orvokki Kuvitelma <orvokki.kuvitelma@posti.example>") -> MessageKey:
        """The agent's own book is another than the person's: only the file is between them."""
        self.uid += 1
        taught = Taught(recogniser(), bootstrap.phrasebook(self.profile, self.path).current)
        poll = Poll(cast("Mailbox", None), self.profile.mailbox, self.store, taught, self.profile, lambda: NOW)
        raw = build_mail("Asia", body, sender, message_id=f"<{self.uid}@posti.example>")
        place = Place(self.profile.account, "INBOX", 1, self.uid)
        poll.take_in([RawMessage(place, NOW, raw)], Cursor(self.profile.account, "INBOX", 1, self.uid - 1))
        return MessageKey(self.uid)

    def case_of(self, mail: MessageKey) -> CaseKey:
        case = self.store.mails.get(mail).case
        assert case is not None
        return case


@pytest.fixture(autouse=True)
def _three_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the commands load theirs."""
    monkeypatch.setattr("inbox_agent.bootstrap.Recogniser.load", ThreeWords)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    yield made
    made.store.close()


# -- the next like mail ---------------------------------------------------------------------------


def test_a_wish_in_the_controllers_own_words_is_heard_after_it_was_corrected_once(house: House) -> None:
    """Set aside, made a case, remembered: the next such mail, by another person, is a candidate with those rights."""
    first = house.receives(HIDDEN)
    assert house.store.mails.get(first).reason is Reason.NOT_A_REQUEST
    house.review.cases.make_case(first, (RequestKind.ERASURE,))
    lesson = house.learning.lesson(first)
    assert lesson is not None
    assert lesson.phrases == ("kaapatkaa se punainen lappunen silppuriin",)
    assert house.learning.outlook(lesson, lesson.phrases) is Verdict.UNSURE
    assert not house.book.path.exists()
    house.learning.remember(lesson, lesson.phrases)

    second = house.receives("KAAPATKAA se punainen lappunen silppuriin!", "Toinen <toinen@posti.example>")
    case = house.store.cases.get(house.case_of(second))
    assert case.status is CaseStatus.CANDIDATE
    assert [request.kind for request in case.requests] == [RequestKind.ERASURE]
    assert house.store.mails.get(second).analysis["evidence"][0]["type"] == OWN_PHRASE
    assert house.learning.lesson(first) is None  # learned already


def test_a_false_alarm_is_set_aside_with_the_phrase_as_its_reason_and_a_wrong_phrase_is_forgotten(house: House) -> None:
    first = house.receives(UNSURE)
    assert house.store.mails.get(first).verdict is Verdict.UNSURE
    house.review.cases.dismiss(house.case_of(first))
    lesson = house.learning.lesson(first)
    assert lesson is not None
    assert "Orvokki" not in "".join(lesson.phrases)
    assert house.learning.outlook(lesson, lesson.phrases) is Verdict.NOT_REQUEST
    house.learning.remember(lesson, lesson.phrases)

    second = house.receives(UNSURE.replace("Orvokki Kuvitelma", "Eino Keksitty"), "Eino <eino@posti.example>")
    stored = house.store.mails.get(second)
    assert (stored.case, stored.reason) == (None, Reason.OWN_PHRASE)
    assert stored.analysis["against"][0]["type"] == OWN_PHRASE

    house.review.cases.make_case(second, (RequestKind.ERASURE,))
    undone = house.learning.lesson(second)
    assert undone is not None
    assert [phrase.text for phrase in undone.wrong] == list(lesson.phrases)
    house.learning.remember(undone, ())
    assert house.book.read().phrase == ()


def test_no_phrase_lowers_a_plain_request(house: House) -> None:
    """Even a phrase of the request's very words: it stays an open case, and the phrase is shown against it."""
    first = house.receives(UNSURE)
    house.review.cases.dismiss(house.case_of(first))
    lesson = house.learning.lesson(first)
    assert lesson is not None
    house.learning.remember(lesson, ("poistakaa kaikki henkilötietoni rekisteristänne",))
    asked = house.receives(ASKED, "Eino <eino@posti.example>")
    assert house.store.cases.get(house.case_of(asked)).status is CaseStatus.OPEN
    assert house.store.mails.get(asked).analysis["against"][0]["type"] == OWN_PHRASE


# -- what is stored -------------------------------------------------------------------------------


def test_each_correction_is_kept_once_with_before_and_after_and_never_text(house: House) -> None:
    first = house.receives(UNSURE)
    case = house.case_of(first)
    house.review.cases.confirm(case, (RequestKind.ACCESS,))
    house.review.cases.change_rights(case, (RequestKind.ERASURE, RequestKind.ACCESS))
    house.review.cases.change_rights(case, (RequestKind.ACCESS, RequestKind.ERASURE))
    house.review.cases.dismiss(case)
    house.review.cases.reopen(case)
    told = [
        (one.before.verdict, one.after.verdict, tuple(sorted(one.after.kinds))) for one in house.store.corrections.all()
    ]
    assert told == [
        (Verdict.UNSURE, Verdict.REQUEST, ("access",)),
        (Verdict.REQUEST, Verdict.REQUEST, ("access", "erasure")),
        (Verdict.REQUEST, Verdict.NOT_REQUEST, ()),
        (Verdict.NOT_REQUEST, Verdict.REQUEST, ("access", "erasure")),
    ]
    assert {one.actor for one in house.store.corrections.all()} == {"person:Helmi Ruokojärvi"}
    rows = [tuple(row) for row in house.store._database.rows("select * from corrections")]
    rows += [tuple(row) for row in house.store._database.rows("select facts from events where act = 'corrected'")]
    assert not any(word in str(rows) for word in ("talkoo", "Orvokki", "orvokki"))
    house.store.journal.verify()


def test_confirming_a_request_as_it_was_understood_is_no_correction(house: House) -> None:
    case = house.case_of(house.receives(ASKED))
    house.review.cases.dismiss(case)
    house.review.cases.reopen(case)
    assert len(house.store.corrections.all()) == 2
    assert Training(house.store, house.profile, lambda: NOW, "Helmi").material().mails == ()  # it was taken back


def test_only_a_person_corrects_and_nobody_to_unsure(house: House) -> None:
    mail = house.receives(ASKED)
    for actor, verdict in ((AGENT, Verdict.NOT_REQUEST), ("person:Helmi", Verdict.UNSURE)):
        with pytest.raises(IllegalTransition):
            house.store.corrections.record(mail, Judgement(verdict, ()), Event(NOW, actor, Act.CORRECTED))
    assert house.store.corrections.all() == ()


def test_changed_rights_have_their_clocks_and_the_first_letter_names_them(house: House) -> None:
    case = house.case_of(house.receives(ASKED))
    house.review.letters.propose(case, Letter.IDENTITY_QUESTION)
    house.review.cases.change_rights(case, (RequestKind.ACCESS,))
    live = [(one.kind, one.received_on) for one in house.store.cases.get(case).requests if one.status == "open"]
    assert live == [(RequestKind.ACCESS, house.store.cases.get(case).received_on)]
    [proposed] = [draft for draft in house.store.drafts.for_case(case) if draft.status == "proposed"]
    assert {one.kind for one in house.store.cases.get(case).requests if one.key in proposed.requests} == {
        RequestKind.ACCESS
    }
    with pytest.raises(UsageProblem):
        house.review.cases.change_rights(case, ())


# -- the commands ---------------------------------------------------------------------------------


def command(house: House, *words: str) -> int:
    return cli.main([*words, "--profile", str(house.path), "--now", NOW.isoformat()])


def test_corrected_mails_are_exported_without_people_and_only_when_told(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = "Asun Mannerheimintie 5 A 12, 00100 Helsinki"
    mail = house.receives(f"{HIDDEN}. {home}, hetu 131052-952K, www.kuvitelma.fi, eka@posti.example")
    house.review.cases.make_case(mail, (RequestKind.ERASURE,))
    folder = tmp_path / "out"
    assert command(house, "corrections", "export", str(folder)) == 2  # no terminal to ask in, and no --yes
    assert not folder.exists()
    assert command(house, "corrections", "export", str(folder), "--yes") == 0
    [path] = folder.iterdir()
    assert path.stat().st_mode & 0o077 == 0
    text = path.read_text(encoding="utf-8")
    hidden = ("Orvokki", "Kuvitelma", "040", "1234", "Mannerheim", "Helsinki", "131052", "kuvitelma", "eka@")
    assert not [word for word in hidden if word in text]
    [exported] = parse_corpus(text)
    assert (exported.verdict, exported.required) == ("request", frozenset({"erasure"}))
    assert "kaapatkaa se punainen lappunen silppuriin" in exported.body
    given_out = house.store._database.rows("select * from events where act = 'correction_exported'")
    assert [row["actor"] for row in given_out] == ["person:Helmi Ruokojärvi"]
    assert command(house, "corrections", "export", str(folder), "--yes") == 2  # nothing is written over
    assert path.read_text(encoding="utf-8") == text
    capsys.readouterr()
    assert command(house, "corrections", "--json") == 0
    [line] = capsys.readouterr().out.splitlines()
    assert json.loads(line)["after"] == {"verdict": "request", "types": ["erasure"]}


def test_correct_and_phrases_on_the_command_line(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    mail = house.receives(HIDDEN)
    assert command(house, "correct", "--mail", str(mail), "--right", "erasure") == 0
    assert "kaapatkaa se punainen lappunen silppuriin" in capsys.readouterr().out
    assert house.book.read().phrase == ()  # proposed, not remembered
    case = house.store.cases.get(house.case_of(mail)).number
    assert command(house, "correct", case, "--right", "access", "--remember", "punainen lappunen silppuriin") == 0
    [phrase] = house.book.read().phrase
    assert (phrase.text, phrase.kinds) == ("punainen lappunen silppuriin", (RequestKind.ACCESS,))
    assert command(house, "phrases", "--add", "se ei ole meidän asia", "--not-request") == 0
    assert command(house, "phrases", "--forget", "1") == 0
    assert [one.text for one in house.book.read().phrase] == ["se ei ole meidän asia"]
    assert command(house, "phrases", "--add", "lyhyt", "--not-request") == 2
    house.book.path.write_text("[[phrase]]\ntext = 5\n", encoding="utf-8")
    assert command(house, "phrases") == 3
    assert "own-phrases.toml:2: phrase.0.text: " in capsys.readouterr().err


# -- the dashboard --------------------------------------------------------------------------------


def dashboard(house: House) -> Dashboard:
    path = bootstrap.database(house.profile, house.path)

    def opened() -> Review:
        store = Store.open(path)
        learning = replace(house.learning, store=store)
        return Review(store, house.profile, lambda: NOW, "Helmi Ruokojärvi", learning=learning)

    return Dashboard(Gateway(lambda: Views.open(path), opened), house.profile, lambda: NOW, look_every=3600)


@pytest.mark.parametrize("accepts", [True, False])
async def test_a_dismissal_proposes_a_phrase_and_remembers_it_only_when_accepted(house: House, accepts: bool) -> None:
    case = house.case_of(house.receives(UNSURE))
    app = dashboard(house)
    async with app.run_test(size=(100, 40)) as pilot:
        await settled(pilot)
        app.open_case(case)
        await settled(pilot)
        await press(pilot, "d", "ctrl+s")
        assert isinstance(app.screen, RememberWindow)
        await settled(pilot, 6)
        assert "From now on a mail like this: not a request" in screen_text(app)
        proposed = app.screen.query_one("#words", TextArea).text
        await press(pilot, "ctrl+s" if accepts else "escape")
        assert not isinstance(app.screen, RememberWindow)
    assert house.store.cases.get(case).status is CaseStatus.DISMISSED
    assert [one.text for one in house.book.read().phrase] == (proposed.splitlines() if accepts else [])


async def test_a_phrase_that_says_nothing_is_not_accepted(house: House) -> None:
    case = house.case_of(house.receives(UNSURE))
    app = dashboard(house)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.open_case(case)
        await settled(pilot)
        await press(pilot, "d", "ctrl+s")
        app.screen.query_one("#words", TextArea).text = "[/]x"
        await settled(pilot)
        await press(pilot, "ctrl+s")
        assert isinstance(app.screen, RememberWindow)
        assert "at least two words" in screen_text(app)
    assert house.book.read().phrase == ()


async def test_a_mail_set_aside_says_why_in_its_window(house: House) -> None:
    """Enter on a set-aside mail: the verdict, and what counted against, also where there is no preview."""
    house.receives(HIDDEN)
    app = dashboard(house)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "2", "enter")
        text = screen_text(app)
    assert "not a request" in text
    assert " − ”" in text
    assert opening_mail(house.store, CaseKey(1)) is None


# -- why ------------------------------------------------------------------------------------------


def test_explain_hears_the_own_phrases_of_its_profile_and_says_so(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In Finnish, the phrase among the reasons; and of a mail that a program sent, that it is one."""
    assert command(house, "phrases", "--add", "punainen lappunen silppuriin", "--right", "erasure") == 0
    (tmp_path / "a.eml").write_bytes(build_mail(body=HIDDEN))
    (tmp_path / "b.eml").write_bytes(build_mail(body=HIDDEN, auto_submitted="auto-replied"))
    capsys.readouterr()
    assert command(house, "explain", str(tmp_path / "a.eml"), str(tmp_path / "b.eml")) == 0
    told = capsys.readouterr().out
    assert "epävarma: tietojen poistaminen" in told
    assert "koska: ”punainen lappunen silppuriin” (oma sanonta)" in told
    assert "ei pyyntö: –\n  automaattivastaus" in told


async def test_check_counts_the_own_phrases_and_names_what_is_wrong_with_them(house: House) -> None:
    house.book.path.write_text('[[phrase]]\ntext = "lyhyt"\nsays = "not_request"\n', encoding="utf-8")
    looking = bootstrap.checking(house.profile, house.path, lambda: NOW).findings()
    [wrong] = [one async for one in looking if one.step is Step.PHRASES]
    assert isinstance(wrong.error, BrokenPhrases)
    assert [(one.line, one.code) for one in wrong.error.problems] == [(2, "phrase_short")]
