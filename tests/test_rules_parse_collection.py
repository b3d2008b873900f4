"""Raw mails from other projects' test suites: each is read, in bounded time, to what a person would say of it.

The collection is not part of the product; where it is absent these tests are skipped.
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from inbox_agent.rules.parse import InboundMessage, parse

COLLECTION = Path(__file__).parents[2] / "shared" / "mail"
FILES = {path.stem.rpartition("__")[2]: path for path in sorted(COLLECTION.glob("*/*.*"))}
pytestmark = pytest.mark.skipif(not FILES, reason="the collection of raw mails is not here")

# What is no ordinary mail; everything else is.
KINDS = {
    "bounce": (
        "bounce_001 bounce_002 bounce_003 test_mail_12 mail_malformed_2 raw_email_with_mimepart_without_content_type "
        "multi_address_bounce1 multipart_report_multiple_status report_422 report_530"
    ),
    "automatic": "test_mail_05",
    "newsletter": "mail_test_13 mail_test_5 mail_test_6",
    "list": "empty_in_reply_to",
}
FLAGS = {
    "parts_contradict": "test_mail_01 bad_subject",
    "reply_to_elsewhere": (
        "test_mail_05 mail_malformed_3 mail_test_17 mail_test_19 bad_subject empty_group_lists must_supply_encoding "
        "raw_email_encoded_stack_level_too_deep example06 example14"
    ),
    "display_name_trick": "test_mail_14 mail_test_19 raw_email_multiple_from",
    "date_in_future": "mail_malformed_3 raw_email_bad_time",
    "hidden_text": "mail_malformed_3 mail_test_13 content_transfer_encoding_empty",
    "no_from": "mail_outlook_1 bad_encoded_subject sample_output_multipart",
    "several_from": "raw_email_with_at_display_name",
}
UNREADABLE = {"mail_outlook_1", "sample_output_multipart"}  # another program's format, and nothing at all
SUBJECTS = {
    "email_utf8-subject": "utf8-subject - äöüß - 🥲",
    "mail_test_12": "代开各地增值税发票",
    "mail_test_6": "Быстрее вкладывайте в золото!",
    "mail_test_17": "Transferencia Interbancaria Banca en Línea",
    "attachment_pdf": "Another PDF with 🎉 Unicode chars in it 🍿",
    "attachment_with_quoted_filename": "Eelanalüüsi päring",
    "raw_email": "NOTE: 한국말로 하는 것",
    "raw_email_encoded_stack_level_too_deep": "Nicolas Fouché has accepted your invitation to Gmail",
    "raw_email_with_partially_quoted_subject": 'Re: Test: "漢字" mid "漢字" tail',
    "japanese": "まみむめも",
    "japanese_iso_2022": "まみむめも",
    "example14": "Re: TEST テストテスト",
    "bounce_002": "Unzustellbar: Sollen wir deinen Account löschen?",
}
TEXTS = {
    "ks_c_5601-1987": "스티해",
    "japanese_iso_2022": "すみません。",
    "japanese_shift_jis": "あいうえお",
    "mail_test_12": "你好！我公司可代开各类增值税发票",
    "mail_malformed_3": "Problemas para visualizar | Ver on-line\n\n“brochure” puede tener información",
    "content_transfer_encoding_x_uuencode": "Attached are the comments",
    "raw_email_encoded_stack_level_too_deep": "Nicolas Fouché has accepted",
    "attachment_message_rfc822": "This is the first part.",
}
FILE_NAMES = {
    "attachment_nonascii_filename": ["ciële.txt"],
    "attachment_with_quoted_filename": ["Eelanalüüsi päring.jpg"],
    "japanese_attachment": ["てすと.txt"],
    "test_mail_07": [
        "Bescheid Fäker.pdf",
        "180328 Schreiben an Antragstellerin; Vg. 069-2018.pdf",
        "Müller_Michael_Metrobus 6_7_8_26.xlsx",
    ],
    "raw_email_with_binary_encoded": ["2013-08-13_19-08-28-1.jpg"],
}
BOUNCED = {
    "bounce_001": "<20151113193238.4583.84610@localhost>",
    "bounce_003": "<176387602024.4166511.7345771693061816921@mail.fragdenstaat.de>",
    "report_422": "<15655788.13.1200472642578.JavaMail.Administrator@mail.ttttt.com.au>",
    "report_530": "<200712232303.lBNN3jDq002941@mail12.rrrr.com.au>",
    "mail_malformed_2": "<004801d1fc84$01c934ac$b247f0b7$@infospacemail.com>",
}
# Replies of a dozen mail clients, all to the same mail.
REPLIES = "android aol apple_mail apple_mail_2 comcast gmail hotmail iphone sparrow thunderbird yahoo"


def read(name: str) -> InboundMessage:
    return parse(FILES[name].read_bytes())


def _expected(table: dict[str, str], name: str) -> set[str]:
    return {word for word, names in table.items() if name in names.split()}


@pytest.mark.parametrize("name", FILES)
def test_every_mail_is_read_to_what_it_is(name: str) -> None:
    """No exception, no failure of ours, quickly; kind, flags and readability as the table says."""
    started = time.process_time()
    message = read(name)
    assert time.process_time() - started < 0.5
    assert "parser_failed" not in message.defects
    assert {str(message.kind)} == (_expected(KINDS, name) or {"mail"})
    assert set(message.flags) == _expected(FLAGS, name)
    assert ("unreadable" in message.defects) == (name in UNREADABLE)


@pytest.mark.parametrize("name", SUBJECTS)
def test_subjects_come_in_their_letters(name: str) -> None:
    """Whatever charset and encoding, the subject reads as its writer meant it."""
    assert read(name).subject.startswith(SUBJECTS[name])


@pytest.mark.parametrize("name", TEXTS)
def test_texts_come_in_their_letters(name: str) -> None:
    """Whatever charset, encoding and structure, the text is found and reads as its writer meant it."""
    assert read(name).text.startswith(TEXTS[name])


@pytest.mark.parametrize("name", FILE_NAMES)
def test_file_names_come_in_their_letters(name: str) -> None:
    """Whatever way a file name was written, it is shown as one."""
    assert [attachment.name for attachment in read(name).attachments] == FILE_NAMES[name]


@pytest.mark.parametrize("name", BOUNCED)
def test_bounces_name_the_mail_they_are_about(name: str) -> None:
    """Reports of six mail servers lead back to the mail that bounced."""
    assert read(name).bounced == (BOUNCED[name],)


@pytest.mark.parametrize("name", REPLIES.split())
def test_replies_of_all_clients_are_cut_to_their_new_words(name: str) -> None:
    """A dozen clients quote in a dozen ways; the new text is the same word."""
    assert read(name).new_text == "Hello"
