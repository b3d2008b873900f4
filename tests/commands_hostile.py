"""Run in a terminal of its own: every command that prints, one after the other, over a store full of the attack.

`python -m tests.commands_hostile FOLDER` parts what each prints by a line that begins with MARK.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from email.message import EmailMessage
from pathlib import Path

from inbox_agent import bootstrap, cli
from inbox_agent import profile as profiles
from state.model import CaseKey
from tests.bare_profile import WITH_USER
from tests.dashboard_desk import Desk
from tests.dashboard_hostile import HOSTILE, IDENTITY_CODE, STORED, seed

MARK = "=====COMMAND "
GIVEN = STORED.replace("\r", "").replace("\n", "")  # as far as one word of a command line can hold it
COMMANDS = [
    ["cases"],
    ["cases", "--json"],
    ["case", "1"],
    ["case", "1", "--json"],
    ["case", "2"],
    ["case", "2", "--json"],
    ["duties"],
    ["identity", "1"],
    ["identity", "1", "--json"],
    ["outcome", "1"],
    ["outcome", "1", "--json"],
    ["write", "1"],
    ["write", "1", "--json"],
    ["write", "1", "question", "--fact", f"question={GIVEN}"],
    ["approve", "1"],
    ["approve", "1", "--check"],
    ["approve", "1", "--at", GIVEN],
    ["correct"],
    ["correct", "2"],
    ["corrections"],
    ["phrases"],
    ["phrases", "--add", GIVEN, "--right", "erasure"],
    ["stats", "--year", "2026"],
    ["stats", "--json"],
    ["check", "--alive"],
    ["check"],
    ["explain", "MAIL"],
    ["explain", "MAIL", "--json"],
    ["explain", GIVEN],
    ["understand", GIVEN],
    ["understand", f"kirjaa: {GIVEN}", "--json"],
    ["deadline", GIVEN],
    ["case", GIVEN],
    ["add", "letter", "--name", GIVEN, "--right", "access", "--said", GIVEN],
    ["delivered", "1", "--how", GIVEN],
    ["print", "1", "FILE"],
    ["profile", "check", GIVEN],
    [GIVEN],
]

WITHOUT_PROFILE = frozenset({"understand", "deadline", "profile", GIVEN})


def make(folder: Path) -> None:
    """A profile, a database full of the attack, and a mail that is one."""
    path = folder / "inbox-agent.toml"
    path.write_text(WITH_USER, encoding="utf-8")
    desk = Desk(bootstrap.database(profiles.read(path), path))
    seed(desk)
    with desk.store() as store:
        desk.review(store).cases.confirm(CaseKey(2))
    mail = EmailMessage()
    mail["From"] = "aino@posti.example"
    mail.set_content(f"Hei, poistakaa tietoni. {IDENTITY_CODE}\n{HOSTILE}\n".encode("utf-8", "replace").decode())
    raw = f"Subject: Pyyntö {IDENTITY_CODE} {GIVEN}\r\nTo: {GIVEN}\r\n".encode() + mail.as_bytes()
    (folder / "mail.eml").write_bytes(raw)


def main() -> int:
    folder = Path(sys.argv[1])
    make(folder)
    places = {"MAIL": str(folder / "mail.eml"), "FILE": str(folder / "letter.pdf")}
    for number, words in enumerate(COMMANDS):
        where = [] if words[0] in WITHOUT_PROFILE else ["--profile", str(folder / "inbox-agent.toml")]
        print(f"{MARK}{number}", flush=True)
        with suppress(SystemExit):  # of a mistake in the command line
            cli.main([*(places.get(word, word) for word in words), *where])
        sys.stderr.flush()
    print(MARK, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
