"""Composing: what a letter refuses to say, what it says first, and hostile texts that stay texts."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from replies import filters
from replies.album import VOICES, part, specimens
from replies.catalogue import facts_needed
from replies.choices import LANGUAGES
from replies.context import NO_FACTS, DraftContext, Part, Sender
from replies.drafting import compose, subject
from replies.errors import MissingFacts, NoTemplate, UnsafeSubject
from replies.facts import FactKind
from replies.filters import day
from replies.linter import lint
from replies.pairs import outcomes_for
from replies.wording import Severity
from state.model import TELLS_OUTCOMES, Channel, Letter, Outcome, RequestKind

ACCESS, ERASURE, MARKETING = RequestKind.ACCESS, RequestKind.ERASURE, RequestKind.MARKETING_OBJECTION
HOSTILE = ("{{7*7}}", "{% for x in y %}", "{# gone #}", "{{ sender.__class__.__mro__ }}", "<b>&amp;</b>", "%s %(x)s")

TELLING = {Letter.FEE, Letter.FOLLOW_UP, Letter.RESTRICTION_LIFTED}


def letter(kind: Letter, *parts: Part, **more: object) -> DraftContext:
    context = DraftContext(
        letter=kind,
        language="fi",
        form="te",
        sender=Sender("Kahvipaahtimo Kuurankukka Oy", contact_email="tietosuoja@kuurankukka.example"),
        case_number="2026-0007",
        received_on=date(2026, 3, 5),
        today=date(2026, 3, 19),
        promise=date(2026, 4, 5),
        parts=parts,
        recipient_name="Maija Esimerkki",
        identified=True,
    )
    return replace(context, **more)  # type: ignore[arg-type]  # the tests name fields


@pytest.mark.parametrize(("language", "line"), [("fi", "Asia"), ("sv", "Ärende"), ("en", "Case")])
def test_the_subject_is_the_case_number_alone(language: str, line: str) -> None:
    """Nothing in it tells what the case is about."""
    text = compose(letter(Letter.ACKNOWLEDGEMENT, Part(ACCESS), language=language))
    assert text.subject == f"{line} 2026-0007"


@pytest.mark.parametrize(
    ("language", "said"),
    [("fi", "poistimme vastaukset"), ("sv", "vi raderade svaren"), ("en", "we erased the answers")],
)
@pytest.mark.parametrize("kind", [RequestKind.OBJECTION, RequestKind.CONSENT_WITHDRAWAL])
def test_a_persons_sentence_after_ours_is_a_sentence(kind: RequestKind, language: str, said: str) -> None:
    """Typed into a field it may begin small and end bare."""
    granted = part(language, kind, Outcome.GRANTED, afterwards=said)
    body = compose(letter(Letter.OUTCOME, granted, language=language)).body
    assert f". {said[0].upper()}{said[1:]}.\n" in body


@pytest.mark.parametrize("bad", ["2026-0007\nBcc: x@paha.example", "2026\r-7", "2026-7\0", "2026-7\u2028x", "\x1b[2J"])
def test_a_subject_line_is_one_line(bad: str) -> None:
    """A line break or control character anywhere is refused, in whatever letter."""
    with pytest.raises(UnsafeSubject):
        subject(bad, "fi")
    with pytest.raises(UnsafeSubject):
        compose(letter(Letter.ACKNOWLEDGEMENT, Part(ACCESS), case_number=bad))


def test_a_language_without_letters_is_named() -> None:
    """NoTemplate, not a fallback nobody asked for."""
    with pytest.raises(NoTemplate):
        compose(letter(Letter.ACKNOWLEDGEMENT, Part(ACCESS), language="de"))


# -- what is missing -----------------------------------------------------------------------------------


def test_an_answer_without_outcomes_is_not_written() -> None:
    """Neither without parts nor with an undecided one."""
    with pytest.raises(MissingFacts) as caught:
        compose(letter(Letter.OUTCOME))
    assert caught.value.names == ("outcome",)
    with pytest.raises(MissingFacts) as caught:
        compose(letter(Letter.OUTCOME, Part(ACCESS), part("fi", ERASURE, Outcome.GRANTED)))
    assert caught.value.names == ("access.outcome",)


def test_everything_missing_is_named_at_once() -> None:
    """Of all parts of the letter."""
    with pytest.raises(MissingFacts) as caught:
        compose(letter(Letter.OUTCOME, Part(RequestKind.RECTIFICATION, Outcome.GRANTED), Part(ACCESS, Outcome.NO_DATA)))
    assert set(caught.value.names) == {
        "rectification.corrected",
        "rectification.done_on",
        "rectification.notified",
        "access.searched",
        "access.identifiers",
        "access.trace_until",
    }


def test_an_extension_names_its_missing_facts_and_refuses_other_reasons() -> None:
    """The new date, one of the two lawful reasons, and the concrete explanation (GDPR 12(3))."""
    with pytest.raises(MissingFacts) as caught:
        compose(letter(Letter.EXTENSION, Part(ACCESS)))
    assert caught.value.names == ("new_promise", "extension_reason", "extension_explained")
    holidays = {"new_promise": date(2026, 6, 5), "extension_reason": "holiday", "extension_explained": "lomakausi"}
    with pytest.raises(MissingFacts) as caught:
        compose(letter(Letter.EXTENSION, Part(ACCESS), **holidays))
    assert caught.value.names == ("extension_reason",)


def test_more_information_needs_its_question() -> None:
    """An empty question is no letter."""
    with pytest.raises(MissingFacts) as caught:
        compose(letter(Letter.MORE_INFORMATION, Part(ACCESS), question="  "))
    assert caught.value.names == ("question",)


def test_nothing_is_told_as_done_before_it_is_done() -> None:
    """A future day is a missing fact, save for an erasure that waits for the copy to arrive."""
    future = part("fi", RequestKind.RECTIFICATION, Outcome.GRANTED, done_on="2026-03-20")
    with pytest.raises(MissingFacts) as caught:
        compose(letter(Letter.OUTCOME, future))
    assert caught.value.names == ("rectification.done_on",)
    later = part("fi", ERASURE, Outcome.GRANTED, done_on="2026-03-20")
    body = compose(letter(Letter.OUTCOME, later, part("fi", ACCESS, Outcome.GRANTED))).body
    assert "Poistamme 20.3.2026" in body
    assert "vasta, kun jäljennös on toimitettu teille" in body
    assert "Olemme poistaneet" not in body


# -- before verification -------------------------------------------------------------------------------


def test_no_answer_about_data_before_its_asker_is_identified() -> None:
    """Granted, partly, refused or no data: identity first; who asks and who answers may be told at once."""
    for kind in RequestKind:
        for outcome in outcomes_for(kind):
            context = letter(Letter.OUTCOME, part("fi", kind, outcome), identified=False)
            free = outcome in {Outcome.NOT_IDENTIFIED, Outcome.ART11, Outcome.FORWARDED} or (
                kind is MARKETING and outcome is Outcome.GRANTED
            )
            if free:
                assert compose(context).body
            else:
                with pytest.raises(MissingFacts) as caught:
                    compose(context)
                assert caught.value.names == ("identity",)


def test_no_first_instalment_before_its_asker_is_identified() -> None:
    """What can be given already is data too."""
    context = letter(Letter.MORE_INFORMATION, Part(ACCESS), question="Mitä vuosia?", facts={"given_already": "nimi"})
    assert "nimi" in compose(context).body
    with pytest.raises(MissingFacts) as caught:
        compose(replace(context, identified=False))
    assert caught.value.names == ("identity",)


def test_a_context_cannot_say_whether_the_person_is_registered() -> None:
    """No field of it holds the result of a look-up, so no letter before verification can depend on one. `protected`
    may come from one; it takes places out of an answer's facts and changes nothing else (test_replies_protection).
    `let_go` is a person's word.
    """
    assert {field.name for field in fields(DraftContext)} == {
        "letter",
        "language",
        "form",
        "sender",
        "case_number",
        "received_on",
        "counted_from",
        "today",
        "promise",
        "parts",
        "recipient_name",
        "signature",
        "identified",
        "let_go",
        "protected",
        "represented",
        "deceased",
        "sensitive",
        "new_promise",
        "extension_reason",
        "extension_explained",
        "question",
        "ways",
        "code",
        "channel",
        "on_paper",
        "facts",
        "with_gaps",
    }


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_letters_before_an_answer_read_the_same_for_known_and_unknown_people(language: str) -> None:
    """Byte for byte: identified or not, they tell nothing of any register."""
    extension = {
        "new_promise": date(2026, 6, 5),
        "extension_reason": "complexity",
        "extension_explained": "paljon puheluita",
        "question": "Mitä vuosia?",
        "code": "K7QM-4XT9-2RPA",
    }
    facts = {
        "extension_in": "amount",
        "late_reason": "roskapostikansio",
        "answer_by": "2026-04-17",
        "concern": "lasku",
        "role": "lawyer",
    }
    for kind in set(Letter) - {*TELLS_OUTCOMES, *TELLING}:  # those are written to nobody else
        context = letter(kind, Part(ACCESS), Part(MARKETING), language=language, facts=facts, **extension)
        assert compose(context) == compose(replace(context, identified=False))
    unsure = part(language, ACCESS, Outcome.NOT_IDENTIFIED)
    context = letter(Letter.OUTCOME, unsure, language=language)
    assert compose(context) == compose(replace(context, identified=False))


# -- the text ------------------------------------------------------------------------------------------


def test_access_is_delivered_before_anything_is_erased() -> None:
    """However the parts were given."""
    erased = part("fi", ERASURE, Outcome.GRANTED, done_on="2026-03-19")
    copied = part("fi", ACCESS, Outcome.GRANTED)
    one = compose(letter(Letter.OUTCOME, erased, copied))
    assert one == compose(letter(Letter.OUTCOME, copied, erased))
    assert one.template == "outcome/access.granted+erasure.granted"
    assert one.body.index("1. Tietojen saaminen") < one.body.index("2. Tietojen poistaminen")


def test_rights_that_get_the_same_answer_share_it() -> None:
    """One stretch of text for two rights that wait for the same proof, two where the facts differ."""
    kinds = (RequestKind.RECTIFICATION, RequestKind.RESTRICTION)
    same = [part("fi", kind, Outcome.NOT_IDENTIFIED) for kind in kinds]
    assert compose(letter(Letter.OUTCOME, *same)).body.count("Pyysimme varmistusta") == 1
    other = part("fi", kinds[1], Outcome.NOT_IDENTIFIED, asked_on="2026-03-11")
    assert compose(letter(Letter.OUTCOME, same[0], other)).body.count("Pyysimme varmistusta") == 2


def test_a_late_answer_apologises_and_a_timely_one_does_not() -> None:
    """From the day after the promise; with its cause where one is given, and with the right to complain."""
    answer = letter(Letter.OUTCOME, part("fi", ACCESS, Outcome.GRANTED, late_reason="roskapostikansio"))
    assert "Pahoittelemme" not in compose(replace(answer, today=date(2026, 4, 5))).body
    late = compose(replace(answer, today=date(2026, 4, 6))).body
    assert "Vastauksemme on myöhässä: teidän olisi pitänyt saada se viimeistään su 5.4.2026." in late
    assert "Syy viivästykseen: roskapostikansio." in late
    receipt = letter(Letter.ACKNOWLEDGEMENT, Part(ACCESS), today=date(2026, 4, 6), facts={"answer_by": "2026-04-10"})
    assert "Vastaamme viimeistään pe 10.4.2026." in compose(receipt).body
    assert "tietosuojavaltuutetun käsiteltäväksi" in compose(receipt).body
    assert "Vastaamme viimeistään su 5.4.2026" not in compose(receipt).body
    ban = compose(letter(Letter.MARKETING_STOPPED, Part(MARKETING), today=date(2026, 4, 6))).body
    assert "Pahoittelemme viivästystä." in ban
    assert "Vastaamme" not in ban


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "kind",
    [Letter.ACKNOWLEDGEMENT, Letter.IDENTITY_QUESTION, Letter.AUTHORITY_QUESTION, Letter.MARKETING_STOPPED],
)
def test_a_late_letter_that_the_assistant_proposes_leaves_gaps_that_keep_it_from_leaving(
    language: str, kind: Letter
) -> None:
    """Only the person knows why a case is late, and which day can be kept: no text hides that they are not said."""
    right = MARKETING if kind is Letter.MARKETING_STOPPED else ACCESS
    facts = {"role": "lawyer"} if kind is Letter.AUTHORITY_QUESTION else NO_FACTS
    first = letter(kind, Part(right), language=language, identified=False, facts=facts, today=date(2026, 4, 6))
    text = compose(first)
    gaps = re.findall(r"\[[^\]\n]+\]", text.body)
    assert len(gaps) == (1 if kind is Letter.MARKETING_STOPPED else 2)
    errors = [found.code for found in lint(text.body, text.subject, first) if found.severity is Severity.ERROR]
    assert set(errors) >= {"unfilled"}
    told = text.body.replace(gaps[0], "roskaposti").replace(gaps[-1], day(date(2026, 4, 9), language))
    assert [found for found in lint(told, text.subject, first) if found.severity is Severity.ERROR] == []


def test_a_letter_that_became_late_while_it_waited_is_stopped() -> None:
    """Its text promises what has passed, and explains nothing."""
    first = letter(Letter.ACKNOWLEDGEMENT, Part(ACCESS), identified=False)
    text = compose(first)
    found = lint(text.body, text.subject, replace(first, today=date(2026, 4, 6)))
    assert {"apology_missing", "late_reason_missing"} <= {one.code for one in found if one.severity is Severity.ERROR}


def test_a_late_answer_is_not_written_without_its_cause() -> None:
    """A stop or a dash in the field is no cause; one for the whole letter is enough, and in time none is wanted."""
    parts = [part("fi", kind, Outcome.GRANTED, late_reason=" . ") for kind in (ACCESS, MARKETING)]
    answer = letter(Letter.OUTCOME, *parts, today=date(2026, 4, 6))
    with pytest.raises(MissingFacts) as found:
        compose(answer)
    assert found.value.names == ("access.late_reason",)
    told = replace(parts[1], facts={**parts[1].facts, "late_reason": "roskapostikansio"})
    assert "Syy viivästykseen: roskapostikansio." in compose(replace(answer, parts=(parts[0], told))).body
    assert "Syy viivästykseen" not in compose(replace(answer, today=date(2026, 4, 5))).body


def test_a_ban_on_marketing_waits_for_nothing_else() -> None:
    """Letters about other rights say that the ban is carried out at once and needs no proof."""
    for kind in (Letter.ACKNOWLEDGEMENT, Letter.IDENTITY_QUESTION):
        assert "toteutamme sen heti" in compose(letter(kind, Part(ACCESS), Part(MARKETING))).body
        assert "toteutamme sen heti" not in compose(letter(kind, Part(ACCESS))).body


def test_the_assistant_s_own_first_letters_need_no_facts() -> None:
    """They are proposed without a person: the acknowledgement, the identity question and the ban."""
    for kind in (Letter.ACKNOWLEDGEMENT, Letter.IDENTITY_QUESTION, Letter.MARKETING_STOPPED):
        assert compose(letter(kind, Part(MARKETING))).template == kind
    assert "on voimassa 19.3.2026 alkaen" in compose(letter(Letter.MARKETING_STOPPED, Part(MARKETING))).body


def test_joint_controllers_are_named() -> None:
    """One answer for all of them (GDPR 26(3))."""
    joint = Sender("A Oy", joint=("B Oy", "C Oy"))
    body = compose(letter(Letter.OUTCOME, part("fi", ACCESS, Outcome.GRANTED), sender=joint)).body
    assert "yhteisrekisterinpitäjien puolesta: B Oy ja C Oy." in body


# -- hostile texts -------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", HOSTILE)
def test_texts_are_never_read_as_templates(text: str) -> None:
    """In every text fact of every answer, in the question, the explanation, the signature and the sender."""
    for kind in RequestKind:
        for outcome in outcomes_for(kind):
            full = part("en", kind, outcome)
            names = [fact.name for fact in facts_needed(kind, outcome) if fact.kind is FactKind.TEXT and not fact.form]
            facts = {**full.facts, **{name: text for name in names if name in full.facts}}
            context = letter(Letter.OUTCOME, replace(full, facts=facts), language="en", today=date(2026, 5, 1))
            body = compose(context).body
            assert body.count(text) >= len([name for name in names if name in full.facts])
            assert "49" not in body.replace("2049", "")
    more = letter(Letter.MORE_INFORMATION, Part(ACCESS), question=text, signature=text, sender=Sender(text))
    assert compose(more).body.count(text) == 3


@pytest.mark.parametrize("name", [*HOSTILE, "Maija\nVirtanen", "Maija\r\nBcc: x@paha.example", "\x1b[31mMaija"])
def test_a_hostile_name_is_not_greeted(name: str) -> None:
    """The letter is the one that nobody in particular gets."""
    context = letter(Letter.IDENTITY_QUESTION, Part(ACCESS), recipient_name=name)
    assert compose(context) == compose(replace(context, recipient_name=""))


@settings(max_examples=60)
@given(st.text(min_size=1), st.sampled_from([ACCESS, ERASURE, RequestKind.AUTOMATED_DECISION]))
def test_no_text_breaks_a_letter_or_leaves_it_unprintable(text: str, kind: RequestKind) -> None:
    """Whatever a fact holds: a letter without control characters, or the fact counts as missing."""
    full = part("sv", kind, Outcome.PARTLY)
    names = [fact.name for fact in facts_needed(kind, Outcome.PARTLY) if fact.kind is FactKind.TEXT and not fact.form]
    facts = {**full.facts, **{name: text for name in names if name in full.facts}}
    try:
        body = compose(letter(Letter.OUTCOME, replace(full, facts=facts), language="sv", signature=text)).body
    except MissingFacts:
        assert not filters.phrase(filters.plain(text))
        return
    assert not set(body) & {"\0", "\r", "\x1b", "\u202e"}
    assert "\n\n\n" not in body


@settings(max_examples=80)
@given(st.data())
def test_a_letter_is_written_only_from_enough_facts(data: st.DataObject) -> None:
    """For any subset of an answer's facts: what is missing is named, or the letter shows no trace of an unset fact."""
    kind = data.draw(st.sampled_from(list(RequestKind)))
    outcome = data.draw(st.sampled_from(outcomes_for(kind)))
    full = part("en", kind, outcome)
    kept = data.draw(st.sets(st.sampled_from(sorted(full.facts)))) if full.facts else set()
    given_facts = {name: full.facts[name] for name in kept}
    needed = {fact.name for fact in facts_needed(kind, outcome) if fact.needed(given_facts)} - given_facts.keys()
    context = letter(Letter.OUTCOME, replace(full, facts=given_facts), language="en")
    if needed:
        with pytest.raises(MissingFacts) as caught:
            compose(context)
        assert set(caught.value.names) == {f"{kind}.{name}" for name in needed}
    else:
        body = compose(context).body
        assert not any(mark in body for mark in ("Undefined", "{{", "{%", ": ."))


@pytest.mark.parametrize(
    ("language", "form", "mailed"),
    [
        ("fi", "te", r"tähän (?:viestiin|kirjeeseen)|vastaamalla|vastaukseksi|viestissä annettuun"),
        ("fi", "sina", r"tähän (?:viestiin|kirjeeseen)|vastaamalla|vastaukseksi|viestissä annettuun"),
        (
            "sv",
            "te",
            r"[Ss]vara på det här|genom att svara|Svara med|i ett meddelande",
        ),
        ("en", "te", r"reply to this|[Rr]eplying|[Rr]eply with|in a message"),
    ],
)
def test_every_letter_on_paper_names_every_way_in_and_asks_for_no_reply_to_itself(
    language: str, form: str, mailed: str
) -> None:
    """Paper has no button: our address, number and e-mail stand in each letter, once, beside the case number."""
    for specimen in specimens(language, form):
        context = replace(specimen.context, on_paper=True, ways=("call_back", "known_facts", "strong", "visit"))
        body = compose(context).body
        assert not re.search(mailed, body), specimen.title
        ours = context.sender
        for way in filter(None, (ours.address, ours.contact_phone, ours.contact_email)):
            assert body.count(way) == 1 + bool(ours.pick_up == way and ours.pick_up in specimen.text.body), (
                specimen.title
            )


def test_an_address_of_several_lines_stands_on_one() -> None:
    """A way in is one line, however the profile breaks it."""
    (paper,) = [one for one in specimens("fi", "te") if one.title == "on paper: fee"]
    broken = replace(paper.context, sender=replace(paper.context.sender, address="Utukatu 9\n00990 Helsinki\n"))
    assert compose(broken).body == paper.text.body


@pytest.mark.parametrize(
    ("language", "soon"), [("fi", "mahdollisimman pian"), ("sv", "så snart"), ("en", "as soon as")]
)
def test_an_identity_question_near_its_day_asks_for_no_few_days(language: str, soon: str) -> None:
    """On the day of the promise nobody is asked to answer within a few days."""
    (specimen,) = [one for one in specimens(language, "te") if one.title == "identity_question"]
    context = specimen.context
    assert soon not in compose(replace(context, today=context.promise - timedelta(days=8))).body
    assert soon in compose(replace(context, today=context.promise)).body


@pytest.mark.parametrize(
    ("language", "mail"), [("fi", "sähköpostiosoite ei"), ("sv", "en e-postadress"), ("en", "an e-mail address")]
)
def test_who_came_on_paper_is_not_told_what_an_email_shows(language: str, mail: str) -> None:
    """The reason of an identity question is that of the way the request came (GDPR 12(6))."""
    (question,) = [one for one in specimens(language, "te") if one.title == "identity_question"]
    assert mail in question.text.body
    assert mail not in compose(replace(question.context, channel=Channel.CALL, ways=("call_back", "visit"))).body


@pytest.mark.parametrize(
    ("language", "form", "said"),
    [
        ("fi", "te", {"letter": "Kiitos kirjeestä", "call": "että soititte meille", "visit": "että kävitte luonamme"}),
        ("fi", "sina", {"letter": "Kiitos kirjeestä", "call": "että soitit meille", "visit": "että kävit luonamme"}),
        ("sv", "te", {"letter": "Tack för brevet", "call": "att du ringde oss", "visit": "att du besökte oss"}),
        ("en", "te", {"letter": "for your letter", "call": "for calling us", "visit": "for visiting us"}),
    ],
)
def test_who_came_by_another_way_than_mail_is_thanked_for_that_way(
    language: str, form: str, said: dict[str, str]
) -> None:
    album = {one.title: one.text.body for one in specimens(language, form)}
    for channel, words in said.items():
        assert words in album[f"after a {channel}: marketing_stopped"]
        for letter in ("marketing_stopped", "authority_question"):
            assert not re.search(
                "viesti(?:stä|nne|si)|meddelande(?:t som| 5)|message, which|your message",
                album[f"after a {channel}: {letter}"],
            )


@pytest.mark.parametrize(("language", "form"), VOICES)
def test_who_only_passes_a_request_on_answers_for_nobody(language: str, form: str) -> None:
    """Joint controllers are named where we answer for them, not where we are no controller at all (GDPR 26)."""
    joint = ("Paahtimo Routa Oy", "Myymälä Halla Oy")
    for outcome, named in ((Outcome.FORWARDED, False), (Outcome.NO_DATA, True)):
        context = next(one.context for one in specimens(language, form) if one.title == f"access {outcome}")
        body = compose(replace(context, sender=replace(context.sender, joint=joint))).body
        assert ("Routa" in body) is named


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_passes_one_right_on_and_answers_another_is_no_controller_of_that_part_alone(language: str) -> None:
    """The other answer is given as controller (GDPR 4(7))."""
    forwarded = part(language, RequestKind.ACCESS, Outcome.FORWARDED)
    refused = part(language, RequestKind.RECTIFICATION, Outcome.REFUSED, ground="true_at_its_time")
    [alone] = [one.context for one in specimens(language, "te") if one.title == "access forwarded"]
    said = {"fi": "jota tämä osa pyynnöstänne koskee", "sv": "den här delen av din begäran", "en": "this part of your"}
    body = compose(replace(alone, parts=(forwarded, refused), identified=True)).body
    assert said[language] in " ".join(body.split("\n2. ")[0].split())
    assert said[language] not in compose(alone).body
