"""Corrected mails as training material: what would be given out, and that it was.

Nothing calls this but the explicit command. Writes no file: the command shows the text, asks, and writes it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from inbox_agent.profile import ControllerProfile
from inbox_agent.rules.corpus import LabelledMail
from inbox_agent.rules.parse import parse
from inbox_agent.rules.training_mail import block, labelled
from state.errors import NotFound
from state.model import Act, Correction, Event, MessageKey
from state.store.store import Store


@dataclass(frozen=True, slots=True)
class Material:
    """Anonymised mails with the keys of those they were made of, and how many could not be: purged, or too short."""

    mails: tuple[LabelledMail, ...]
    made_of: tuple[MessageKey, ...]
    left_out: int

    @property
    def text(self) -> str:
        """The blocks of one corpus file."""
        return "\n".join(block(mail) for mail in self.mails)


@dataclass(frozen=True, slots=True)
class Training:
    """A person's hands on the material; `person` goes into the journal with every mail that was given out."""

    store: Store
    profile: ControllerProfile
    now: Callable[[], datetime]
    person: str

    def material(self) -> Material:
        """Every mail that counts as something else than it was recognised as, oldest correction first."""
        mails: list[LabelledMail] = []
        made_of: list[MessageKey] = []
        left_out = 0
        for correction in _standing(self.store.corrections.all()):
            mail = self._labelled(correction, len(mails) + 1)
            if mail is None:
                left_out += 1
                continue
            mails.append(mail)
            made_of.append(correction.message)
        return Material(tuple(mails), tuple(made_of), left_out)

    def given_out(self, material: Material) -> None:
        """Record that this material was written out."""
        with self.store.transaction():
            for message in material.made_of:
                self.store.corrections.exported(message, self._event())

    def _labelled(self, correction: Correction, number: int) -> LabelledMail | None:
        try:
            raw = self.store.mails.raw(correction.message)
        except NotFound:  # purged: nothing is left to give
            return None
        trusted, domains = self.profile.identity.trusted_authserv_ids, self.profile.controller.domains
        return labelled(f"correction-{number:04}", number, parse(raw, trusted, domains), correction.after)

    def _event(self) -> Event:
        return Event(self.now(), f"person:{self.person}", Act.CORRECTION_EXPORTED)


def _standing(corrections: tuple[Correction, ...]) -> list[Correction]:
    """The newest correction of each mail, without those that took an earlier one back."""
    first: dict[MessageKey, Correction] = {}
    newest: dict[MessageKey, Correction] = {}
    for correction in corrections:
        first.setdefault(correction.message, correction)
        newest[correction.message] = correction
    return [
        correction
        for key, correction in newest.items()
        if (first[key].before.verdict, set(first[key].before.kinds))
        != (correction.after.verdict, set(correction.after.kinds))
    ]
