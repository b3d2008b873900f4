"""What stands below a writer's words and is not theirs to say: signatures, mobile clients' lines, disclaimers.

Owns their Finnish, Swedish and English forms. A disclaimer that speaks of deleting and of personal data is what a
recogniser most easily mistakes for a request; so is a footer that links to a privacy notice. Refuses to cut in the
middle: only the tail of a run of own words is looked at, from its end upwards, and never all of it.
"""

from __future__ import annotations

import re

_LONGEST_SIGNATURE = 20  # lines; what is longer below "-- " is text
_MOST_FOOTERS = 30
_LONGEST_LINE = 300
_LONGEST_PARAGRAPH = 2_500

_DELIMITER = re.compile(r"--\s*|_{40,80}\s*")
_MOBILE = re.compile(
    r"\W{0,3}(?:"
    r"lähetetty (?:minun )?.{0,30}(?:iphone|ipad|android|samsung|galaxy|huawei|oneplus|nokia|outlook|windows|yahoo|"
    r"proton|spark|bluemail|puhelim|kännyk|tabletti|taulutieto|laittee|mobiili)|"
    r"(?:hanki|hae) (?:outlook|sähköposti|posti|bluemail|spark)|hämta (?:outlook|bluemail)|get outlook|lataa outlook|"
    r"skicka(?:t|des) (?:från|med|via) |"
    r"sent (?:from|via|with|using) (?:my|outlook|mail|yahoo|samsung|proton|gmail|iphone|ipad|android|mobile|sparrow)\b"
    r").{0,120}",
    re.IGNORECASE,
)
_NOTICE = (
    r"(?:tietosuojaseloste(?:emme)?|tietosuojakäytäntö(?:mme)?|tietosuojalauseke|rekisteriseloste|"
    r"dataskyddsbeskrivning|integritetspolicy|dataskyddspolicy|dataskyddsinformation|"
    r"privacy (?:policy|notice|statement))"
)
_LINK = r"(?:https?://|www\.|[\w-]{2,63}(?:\.[\w-]{2,63}){1,5}/)"
_NOTICE_LINE = re.compile(
    rf"(?:.{{0,120}}[|•·]\s*)?{_NOTICE}\s*(?:$|[|<(].{{0,200}}|:?\s*<?{_LINK}.{{0,200}})", re.IGNORECASE
)
_LIST_LINE = re.compile(
    r".{0,80}(?:peruuta (?:tilaus|uutiskirje)|poistu (?:posti)?listalta|hallitse tilau|avsluta prenumeration|"
    r"avregistrera|unsubscribe|manage (?:your )?preferences)",
    re.IGNORECASE,
)
_ENVIRONMENT = re.compile(
    r"\W{0,3}(?:ajattele\w* ympäristöä|säästä (?:luontoa|paperia)|harkitse.{0,20}tulost|tänk på miljön|"
    r"please consider the environment)",
    re.IGNORECASE,
)
_OWN_PROCESSING = re.compile(
    rf"(?:henkilötietojen käsittely\s*:|käsittelemme henkilötieto|vi behandlar (?:dina )?personuppgifter|"
    rf"we process personal data|{_NOTICE}\s*:)",
    re.IGNORECASE,
)
_DISCLAIMER_OPENS = re.compile(
    r"\W{0,5}(?:täm[äa]n? (?:sähköposti|viesti|posti)|tämä e-?mail|detta (?:e-?post|mejl|meddelande|mail)|"
    r"this (?:e-?mail|message|communication)|the (?:information|contents?)\b.{0,30}\bthis (?:e-?mail|message)|"
    r"innehållet i detta|confidential|disclaimer|luottamuksellisuus|sekretess|"
    r"jos (?:et|ette|sait|saitte|olet|olette)\b|om du\b|if you\b)",
    re.IGNORECASE,
)
# What no ordinary letter says of itself. Plain words, searched as such: this is asked of every mail's last paragraph.
_CORE = (
    *("luottamuksel", "salassapi", "salassa pi", "erehdyk", "vahingossa", "virheellisesti", "oikea vastaanottaja"),
    *("konfidentiel", "sekretessbel", "av misstag", "rätt mottagare", "avsedd mottagare", "avsedda mottagare"),
    *("confidential", "privileged", "in error", "by mistake", "intended recipient"),
)
# Each pattern says one thing that disclaimers say.
_SIGNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"vastaanottaja|mottagare|recipient|addressee",
        r"tarkoitettu|avse[td]|intended",
        r"hävit|tuho|poista|radera|förstör|delete|destroy",
        r"lähettäj|ilmoit|avsändar|meddela|underrätta|sender|notify",
        r"luottamuksel|salassa|konfidentiel|sekretess|confidential|privileged",
        r"erehdyk|vahingossa|virheellisesti|misstag|felaktig|in error|by mistake",
        r"voi sisältää|saattaa sisältää|voivat sisältää|kan innehålla|may contain",
    )
)
# A writer who speaks of the own data is no disclaimer, whatever else stands in the paragraph.
_OWN_VOICE = re.compile(
    r"\b(?:pyydän|vaadin|haluan|haluaisin|toivon|tieto(?:ni|jani|jeni)|henkilötieto(?:ni|jani|jeni)|minu[nat]\w*|"
    r"jag (?:begär|vill|kräver|önskar)|mina (?:person)?uppgifter|om mig|i (?:request|want|would like|demand)|"
    r"my (?:personal )?(?:data|information)|about me)\b",
    re.IGNORECASE,
)
# What is demanded of the reader, and is no disclaimer's demand to delete the mail.
_DEMAND = re.compile(
    r"\b(?:poistakaa|oikaiskaa|korjatkaa|toimittakaa|lähettäkää|lopettakaa|radera|rätta|delete|erase|remove)\b"
    r"(?![^.!?\n]{0,60}(?:viesti|sähköposti|liitte|meddeland|mejl|e-?post|bilag|e-?mail|message|attachment|cop(?:y|ies)\b|this|it\b|"
    r"if you (?:no longer|do not|don't) (?:wish|want)|jos (?:et|ette) (?:enää )?halua|"
    r"om (?:du|ni) inte (?:längre )?(?:vill|önskar)))",
    re.IGNORECASE,
)
# A word of a name ("A.", "Esimerkki", "Oy"), or of how it is reached.
_REACHED = re.compile(
    r"[A-ZÅÄÖ]\.|(?:[A-ZÅÄÖ][a-zåäö]+-?)+,?|(?:[Pp]uh|[Tt]el|[Gg]sm|[Tt]fn)\.?:?|[\d+()/-]+|\S+@\S+|www\.\S+"
)


def without_footers(lines: list[str], *, above: bool = False) -> str:
    """A run of own lines without what is not the writer's, stripped; "" only where it holds nothing else. `above`: own
    words stand above it already, as where a client puts the signature below what it quotes.
    """
    kept = lines = _trimmed(lines)
    if above and len(lines) <= _LONGEST_SIGNATURE and _is_bare_signature(lines):
        return ""
    for _ in range(_MOST_FOOTERS):
        shorter = _trimmed(_without_last_footer(kept))
        if len(shorter) == len(kept):
            break
        kept = shorter
    if not kept:  # nothing but footers: a mobile client's line goes, a disclaimer may be a letter after all
        kept = [line for line in lines if not _MOBILE.fullmatch(line[:_LONGEST_LINE])]
    return "\n".join(kept).strip()


def _without_last_footer(lines: list[str]) -> list[str]:
    if not lines or _is_footer_line(lines[-1][:_LONGEST_LINE]):
        return lines[:-1]
    start = len(lines) - 1
    while start > 0 and lines[start - 1].strip():
        start -= 1
    if _is_disclaimer(" ".join(lines[start:])[:_LONGEST_PARAGRAPH]):
        return lines[:start]
    return _without_signature(lines)


def _without_signature(lines: list[str]) -> list[str]:
    """Cut at a "-- " (RFC 3676, 4.3) or a list's rule that has words above it and no letter below it."""
    for number in range(len(lines) - 1, max(len(lines) - 2 - _LONGEST_SIGNATURE, 0), -1):
        if _DELIMITER.fullmatch(lines[number]):
            return lines[:number] if _signs(lines, number) else lines
    return lines


def _signs(lines: list[str], at: int) -> bool:
    """Whether a signature begins here, and no letter."""
    below = "\n".join(lines[at:])[:_LONGEST_PARAGRAPH]
    return bool(_DELIMITER.fullmatch(lines[at])) and not (_OWN_VOICE.search(below) or _DEMAND.search(below))


def _is_bare_signature(lines: list[str]) -> bool:
    """Whether below the mark stand only names and how to reach them: any other word may be the whole request."""
    below = [line[:_LONGEST_LINE].strip() for line in lines[1:]]
    return bool(lines) and _signs(lines, 0) and all(_REACHED.fullmatch(word) for line in below for word in line.split())


def _is_footer_line(line: str) -> bool:
    if _MOBILE.fullmatch(line) or _ENVIRONMENT.match(line):
        return True
    linked = "/" in line or "|" in line
    found = _NOTICE_LINE.fullmatch(line.strip()) or (linked and _LIST_LINE.match(line))
    return bool(found) and not _OWN_VOICE.search(line)


def _is_disclaimer(paragraph: str) -> bool:
    lower = paragraph.lower()
    processing = _OWN_PROCESSING.match(lower.lstrip())
    if not processing and not any(word in lower for word in _CORE):
        return False
    if _OWN_VOICE.search(lower):
        return False
    signs = sum(bool(sign.search(lower)) for sign in _SIGNS)
    return bool(processing) or signs >= (2 if _DISCLAIMER_OPENS.match(lower) else 4)


def _trimmed(lines: list[str]) -> list[str]:
    start, end = 0, len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    while start < end and not lines[start].strip():
        start += 1
    return lines[start:end]
