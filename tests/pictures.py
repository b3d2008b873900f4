"""`make pictures`: the README's pictures of the dashboard, drawn by the dashboard itself from the demo's mails."""

from __future__ import annotations

import asyncio
import tempfile
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from typing import cast

from inbox_agent import bootstrap, texts
from inbox_agent import profile as profiles
from inbox_agent.dashboard.app import Dashboard
from inbox_agent.dashboard.gateway import Gateway
from inbox_agent.demo import mails
from inbox_agent.rules.alarms import AGENT, connection
from inbox_agent.rules.classify import Recogniser
from inbox_agent.rules.deadlines import helsinki_date
from inbox_agent.services.draft import Drafting
from inbox_agent.services.poll import Mailbox, Poll
from state.model import Cursor, Heartbeat, Place, RawMessage
from state.views import Narrowing
from tests.dashboard_desk import settled

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
DOCS = Path(__file__).parents[1] / "docs"
SIZE = (150, 42)


def main() -> None:
    texts.use("fi")
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_draw(_profile(Path(folder))))


def _profile(folder: Path) -> Path:
    text = (resources.files("inbox_agent") / "profiles" / "demo.toml").read_text(encoding="utf-8")
    path = folder / "inbox-agent.toml"
    path.write_text(text.replace("@imap@", "1143").replace("@smtp@", "1125"), encoding="utf-8")
    return path


async def _draw(path: Path) -> None:
    profile, now = profiles.read(path), bootstrap.clock(NOW)
    with bootstrap.first_store(profile, path) as store:
        # Storing a batch asks nothing of a mailbox: that is only for fetching.
        poll = Poll(cast("Mailbox", None), profile.mailbox, store, Recogniser.load(), profile, now)
        poll.take_in(_batch(profile.account), Cursor(profile.account, "INBOX", 1, 0))
        Drafting(store, profile, now).propose_first_letters()
        for component, state in ((AGENT, "alive"), (connection(profile.account), "connected")):
            store.pulse.beat(Heartbeat(component, NOW, state, {}))
    desk = bootstrap.desk(profile, path, now)
    app = Dashboard(Gateway(desk.open_views, desk.open_review), profile, now)
    async with app.run_test(size=SIZE) as pilot:
        await _still(app, pilot, "dashboard.svg")
        with desk.open_views() as views:  # one with a letter to approve, in time, of one who writes Finnish
            rows = views.queue(helsinki_date(now()), Narrowing(language="fi"))
        app.open_case(next(row.key for row in rows if row.draft and row.days_left > 0))
        await _still(app, pilot, "case.svg")


async def _still(app: Dashboard, pilot, name: str) -> None:  # noqa: ANN001  # textual's pilot is generic over its app
    await settled(pilot, rounds=40)  # each line's letter is judged in a round of its own
    DOCS.mkdir(exist_ok=True)
    (DOCS / name).write_text(app.export_screenshot(title="inbox-agent"), encoding="utf-8")


def _batch(account: str) -> list[RawMessage]:
    by_key = {mail.key: mail for mail in mails.load()}
    now = [mail for mail in by_key.values() if mail.later is None]
    return [
        RawMessage(Place(account, "INBOX", 1, uid), mails.arrival(mail, NOW), _raw(mail, by_key))
        for uid, mail in enumerate(now, start=1)
    ]


def _raw(mail: mails.DemoMail, by_key: dict[str, mails.DemoMail]) -> bytes:
    return mails.message(mail, by_key, NOW).as_bytes()


if __name__ == "__main__":
    main()
