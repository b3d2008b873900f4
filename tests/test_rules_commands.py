"""Commands: what is said is understood, what is forbidden is not done, and nothing is invented."""

from __future__ import annotations

from datetime import date, datetime
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inbox_agent.rules.commands import leftover, names
from inbox_agent.rules.commands.days import mentions
from inbox_agent.rules.commands.grammar import rules
from inbox_agent.rules.commands.inflection import eastern, orders, reports, skeleton
from inbox_agent.rules.commands.law import in_case
from inbox_agent.rules.commands.model import ASKING, Intent, Place, Said
from inbox_agent.rules.commands.understanding import understand
from inbox_agent.rules.commands.vocabulary import distance, vocabulary
from inbox_agent.rules.fold import fold
from inbox_agent.rules.lexicon_files import table
from replies.grounds import GROUNDS, ground
from state.model import RequestKind
from tests.commands_figures import HOME, labelled, right, understood

NOW = datetime(2026, 3, 11, 9, tzinfo=ZoneInfo("Europe/Helsinki"))  # a Wednesday
ENOUGH = 0.95
LEARNED = 0.94


def said(text: str, place: Place = Place.CASE) -> tuple[Said, ...]:
    return understand(text, NOW, place)


def only(text: str, place: Place = Place.CASE) -> Said:
    (one,) = said(text, place)
    return one


def test_the_development_set_is_understood() -> None:
    """At least 95 % of the commands that the grammar was developed on are understood right."""
    commands = list(labelled(HOME / "development"))

    assert sum(map(right, commands)) >= ENOUGH * len(commands)


@pytest.mark.parametrize("name", ["apart", "further", "later", "latest", "fifth"])
def test_what_was_learned_from_first_measurements_stays_learned(name: str) -> None:
    """At least 94 % of the commands that were measured before any rule had met them, and learned from afterwards."""
    commands = list(labelled(HOME / name))

    assert sum(map(right, commands)) >= LEARNED * len(commands)


def test_every_intent_has_a_rule() -> None:
    """Each of the 28 intents can be said."""
    assert len(Intent) == 28
    assert {rule.intent for rule in rules()} == set(Intent)


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("älä lähetä vielä", "approve"),
        ("älä hylkää", "set_outcome"),
        ("ala laheta", "approve"),
        ("godkänn inte", "approve"),
        ("do not extend the deadline", "extend"),
        ("älä siirrä sijaiselle", "assign"),
    ],
)
def test_a_forbidden_command_is_never_its_command(text: str, negated: str) -> None:
    """What must not happen is named, and nothing happens."""
    one = only(text)

    assert (one.intent, dict(one.args)) == (Intent.NONE, {"reason": "negated", "negated": negated})


def test_a_forbidden_object_gives_way_to_the_one_said_instead() -> None:
    """As in "älä pyydä hetua vaan asiakasnumero": it asks for the customer number alone."""
    assert only("älä pyydä henkilötunnusta vaan asiakasnumero").args["facts"] == ["customer_number"]


def test_holding_back_goes_with_the_deed() -> None:
    """A letter that must not leave yet is prepared, and marked as held."""
    one = only("pyydä asiakasnumero mutta älä lähetä vielä")

    assert (one.intent, one.args["hold"]) == (Intent.ASK_IDENTITY, True)


@pytest.mark.parametrize(
    "text",
    [
        "hylkäänkö tämän?",
        "saako tämän hylätä",
        "voiko määräaikaa jatkaa",
        "pitääkö pyytää asiakasnumero",
        "miten hylkään pyynnön",
    ],
)
def test_a_question_is_never_the_order_it_asks_about(text: str) -> None:
    """Asking whether something may be done does not do it."""
    assert {one.intent for one in said(text)} <= ASKING


def test_no_ground_is_invented() -> None:
    """A refusal without a ground asks for one; it gets none."""
    (outcome,) = only("hylkää poistopyyntö").args["outcomes"]

    assert outcome == {"right": "erasure", "outcome": "refused", "lawful": None}


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("roskapostia, seuraava", [Intent.MARK_NOT_REQUEST, Intent.SHOW_CASE]),
        ("nosta 12 esille", [Intent.SHOW_CASE]),
        ("nosta tää esiin torstaina", [Intent.REMIND_ME]),
        ("nosta 12 takaisin käsittelyyn", [Intent.REOPEN]),
        ("no erasure, the invoice is unpaid", [Intent.SET_OUTCOME]),
        ("det här är en radering", [Intent.CHANGE_KIND]),
    ],
)
def test_one_verb_says_different_things_by_what_stands_with_it(text: str, asked: list[Intent]) -> None:
    """What is lifted up, put aside or gone on to is told by the words around the verb."""
    assert [one.intent for one in said(text)] == asked


@pytest.mark.parametrize(
    "text",
    [
        "tee henkilöllisyyskysely valmiiks mut älä pistä sitä vielä menemään",
        "tulokseksi myönnetty mutta mitään ei lähetetä ennen ku sanon",
        "pyydä asiakasnumeroa mutta pidä viesti vielä täällä",
        "bevilja men skicka inte än",
        "grant it but hold the letter",
    ],
)
def test_what_is_made_ready_and_must_not_leave_is_held(text: str) -> None:
    """Whichever way it is said that nothing may leave yet, the deed is prepared and marked as held."""
    assert only(text).args["hold"] is True


@pytest.mark.parametrize("word", ["jarruremontti", "mappikaupalla", "jaakaappimagneetti"])
def test_a_long_unknown_word_is_no_slip_of_a_short_beginning(word: str) -> None:
    """Two slips are forgiven where a whole word is near, never where only its first letters are alike."""
    assert vocabulary().tags(word) == frozenset()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("muistuta maanantaina eikun tiistaina", "2026-03-17"),
        ("muistuta mua maanantaina, ei kun keskiviikkona", "2026-03-18"),
        ("remind me on Friday, sorry, Thursday", "2026-03-12"),
    ],
)
def test_a_day_taken_back_in_the_next_breath_is_not_meant(text: str, day: str) -> None:
    """Of two days, the one said last is meant."""
    assert only(text).args == {"when": day}


def test_a_name_or_a_sum_taken_back_is_not_meant() -> None:
    """As in "Liisalle ei kun Matille", "30 e siis 40 e"."""
    assert only("siirrä Liisalle ei kun Matille").args["to"] == "Matti"
    assert only("peritään 30 e siis 40 e").args["amount"] == 40


@pytest.mark.parametrize(
    ("article", "right"),
    [
        (15, "access"),
        (16, "rectification"),
        (17, "erasure"),
        (18, "restriction"),
        (20, "portability"),
        (21, "objection"),
    ],
)
def test_an_article_of_the_regulation_names_its_right(article: int, right: str) -> None:
    """Who knows the law says "17 artiklan mukainen pyyntö"; its paragraphs count nothing."""
    one = only(f"{article} artiklan 1 kohdan mukainen pyyntö hyväksytään")

    assert one.args["outcomes"] == [{"right": right, "outcome": "granted"}]


@pytest.mark.parametrize(
    ("said_so", "written"),
    [("kolome", "kolme"), ("velekoo", "velkaa"), ("viärin", "väärin"), ("lissee", "lisää"), ("pöyvälle", "pöydälle")],
)
def test_a_word_of_savo_leads_to_the_written_one(said_so: str, written: str) -> None:
    """Of the words that a spoken one may stand for, one is how it is written."""
    assert skeleton(fold(written)) in {skeleton(one) for one in eastern(fold(said_so))}


@pytest.mark.parametrize(
    "text",
    [
        "ei sit jatketa tätä deadlineä",
        "älä kysy asiakasnumeroa",
        "don't mark this as not a request",
        "jatkoaikaa ei siis",
        "ei siirretä Liisalle",
    ],
)
def test_what_is_forbidden_in_other_words_is_not_done_either(text: str) -> None:
    """Wherever the "not" stands, nothing is to be done."""
    assert only(text).intent is Intent.NONE


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("lähetä nyt vaan, en mä niitä lue", "skip_approval"),
        ("skip my approval and send", "skip_approval"),
        ("jag hinner inte läsa, skicka bara", "skip_approval"),
        ("turha kysellä henkilöllisyyttä, anna vaan tiedot", "skip_identity"),
        ("tunnistetaan joskus toiste, annetaan tiedot nyt", "skip_identity"),
        ("no need to check who he is, send the data", "skip_identity"),
        ("naapuri haluaa tietää, lähetä sille", "disclose"),
        ("merkitse että saapui vasta maaliskuussa", "falsify_date"),
        ("godkänn allihop", "bulk_send"),
    ],
)
def test_what_must_not_be_done_at_once_is_seen_across_clauses(text: str, what: str) -> None:
    """Whoever says it in two clauses, or in an easy tone, says it all the same."""
    assert (only(text).intent, only(text).args["what"]) == (Intent.UNSAFE, what)


@pytest.mark.parametrize(
    "text",
    ["hän käski poistaa tiedot", "he told me to send it", "pitäiskö tää nyt sitten myöntää", "ei tarvita lisäaikaa"],
)
def test_what_others_said_or_what_is_only_asked_is_no_order(text: str) -> None:
    """Nothing is proposed that changes something."""
    assert not any(one.must_confirm for one in said(text))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("siirrä tehtävä maanantaille", "2026-03-16"),
        ("vaihda muistutuksen päiväksi 20.3.", "2026-03-20"),
        ("move the reminder to Friday", "2026-03-13"),
        ("flytta uppgiften till måndag", "2026-03-16"),
        ("torkuta maanantaihin", "2026-03-16"),
    ],
)
def test_a_task_is_moved_to_another_day(text: str, day: str) -> None:
    """It takes the place of what was laid down before, which is told first."""
    one = only(text)

    assert (one.intent, dict(one.args), one.findings) == (Intent.REMIND_ME, {"when": day}, ("reminder_moved",))


@pytest.mark.parametrize(
    "text", ["peru tehtävä", "tehtävää ei enää tarvita", "cancel the task", "ta bort uppgiften", "muistutus hoidettu"]
)
def test_a_task_is_cancelled(text: str) -> None:
    """Whatever it is called, it is wanted no more."""
    assert (only(text).intent, dict(only(text).args)) == (Intent.REMIND_ME, {"cancel": True})


def test_a_phrase_holds_what_stands_between_its_words() -> None:
    """As in "ota se Kivimäen juttu esiin": what is taken out stands between the verb and its adverb."""
    one = only("ota se Kivimäen juttu esiin", Place.LIST)

    assert (one.intent, dict(one.args)) == (Intent.SHOW_CASE, {"case": "Kivimäki"})


def test_a_duty_done_the_same_day_bears_the_day_told_before() -> None:
    """The day of the deed is also that of the notification told to have been on the same day."""
    _, duty = said("poisto tehty 10.3., käsittelijöille ilmoitettu samana päivänä")

    assert duty.args == {"duty": "processors_told", "done": True, "on": "2026-03-10"}


def test_two_questions_about_one_date_are_two() -> None:
    """How many days are left, and whether feasts count, are answered one after the other."""
    asked = said("montako päivää on jäljellä, ja lasketaanko pyhät mukaan?")

    assert [one.args["about"] for one in asked] == ["days_left", "holidays"]


def test_the_ground_of_the_law_comes_before_other_words() -> None:
    """Of two reasons in one breath the one that the law knows is the ground."""
    (outcome,) = only("Oikaisu evätään, koska rekisterin tieto on tarkistettu ja paikkansapitävä.").args["outcomes"]

    assert outcome == {"right": "rectification", "outcome": "refused", "ground": "data_accurate", "lawful": True}


def test_a_week_is_no_day() -> None:
    """Last week ("viime viikolla") gives no date of a deed."""
    (outcome,) = only("poistettu viime viikolla").args["outcomes"]

    assert "done_on" not in outcome


def test_a_ban_on_marketing_is_never_lawfully_refused() -> None:
    """The finding comes before anything."""
    one = only("hylkää suoramarkkinointikielto kirjanpitolain takia")

    assert one.args["outcomes"][0]["lawful"] is False
    assert one.findings == ("marketing_ban_never_refused",)


def test_several_commands_come_in_the_order_said() -> None:
    """Two orders in one line are two intents."""
    assert [one.intent for one in said("siirrä Liisalle ja muistuta torstaina")] == [Intent.ASSIGN, Intent.REMIND_ME]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("huomenna", date(2026, 3, 12)),
        ("torstaina", date(2026, 3, 12)),
        ("keskiviikkona", date(2026, 3, 18)),
        ("ensi viikon tiistaina", date(2026, 3, 17)),
        ("kolmen päivän päästä", date(2026, 3, 14)),
        ("perjantaihin 20.3. mennessä", date(2026, 3, 20)),
        ("1.3.", date(2027, 3, 1)),
        ("10.9", date(2026, 9, 10)),
        ("4. huhtikuuta", date(2026, 4, 4)),
        ("kuun loppuun", date(2026, 3, 31)),
        ("om två veckor", date(2026, 3, 25)),
        ("in 3 days", date(2026, 3, 14)),
    ],
)
def test_days_ahead(text: str, day: date) -> None:
    """A day without a year is the nearest to come."""
    (found,) = mentions([fold(word) for word in text.split()], NOW.date())

    assert found.ahead == day


@pytest.mark.parametrize(
    ("text", "args"),
    [
        ("påminn mig 10.9", {"when": "2026-09-10"}),
        ("muistuta klo 10.30", {"when": "2026-03-11T10:30"}),
        ("peri 12.5 euroa", {"amount": 12.5, "ground": None, "lawful": None}),
        ("muistuta 16.30 että soitan Pekalle", {"when": "2026-03-11T16:30", "about": "soittaa Pekalle"}),
        ("peri 16.30 e", {"amount": 16.3, "ground": None, "lawful": None}),
    ],
)
def test_two_numbers_with_a_dot_are_a_day_a_time_or_an_amount(text: str, args: dict[str, object]) -> None:
    """By what stands beside them; a month of one digit is on no clock."""
    (said,) = understand(text, NOW, Place.CASE)

    assert said.args == args


@given(st.dates(date(2020, 1, 1), date(2039, 12, 31)), st.dates(date(2020, 1, 1), date(2039, 12, 31)))
def test_a_day_without_a_year_is_near(today: date, day: date) -> None:
    """Read ahead it is today or later, read behind today or earlier, both within four years for the leap day."""
    (found,) = mentions([f"{day.day}.{day.month}."], today) or (None,)

    if found is not None:
        assert found.behind <= today <= found.ahead
        assert (found.ahead.month, found.ahead.day) == (found.behind.month, found.behind.day) == (day.month, day.day)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Korhoselle", "Korhonen"),
        ("Mäkisen", "Mäkinen"),
        ("Matille", "Matti"),
        ("Pekalta", "Pekka"),
        ("Lindströmin", "Lindström"),
        ("Lahdelle", "Lahti"),
        ("Laineelta", "Laine"),
    ],
)
def test_names_are_led_back_to_their_base_form(text: str, name: str) -> None:
    """Case endings and gradation are undone for known names."""
    assert names.base_form(text) == name


def test_a_word_with_dots_is_no_name_without_them() -> None:
    """The verb "lähti" is not Lahti."""
    assert names.surely("lähti") is None


@given(st.text(max_size=200))
@settings(max_examples=200)
def test_any_text_is_understood_as_something(text: str) -> None:
    """No line raises; the same line means the same."""
    found = said(text)

    assert found
    assert found == said(text)


_WORDS = "älä hylkää myönnä poisto vaan ja lähetä kaikki , . tiedot eilen 12 jos ei Korhonen miksi"


@given(st.lists(st.sampled_from(_WORDS.split()), max_size=12))
def test_words_in_any_order_never_break_the_contract(words: list[str]) -> None:
    """Whatever is said, what changes something needs a second Enter, and every outcome refused has its judgement."""
    for one in said(" ".join(words)):
        assert one.must_confirm == (one.intent not in ASKING)
        for outcome in one.args.get("outcomes", ()):
            assert outcome["outcome"] != "refused" or "lawful" in outcome


@given(st.text("abcd", max_size=6), st.text("abcd", max_size=6))
def test_distance_is_symmetric_and_zero_for_equals(one: str, other: str) -> None:
    """Letters to change do not depend on the order of the two words."""
    assert distance(one, other, 9) == distance(other, one, 9)
    assert (distance(one, other, 9) == 0) == (one == other)


def test_a_slip_is_forgiven() -> None:
    """One wrong letter in a longer word is read over."""
    assert vocabulary().tags(fold("määräiaka")) >= {"n_deadline"}


def test_a_refusal_for_some_data_is_in_part() -> None:
    """What is said to be refused for the invoices is refused for them, not for the whole request."""
    (one,) = said("hylkää laskujen osalta kirjanpitolain takia")
    (outcome,) = one.args["outcomes"]
    assert (outcome["outcome"], outcome["kept"], outcome["ground"]) == ("partly", "laskut", "accounting_law")


@pytest.mark.parametrize(
    ("rights", "lawful", "findings"),
    [
        (["access"], False, ("ground_not_for_this_right",)),
        (["erasure"], True, ("vouchers_alone",)),
        (["access", "erasure"], True, ("vouchers_alone",)),
    ],
)
def test_a_ground_is_judged_by_the_rights_of_the_case(
    rights: list[str], lawful: bool, findings: tuple[str, ...]
) -> None:
    """Accounting law keeps data from erasure; it hides nothing from an access request."""
    (one,) = said("hylkää kirjanpitolain takia")
    judged = in_case(one, rights)
    assert [outcome["lawful"] for outcome in judged.args["outcomes"]] == [lawful]
    assert judged.findings == findings


def test_others_rights_keep_back_a_part_of_a_copy_and_never_the_whole() -> None:
    """A refusal of the whole for others' sake is told to be none in law; of a part it is one (GDPR 15(4))."""
    (whole,) = said("hylkää tarkastuspyyntö muiden oikeuksien takia")
    (part,) = said("tarkastus osittain, muiden tiedot peitetään")
    assert (whole.args["outcomes"][0]["lawful"], whole.findings) == (False, ("only_in_part",))
    assert (part.args["outcomes"][0]["lawful"], part.findings) == (True, ())


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("poisto", RequestKind.ERASURE),
        ("rajoittaminen", RequestKind.RESTRICTION),
        ("tarkastuspyyntö", RequestKind.ACCESS),
        ("oikaisu", RequestKind.RECTIFICATION),
    ],
)
def test_a_ground_stands_for_the_rights_that_letters_know(word: str, kind: RequestKind) -> None:
    """What the line calls lawful can be written: one table of grounds serves both."""
    (one,) = said(f"hylkää {word} kirjanpitolain takia")
    (outcome,) = one.args["outcomes"]
    assert outcome["right"] == kind
    assert outcome["lawful"] is (ground(kind, "accounting_law") is not None)


@pytest.mark.parametrize(
    "text",
    [
        "hylkää kohtuuttomana",
        "hylkää koska pyyntö on ilmeisen perusteeton",
        "hylkää poistopyyntö, ilmeisen kohtuuton",
        "refuse, the request is excessive",
    ],
)
def test_an_unfounded_or_excessive_request_can_be_refused_and_must_be_shown_to_be(text: str) -> None:
    """Article 12(5) is a ground in law, and the burden of proof is told before anything is done."""
    (one,) = said(text)
    (outcome,) = one.args["outcomes"]
    assert (outcome["outcome"], outcome["ground"], outcome["lawful"]) == ("refused", "unfounded_or_excessive", True)
    assert one.findings == ("excess_to_be_shown",)


def test_a_withdrawal_of_consent_is_never_refused_as_excessive() -> None:
    """Article 12(5) does not reach article 7(3)."""
    (one,) = said("hylkää suostumuksen peruutus kohtuuttomana")
    assert [outcome["lawful"] for outcome in one.args["outcomes"]] == [False]


def test_a_statutory_duty_stands_against_erasure() -> None:
    """Article 17(3)(b): data that a statute makes the controller keep need not be erased."""
    (one,) = said("hylkää poisto lakisääteisen velvoitteen takia")
    (outcome,) = one.args["outcomes"]
    assert (outcome["right"], outcome["ground"], outcome["lawful"]) == ("erasure", "legal_obligation", True)


@pytest.mark.parametrize(
    ("spoken", "written"),
    [
        ("kirjottaa", "kirjoittaa"),
        ("ollu", "ollut"),
        ("lomal", "lomalla"),
        ("sellasta", "sellaista"),
        ("pyyän", "pyydän"),
        ("nähä", "nähdä"),
        ("englanniks", "englanniksi"),
        ("kysytää", "kysytään"),
    ],
)
def test_a_word_as_it_is_spoken_is_the_word_as_it_is_written(spoken: str, written: str) -> None:
    """Dropped endings, dropped d and i, wherever in the country."""
    assert skeleton(fold(spoken)) == skeleton(fold(written))


@pytest.mark.parametrize(
    ("verb", "ordered", "told"),
    [
        ("lähettää", ["lähetä", "lähetetään", "lähettäisitkö", "lähettäkää"], ["lähetetty", "lähetettiin", "lähetin"]),
        ("myöntää", ["myönnä", "myönnetään", "myöntäisin", "myönnettävä"], ["myönnetty", "myönsin", "myöntänyt"]),
        ("hylätä=hylkää", ["hylkää", "hylätään", "hylkäisit", "hylätkää"], ["hylätty", "hylättiin", "hylkäsin"]),
        ("merkitä", ["merkitse", "merkitään", "merkitsisitkö"], ["merkitty", "merkitsin", "merkinnyt"]),
        ("kysellä", ["kysele", "kysellään", "kyselisin"], ["kyselty", "kyseltiin", "kysellyt"]),
        ("hyväksyä", ["hyväksy", "hyväksytään", "hyväksyisit"], ["hyväksytty", "hyväksyin", "hyväksynyt"]),
    ],
)
def test_a_verb_is_known_in_its_forms_from_its_infinitive(verb: str, ordered: list[str], told: list[str]) -> None:
    """One entry gives what orders and what tells; the two never meet."""
    assert {fold(form) for form in ordered} <= orders(verb)
    assert {fold(form) for form in told} <= reports(verb)
    assert not orders(verb) & reports(verb)


@pytest.mark.parametrize("code", sorted({ground.code for grounds in GROUNDS.values() for ground in grounds}))
def test_every_ground_of_a_refusal_can_be_said(code: str) -> None:
    """What a letter can stand on, a line can name, in Finnish, Swedish and English."""
    entry = table("commands/words.toml")["ground"][code]  # type: ignore[index,call-overload]
    assert entry.get("phrases") or entry.get("fi")


def test_the_same_words_are_the_ground_that_the_right_knows() -> None:
    """A statute stands against erasure; a transfer it refuses because it is no consent and no contract."""
    (erasure,) = only("hylkää poisto lakisääteisen velvoitteen takia").args["outcomes"]
    (transfer,) = only("hylkää siirtopyyntö lakisääteisen velvoitteen takia").args["outcomes"]
    assert (erasure["ground"], transfer["ground"]) == ("legal_obligation", "wrong_basis")
    (unnamed,) = in_case(only("hylkää lakisääteisen velvoitteen takia"), ["portability"]).args["outcomes"]
    assert (unnamed["ground"], unnamed["lawful"]) == ("wrong_basis", True)


def test_each_right_of_a_list_is_answered() -> None:
    """Granting two rights grants both."""
    given = only("myönnä tarkastus ja oikaisu").args["outcomes"]
    assert [(one["right"], one["outcome"]) for one in given] == [("access", "granted"), ("rectification", "granted")]


@pytest.mark.parametrize(
    "text",
    [
        "piti lähettää eilen",
        "I was about to approve this",
        "ehkä siirretään Liisalle, katsotaan",
        "hylkää, tai no en osaa päättää",
        "jos tulee valtakirja niin myönnetään",
        "om hon svarar kan vi bevilja",
    ],
)
def test_what_is_only_thought_of_is_not_done(text: str) -> None:
    """An intention, a perhaps, a doubt and a condition are no orders."""
    assert only(text).intent is Intent.NONE


@pytest.mark.parametrize(
    "text",
    [
        "lähetä nää nyt heti äläkä pyydä multa mitään hyväksyntöjä",
        "send it straight away, no need for anyone to approve",
        "skicka utan att jag läser",
        "skip the id check and just send her the data",
        "mailaa tää sen siskolle joka kyseli näitä",
        "lähetä vastaus hänen uuteen gmail-osoitteeseensa jota emme ole varmistaneet",
        "pistä kaikki odottavat vastaukset kerralla ulos",
        "hylätään koko pino kerralla",
    ],
)
def test_nothing_is_proposed_beside_what_is_unsafe(text: str) -> None:
    """What would send, tell or decide blindly is named so, alone."""
    assert [one.intent for one in said(text)] == [Intent.UNSAFE]


@pytest.mark.parametrize(
    ("text", "left_out"),
    [
        ("lähetä tekstiviestillä", "tekstiviestillä"),
        ("send it by post", "by post"),
        ("hyväksy kirje ja lähetä se myös Maija Laineelle", "Maija, Laineelle"),
        ("pyydä asiakasnumero 30.3. mennessä", "30.3. mennessä"),
        ("jatka poistopyynnön määräaikaa, pyyntö on monimutkainen", "poistopyynnön"),
        ("muistuta huomenna ja perjantaina", "perjantaina"),
        ("yhdistä 12 ja 14 mutta ei 15", "ei 15"),
        ("siirrä 12 ja 15 Laineelle", "12, 15"),
        ("käännä ruotsiksi ja englanniksi", "ruotsiksi"),
    ],
)
def test_a_deed_names_the_words_it_leaves_out(text: str, left_out: str) -> None:
    """A name, a day, a right, a way or a number that no argument holds is told as not understood."""
    assert only(text).left_out == left_out


def test_what_explains_leaves_nothing_out() -> None:
    """Reasons, conditions, what is denied on purpose: of every fourth labelled line almost no deed is stopped."""
    deeds = [
        one
        for folder in (HOME / "development", HOME / "latest")
        for command in islice(labelled(folder), 0, None, 4)
        if right(command)
        for one in understood(command.text, command.now, command.place)
        if one.must_confirm
    ]
    stopped = [one for one in deeds if one.left_out]
    assert len(stopped) * 160 < len(deeds)


def test_a_name_and_the_only_right_of_a_case_leave_nothing_out_there() -> None:
    """What is known of the open case is no news."""
    one = only("jatka asian 7 määräaikaa, Laineen poistopyyntö on monimutkainen")
    assert one.left_out
    assert not leftover.in_case(one, "2026-0007", "Maija Laine", ["erasure"]).left_out
    assert leftover.in_case(one, "2026-0007", "Maija Laine", ["erasure", "access"]).left_out == "poistopyyntö"


@pytest.mark.parametrize(
    "text",
    ["jätä valitusosoitus pois", "drop the part about the ombudsman", "ta bort besvärshänvisningen"],
)
def test_the_complaint_is_not_taken_out_of_a_refusal_unnoticed(text: str) -> None:
    """GDPR 12(4): what the person may say, the law's word stands beside."""
    one = only(text, Place.DRAFT)
    assert (one.intent, one.args["lawful"], one.findings) == (Intent.EDIT_DRAFT, False, ("complaint_right_needed",))


def test_nobody_is_asked_why_unnoticed() -> None:
    """GDPR 15 knows no reason that must be given."""
    one = only("kysy miksi hän haluaa tietonsa")
    assert (one.intent, one.args.get("lawful"), one.findings) == (Intent.ASK_MORE_INFO, False, ("reason_needless",))


def test_the_rules_stand_in_the_order_of_the_intents() -> None:
    """Of two rules that say as much the earlier wins, so their order is part of what they say: that of the list."""
    order = [list(Intent).index(rule.intent) for rule in rules()]
    assert order == sorted(order)


def test_what_nobody_read_does_not_leave() -> None:
    """A line that approves and says that it was not read is explained, not confirmed."""
    assert only("lähetä suoraan, en jaksa lukea", Place.DRAFT).args == {"what": "skip_approval"}


@pytest.mark.parametrize(
    "word", ["laatikkoon", "contact", "muutama", "valitettavasti", "avaimet", "kontakta", "selvitys", "jättäkää"]
)
def test_an_ordinary_word_is_no_slip_of_another(word: str) -> None:
    """A word of everyday mail that lies one letter from a command's means nothing here."""
    assert vocabulary().tags(fold(word)) == frozenset()


@pytest.mark.parametrize(("slip", "word"), [("muistuuta", "muistuta"), ("kirjoititte", "kirjoita")])
def test_a_slip_still_means_its_word(slip: str, word: str) -> None:
    """What is no ordinary word is read as the word it was meant for."""
    assert vocabulary().tags(fold(slip)) & vocabulary().tags(fold(word))


@pytest.mark.parametrize(
    ("text", "args"),
    [
        ("kysy postinumero eiku asiakasnumero", {"facts": ["customer_number"], "lawful": True}),
        ("pyydä syntymäaika, tai ei, pyydä tilausnumero", {"facts": ["order_number"], "lawful": True}),
        ("muistuta pe kello kolme", {"when": "2026-03-13T15:00"}),
        ("muistuta parin päivän päästä", {"when": "2026-03-13"}),
        ("muistuta muutaman päivän päästä", {}),
        ("påminn mig tisdag nästa vecka", {"when": "2026-03-17"}),
        ("remind me in a fortnight", {"when": "2026-03-25"}),
        ("siirrä Elinalle ja muistuta mua to", {"when": "2026-03-12"}),
        ("sama ihminen ku asiassa 7, yhistä 7 ja 9", {"cases": ["7", "9"]}),
        ("avaa eilinen ja kerro mitä pitää tehdä", {"case": "eilinen", "what": "next_steps"}),
        ("onko Kinnusen Lempi jo saanut vastauksensa", {"case": "Lempi Kinnunen", "what": "status"}),
        ("20 euroa ensimmäisestä kopiosta", {"amount": 20, "ground": None, "lawful": False}),
        ("pankkitunnuksilla vahvistettu eilen", {"result": "ok", "method": "pankkitunnukset", "on": "2026-03-10"}),
        ("Tiedoksi, että kopio lähti vakuutusyhtiölle; kirjaa se muistiin.", {"text": "kopio lähti vakuutusyhtiölle"}),
    ],
)
def test_an_argument_is_what_was_said_last_and_in_its_own_words(text: str, args: dict[str, object]) -> None:
    """What is taken back, counted loosely or told before its order."""
    assert understand(text, NOW, Place.CASE)[-1].args == args


def test_a_word_of_a_letter_is_replaced_by_the_other_one_that_is_named() -> None:
    (said,) = understand("vaihda sana asiakas sanaksi jäsen", NOW, Place.DRAFT)
    assert said.args == {"change": "replace", "value": "asiakas -> jäsen"}


@pytest.mark.parametrize(
    ("text", "args"),
    [
        ("Muistuta 2.12. kello 13 katselmuksesta, eiku kello 14.", {"when": "2026-12-02T14:00", "about": "katselmus"}),
        ("Påminn mig på fredag klockan 9, nej på måndag klockan 9.", {"when": "2026-03-16T09:00"}),
        ("Remind me Wednesday at 4, scrap that, Thursday at half past 8.", {"when": "2026-03-12T08:30"}),
        ("Uudet pyynnöt menee Ristolle, eiku mulle.", {"to": "me", "scope": "new"}),
        (
            "Pidennä kuukaudella, eiku kahdella, asia on monimutkainen.",
            {"months": 2, "reason": "complexity", "lawful": True},
        ),
        ("15 euros for copy number two, make it 20.", {"amount": 20, "ground": "further_copy", "lawful": True}),
        ("Slå ihop 21 och 24, nej 21 och 25.", {"cases": ["21", "25"]}),
    ],
)
def test_of_two_words_of_one_kind_the_one_said_last_is_meant(text: str, args: dict[str, object]) -> None:
    """Whatever stands between them, and without losing it."""
    (said,) = understand(text, NOW, Place.CASE)
    assert said.args == args


@pytest.mark.parametrize(
    "text", ["no erasure, open invoice", "yes to access, no to erasure because of the unpaid invoice"]
)
def test_a_no_that_answers_takes_nothing_back(text: str) -> None:
    (said,) = understand(text, NOW, Place.CASE)
    assert [one["outcome"] for one in said.args["outcomes"] if one["right"] == "erasure"] == ["refused"]


@pytest.mark.parametrize(
    ("text", "args"),
    [
        ("jag tar den själv", {"to": "me"}),
        ("I shall attend to this one personally.", {"to": "me"}),
        ("Olivier can keep this until the 30th.", {"to": "Olivier", "until": "2026-03-30"}),
        (
            "I'm in Oslo 5 to 7 May, Jonas covers everything.",
            {"to": "Jonas", "scope": "all", "from": "2026-05-05", "until": "2026-05-07"},
        ),
        (
            "Jonas should have this one, tell him that the member is moving out in May.",
            {"to": "Jonas", "note": "the member is moving out in May"},
        ),
        ("anna tämä Pekalle koska Liisa tuuraa häntä", {"to": "Pekka"}),
        ("nattskiftet tar den, hälsa dem att numret är hemligt", {"to": "nattskiftet", "note": "numret är hemligt"}),
    ],
)
def test_who_takes_over_is_the_one_who_is_said_to(text: str, args: dict[str, object]) -> None:
    """By whatever verb; the days of what they are told are not those of the handing over."""
    (said,) = understand(text, NOW, Place.CASE)
    assert (said.intent, said.args) == (Intent.ASSIGN, args)


@pytest.mark.parametrize("text", ["remind me in twenty minutes", "muistuta torstaina puolelta päivin"])
def test_when_it_is_is_nothing_to_be_reminded_of(text: str) -> None:
    (said,) = understand(text, NOW, Place.CASE)
    assert set(said.args) == {"when"}


def test_two_quoted_texts_are_the_old_one_and_the_new_one() -> None:
    (said,) = understand('vaihda "Arvoisa vastaanottaja" tilalle "Hei Sanni"', NOW, Place.DRAFT)
    assert said.args["value"] == "Arvoisa vastaanottaja -> Hei Sanni"
