"""Which folders are read: by attribute, by usual name, by the profile's word."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from inbox_agent.errors import FolderMissing
from inbox_agent.profile import Mailbox
from inbox_agent.rules.folders import junk_folder, sent_folder, survey, watched
from state.model import FolderInfo


def there(*names: str, **special: str) -> tuple[FolderInfo, ...]:
    return tuple(FolderInfo(name, special.get(name, "")) for name in names)


def mailbox(**changes: object) -> Mailbox:
    return Mailbox.model_validate({"host": "imap.yritys.example", **changes})


def test_the_attribute_wins_over_the_name() -> None:
    """A server that says which folder holds junk is believed before any name."""
    folders = there("INBOX", "Spam", "Muu", Muu="\\Junk")

    assert junk_folder(folders, "auto") == "Muu"


@pytest.mark.parametrize("name", ["Lähetetyt", "Skickat", "Sent Items", "INBOX.Sent", "INBOX/Lähetetyt viestit"])
def test_usual_names_are_known_in_three_languages(name: str) -> None:
    """A server without attributes is still understood, whatever parts its folders' names."""
    assert sent_folder(there("INBOX", name), "auto") == name


def test_junk_is_read_unless_the_profile_says_otherwise() -> None:
    """The junk folder comes after the named ones; an empty word in the profile leaves it out."""
    folders = there("INBOX", "Tietosuoja", "Junk")

    assert watched(folders, mailbox(folders=["INBOX", "Tietosuoja"])) == ["INBOX", "Tietosuoja", "Junk"]
    assert watched(folders, mailbox(junk="")) == ["INBOX"]


@pytest.mark.parametrize(
    ("wanted", "listed"),
    [
        ("Pyynnöt ", "Pyynnöt "),
        ("Pyynnöt", "Pyynnöt "),
        (" Pyynnöt", "Pyynno\u0308t"),
        ("inbox/Lapsi", "INBOX/Lapsi"),
        ("Inbox", "INBOX"),
    ],
)
def test_a_folder_is_found_by_the_name_that_a_person_means(wanted: str, listed: str) -> None:
    """A blank that nobody sees, an ä in two signs, INBOX in other letters: what is read is what the server lists."""
    assert watched(there("INBOX", listed), mailbox(folders=[wanted])) == [listed]


def test_of_two_folders_that_could_be_meant_the_one_written_exactly_is_read() -> None:
    """Names that differ in a blank are two folders, and neither is guessed."""
    folders = there("INBOX", "Pyynnöt", "Pyynnöt ")

    assert watched(folders, mailbox(folders=["Pyynnöt "])) == ["Pyynnöt "]
    with pytest.raises(FolderMissing):
        watched(folders, mailbox(folders=[" Pyynnöt"]))


@pytest.mark.parametrize("named", [{}, {"folders": ["Tietosuoja", "Inbox"]}, {"folders": ["X"], "junk": "INBOX"}])
def test_nothing_is_moved_to_where_it_is_read(named: dict[str, object]) -> None:
    """Every look would move every mail again."""
    with pytest.raises(ValidationError, match="moved_to_what_is_read"):
        mailbox(move_to="inbox", **named)


def test_where_read_mail_goes_to_junk_the_junk_folder_is_not_read() -> None:
    """What the assistant found by itself is left out as what the profile names."""
    found = survey(there("INBOX", "Junk"), mailbox(move_to="Junk"))

    assert (found.read, found.move_to) == (("INBOX",), "Junk")


def test_a_folder_that_is_not_there_is_told_with_those_that_are() -> None:
    """A slip in the profile is an error that helps, not silence."""
    with pytest.raises(FolderMissing) as caught:
        watched(there("INBOX", "Junk"), mailbox(folders=["Tietosuojaa"]))

    assert caught.value.there == ("INBOX", "Junk")
