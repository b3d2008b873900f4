"""One person at a terminal who is asked one thing after another."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from dataclasses import dataclass

from inbox_agent.adapters.terminal import wrapped
from inbox_agent.texts import gettext as _


@dataclass(frozen=True, slots=True)
class Sitting:
    """`ask` takes a question and what Enter alone means; `secret` shows nothing typed."""

    ask: Callable[[str, str], str]
    secret: Callable[[str], str]
    tell: Callable[[str], None]

    def wants(self, question: str) -> bool:
        """A yes or no in any of the languages; Enter is a yes."""
        answer = self.ask(question, _("yes")).casefold()
        return answer in {"yes", "y", "kyllä", "k", "ja", "j", _("yes").casefold()}

    def needs(self, question: str, default: str, wrong: Callable[[str], str] | None = None) -> str:
        """An answer that cannot be left out. `wrong` says in a sentence what is wrong with one: it is asked again."""
        while problem := (wrong or missing)(answer := self.ask(question, default).strip()):
            self.tell(problem)
        return answer


def missing(answer: str) -> str:
    """That an answer is needed, where there is none."""
    return "" if answer else _("This is needed.")


def here() -> Sitting:
    """Whoever sits at this terminal."""
    return Sitting(_asked, lambda question: getpass.getpass(_broken(question)), lambda text: print(wrapped(text)))


def _asked(question: str, default: str) -> str:
    shown = f"{question} [{default}]: " if default else f"{question}: "
    return input(_broken(shown)).strip() or default


def _broken(shown: str) -> str:
    """Print all lines of a question but the last, which waits for its answer."""
    *above, last = wrapped(shown.rstrip()).split("\n")
    for line in above:
        print(line)
    return f"{last} "
