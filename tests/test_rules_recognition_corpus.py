"""The corpus: well formed, large enough, and its two halves strangers to each other."""

from __future__ import annotations

from collections import Counter, defaultdict
from email import message_from_bytes
from pathlib import Path

import pytest

from inbox_agent.rules.corpus import (
    KINDS,
    LANGUAGES,
    UNDER,
    VERDICTS,
    BrokenCorpus,
    LabelledMail,
    parse_corpus,
    raw_mail,
)
from inbox_agent.rules.fold import fold

CORPUS = Path(__file__).parent / "corpus"
TRAINING, EVALUATION = CORPUS / "training", CORPUS / "evaluation"
EVERYDAY = CORPUS / "evaluation_everyday"
SHINGLE = 12  # letters
ALIKE = 0.5
GOOD = "=== x-1\nlang: fi\nfrom: A <a@b.example>\nsubject: S\nverdict: request\nkinds: access, ~erasure\n---\nHei\n"


def mails(folder: Path) -> list[LabelledMail]:
    """All mails of a folder."""
    return [mail for path in sorted(folder.glob("*.txt")) for mail in parse_corpus(path.read_text(encoding="utf-8"))]


def evaluation() -> list[LabelledMail]:
    """The evaluation set, or a skip where it is not there."""
    found = mails(EVALUATION)
    if not found:
        pytest.skip("no evaluation set here")
    return found


def test_training_is_large_enough_in_every_language() -> None:
    """At least 2,000 mails: Finnish 1,300, Swedish 300, English 300; about half of them no requests."""
    found = mails(TRAINING)
    languages = Counter(mail.language for mail in found)
    assert len(found) >= 2_000
    assert languages["fi"] >= 1_300
    assert min(languages["sv"], languages["en"]) >= 300
    assert 0.4 < sum(mail.verdict == "not_request" for mail in found) / len(found) < 0.6


def test_evaluation_is_large_enough() -> None:
    """At least 500 mails to measure on."""
    count = len(evaluation())
    assert count >= 500


def test_ids_are_unique_in_the_whole_corpus() -> None:
    """A miss can be named by its id."""
    ids = Counter(mail.id for folder in (TRAINING, EVALUATION, EVERYDAY) for mail in mails(folder))
    assert [name for name, count in ids.items() if count > 1] == []


def test_labels_are_those_of_the_scheme() -> None:
    """No label outside LABELS.md, every mail has its reason."""
    for mail in (mail for folder in (TRAINING, EVALUATION, EVERYDAY) for mail in mails(folder)):
        assert mail.verdict in VERDICTS, mail.id
        assert mail.language in LANGUAGES, mail.id
        assert mail.required | mail.optional <= KINDS, mail.id
        assert not mail.under or mail.under in UNDER, mail.id
        assert mail.reason, mail.id


def test_evaluation_and_training_are_strangers() -> None:
    """No evaluation mail repeats a training mail: letter shingles overlap by less than half."""
    asked = evaluation() + mails(EVERYDAY)
    sizes, holding = [], defaultdict[str, list[int]](list)
    for at, mail in enumerate(asked):
        shingles = _shingles(mail)
        sizes.append(len(shingles))
        for shingle in shingles:
            holding[shingle].append(at)
    known = frozenset(holding)
    alike = []
    for mail in mails(TRAINING):
        shingles = _shingles(mail)
        shared = Counter(at for shingle in shingles & known for at in holding[shingle])
        alike += [asked[at].id for at, both in shared.items() if both / (len(shingles) + sizes[at] - both) > ALIKE]
    assert alike == []


def _shingles(mail: LabelledMail) -> set[str]:
    text = "".join(letter for letter in fold(mail.body) if letter.isalnum())
    # A one-word mail repeats another by nature.
    return {text[at : at + SHINGLE] for at in range(len(text) - SHINGLE + 1)} if len(text) >= 4 * SHINGLE else set()


def test_a_mail_is_read_as_written() -> None:
    """Header lines, defaults and optional kinds."""
    (mail,) = parse_corpus(GOOD)
    assert (mail.id, mail.language, mail.to) == ("x-1", "fi", "tietosuoja@yritys.example")
    assert (mail.required, mail.optional, mail.body) == ({"access"}, {"erasure"}, "Hei\n")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("lang: fi", "lang: xx"),
        ("verdict: request", "verdict: perhaps"),
        ("access", "acess"),
        ("---\n", ""),
        ("from", "fram"),
    ],
)
def test_a_broken_mail_is_named(old: str, new: str) -> None:
    """Whoever writes mails learns which one is wrong."""
    with pytest.raises(BrokenCorpus, match="x-1"):
        list(parse_corpus(GOOD.replace(old, new)))


def test_a_raw_mail_holds_what_the_block_says() -> None:
    """Extra headers win over the usual ones; an answer has In-Reply-To; the body survives any letters."""
    block = GOOD.replace("---", "under: newsletter\nheader: Auto-Submitted: auto-replied\nattachment: a.pdf\n---")
    (mail,) = parse_corpus(block.replace("Hei", "Hei 🖤 ääkköset"))
    message = message_from_bytes(raw_mail(mail))
    assert message["Auto-Submitted"] == "auto-replied"
    assert message["In-Reply-To"]
    parts = list(message.walk())
    assert "🖤 ääkköset" in parts[1].get_payload(decode=True).decode()  # type: ignore[union-attr]
    assert parts[2].get_filename() == "a.pdf"
    assert raw_mail(mail) == raw_mail(mail)
