"""What a letter is judged beside: its reader, other people, what was asked for, and what the profile says of us.

The desk and the approval read these facts each in their own way, from views and from the store, and judge by the same
record. Refuses to read either.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from inbox_agent.profile import ControllerProfile
from inbox_agent.rules import allowed, outcomes, personal, waiting
from inbox_agent.rules.notice import abroad
from replies.lens import Around
from state.model import Case, Draft, Message


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is on file beside a letter of a case. `others`: the people of other cases; `sent`: every letter of the case
    with its sending; `mails` and `notes`: what was written to us, and noted of what was said.
    """

    case: Case
    profile: ControllerProfile
    others: tuple[str, ...]
    sent: waiting.Sent
    mails: Sequence[Message]
    notes: Sequence[str]

    def around(self, letter: Draft, body: str, template: str, today: date) -> Around:
        """What the linter is told of a letter whose text is now `body`; `template`: `replies.template_words`."""
        return Around(
            address=letter.envelope.to.address,
            others=self.others,
            more_held=outcomes.more_held(self.case),
            people=personal.whole_names(body),
            half_names=personal.half_names(body),
            template=template,
            composed=letter.original_body,
            asked_on=waiting.days_asked(self.sent),
            abroad=abroad.services(body),
            abroad_for_us=abroad.services("\n".join(self.profile.processing.processors or ())),
            channels=self._forbidden(letter.language),
            at_most=tuple(outcomes.at_most(self.profile, today).items()),
            ours=outcomes.own_words(self.profile, letter.language),
            processors=self.profile.processing.processors or (),
        )

    def _forbidden(self, language: str) -> tuple[str, ...]:
        """The channels of our marketing that a ban of this case covers."""
        understood = (mail.analysis.get("message", {}) for mail in self.mails)
        written = [str(one.get("new_text") or one.get("text") or "") for one in understood]
        return allowed.forbidden(outcomes.channels(self.profile, language), [*written, *self.notes])
