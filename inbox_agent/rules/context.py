"""What the way a mail came says about its words: thread, forward, automaton, one-word answers.

Owns what is read of a message, and the few cases that the thread alone decides. Refuses everything that
needs weighing: that is the model's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import unquote

from inbox_agent.rules import courtesies
from inbox_agent.rules.features import Reading, Sentence
from inbox_agent.rules.fold import clauses
from inbox_agent.rules.language import language_of
from inbox_agent.rules.lexicon import lexicon
from inbox_agent.rules.parse import InboundMessage
from inbox_agent.rules.quotes import split_quotes
from state.model import MessageKind, RequestKind, Verdict

_AUTOMATIC = frozenset({MessageKind.AUTO_REPLY, MessageKind.BOUNCE, MessageKind.READ_RECEIPT, MessageKind.CALENDAR})
_REPLY = re.compile(r"\s*(?:re|vs|sv|aw|antw)\s*:", re.IGNORECASE)
_FORWARD = re.compile(r"\s*(?:fwd?|vl|vb|wg)\s*:", re.IGNORECASE)
_SHORT_NOTE = 60  # words: a colleague's note above a forwarded mail
_ANNOUNCED = 25  # words of a note that says where the answers stand
# "Vastaukset alla punaisella", "Mina svar i texten nedan", "See my answers inline".
_ANSWERS_WITHIN = re.compile(
    r"\b(?:vastau\w+|vastasin|kommentt?i\w*|kommentoin)\b[^.!?]{0,60}\b(?:alla|alle|alapuolel\w+|seas\w+|väliin|väliss[äa]|"
    r"punais\w+|sinis\w+|vihre\w+|kursiiv\w+|lihavoi\w+|isoilla|sisällä)\b|"
    r"\b(?:svar\w*|kommentar\w*|kommenterat)\b[^.!?]{0,60}\b(?:nedan\w*|i (?:din |er |ert )?text\w*|röt?t|blått|grönt|"
    r"fetstil|kursiv\w*|versaler)\b|"
    r"\b(?:answer\w*|repl(?:y|ies|ied)|comment\w*|responses?)\b[^.!?]{0,60}\b(?:below|in-?line|in (?:red|blue|green|"
    r"bold|italics|caps|capitals)|in the text|within)\b",
    re.IGNORECASE,
)
_BARE = 5  # words: a one-word answer with its thanks and its name
_QUOTED = 3_000

_STOP_FAMILIES = frozenset({"stop", "no_word", "away", "do_not", "delete"})
_POLITE_FAMILIES = frozenset({"thanks", "polite_ask", "swear", "me", "not"})
_STOP_WORDS = frozenset(
    {
        "stop", "seis", "lopeta", "lopetta", "lopettakaa", "loppu", "ei", "nope", "nej", "no", "sluta", "slut",
        "avsluta", "pois", "poistu", "peru", "poista", "unsubscribe", "unsub", "remove", "avregistrera",
        "stoppa", "quit", "end", "cancel",
    }
)  # fmt: skip
_AGREES = frozenset(
    {
        "joo", "juu", "jep", "kylla", "sopii", "ok", "okei", "passaa", "hyvaksyn", "suostun", "toimikaa",
        "toteuttakaa", "pankaa", "tehkaa", "yes", "yeah", "yep", "sure", "ja", "jo", "japp", "gor", "kor",
    }
)  # fmt: skip
_DOES_IT = ("poist", "havit", "delet", "eras", "rader")  # "poistoon vaan" under "may we delete?"
_REFUSES = frozenset({"ei", "en", "alkaa", "ala", "nej", "inte", "no", "nope", "not", "dont", "never"})
# Quoted text that only our own mass mail carries.
_MASS_MAIL = re.compile(
    r"peru(?:uta)?\s+(?:\w+\s+)?(?:tilaus|uutiskirje|postitus)|poistu\s+(?:posti)?listalta|uutiskirje|tarjoukse[td]\b"
    r"|tarjouksia|alennu\w+|unsubscribe|avprenumerera|avregistrera|nyhetsbrev|newsletter|erbjudande|special offer"
    r"|\b(?:uutiset|uutiskirje|nyheter|nyhetsbrev|news|newsletter)@|kampanj\w*|[-–]\s?\d\d\s?%",
    re.IGNORECASE,
)
_OFFERED = (
    (
        RequestKind.ERASURE,
        re.compile(r"poist\w+|hävit\w+|tuho\w+|rader\w+|ta bort|tas bort|delet\w+|eras\w+|remov\w+", re.IGNORECASE),
    ),
    (
        RequestKind.ACCESS,
        re.compile(r"lähet\w+|toimit\w+|kopio\w*|skicka\w*|kopi\w+|\bsend\b|cop(?:y|ies)", re.IGNORECASE),
    ),
)
_LINK = re.compile(r"https?://[^\s<>\"]{1,500}")
_LINKS_IN = 20_000  # characters
_OWN_DATA = re.compile(
    r"tie[dt]o\w*|tili\w*|profiili\w*|uppgift\w*|konto\w*|data|account|profile|hakemu\w*|tallen\w*", re.IGNORECASE
)


class Under(StrEnum):
    """Which message of ours a mail answers, where the caller knows it."""

    NEWSLETTER = "newsletter"
    CAMPAIGN_SMS = "campaign_sms"
    OFFER_TO_ERASE = "offer_to_erase"
    FINISHED_CASE = "finished_case"
    IDENTITY_QUESTION = "identity_question"
    ACKNOWLEDGEMENT = "acknowledgement"
    QUOTE = "quote"
    INVOICE = "invoice"
    ORDER = "order"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Settled:
    """What the way a mail came decides alone."""

    verdict: Verdict
    kinds: tuple[str, ...] = ()


def reading(message: InboundMessage) -> Reading:
    """What is read of a message. In a forward it is the forwarded words that count."""
    words, quoted = message.new_text, message.quoted
    forwarded, language = message.forwarded is not None, message.language
    if message.forwarded is not None and message.forwarded.text.strip():
        words, quoted = f"{words}\n\n{message.forwarded.text}", ""
    elif _FORWARD.match(message.subject) and len(words.split()) <= _SHORT_NOTE and quoted:
        words, quoted, forwarded = f"{words}\n\n{quoted}", "", True
    elif answers_within(message):
        words, quoted = f"{words}\n\n{_bodies(quoted)}", ""
        language = language_of(words, message.subject)
    return Reading(
        subject=message.subject,
        words=words,
        quoted=quoted,
        language=language,
        reply=bool(message.in_reply_to) or bool(_REPLY.match(message.subject)),
        forwarded=forwarded,
        one_click=message.one_click_unsubscribe,
        attachments=bool(message.attachments),
    )


def answers_within(message: InboundMessage) -> bool:
    """Whether a mail's own words only say that its answers stand among those that it quotes, where no mark parts them:
    then nobody but a person can tell whose words are whose.
    """
    note = message.new_text
    return bool(message.quoted) and len(note.split()) <= _ANNOUNCED and bool(_ANSWERS_WITHIN.search(note))


def _bodies(quoted: str) -> str:
    """The older mails of a quotation, without the lines that introduce them."""
    return "\n\n".join(mail.text for mail in split_quotes(quoted).mails) or quoted


def sent_to_many(message: InboundMessage) -> bool:
    """Whether a link in the mail's own words names the address it was sent to: a program wrote it for each reader."""
    read = {party.address.casefold() for party in message.recipients if "@" in party.address}
    links = [unquote(link).casefold() for link in _LINK.findall(message.new_text[:_LINKS_IN])] if read else []
    return any(address in link for address in read for link in links)


def settled(message: InboundMessage, read: Reading, own: Sequence[Sentence], under: Under | None) -> Settled | None:
    """Decide what needs no weighing; None where the words have to be weighed."""
    if message.one_click_unsubscribe:
        return Settled(Verdict.REQUEST, (str(RequestKind.MARKETING_OBJECTION),))
    if message.kind in _AUTOMATIC:
        return Settled(Verdict.NOT_REQUEST)
    words = [form for sentence in own if not sentence.subject for form in sentence.forms]
    if not own:
        return Settled(Verdict.NOT_REQUEST)
    return _bare_stop(read, words, under) or _bare_yes(read, words, under)


def _bare_stop(read: Reading, words: Sequence[str], under: Under | None) -> Settled | None:
    """EI, STOP, LOPETA: a ban under our own marketing, unclear where the thread does not show, else nothing.
    A greeting, a closing and a name change nothing of it.
    """
    if _STOP_WORDS.isdisjoint(words):
        return None
    said = courtesies.core(read.words)
    if said != read.words.strip():
        words = [form for clause in clauses(said) for form in clause.forms]
    if not 1 <= len(words) <= _BARE or not _only(read, said, words):
        return None
    kinds = (str(RequestKind.MARKETING_OBJECTION),)
    if under in {Under.NEWSLETTER, Under.CAMPAIGN_SMS}:
        return Settled(Verdict.REQUEST, kinds)
    if under is not None:
        return Settled(Verdict.NOT_REQUEST)
    if _MASS_MAIL.search(f"{read.subject}\n{read.quoted[:_QUOTED]}"):
        return Settled(Verdict.REQUEST, kinds)
    # A bare no answers what we asked; a bare stop, and a no where we spoke of data, is for a person to judge.
    answered = words[0] in _REFUSES and read.quoted.strip() and not _OWN_DATA.search(read.quoted[:_QUOTED])
    return Settled(Verdict.NOT_REQUEST) if answered else Settled(Verdict.UNSURE, kinds)


def _bare_yes(read: Reading, words: Sequence[str], under: Under | None) -> Settled | None:
    """A bare yes under our own offer to erase or to send the data is that request."""
    if not 1 <= len(words) <= 2 * _BARE or _REFUSES & set(words):
        return None
    erases = words[0].startswith(_DOES_IT)
    if words[0] not in _AGREES and not erases:
        return None
    if under not in {None, Under.OFFER_TO_ERASE, Under.OTHER}:
        return None
    ours = read.quoted[:_QUOTED]
    questions = [sentence for sentence in re.split(r"(?<=[.!?])\s", ours) if "?" in sentence]
    offered = [kind for sentence in questions if (kind := _offered(sentence))]
    if erases and offered and RequestKind.ERASURE not in offered:
        return None  # no yes to the copy that we offer, but another wish
    if offered:
        return Settled(Verdict.REQUEST, (str(RequestKind.ERASURE if erases else offered[0]),))
    if under is Under.OFFER_TO_ERASE:
        return Settled(Verdict.REQUEST, (str(RequestKind.ERASURE),))
    # Yes to something that is no matter of data, and nothing more.
    of_data = _OWN_DATA.search(ours) or any(offer.search(sentence) for _, offer in _OFFERED for sentence in questions)
    other = bool(ours.strip()) and len(words) <= _BARE and not of_data
    return Settled(Verdict.NOT_REQUEST) if other else None


def _offered(sentence: str) -> RequestKind | None:
    """Which act on the person's own data a sentence of ours speaks of."""
    if not _OWN_DATA.search(sentence):
        return None
    return next((kind for kind, offer in _OFFERED if offer.search(sentence)), None)


def _only(read: Reading, said: str, words: Sequence[str]) -> bool:
    """Whether a mail begins with a word that stops and holds little else than politeness and a name."""
    if words[0] not in _STOP_WORDS:
        return False
    tags = lexicon(read.language).tags(words)
    first = sum(len(clause.forms) for clause in clauses(said.partition("\n")[0]))
    return all(not tag or tag & (_STOP_FAMILIES | _POLITE_FAMILIES) for tag in tags[:first]) and first <= _BARE - 2
