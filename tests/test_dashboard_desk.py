"""The first screen: lists by deadline, shelves, filter, news, without losing the place."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from textual.app import App, ComposeResult
from textual.events import Resize
from textual.geometry import Size

from inbox_agent import texts
from inbox_agent.adapters.theme_file import ThemeFile
from inbox_agent.dashboard import naming
from inbox_agent.dashboard.messages import StoreChanged
from inbox_agent.dashboard.readings import LIMIT, Signs
from inbox_agent.dashboard.screens.case import CaseScreen
from inbox_agent.dashboard.screens.desk import MainScreen
from inbox_agent.dashboard.screens.help import HelpWindow
from inbox_agent.dashboard.widgets.banner import Banner
from inbox_agent.dashboard.widgets.rows import RowList
from state.model import AGENT, Act, CaseKey, CaseStatus, Event, Letter, Party, Reason, RequestKind
from state.views import Counts
from tests.dashboard_desk import NOW, PROFILE, Desk, busy, press, screen_text, settled


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return busy(tmp_path / "inbox.db")


async def test_cases_stand_by_deadline_with_days_step_and_person(desk: Desk) -> None:
    """Each line says in words how long there is, what is asked, by whom, and what to do now."""
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        text = screen_text(app)
    order = [text.index(name) for name in ("Pentti Ahola", "Oskari Niemelä", "Ville Virta")]
    assert order == sorted(order)
    assert "▲ 2 days late" in text
    assert "▸ Correct the letter first" in text  # late: only its person knows why
    assert "▸ Say whether this is a request" in text


async def test_nothing_in_the_header_is_cut_on_a_narrow_screen() -> None:
    """However much there is to do: the next deadline stands whole."""
    counts = Counts(12, 340, 120, 23, 9, 114, 3, 15, 1200, 4, date(2026, 12, 24), 31)
    banner = Banner(PROFILE, lambda: NOW)

    class Alone(App[None]):
        def compose(self) -> ComposeResult:
            yield banner

    async with Alone().run_test(size=(80, 24)) as pilot:
        banner.signs = Signs(counts, {})
        await pilot.pause()
        lines = [strip.text for strip in pilot.app.screen._compositor.render_strips()]
    shown = " ".join(" ".join(lines).split())
    assert "next Thu 24.12." in shown
    assert "460 open" in shown
    assert "120 asked" in shown
    assert not [line for line in lines if line.strip().startswith("·") or line.strip().endswith("·")]


@pytest.mark.parametrize(
    ("language", "one", "two"),
    [("fi", "1 epävarma ", "2 epävarmaa"), ("sv", "1 försenat", "2 försenade"), ("en", "1 late", "2 late")],
)
async def test_one_is_counted_in_the_singular(tmp_path: Path, language: str, one: str, two: str) -> None:
    """As the language says it of a single case."""
    desk = Desk(tmp_path / "inbox.db")
    texts.use(language)
    for shown in (one, two):
        desk.case(40, "Aino Esimerkki", RequestKind.ACCESS)
        desk.case(3, "Oili Rinne", RequestKind.ACCESS, status=CaseStatus.CANDIDATE)
        async with desk.app().run_test(size=(120, 24)) as pilot:
            await settled(pilot)
            assert shown in screen_text(pilot.app)  # type: ignore[arg-type]


async def test_the_header_counts_and_tells_the_agents_life(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        text = screen_text(app)
    assert "1 late · 1 not sure · 1 to approve · next " in text
    assert " · 2 open" in text
    assert "Set aside (2)" in text
    assert "● mailbox connected, last read 12 s ago" in text


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "▲ the assistant has been silent, last sign 62 min ago: inbox-agent run"),
        ("fi", "▲ avustaja on hiljaa, viimeinen elonmerkki 62 min sitten: inbox-agent run"),
        ("sv", "▲ assistenten är tyst, senast hörd för 62 min sedan: inbox-agent run"),
    ],
)
async def test_a_silent_agent_is_told_with_a_warning_sign_and_how_to_start_it(
    desk: Desk, language: str, said: str
) -> None:
    texts.use(language)
    desk.now += timedelta(minutes=62)
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert said in screen_text(app)


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ("1", "Pentti Ahola"),
        ("2", "Marraskuun uutiskirje"),
        ("3", "(sender unknown)"),
        ("4", "No closed cases yet."),
    ],
)
async def test_number_keys_change_the_shelf(desk: Desk, key: str, shown: str) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "4", key)
        assert shown in screen_text(app)


async def test_arrows_walk_through_the_shelves(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "right")
        assert "mass mail" in screen_text(app)
        await press(pilot, "left", "left")
        assert "No closed cases yet." in screen_text(app)


async def test_each_shelf_keeps_its_chosen_line(desk: Desk) -> None:
    """A look at an empty shelf, or at another line of another one, costs nobody their place."""
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "down", "down")
        rows = app.screen.query_one(RowList)
        case = rows.chosen
        await press(pilot, "4", "1")
        assert rows.chosen == case
        await press(pilot, "2")
        assert rows.highlighted == 0
        await press(pilot, "down")
        mail = rows.chosen
        await press(pilot, "1")
        assert rows.chosen == case
        await press(pilot, "2")
        assert rows.chosen == mail


async def test_a_click_on_a_shelf_shows_it(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.click("#shelves #aside")
        await settled(pilot)
        assert "Tilausvahvistus" in screen_text(app)


async def test_the_filter_narrows_after_typing_and_escape_clears_it(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "ctrl+f", *"niemelä", "enter")
        screen = app.screen
        assert isinstance(screen, MainScreen)
        await screen.workers.wait_for_complete()
        await settled(pilot)
        assert rows(app) == ["case-2"]
        assert "Only: ”niemelä”  Esc" in screen_text(app)
        await press(pilot, "escape")
        assert len(rows(app)) == 3
        assert "Only:" not in screen_text(app)


async def test_the_filter_narrows_mails_too(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "2", "ctrl+f", *"uutis", "enter")
        assert "Tilausvahvistus" not in screen_text(app)
        assert "Marraskuun uutiskirje" in screen_text(app)


async def test_a_filter_finds_the_oldest_of_many_mails(tmp_path: Path) -> None:
    """However many came since; and the list itself goes to its very end."""
    desk = Desk(tmp_path / "inbox.db")
    desk.aside(9, "Vanhin Kirje", "Talouskatsaus")
    at = desk.ago(1)
    with desk.store() as store, store.transaction():
        for _each in range(LIMIT):
            mail = desk.mail(at, Party("Kauppa", "kauppa@kauppa.example"), "Uutiskirje", "Hei.")
            store.intake.set_aside(mail, Reason.MASS_MAIL, Event(at, AGENT, Act.MESSAGE_SET_ASIDE))
    async with desk.app().run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "2")
        await settled(pilot)
        assert "Vanhin Kirje" not in screen_text(pilot.app)  # type: ignore[arg-type]
        await press(pilot, "end")
        assert "Vanhin Kirje" in screen_text(pilot.app)  # type: ignore[arg-type]
        await press(pilot, "home")
        assert "Vanhin Kirje" not in screen_text(pilot.app)  # type: ignore[arg-type]
        await press(pilot, "ctrl+f", *"talous", "enter")
        await settled(pilot)
        shown = screen_text(pilot.app)  # type: ignore[arg-type]
        assert "Vanhin Kirje" in shown
        assert "The newest" not in shown


async def test_enter_opens_the_chosen_case_and_escape_leads_back(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "down", "enter")
        assert isinstance(app.screen, CaseScreen)
        assert app.screen.case_key == 2
        await press(pilot, "escape")
        assert isinstance(app.screen, MainScreen)
        assert app.screen.chosen_case == 2


async def test_who_comes_back_stands_on_the_line_of_the_case_they_were_in(desk: Desk) -> None:
    """However it was opened, and also where it came into the list meanwhile, as what was recorded from paper does."""
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        case = desk.case(1, "Eeva Kirje", RequestKind.ACCESS)
        app.open_case(case)
        await settled(pilot)
        app.screen_stack[1].post_message(StoreChanged())
        await settled(pilot)
        await press(pilot, "escape")
        assert app.screen.query_one(RowList).chosen == f"case-{case}"
        await press(pilot, "up")
        app.screen.post_message(StoreChanged())
        await settled(pilot)
        assert app.screen.query_one(RowList).chosen != f"case-{case}"


async def test_a_click_opens_a_case(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.click("#rows", offset=(10, 3))
        await settled(pilot)
        assert isinstance(app.screen, CaseScreen)
        assert app.screen.case_key == 2


async def test_news_show_without_losing_the_place(desk: Desk) -> None:
    """A case that comes in above leaves the chosen one chosen."""
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "down")
        await app.look()
        desk.case(40, "Aino Kiireinen", RequestKind.ACCESS)
        await app.look()
        await settled(pilot)
        assert rows(app)[0] == "case-4"
        assert chosen(app) == "case-2"


async def test_a_new_day_counts_the_days_anew(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        desk.now += timedelta(days=1)
        await app.look()
        await settled(pilot)
        assert "▲ 3 days late" in screen_text(app)


LONG = "Pyyntö saada jäljennös kaikista minua koskevista henkilötiedoista vuosilta 2015-2026 sekä niiden alkuperästä"


async def test_on_the_narrowest_screen_the_chosen_mail_stands_whole_without_a_key(desk: Desk) -> None:
    """Subject and address decide whether it was rightly set aside."""
    desk.aside(0, "Maija-Liisa von Pitkänimi-Esimerkkilä", LONG)
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "2")
        text = screen_text(app)
        await press(pilot, "down")
        other = screen_text(app)
    assert LONG in " ".join(text.split())
    assert "Maija-Liisa von Pitkänimi-Esimerkkilä <kauppa@kauppa.example>" in text
    assert LONG not in " ".join(other.split())


async def test_on_the_narrowest_screen_the_chosen_case_stands_whole_without_a_key(desk: Desk) -> None:
    """Who asks with their address, every right, and what has to be done first."""
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        text = screen_text(app)
        await press(pilot, "down")
        other = screen_text(app)
    assert "Pentti Ahola <pentti@posti.example>" in text
    assert "▸ Fill in the letter: [kerro tähän syy], [anna tähän päivä]" in text
    assert "Oskari Niemelä <oskari@posti.example>" in other


async def test_a_subject_has_the_whole_upper_row_of_its_line(desk: Desk) -> None:
    subject = "Automaattinen vastaus: Majoituskiintiöt ja kesän aikataulut"
    desk.aside(0, "Marko Siikaranta", subject, Reason.AUTOMATIC)
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "2", "down")
        assert subject in screen_text(app)


async def test_the_preview_stands_beside_the_list_where_there_is_room(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(160, 50)) as pilot:
        await settled(pilot)
        wide = screen_text(app)
        await pilot.resize_terminal(80, 24)
        await settled(pilot)
        narrow = screen_text(app)
    assert "pentti@posti.example" in wide
    assert "An answer needs:" in wide
    assert "An answer needs:" not in narrow


async def test_the_preview_is_there_when_the_terminal_is_widened(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.resize_terminal(160, 50)
        await settled(pilot)
        assert "An answer needs:" in screen_text(app)


async def test_on_the_narrowest_screen_the_target_stands_by_where_it_comes_first(tmp_path: Path) -> None:
    """A promise on a Sunday is answered on the Friday before, and the list's line has room for one day."""
    desk = Desk(tmp_path / "inbox.db")
    desk.case(18, "Pentti Ahola", RequestKind.ERASURE)  # promised Sunday 6.12.2026
    desk.case(17, "Oskari Niemelä", RequestKind.PORTABILITY)
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        sunday = screen_text(app)
        await press(pilot, "down")
        weekday = screen_text(app)
    assert "target Fri 4.12., promised Sun 6.12." in sunday
    assert "target" not in weekday


async def test_on_a_wide_screen_every_line_names_its_target_and_no_address_is_cut(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "inbox.db")
    desk.case(20, "", RequestKind.ACCESS, sender=Party("", "ilmari.paatsjarvi@kaarnaposti.example"))
    app = desk.app()
    async with app.run_test(size=(240, 70)) as pilot:
        await settled(pilot)
        shown = [line[:133] for line in screen_text(app).splitlines()]
    assert any("ilmari.paatsjarvi@kaarnaposti.example" in line for line in shown)
    assert any("Fri 4.12.   target Fri 4.12." in line for line in shown)


async def test_f1_shows_the_handbook_and_f2_changes_the_colours(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "f1")
        assert isinstance(app.screen, HelpWindow)
        await press(pilot, "f1")
        assert isinstance(app.screen, MainScreen)
        first = app.theme
        await press(pilot, "f2")
        assert app.theme != first


async def test_every_key_of_the_screen_is_a_command_by_name(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        names = {act.name for act in naming.here(app.screen, app)}
    assert {"Filter", "Set aside", "Help", "Quit"} <= names
    assert "Make a case" not in names


async def test_a_letter_that_may_not_have_left_is_the_thing_to_do(desk: Desk) -> None:
    draft = desk.proposed(desk.case(1, "Kaarina Salo", RequestKind.ACCESS), Letter.ACKNOWLEDGEMENT)
    desk.uncertain(draft, 0)
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "▸ Find out if the letter left" in screen_text(app)


def rows(app: object) -> list[str]:
    return [str(option.id) for option in row_list(app).options]


def chosen(app: object) -> str | None:
    return row_list(app).chosen


def row_list(app: object) -> RowList:
    return app.screen.query_one("#rows", RowList)  # type: ignore[attr-defined]


@pytest.mark.parametrize("columns", [120, 130, 142, 160])
async def test_beside_the_preview_too_no_next_step_is_cut(tmp_path: Path, columns: int) -> None:
    """In the longest of the languages, wherever the window is just wide enough for both."""
    desk = Desk(tmp_path / "inbox.db")
    desk.proposed(desk.case(3, "Aino Esimerkki", RequestKind.ACCESS))
    texts.use("fi")
    async with desk.app().run_test(size=(columns, 30)) as pilot:
        await settled(pilot)
        listed = screen_text(pilot.app).splitlines()  # type: ignore[arg-type]
        assert any(
            line.lstrip(" ━╌").partition("▸")[2].startswith(" Hyväksy henkilöllisyyskysymys  ") for line in listed
        )


@pytest.mark.parametrize("key", ["n", "l", "ctrl+p", "y"])
async def test_a_window_that_is_closing_may_be_resized(desk: Desk, key: str) -> None:
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, key)
        closing = app.screen
        await closing.remove_children()  # what closing takes away first, while messages still come
        closing.post_message(Resize(Size(80, 24), Size(80, 24)))
        await settled(pilot)
        app.pop_screen()
        await settled(pilot)
        assert isinstance(app.screen, MainScreen)


async def test_the_theme_is_the_one_that_was_chosen_last(desk: Desk, tmp_path: Path) -> None:
    """What cannot be read, or names no theme, is no obstacle: it begins in the dark one."""
    file = ThemeFile(tmp_path / "dashboard-theme")
    for begins, chosen in (("dark", "light"), ("light", "contrast"), ("contrast", "dark")):
        app = desk.app(theme=file)
        async with app.run_test(size=(80, 24)) as pilot:
            await settled(pilot)
            assert app.theme == f"inbox-agent-{begins}"
            await press(pilot, "f2")
            assert file.read() == f"inbox-agent-{chosen}"
    file.path.write_bytes(b"\xff" * 1000)
    app = desk.app(theme=file)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert app.theme == "inbox-agent-dark"


async def test_from_case_to_case_without_the_list_between(desk: Desk) -> None:
    """In the order of the list, which moves along; at its end that is said, and the case stays."""
    app = desk.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "enter")
        for name, key in (
            ("Pentti Ahola", ">"),
            ("Oskari Niemelä", ">"),
            ("Ville Virta", "<"),
            ("Oskari Niemelä", ">"),
        ):
            assert isinstance(app.screen, CaseScreen)
            assert name in screen_text(app)
            await press(pilot, key)
        assert not app._notifications
        await press(pilot, ">")
        assert [notice.message for notice in app._notifications] == ["There is no further case in the list."]
        assert "Ville Virta" in screen_text(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, MainScreen)
        assert app.screen.chosen_case == CaseKey(3)


async def test_what_was_typed_into_a_letter_is_saved_on_the_way_to_the_next_case(desk: Desk) -> None:
    app = desk.app()
    async with app.run_test(size=(160, 50)) as pilot:
        await settled(pilot)
        await press(pilot, "enter", "e", "X", "escape", ">")
        assert "Oskari Niemelä" in screen_text(app)
    with desk.views() as views:
        assert "X" in views.drafts(CaseKey(1))[-1].body


@pytest.mark.parametrize(("height", "room"), [(50, 46), (70, 54)])
async def test_a_form_uses_the_room_of_a_tall_terminal(desk: Desk, height: int, room: int) -> None:
    app = desk.app()
    async with app.run_test(size=(160, height)) as pilot:
        await settled(pilot)
        await press(pilot, "enter", "o")
        assert app.screen.query_one("#window").outer_size.height >= room
