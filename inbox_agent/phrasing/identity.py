"""Who asks, in sentences: evidence, signs, proofs, the reason of an identity question, and what to do next."""

from __future__ import annotations

from inbox_agent.phrasing import days, words
from inbox_agent.phrasing import deadlines as clocks
from inbox_agent.rules.identity.assessment import Assessment, Effect, Finding
from inbox_agent.rules.identity.doubts import Doubt
from inbox_agent.rules.identity.evidence import Evidence
from inbox_agent.rules.identity.ways import OwnStep, Way
from inbox_agent.rules.joint import EarlierReceipt
from inbox_agent.rules.levels import Sign
from inbox_agent.rules.waiting import Wait
from inbox_agent.texts import gettext as _
from state.model import Case, IdentityLevel, ProofKind


def assessed(found: Assessment) -> tuple[str, ...]:
    """An assessment line by line: the levels, each piece of evidence with what it does, and what comes next."""
    return (
        _("Reached: {level} – {words}").format(level=found.level, words=words.identity_level(found.level)),
        _("Needed: {level} – {words}").format(level=found.required, words=_needed(found.required)),
        *(finding(one) for one in found.findings),
        *next_steps(found),
    )


def _needed(level: IdentityLevel) -> str:
    return words.identity_level(level) if level > IdentityLevel.L0 else _("no proof of who asks")


def in_brief(found: Assessment) -> tuple[str, ...]:
    """The levels, what speaks against, and the one next step."""
    return (*assessed(found)[:2], *_against(found), *next_steps(found)[:1])


def beyond_brief(found: Assessment) -> tuple[str, ...]:
    """What `assessed` tells besides `in_brief`."""
    brief = set(in_brief(found))
    return tuple(line for line in assessed(found) if line not in brief)


def lacking(found: Assessment) -> tuple[str, ...]:
    """What is missing before an answer may tell of data: the levels, what speaks against, what would suffice."""
    return (*assessed(found)[:2], *_against(found), *next_steps(found))


def _against(found: Assessment) -> tuple[str, ...]:
    return tuple(finding(one) for one in found.findings if one.effect in {Effect.RAISES, Effect.KEEPS_DOWN})


def next_steps(found: Assessment) -> tuple[str, ...]:
    """What to do now: our own step first, then the least that may be asked, with its reason."""
    if found.reached and found.own:
        return (_("Next: {step}").format(step=own_step(found.own)),)
    if found.reached:
        return (_("Next: nothing. {reason}").format(reason=doubt(Doubt.NO_DOUBT)),)
    asked = "; ".join(way(one) for one in found.ways)
    return (
        *((_("Next: {step}").format(step=own_step(found.own)),) if found.own else ()),
        _("May be asked, the least first: {ways}").format(ways=asked),
        _("Reason: {reason}").format(reason=doubt(found.reason)),
    )


def waited(found: Wait) -> tuple[str, ...]:
    """The clock meanwhile: it runs. A day that has passed is told as past; the disputed fallback as disputed."""
    if not found.asked_on and not found.needed:
        return ()  # nobody may be asked
    if found.asked_on:
        asked = _("The person was asked {on}.").format(on=days.on(found.asked_on))
    elif found.today <= found.ask_by:
        asked = _("The person has not been asked yet; ask at the latest {on}.").format(on=days.on(found.ask_by))
    else:
        asked = _("The person has not been asked, although the day for it was {day}. Ask today.").format(
            day=days.numeric(found.ask_by)
        )
    if found.fallback:
        return (asked, clocks.fallback(found.fallback) + ".")
    if found.asked_on and not found.proved_on:
        silent = (
            _("The deadline runs all the same. Without a proof, “not identified” is drafted {on}.")
            if found.today < found.answer_on
            else _("The deadline runs all the same. No proof has come: “not identified” has been due since {day}.")
        )
        return (asked, silent.format(on=days.on(found.answer_on), day=days.numeric(found.answer_on)))
    return (asked,)


def earlier(found: EarlierReceipt | None) -> tuple[str, ...]:
    """A proposal to a person: the clock runs from the first receipt, by whichever address or joint controller."""
    if found is None:
        return ()
    said = _(
        "Proposed: {by} seems to have received it {on}; the deadline runs from then (Article 12(3)). See the mail."
    )
    return (said.format(by=found.by, on=days.on(found.on)),)


def finding(one: Finding) -> str:
    """One piece of evidence with its effect."""
    said = _coded(one)
    match one.effect:
        case Effect.GIVES:
            return _("+ {said} Gives {level}.").format(said=said, level=one.level)
        case Effect.RAISES:
            return _("▲ {said} Raises the need.").format(said=said)
        case Effect.KEEPS_DOWN:
            return _("− {said} Proves nothing.").format(said=said)
    return _("· {said}").format(said=said)


def _coded(one: Finding) -> str:
    if isinstance(one.code, Sign):
        return sign(one.code)
    if isinstance(one.code, ProofKind):
        return f"{proof(one.code).capitalize()}."
    return evidence(Evidence(one.code))


def evidence(code: Evidence) -> str:
    """What the mail and the register say about its sender."""
    sentences = {
        Evidence.ADDRESS_AUTHENTICATED: _("The mail demonstrably comes from the address it names."),
        Evidence.OTHER_DOMAIN_AUTHENTICATED: _("The mail is authenticated, but not for the address it names."),
        Evidence.AUTHENTICATION_FAILED: _("The sender's address failed authentication: it may be forged."),
        Evidence.NOT_AUTHENTICATED: _("Our mail server did not say whether the sender's address is authentic."),
        Evidence.WEB_FORM: _("Our own web form sent the mail: nothing is known about whoever filled it in."),
        Evidence.SCANNED: _("Our own device scanned a paper: nothing in it proves whose it is."),
        Evidence.FORWARDED: _("A colleague forwarded the mail: nothing is known about the first sender's address."),
        Evidence.BY_LETTER: _("The request came by letter: nothing in it proves whose it is."),
        Evidence.BY_CALL: _("The request came by telephone: the voice and the number shown prove nothing."),
        Evidence.BY_VISIT: _("The request was made in person: record what was shown."),
        Evidence.ON_FILE: _("The register holds this very address."),
        Evidence.CHOSEN: _("A person has said which entry of the register it is."),
        Evidence.RESEMBLES: _("The register holds entries that resemble; none has this address."),
        Evidence.HOMONYMS: _("Several entries of the register fit; none is picked."),
        Evidence.NOT_ON_FILE: _("The address is not in the register."),
        Evidence.NOT_LOOKED_UP: _("The register has not been looked into."),
        Evidence.VERIFIED_EARLIER: _("The same address was verified in an earlier case lately."),
        Evidence.CORRESPONDED: _("The same person has written again in this case."),
        Evidence.NEAR_THE_WRITER: _(
            "Whoever writes for another may read the address on file: see in the register that it is not theirs."
        ),
        Evidence.CODE_WRONG: _("A wrong code came instead of the one that was sent; five of them stop it."),
        Evidence.CODE_STOPPED: _("Five wrong codes came: the code counts no more. A new one can be sent."),
        Evidence.CODE_EXPIRED: _("The code that was sent counts no more: seven days have gone. A new one can be sent."),
        Evidence.CODE_FROM_ELSEWHERE: _("A code came back, but it had not gone to the contact on file."),
    }
    return sentences[code]


def sign(code: Sign) -> str:
    """What raised the level that an answer needs."""
    sentences = {
        Sign.REPLY_TO_ELSEWHERE: _("Replies are asked to another address than the sender's."),
        Sign.ANSWER_ELSEWHERE: _("The text asks for the answer at another address."),
        Sign.LOOKALIKE_DOMAIN: _("The sender's domain imitates another one."),
        Sign.DISPLAY_NAME_TRICK: _("The sender's name shows another address than the sender's own."),
        Sign.OUR_NAME: _("The sender bears our own contact person's name, but the address is not ours."),
        Sign.SEVERAL_FROM: _("The mail names several senders."),
        Sign.REPRESENTATIVE: _("Somebody writes on behalf of the person: ask for the authorisation."),
        Sign.DECEASED: _("The mail is about somebody who has died: the GDPR covers the living (recital 27)."),
        Sign.THIRD_PERSON: _("The mail asks about another person's data."),
        Sign.DISPUTE: _("There is a dispute, a former spouse or a stalker."),
        Sign.GROUP_REWRITTEN: _("A mailing group has put its own address in the sender's place."),
        Sign.SHARED_MAILBOX: _("Several people may read the sender's mailbox."),
        Sign.EMPLOYER_ADDRESS: _("The address is our own company's: an employer may read it."),
        Sign.ADDRESS_CHANGED: _("The contact details on file were changed within 90 days."),
        Sign.PROTECTED: _("Turvakielto: no address, town or phone number in any letter; only L4 is enough."),
    }
    return sentences[code]


def proof(kind: ProofKind) -> str:
    """How somebody was identified."""
    names = {
        ProofKind.ROUND_TRIP: _("a one-time code came back from the contact on file"),
        ProofKind.CALL_BACK: _("called back to a number on file"),
        ProofKind.LOG_IN: _("logged in to their own account"),
        ProofKind.KNOWN_FACTS: _("knew facts that only the customer knows"),
        ProofKind.ID_SHOWN: _("showed an identity document on a visit"),
        ProofKind.STRONG: _("strong electronic identification"),
        ProofKind.SIGNED_LETTER: _("a signed letter"),
        ProofKind.JOINT_CONTROLLER: _("identified by a joint controller"),
        ProofKind.AUTHORITY: _("an authorisation was seen"),
        ProofKind.OTHER: _("identified in another way"),
    }
    return names[kind]


def way(one: Way) -> str:
    """How the person may show who they are."""
    names = {
        Way.CODE: _("a one-time code to the address"),
        Way.CALL_BACK: _("a call to a number on file"),
        Way.OTHER_ADDRESS: _("a message from another address on file"),
        Way.KNOWN_FACTS: _("two or three facts that only the customer knows"),
        Way.LOG_IN: _("logging in to their account"),
        Way.CODE_AND_CALL: _("a one-time code and a call"),
        Way.VISIT: _("a visit with an identity document shown"),
        Way.STRONG: _("strong electronic identification"),
    }
    return names[one]


def own_step(step: OwnStep) -> str:
    """What we do ourselves, before anybody is asked anything more."""
    names = {
        OwnStep.LOOK_UP: _("see whether the address is in your register, and say so"),
        OwnStep.LOOK_UP_PERSON: _("see whether the person is in your register, and note the number or address there"),
        OwnStep.CHOOSE_ENTRY: _("look at the entries that resemble; choose one only if you are sure"),
        OwnStep.ASK_DISCRIMINATOR: _("several people fit: ask for a customer number, the year of contact or the town"),
        OwnStep.ASK_AUTHORITY: _("ask for the authority, or answer the person directly"),
        OwnStep.EXPLAIN_DECEASED: _("explain that the GDPR covers the living, and ask in what capacity they write"),
    }
    return names[step]


def doubt(code: Doubt) -> str:
    """The reason that justifies an identity question (GDPR 12(6)), or that there is none."""
    sentences = {
        Doubt.NO_DOUBT: _("Nothing gives reason to doubt who wrote: identity may not be asked for."),
        Doubt.PROTECTED_PERSON: _("The person has a turvakielto."),
        Doubt.DISPUTED: _("Somebody else has a motive to write in the person's name."),
        Doubt.SUSPICIOUS_SENDER: _("The sender's details contradict one another."),
        Doubt.ANSWER_ELSEWHERE: _("The answer is asked to another address than the one the mail came from."),
        Doubt.ANOTHER_PERSON: _("The writer and the person the data is about are not the same."),
        Doubt.SEVERAL_READERS: _("The address does not show which of its readers wrote."),
        Doubt.CHANGED_CONTACT: _("The contact details were changed lately."),
        Doubt.TAKEOVER: _("Contact details are to be changed: whoever asks is asked over the old ones."),
        Doubt.FAILED_AUTHENTICATION: _("The sender's address may be forged."),
        Doubt.UNPROVEN_SENDER: _("Nothing proves that the mail comes from the address it names."),
        Doubt.PASSED_ON: _("Somebody passed the request on: that does not show who wrote it."),
        Doubt.WEB_FORM: _("The request came by the web form, where anybody can give any name and address."),
        Doubt.UNPROVEN_WRITER: _("Nothing shows yet that whoever asked is the person the data is about."),
        Doubt.NOT_ON_FILE: _("The address is not the one on file."),
        Doubt.ADDRESS_NOT_ENOUGH: _("The answer would give out or change data: an e-mail address alone is not enough."),
    }
    return sentences[code]


def let_go(case: Case) -> str:
    """What an answer that was let go lacks: the level that its reader's identity would need."""
    return _(
        "▲ Its reader is not identified ({reached}; this answer needs {needed}): it was let go with a reason."
    ).format(reached=case.identity_level, needed=case.identity_required)


def override_reason(code: str) -> str:
    """Why a letter may leave although its reader is not identified."""
    names = {
        "nothing_on_file": _("there is nothing on file to compare with, and the answer tells of nobody"),
        "known_in_person": _("the person is known to us, and the mail is surely theirs"),
        "urgent": _("waiting would harm the person"),
        "other": _("another reason"),
    }
    return names.get(code, code)
