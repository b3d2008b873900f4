"""From the facts of a letter to the draft that is proposed: one way for the assistant's letters and a person's.

A letter that asks who somebody is carries a one-time code. It is made here, stands in the letter, and is kept as its
hash only.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from inbox_agent.profile import ControllerProfile
from inbox_agent.rules import deadlines, letters, roundtrip
from inbox_agent.rules.familiarity import written_so
from inbox_agent.rules.scope import asked
from inbox_agent.services import identifying
from replies.context import NO_FACTS, DraftContext
from replies.drafting import compose, subject
from state.lifecycle import reads_for_another
from state.model import Act, Case, Channel, Draft, DraftKey, Event, Letter, NewDraft
from state.store.store import Store

Random = Callable[[int], bytes]
Adjust = Callable[[DraftContext], DraftContext]
_CODE_BYTES = 32


def as_it_is(context: DraftContext) -> DraftContext:
    return context


@dataclass(frozen=True, slots=True)
class Voice:
    """In which language and which form of address a letter is written; empty: in those of its case and the profile, or
    of the letter whose place it takes.
    """

    language: str = ""
    form: str = ""


NO_VOICE = Voice()
_FORM = "form"  # the fact of a letter that tells in which form of address a person had it written


@dataclass(frozen=True, slots=True)
class Writing:
    """Writes letters about cases into the store, as proposals. `random` gives so many random bytes."""

    store: Store
    profile: ControllerProfile
    random: Random = secrets.token_bytes

    def propose(
        self,
        case: Case,
        letter: Letter,
        event: Event,
        adjust: Adjust = as_it_is,
        facts: Mapping[str, str] = NO_FACTS,
        *,
        voice: Voice = NO_VOICE,
    ) -> DraftKey | None:
        """Compose and propose a letter; None where there is nobody to write to. `facts` are what its sending will
        record. Who came by another channel than mail and left no e-mail address gets a letter on paper. Raises the
        errors of `replies`.
        """
        case = replace(case, language=voice.language or case.language)
        contact = self.store.identification.contact(case.key)
        mails = self.store.mails.of_case(case.key)
        envelope = letters.envelope(case, mails, letter, contact)
        if not envelope.to.address and case.channel is Channel.MAIL:
            return None
        laid = self.store.duties.of_case(case.key)
        scope = scope_asked(self.store, case)
        context = letters.context(
            case,
            letter,
            self.profile,
            deadlines.helsinki_date(event.at),
            laid,
            scope=scope,
            says_sina=written_so(mails, said(self.store, case)),
        )
        facts = {**facts, **({"scope": scope} if scope else {}), **({_FORM: voice.form} if voice.form else {})}
        reader = envelope.to
        context = replace(
            context,
            recipient_name=reader.name,
            form=voice.form or context.form,
            represented=reads_for_another(case, reader.address),
        )
        context = adjust(context)
        if not envelope.to.address:
            context = letters.on_paper(context)
        if letter in letters.QUESTIONS:
            event, facts, context = self._with_reason(case, event, facts, context)
        code = roundtrip.code_from(self.random(_CODE_BYTES)) if letters.carries_code(letter, context) else ""
        text = compose(replace(context, code=code))
        about = tuple(request.key for request in letters.concerned(case, letter))
        draft = NewDraft(
            case.key, letter, case.language, text.template, envelope, text.subject, text.body, about, facts
        )
        with self.store.transaction():
            key = self.store.drafts.propose(draft, event)
            if code:
                salt = self.random(roundtrip.SALT_BYTES).hex()
                issued = replace(event, act=Act.CODE_ISSUED)
                self.store.identification.issue(key, salt, roundtrip.digest(code, salt), issued)
            return key

    def anew(self, letter: Draft, event: Event, voice: Voice = NO_VOICE) -> DraftKey | None:
        """Write a proposed letter from the same facts again, in its own language and form unless `voice` says others;
        it takes the other's place. None and the errors as `propose`.
        """
        language = voice.language or letter.language
        form = voice.form or (letter.facts.get(_FORM, "") if language == "fi" else "")

        def told(context: DraftContext) -> DraftContext:
            return replace(context, facts={**context.facts, **letter.facts})

        case = letters.as_answered(self.store.cases.get(letter.case), letter)
        return self.propose(case, letter.letter, event, told, letter.facts, voice=Voice(language, form))

    def _with_reason(
        self, case: Case, event: Event, facts: Mapping[str, str], context: DraftContext
    ) -> tuple[Event, Mapping[str, str], DraftContext]:
        """A question tells why it is asked, as far as its reader may know; its event says by what doubt it was asked,
        which must be shown later (GDPR 5(2), 12(6)).
        """
        found = identifying.assessment(self.store, self.profile, case, event.at)
        told = {"doubt": str(found.told)}
        recorded = {**event.facts, "doubt": str(found.reason), "told": str(found.told), "asked": str(found.asked)}
        return (
            replace(event, facts=recorded),
            {**facts, **told},
            replace(context, facts={**context.facts, **told}),
        )


def untouched(letter: Draft, case: Case) -> bool:
    """Whether nobody has changed a letter of this case since its template wrote it, its subject either."""
    return (letter.subject, letter.body) == (subject(case.number, letter.language), letter.original_body)


def scope_asked(store: Store, case: Case) -> str:
    """What of access a case asks for (`rules.scope.asked`): in its mails, or where it came by none as it was noted."""
    return asked(store.mails.of_case(case.key), said(store, case))


def said(store: Store, case: Case) -> str:
    """What the person of a case said where it came by no mail, as it was noted."""
    return "" if case.channel is Channel.MAIL else "\n".join(store.cases.notes(case.key))
