"""What is attached to a mail: names fit to be shown, and whether the mail's matter lies in there alone.

Owns the sanitising of file names and the judgement "the text only points to the attachment". Refuses to open anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from inbox_agent.rules.bodies import filename_of
from inbox_agent.rules.mime import Entity
from inbox_agent.rules.visible import visible_line

_LONGEST_NAME = 120
_UNNAMED = "attachment"
_SEPARATORS = re.compile(r"[/\\\u2215\u2044\u29f8\uff0f\uff3c:]")
_EXTENSIONS = {
    "application/pdf": ".pdf",
    "application/msword": ".doc",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/rtf": ".rtf",
    "text/rtf": ".rtf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "text/plain": ".txt",
    "text/html": ".html",
    "text/calendar": ".ics",
    "message/rfc822": ".eml",
    "application/pgp-encrypted": ".asc",
}
_DOCUMENT_TYPE = re.compile(
    r"application/(?:pdf|x-pdf|msword|rtf|vnd\.openxmlformats-officedocument\..*|vnd\.oasis\.opendocument\..*|"
    r"(?:x-)?pkcs7-mime|pgp-encrypted|ms-tnef|vnd\.ms-tnef|zip|x-zip-compressed)|(?:image|audio)/.*|text/(?:rtf|html)|message/(?:partial|external-body)"
)
_DOCUMENT_NAME = re.compile(
    r".*\.(?:pdf|docx?|odt|rtf|txt|html?|pages|jpe?g|png|tiff?|heic|gif|p7m|asc|pgp|zip|m4a|mp3|wav|amr|og[ag]|opus|3gpp?)|winmail\.dat",
    re.IGNORECASE,
)

_WORD = re.compile(r"[^\W\d_]+")
_CLOSING = re.compile(
    r"\s*(?:(?:ystävällisi|parhain|kunnioit|yst)\w*[.\s]*)?(?:terveis|terv\b|t\.|yt\b|kunnioit|m?vh\b|"
    r"(?:med )?vänlig|hälsning|(?:kind |best |warm )?regards|br\b|sincerely|yours)",
    re.IGNORECASE,
)
_POINTER = re.compile(
    r"\b(?:liit(?:e|t|än)|ohei|ohe(?:ssa|en)|bifog|bilag|attach|enclos|skanna|scann|"
    r"(?:tele)?faksi|(?:tele)?fax|vastaajaviesti|ääniviesti|puheviesti|röstmeddelande|voice ?(?:mail|message))",
    re.IGNORECASE,
)
# Words by which a text says nothing of its own: greetings, pointers, what a request is called, small words.
_SAYS_NOTHING = re.compile(
    r"hei\w*|moi\w*|terve\w*|päivää|hyvä\w*|huomenta|arvoisa|kiitos|kiitti|etukäteen|hej|hallå|god|dag|tack|bästa|hi|hello|"
    r"dear|sirs?|madam|thanks?|thank|you|please|"
    r"liit\w*|ohe\w*|bifog\w*|bilag\w*|attach\w*|enclos\w*|skann\w*|scann\w*|"
    r"(?:tieto|tarkastus|poisto|oikaisu|rekisteri)?pyyn\w*|kirje\w*|lomak\w*|asiakirj\w*|dokument\w*|document\w*|tiedosto\w*|"
    r"allekirj\w*|valtakirj\w*|vaatimu\w*|gdpr|tietosuoj\w*|viesti\w*|kuva\w*|pdf|begär\w*|brev\w*|blankett\w*|underteckna\w*|"
    r"fullmakt\w*|fil\w*|request\w*|letter|forms?|signed|files?|pictures?|see|find|"
    r"se|ks|kts|katso\w*|löyty\w*|lähet\w*|toimit\w*|on|ja|ovat|minu\w*|mun|oma\w*|tä\w+|asia(?:n|a|ni|sta|ssa|ssani)?|"
    r"siinä|sieltä|lue|lukekaa|ole|olkaa|är|min|mitt|mina|i|som|här|finns|och|vänligen|med|den|det|en|ett|jag|skickar|hittar|"
    r"uusi|sinulle|teille|saapu\w*|numero\w*|puhelin\w*|sivu\w*|(?:tele)?fak?[sx]i?\w*|(?:vastaaja|ääni|puhe)viesti\w*|"
    r"ny|nytt|från|sid(?:a|or)|röstmeddelande\w*|new|from|number|phone|pages?|voicemail|voice|message|received|"
    r"ni|the|a|an|my|is|in|as|here|it|to|for|of|and|are|our|this|your",
    re.IGNORECASE,
)
_BUSINESS = re.compile(
    r"(?:\b|_)(?:(?:osto|myynti|hyvitys|maksu|matka)?lasku|tilau|tarjou|kuit(?:ti|in)|tosit|sopimu|cv\b|ansioluet|työhakemu|raport|"
    r"pöytäkirj|esity|esite|hinnasto|aikataul|tuntilist|faktur|beställ|order|offert|avtal|kvitto|rapport|protokoll|"
    r"invoice|quot|contract|receipt|report|minutes|resume|brochure|agenda)",
    re.IGNORECASE,
)
# Words by which a text has a matter of its own, however short it is.
_MATTER = re.compile(
    r"(?:henkilö|asiakas)?tie[td]o|rekister|poist|oikais|korja|kiel|perun|peruut|uppgift|rader|rätta|data|delet|eras|remov|"
    r"correct",
    re.IGNORECASE,
)
_REQUEST = re.compile(r"pyyn|begär|request|dsar|gdpr|tietosuoj|vaatimus", re.IGNORECASE)
_NAME_WORDS = 4  # a signature without a closing line
_LONGEST_POINTER = 600  # characters; whoever writes more says something
_STRANGE_WORDS = 2  # unknown words that a mere pointer may hold
_PHOTOGRAPH = 40_000  # bytes, above a logo under a letter and below a page that can be read (our choice)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of a mail. `name` is sanitised and never empty; `size` in bytes, near enough for people."""

    name: str
    content_type: str
    size: int


def attachment_of(entity: Entity) -> Attachment:
    """Describe one attached part."""
    return Attachment(safe_name(filename_of(entity), entity.content_type), entity.content_type, entity.size)


def safe_name(name: str, content_type: str = "") -> str:
    """A file name that is one name: no path, no control or bidi character, bounded, with its ending kept."""
    clean = _SEPARATORS.sub("_", visible_line(name)).strip(". ")
    if not clean:
        return _UNNAMED + _EXTENSIONS.get(content_type, "")
    stem, dot, ending = clean.rpartition(".")
    if len(clean) > _LONGEST_NAME and dot and len(ending) <= 10:
        return f"{stem[: _LONGEST_NAME - len(ending) - 1]}.{ending}"
    return clean[:_LONGEST_NAME]


def matter_is_attached(own: str, subject: str, files: Sequence[Entity]) -> bool:
    """Whether a mail's matter lies in an attached document alone: no own text, or one that only points there.

    Where text, subject or file names say that it is an invoice, an order and the like, it is not our matter.
    """
    attached = documents(files) or _photographs(files)
    if not attached or len(own) > _LONGEST_POINTER:
        return False
    if about_business(own, " ".join((subject, *(filename_of(entity) for entity in attached)))):
        return False
    strange = list(_strange_words(own))
    points = len(strange) <= _STRANGE_WORDS and bool(_POINTER.search(own)) and not any(map(_MATTER.match, strange))
    return not strange or points


def about_business(own: str, named: str) -> bool:
    """Whether a short text, or how subject and files are `named`, says that it is an invoice, an order and the like."""
    return bool(_BUSINESS.search(own) or (_BUSINESS.search(named) and not _REQUEST.search(named)))


def documents(files: Iterable[Entity]) -> list[Entity]:
    """The files in which somebody may have written or shown something; pictures within the text are none."""
    return [entity for entity in files if _is_document(entity)]


def _photographs(files: Iterable[Entity]) -> list[Entity]:
    """The pictures that are large enough to show a page: telephones put a photographed letter into the text."""
    return [entity for entity in files if entity.content_type.startswith("image/") and entity.size >= _PHOTOGRAPH]


def _is_document(entity: Entity) -> bool:
    is_picture_in_text = "content-id" in entity.headers and entity.headers.token("content-disposition") != "attachment"
    if entity.content_type.startswith("image/") and is_picture_in_text:
        return False
    if _DOCUMENT_TYPE.fullmatch(entity.content_type):
        return True
    return bool(_DOCUMENT_NAME.fullmatch(filename_of(entity)[-_LONGEST_NAME:]))


def _strange_words(own: str) -> Iterable[str]:
    """The words of a short text that say something, without its closing and a name at its end."""
    lines = [line for line in own.split("\n") if line.strip()]
    for number, line in enumerate(lines):
        if _CLOSING.match(line):
            lines = lines[:number]
            break
    else:
        words = _WORD.findall(lines[-1]) if len(lines) > 1 else []
        if words and len(words) <= _NAME_WORDS and all(word[0].isupper() for word in words):
            lines = lines[:-1]
    return (word for line in lines for word in _WORD.findall(line) if not _SAYS_NOTHING.fullmatch(word))
