"""`inbox-agent letters`: the album of every letter, for people who review the wording; also as one HTML page."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from inbox_agent.adapters import given_file
from inbox_agent.phrasing import albums
from inbox_agent.texts import gettext as _
from replies import printing
from replies.album import VOICES
from replies.choices import LANGUAGES


def summary() -> str:
    return _("Print every letter once, from invented facts, to be reviewed.")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--lang", choices=LANGUAGES, help=_("only this language (default: all)"))
    parser.add_argument("--form", choices=("te", "sina"), help=_("only this form of Finnish (default: both)"))
    parser.add_argument("--html", type=Path, metavar="FILE", help=_("write one page of HTML that needs no other file"))


def run(arguments: argparse.Namespace) -> int:
    voices = tuple(_voices(arguments.lang, arguments.form))
    if arguments.html is None:
        print("\n".join(printing.as_text(*voice) for voice in voices), end="")
        return 0
    page = printing.as_html(albums.chapters(voices), albums.wording())
    if given_file.write(arguments.html, page):
        print(_("{path}: {n} letters.").format(path=arguments.html, n=page.count("<article")))
    return 0


def _voices(language: str | None, form: str | None) -> Iterator[tuple[str, str]]:
    for voice in VOICES:
        if language in {None, voice[0]} and (form in {None, voice[1]} or voice[0] != "fi"):
            yield voice
