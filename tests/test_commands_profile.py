"""`inbox-agent profile`: its JSON is a contract, its page is for a person, its errors say what to do."""

from __future__ import annotations

import io
import json
import tomllib
from importlib import resources
from pathlib import Path

import pytest

from inbox_agent import cli
from inbox_agent import profile as profiles
from inbox_agent.phrasing.notice_advice import advice
from inbox_agent.rules.notice.facts import Name
from tests.notice_corpus import FOLDER

NOTICE = FOLDER / "develop" / "photographer.txt"


def test_from_notice_gives_one_object_of_fields(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["profile", "from-notice", str(NOTICE), "--json"]) == 0
    fields = json.loads(capsys.readouterr().out)

    assert list(fields) == [str(name) for name in Name]
    assert all(set(field) == {"value", "quote", "sure"} for field in fields.values())
    assert fields["controllers"]["value"] == ["Studio Valoisa Oy"]
    assert fields["dpo"] == {"value": None, "quote": None, "sure": 0.0}
    assert all(0 <= field["sure"] <= 1 for field in fields.values())


def test_from_notice_shows_a_person_what_was_read_and_what_was_not(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["profile", "from-notice", str(NOTICE)]) == 0
    page = capsys.readouterr().out

    assert "Rekisterinpitäjä: Studio Valoisa Oy" in page
    assert "Ei kerrota:" in page
    assert "tietosuojavastaava" in page.rpartition("Ei kerrota:")[2]


def test_the_page_reads_as_finnish_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Dates as people write them, no abbreviation in small letters, no sentence twice."""
    path = tmp_path / "seloste.txt"
    path.write_text(
        "Rekisterinpitäjä\nKukka Oy\n\nSäilytysaika\nKaksi vuotta ostosta.\n\nPäivitetty 5.4.2026\n", "utf-8"
    )

    assert cli.main(["profile", "from-notice", str(path)]) == 0
    page = capsys.readouterr().out

    assert "Viimeksi päivitetty: 5.4.2026" in page
    assert "siirrot EU- ja ETA-alueen ulkopuolelle" in " ".join(page.split())
    assert page.count("Kaksi vuotta ostosta.") == 1


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "tyhjä"),
        (b"   \n\n", "tyhjä"),
        (b"\x7fELF\x00\x01\x02", "ei ole tekstiä"),
        (b"PK\x03\x04 and the rest", "docx"),
        (b"%PDF-1.7 and nothing else", "PDF on rikki"),
    ],
)
def test_what_is_no_notice_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, told: str
) -> None:
    path = tmp_path / "seloste"
    path.write_bytes(content)

    assert cli.main(["profile", "from-notice", str(path)]) == 2
    error = capsys.readouterr().err
    assert told in error
    assert len(error.splitlines()) == 2


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["profile", "from-notice", str(tmp_path / "ei.txt")]) == 2
    assert cli.main(["profile", "from-notice", str(tmp_path)]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 4


def test_a_notice_in_another_character_set_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for encoding in ("cp1252", "utf-16", "utf-8-sig"):
        path = tmp_path / encoding
        path.write_bytes("Rekisterinpitäjä\nÄkäslompolon Ääni Oy\n".encode(encoding))
        assert cli.main(["profile", "from-notice", str(path), "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["controllers"]["value"] == ["Äkäslompolon Ääni Oy"]


def test_check_gives_one_object_a_finding(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["profile", "check", str(NOTICE), "--json"]) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    assert {tuple(finding) for finding in found} == {("code", "quote", "advice", "meanwhile", "source")}
    by_code = {finding["code"]: finding for finding in found}
    assert by_code["no_complaint_right"]["quote"] is None
    assert "kirjallisesti" in by_code["written_form_demanded"]["quote"]
    assert all(finding["advice"] and finding["meanwhile"] and finding["source"] for finding in found)


LISTED = [
    ("Tietojen saaminen on maksullista: pyyntö maksaa 20 euroa.", "once_a_year_fee", "fee_demanded"),
    (
        "Vastaamme kuukauden kuluessa siitä, kun henkilöllisyytesi on varmistettu.",
        "response_time_too_long",
        "clock_from_identity",
    ),
    ("Kysymme aina henkilötunnuksesi pyynnön yhteydessä.", "identity_always", "identity_code_demanded"),
    ("Pyyntö tulee tehdä suomeksi tai englanniksi.", None, "language_limited"),
    ("Sopimuksen allekirjoittamalla luovut tietosuojaoikeuksistasi.", None, "rights_waived"),
]


@pytest.mark.parametrize(("clause", "code", "ours"), LISTED)
def test_check_speaks_the_closed_list_alone(
    clause: str, code: str | None, ours: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the list has no code for is told to people; what fits one of its codes has that, with its own advice."""
    whole = (FOLDER / "develop" / "insurance_broker.md").read_text(encoding="utf-8")
    path = tmp_path / "seloste.md"
    path.write_text(f"{whole}\n\n## Rekisteröidyn oikeudet\n\n{clause}\n", encoding="utf-8")

    assert cli.main(["profile", "check", str(path), "--json"]) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [finding["code"] for finding in found] == ([code] if code else [])
    assert all(finding["advice"] == advice(ours).write for finding in found)
    assert cli.main(["profile", "check", str(path)]) == 0
    assert advice(ours).write in " ".join(capsys.readouterr().out.split())


def test_check_says_when_there_is_nothing_to_remark(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["profile", "check", str(FOLDER / "develop" / "insurance_broker.md")]) == 0
    assert "ei huomautettavaa" in capsys.readouterr().out


def test_check_does_not_call_a_text_faultless_that_is_no_notice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "aamiainen.txt"
    path.write_text("Aamiainen tarjoillaan kello seitsemän.\n", encoding="utf-8")

    assert cli.main(["profile", "check", str(path)]) == 0
    page = capsys.readouterr().out
    assert "ei vaikuta tietosuojaselosteelta" in page
    assert "ei huomautettavaa" not in page


def test_check_says_when_it_only_asks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A notice in which nothing is wrong, and much was not understood, is not called faultless either."""
    path = tmp_path / "seloste.txt"
    path.write_text("Rekisterinpitäjä\nKelmu Oy\n\nTietolähteet\nAsiakas itse\n", encoding="utf-8")

    assert cli.main(["profile", "check", str(path)]) == 0
    page = capsys.readouterr().out
    assert "ei selviä puutteita" in page
    assert "✗" not in page
    assert "?" in page


def test_check_reads_a_profile_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What a profile promises is linted like a notice; what it lacks by itself is told."""
    path = tmp_path / "oma.toml"
    source = resources.files("inbox_agent") / "profiles" / "specimen.toml"
    text = source.read_text(encoding="utf-8").replace('business_id = "1234567-1"', "")
    path.write_text(f"{text}\n[processing]\nretention = 'asiakastiedot kirjanpitolain mukaan 10 vuotta'\n")

    assert cli.main(["profile", "check", str(path), "--json"]) == 0
    found = [json.loads(line)["code"] for line in capsys.readouterr().out.splitlines()]
    assert found == ["business_id_missing", "single_contact", "retention_kpl_wrong"]
    assert cli.main(["profile", "check", str(path)]) == 0
    assert "käsittelijä" in capsys.readouterr().out  # of whom no notice has to tell, only people hear


def test_check_knows_a_profile_from_the_input_by_what_it_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same is found as in the file that has its name, and what breaks it is told as of a profile."""
    path = tmp_path / "oma.toml"
    path.write_bytes((resources.files("inbox_agent") / "profiles" / "specimen.toml").read_bytes())
    said = []
    for given, text in ((path, b""), ("-", path.read_bytes()), ("-", path.read_bytes() + b"\n[contact\n")):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text)))
        said.append((cli.main(["profile", "check", str(given), "--json"]), capsys.readouterr()))
    assert said[0] == said[1]
    assert said[2][0] == 3
    assert "TOML" in said[2][1].err


def test_check_tells_everything_wrong_with_a_broken_profile(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "oma.toml"
    path.write_text("[controller]\nname = 1\n")

    assert cli.main(["profile", "check", str(path)]) == 3
    assert "oma.toml:2" in capsys.readouterr().err


def test_a_text_longer_than_any_notice_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "pitka.txt"
    path.write_text("Rekisterinpitäjä käsittelee henkilötietoja. " * 120_000)

    assert cli.main(["profile", "check", str(path)]) == 2
    assert "liian pitkä" in capsys.readouterr().err


def test_from_notice_writes_a_profile_in_which_each_line_has_its_quote(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Once the mail servers are given it is a profile; a file that is there is not written over."""
    path = tmp_path / "oma.toml"
    words = ["profile", "from-notice", str(FOLDER / "develop" / "newspaper.txt"), "--toml", str(path)]
    assert cli.main(words) == 0
    assert cli.main(words) == 2
    text = path.read_text(encoding="utf-8")
    given = text.replace('host = ""', 'host = "mail.jokivarsi.example"').replace(
        'sender = ""', 'sender = "a@b.example"'
    )
    profile = profiles.parse(given)

    assert profile.controller.business_id == "9565330-2"
    assert profile.replies.languages == ("fi",)
    assert "Soittorengas" in str(profile.processing.recipients)
    assert "# “Jokivarren Sanomat Oy, Kirjapainontie 3" in text


def test_a_profile_leaves_open_what_the_notice_does_not_say(tmp_path: Path) -> None:
    path = tmp_path / "oma.toml"
    assert cli.main(["profile", "from-notice", str(FOLDER / "develop" / "cooperative.txt"), "--toml", str(path)]) == 0
    lines = path.read_text(encoding="utf-8").splitlines()

    assert [line for line in lines if line.startswith(("email", "# business_id", "# address"))] == [
        '# business_id = ""  # seloste ei kerro',
        '# address = ""  # seloste ei kerro',
        'email = ""  # seloste ei kerro',
    ]


FRAME = "Rekisterinpitäjä\nKelmu Oy\n\nSiirrot EU:n ulkopuolelle\n{}\n\nKäsittelyn tarkoitukset\n{}\n"


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("Tietoja ei siirretä EU:n ulkopuolelle.", 'transfers = ""'),
        ("Siirrämme tietoja Yhdysvaltoihin Privacy Shieldin nojalla.", '# transfers = ""  # täydennettävä'),
        ("Siirrämme tietoja Yhdysvaltoihin vakiolausekkein.", 'transfers = "Siirrämme tietoja'),
    ],
)
def test_a_transfer_is_proposed_unless_what_carries_it_is_void(tmp_path: Path, said: str, line: str) -> None:
    """No letter cites the Privacy Shield (Schrems II), and that nothing goes abroad is told, not left unsaid."""
    notice, proposed = tmp_path / "seloste.txt", tmp_path / "oma.toml"
    notice.write_text(FRAME.format(said, "Laskutus"), encoding="utf-8")
    assert cli.main(["profile", "from-notice", str(notice), "--toml", str(proposed)]) == 0

    text = proposed.read_text(encoding="utf-8")
    assert any(each.startswith(line) for each in text.splitlines())
    assert said in text


def test_what_is_too_long_to_propose_ends_with_a_sentence_and_says_that_there_is_more(tmp_path: Path) -> None:
    notice, proposed = tmp_path / "seloste.txt", tmp_path / "oma.toml"
    purposes = " ".join(
        f"Käsittelemme tietoja, jotta voimme hoitaa asian numero {number} loppuun." for number in range(30)
    )
    notice.write_text(FRAME.format("Ei siirretä.", purposes), encoding="utf-8")
    assert cli.main(["profile", "from-notice", str(notice), "--toml", str(proposed)]) == 0

    text = proposed.read_text(encoding="utf-8")
    assert tomllib.loads(text)["processing"]["purposes"].endswith("loppuun.")
    assert "seloste kertoo tästä enemmän" in text


def test_what_a_notice_promises_beyond_the_law_is_proposed(tmp_path: Path) -> None:
    """A month counted from making, the source told of a correction, health data."""
    notice, path = tmp_path / "seloste.txt", tmp_path / "oma.toml"
    notice.write_text(
        "Rekisterinpitäjä\nKelmu Oy\n\nTietosisältö\nNimi ja terveystiedot.\n\nRekisteröidyn oikeudet\n"
        "Vastaamme kuukauden kuluessa pyynnön esittämisestä. Virheen korjaamisesta ilmoitetaan myös sille, "
        "jolta virheellinen tieto on saatu.\n"
    )
    assert cli.main(["profile", "from-notice", str(notice), "--toml", str(path)]) == 0
    found = tomllib.loads(path.read_text(encoding="utf-8"))

    assert found["deadlines"]["count_from"] == "sending"
    assert found["promises"]["tell_source"] is True
    assert found["identity"]["sensitivity"] == "sensitive"


@pytest.mark.parametrize(
    ("told", "promised"),
    [
        ("Vastaamme 14 päivässä.", {"answer_days": 14}),
        ("Vastaamme pyyntöön kahden viikon kuluessa.", {"answer_days": 14}),
        ("Vastaamme kymmenen arkipäivän kuluessa.", {"answer_working_days": 10}),
        ("We respond to your request within one week.", {"answer_days": 7}),
        ("Vi svarar på din begäran inom fjorton dagar.", {"answer_days": 14}),
        ("Vastaamme kuukauden kuluessa.", {}),
        ("Vastaamme 30 päivän kuluessa.", {}),
        ("Pyrimme vastaamaan, ja vastaamme yleensä 14 päivässä.", {}),
        ("Vastaamme 14 päivän, viimeistään kuitenkin kuukauden kuluessa.", {}),
    ],
)
def test_an_answer_promised_sooner_than_the_law_asks_becomes_the_profiles(
    tmp_path: Path, told: str, promised: dict[str, int]
) -> None:
    """An aim is no promise, and neither is a time with the month beside it."""
    notice, path = tmp_path / "seloste.txt", tmp_path / "oma.toml"
    notice.write_text(f"Rekisterinpitäjä\nKelmu Oy\n\nRekisteröidyn oikeudet\n{told}\n", encoding="utf-8")
    assert cli.main(["profile", "from-notice", str(notice), "--toml", str(path)]) == 0

    assert tomllib.loads(path.read_text(encoding="utf-8")).get("deadlines", {}) == promised


def _pdf(lines: list[str]) -> bytes:
    """A page of text as the simplest PDF there is (ISO 32000-1, 7.5): Helvetica in WinAnsi, one line under another."""
    shown = "".join(f"({line.translate(_ESCAPED)}) Tj T*\n" for line in lines)
    stream = f"BT /F1 10 Tf 12 TL 40 800 Td\n{shown}ET".encode("cp1252")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica "
        b"/Encoding /WinAnsiEncoding >> >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    return body + head + table + b"trailer << /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(body)


_ESCAPED = str.maketrans({"(": r"\(", ")": r"\)", "\\": r"\\"})


def test_a_pdf_is_read_like_its_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = FOLDER / "develop" / "photographer.txt"
    path = tmp_path / "seloste.pdf"
    path.write_bytes(_pdf(source.read_text(encoding="utf-8").splitlines()))
    values = []
    for file in (source, path):
        assert cli.main(["profile", "from-notice", str(file), "--json"]) == 0
        fields = json.loads(capsys.readouterr().out)
        values.append({name: field["value"] for name, field in fields.items()})

    assert values[1] == values[0]


def test_a_pdf_of_pictures_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "skannattu.pdf"
    path.write_bytes(_pdf([]))

    assert cli.main(["profile", "check", str(path)]) == 2
    assert "kuvia" in capsys.readouterr().err


def test_the_pages_fit_an_ordinary_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(FOLDER / "develop")  # a name as somebody types it, wherever this checkout lies
    for what in ("from-notice", "check"):
        assert cli.main(["profile", what, "newspaper.txt"]) == 0

    assert max(map(len, capsys.readouterr().out.splitlines())) <= 80
