"""The fact that an act stands on names things, all of them, and done: one shape for every act."""

from __future__ import annotations

from dataclasses import replace

import pytest

from replies.album import specimens
from replies.choices import LANGUAGES
from replies.drafting import compose
from replies.lens import Around
from replies.linter import lint
from replies.template_words import template_words

ALBUM = {(language, found.title): found.context for language in LANGUAGES for found in specimens(language, "te")}
ERASED, CORRECTED = ("erasure granted", "erased"), ("rectification granted", "corrected")
PLACE, RESTRICTED = ("erasure granted", "erased_from"), ("restriction granted", "restricted")
STOPPED, WITHDRAWN = ("objection granted", "stopped"), ("consent_withdrawal granted", "stopped")
SEARCHED, KNOWN_BY = ("access no_data", "searched"), ("access no_data", "identifiers")
CONTENTS, IN_PART = ("portability granted", "contents"), ("erasure partly accounting_law", "erased")


def found(language: str, of: tuple[str, str], said: str) -> set[str]:
    title, fact = of
    context = next(one for (spoken, name), one in ALBUM.items() if spoken == language and name.startswith(title))
    [part] = context.parts
    context = replace(context, parts=(replace(part, facts={**part.facts, fact: said}),))
    text = compose(context)
    around = Around(template=template_words(context, text.body, context.today), composed=text.body)
    return {one.code for one in lint(text.body, text.subject, context, around)} & {"nothing_done", "act_in_own_words"}


HOLLOW = [
    ("fi", ERASED, "sen mikä on mahdollista"),
    ("fi", ERASED, "tarpeettomat tiedot"),
    ("fi", ERASED, "useimmat tiedot"),
    ("fi", ERASED, "suurin osa viesteistä"),
    ("fi", ERASED, "asiakaskortti on siirretty arkistoon"),
    ("fi", ERASED, "nimi on korvattu numerolla"),
    ("fi", ERASED, "asiakastili on poistettu käytöstä"),
    ("fi", ERASED, "tiedot salattiin"),
    ("fi", ERASED, "asiakaskortti, paitsi sähköpostiosoite"),
    ("fi", ERASED, "mitään ei poistettu"),
    ("fi", PLACE, "näkyvistä"),
    ("fi", PLACE, "ei vielä mistään"),
    ("fi", CORRECTED, "virhe todettiin"),
    ("fi", CORRECTED, "tieto merkittiin epäselväksi"),
    ("fi", CORRECTED, "osoite muutetaan myöhemmin"),
    ("fi", CORRECTED, "pyrimme korjaamaan osoitteen"),
    ("fi", RESTRICTED, "ei käytännössä mikään"),
    ("fi", RESTRICTED, "osittain"),
    ("fi", STOPPED, "osittain"),
    ("fi", STOPPED, "vähennämme profilointia"),
    ("fi", STOPPED, "profilointi tauolle kesän ajaksi"),
    ("fi", WITHDRAWN, "uutiskirje, mutta tarjoukset jatkuvat"),
    ("fi", SEARCHED, "selailimme"),
    ("fi", SEARCHED, "asiakasrekisteri osittain"),
    ("fi", KNOWN_BY, "arvaus"),
    ("fi", CONTENTS, "osa tiedoista"),
    ("sv", ERASED, "det vi kunde"),
    ("sv", ERASED, "de flesta uppgifter"),
    ("sv", ERASED, "onödiga uppgifter"),
    ("sv", ERASED, "kundkortet har flyttats till arkivet"),
    ("sv", ERASED, "namnet har ersatts med ett nummer"),
    ("sv", ERASED, "kundkortet, förutom e-postadressen"),
    ("sv", PLACE, "ingenstans ännu, inte någonstans"),
    ("sv", CORRECTED, "inget ändrades"),
    ("sv", CORRECTED, "felet konstaterades"),
    ("sv", CORRECTED, "adressen ändras senare"),
    ("sv", RESTRICTED, "ingenting i praktiken"),
    ("sv", STOPPED, "delvis"),
    ("sv", STOPPED, "vi minskar profileringen"),
    ("sv", WITHDRAWN, "nyhetsbrevet, men erbjudandena fortsätter"),
    ("sv", SEARCHED, "kundregistret delvis"),
    ("sv", KNOWN_BY, "en gissning"),
    ("sv", CONTENTS, "en del av uppgifterna"),
    ("en", ERASED, "whatever we could"),
    ("en", ERASED, "most of the data"),
    ("en", ERASED, "unnecessary data"),
    ("en", ERASED, "the card was moved to the archive"),
    ("en", ERASED, "the name was replaced by a number"),
    ("en", ERASED, "the customer card, except the e-mail address"),
    ("en", PLACE, "not yet anywhere"),
    ("en", CORRECTED, "nothing was changed"),
    ("en", CORRECTED, "the error was noted"),
    ("en", CORRECTED, "we will change the address later"),
    ("en", RESTRICTED, "nothing in practice"),
    ("en", STOPPED, "partly"),
    ("en", STOPPED, "we reduce the profiling"),
    ("en", WITHDRAWN, "the newsletter, but the offers continue"),
    ("en", SEARCHED, "the customer register partly"),
    ("en", KNOWN_BY, "guesswork"),
    ("en", CONTENTS, "some of the data"),
]


@pytest.mark.parametrize(("language", "of", "said"), HOLLOW)
def test_an_act_is_no_part_of_it_nothing_else_and_not_to_come(language: str, of: tuple[str, str], said: str) -> None:
    """A quantifier that is not all, a verb of something else, a future, a negation (GDPR 5(1)(a), 17(1))."""
    assert "nothing_done" in found(language, of, said)


THINGS = [
    ("fi", ERASED, "asiakaskortti, tilaushistoria ja asiakaspalvelun viestit"),
    ("fi", ERASED, "käyttäjätili ja siihen liitetyt salatut viestit"),
    ("fi", ERASED, "arkistoidut viestit ja osittain maksettujen tilausten muistiinpanot"),
    ("fi", ERASED, "uutiskirjetilaus, josta pyysitte meitä poistamaan osoitteenne"),
    ("fi", ERASED, "tilit, jotka on luotu verkkokaupassa"),
    ("fi", ERASED, "asiakastili suljettiin ja poistettiin"),
    ("fi", ERASED, "kurssin osa 2 ja sen tehtävät"),
    ("fi", ERASED, "koko asiakaskortti ja kaikki myöhemmin tehdyt merkinnät"),
    ("fi", ERASED, "asiakaskortti paitsi sähköpostiosoite, jonka pyysitte säilyttämään estolistalla"),
    ("fi", ERASED, "kaikki tietonne"),
    ("fi", IN_PART, "asiakaskortti, tilaushistoria ja useimmat viestit"),
    ("fi", PLACE, "asiakasrekisteri, uutiskirjepalvelu ja verkkokauppamme"),
    ("fi", PLACE, "sähköinen arkisto ja varmuuskopiot"),
    ("fi", CORRECTED, "sukunimi on nyt Koski"),
    ("fi", CORRECTED, "osoite muutettiin, Tuomiokuja 3"),
    ("fi", CORRECTED, "virhe todettiin ja korjattiin: syntymävuosi 1980"),
    ("fi", CORRECTED, "lisättiin lisäselvityksenne 3.3.2026"),
    ("fi", CORRECTED, "vääräksi todettu puhelinnumero vaihdettiin"),
    ("fi", RESTRICTED, "osoite ja maksumerkinnät"),
    ("fi", RESTRICTED, "kiistetty lasku 1042 ja sen muistutukset"),
    ("fi", RESTRICTED, "osoitetiedot, jotka kiistitte"),
    ("fi", STOPPED, "ostosten perusteella tehty profilointi"),
    ("fi", STOPPED, "jatkuva sijainnin seuranta"),
    ("fi", STOPPED, "kurssin aikana alkanut valmennuksen seuranta"),
    ("fi", WITHDRAWN, "uutiskirje ja kuvanne käyttö verkkosivuilla"),
    ("fi", WITHDRAWN, "toistaiseksi voimassa ollut sijaintiseuranta"),
    ("fi", SEARCHED, "asiakasrekisteri, laskutus ja uutiskirjelista"),
    ("fi", SEARCHED, "kävimme läpi asiakasrekisterin, sähköpostin ja paperiarkiston"),
    ("fi", SEARCHED, "kaikki järjestelmämme, myös arkisto"),
    ("fi", KNOWN_BY, "nimi, entinen nimi ja sähköpostiosoite, josta pyyntö tuli"),
    ("fi", CONTENTS, "tilaukset ja toimitusosoitteet"),
    ("fi", CONTENTS, "sykekäyrät, joita kello on tallentanut"),
    ("sv", ERASED, "kundkort, beställningshistorik och meddelanden till kundtjänsten"),
    ("sv", ERASED, "arkiverade meddelanden"),
    ("sv", ERASED, "kontot stängdes och raderades"),
    ("sv", ERASED, "alla dina uppgifter"),
    ("sv", PLACE, "kundregistret, nyhetsbrevstjänsten och webbutiken"),
    ("sv", CORRECTED, "efternamnet är nu Koski"),
    ("sv", CORRECTED, "adressen har ändrats till Domargränd 3"),
    ("sv", RESTRICTED, "adress och betalningsanteckningar som du bestrider"),
    ("sv", STOPPED, "profilering utifrån inköp"),
    ("sv", WITHDRAWN, "nyhetsbrevet och användningen av din bild"),
    ("sv", SEARCHED, "kundregistret, faktureringen och papperarkivet"),
    ("sv", KNOWN_BY, "namnet och den e-postadress som begäran kom från"),
    ("sv", CONTENTS, "beställningar och leveransadresser"),
    ("en", ERASED, "customer card, order history and messages to customer service"),
    ("en", ERASED, "the archived messages"),
    ("en", ERASED, "the account was closed and erased"),
    ("en", ERASED, "all your data"),
    ("en", PLACE, "the customer register, the newsletter service and the web shop"),
    ("en", CORRECTED, "the surname is now Koski"),
    ("en", CORRECTED, "the address was changed to 3 Judge Lane"),
    ("en", RESTRICTED, "the address that you contest and the payment entries"),
    ("en", STOPPED, "profiling based on purchases"),
    ("en", WITHDRAWN, "the newsletter and the use of your picture"),
    ("en", SEARCHED, "the customer register, invoicing and the paper archive"),
    ("en", KNOWN_BY, "the name and the e-mail address that the request came from"),
    ("en", CONTENTS, "orders and delivery addresses"),
]


@pytest.mark.parametrize(("language", "of", "said"), THINGS)
def test_a_thing_or_its_own_verb_is_asked_nothing(language: str, of: tuple[str, str], said: str) -> None:
    assert found(language, of, said) == set()


LEANING = [
    ("fi", ERASED, "anonymisoidut ostotiedot"),
    ("fi", RESTRICTED, "kaikki tiedot paitsi lasku 1042"),
    ("fi", STOPPED, "profilointi, mutta petosten esto on eri asia"),
    ("fi", CONTENTS, "yhteystiedot ja tilaukset, ei skannattuja sopimuksia"),
    ("fi", SEARCHED, "asiakasrekisteri on pieni"),
    ("sv", RESTRICTED, "alla uppgifter utom faktura 1042"),
    ("sv", CONTENTS, "beställningarna, inte skannade avtal"),
    ("en", RESTRICTED, "all data except invoice 1042"),
    ("en", CONTENTS, "the orders, not scanned contracts"),
]


@pytest.mark.parametrize(("language", "of", "said"), LEANING)
def test_what_may_hollow_an_act_out_is_answered_for(language: str, of: tuple[str, str], said: str) -> None:
    """An exception or a sentence may be true and lawful: only its writer knows."""
    assert found(language, of, said) == {"act_in_own_words"}
