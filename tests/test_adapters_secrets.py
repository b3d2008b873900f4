"""Passwords are found where the profile says, and only where nobody else can read them; the clocks tell UTC."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from inbox_agent.adapters.clock import FixedClock, SystemClock
from inbox_agent.adapters.secrets import REFUSED_FOR, Password, resolve
from inbox_agent.errors import LoginRefused, SecretMissing

NOON = datetime(2026, 3, 5, 12, tzinfo=UTC)


@pytest.fixture
def password_file(tmp_path: Path) -> Path:
    file = tmp_path / "password"
    file.write_text("pääsy sana\n", encoding="utf-8")
    file.chmod(0o600)
    return file


def _why(reference: str | None) -> str:
    with pytest.raises(SecretMissing) as raised:
        resolve(reference)
    return raised.value.why


def test_the_environment_holds_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IMAP_PASSWORD", "pääsy sana ")
    assert resolve("env:IMAP_PASSWORD") == "pääsy sana "


def test_a_file_holds_a_secret_on_its_first_line(password_file: Path) -> None:
    assert resolve(f"file:{password_file}") == "pääsy sana"


def test_a_refused_password_is_shown_again_only_when_it_was_changed_or_after_an_hour(password_file: Path) -> None:
    """Accounts get locked by the same wrong password; a new one in its file is tried at once."""
    passed = [timedelta()]
    password = Password(f"file:{password_file}", lambda: NOON + passed[-1])
    assert password() == "pääsy sana"
    assert not password.rejected(LoginRefused("posti.example", "t", "[AUTHENTICATIONFAILED]"))
    with pytest.raises(LoginRefused, match="AUTHENTICATIONFAILED"):
        password()
    password_file.write_text("uusi", encoding="utf-8")
    assert password() == "uusi"
    password_file.write_text("pääsy sana", encoding="utf-8")
    passed.append(REFUSED_FOR)
    assert password() == "pääsy sana"


def test_a_password_that_was_put_right_is_noticed_where_it_stands(password_file: Path) -> None:
    """Another one, or the same one saved anew by somebody who wants it tried; not what nobody has touched."""
    password = Password(f"file:{password_file}", lambda: NOON)
    password()
    password.rejected(LoginRefused("posti.example", "t", "no"))
    assert not password.renewed(NOON)
    password_file.write_text("pääsy sana", encoding="utf-8")
    assert password.renewed(NOON)
    assert password() == "pääsy sana"
    password.rejected(LoginRefused("posti.example", "t", "no"))
    password_file.unlink()
    assert not password.renewed(NOON)


def test_a_password_that_was_missing_is_noticed_when_it_is_put_there(tmp_path: Path) -> None:
    """By another process too, which never had one; one that others could read is put right by its rights alone."""
    before, file = SystemClock().now(), tmp_path / "password"
    password = Password(f"file:{file}", lambda: NOON)
    assert not password.renewed(before)
    file.write_text("uusi", encoding="utf-8")
    file.chmod(0o644)
    assert not password.renewed(before)
    file.chmod(0o600)
    assert password.renewed(before)
    assert not password.renewed(SystemClock().now() + timedelta(minutes=1))


def test_a_password_that_was_missing_elsewhere_than_in_a_file_is_noticed_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key ring does not tell when something was put into it: that it was not there is remembered."""
    monkeypatch.delenv("IMAP_PASSWORD", raising=False)
    password = Password("env:IMAP_PASSWORD", lambda: NOON)
    with pytest.raises(SecretMissing):
        password()
    assert not password.renewed(NOON)
    monkeypatch.setenv("IMAP_PASSWORD", "uusi")
    assert password.renewed(NOON)
    assert password() == "uusi"
    assert not password.renewed(NOON)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644])
def test_a_file_that_others_may_use_is_refused(password_file: Path, mode: int) -> None:
    password_file.chmod(mode)
    assert _why(f"file:{password_file}") == "file_open_to_others"


def test_a_credential_that_systemd_guards_is_taken(password_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its access list looks like rights of the group; the folder around it lets nobody in."""
    password_file.chmod(0o440)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(password_file.parent))
    assert resolve(f"file:{password_file}") == "pääsy sana"
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(password_file.parent / "other"))
    assert _why(f"file:{password_file}") == "file_open_to_others"


def test_what_is_missing_says_why(password_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("IMAP_PASSWORD", raising=False)
    monkeypatch.setenv("EMPTY_PASSWORD", "")
    assert _why(None) == "not_given"
    assert _why("salasana") == "unknown_form"
    assert _why("env:IMAP_PASSWORD") == "not_set"
    assert _why("env:EMPTY_PASSWORD") == "empty"
    assert _why(f"file:{tmp_path}/nowhere") == "file_missing"
    assert _why(f"file:{tmp_path}") == "file_unreadable"
    password_file.write_bytes(b"\xff\xfe\n")
    assert _why(f"file:{password_file}") == "not_text"


def test_an_error_names_the_reference_and_never_the_secret(password_file: Path) -> None:
    password_file.chmod(0o644)
    with pytest.raises(SecretMissing) as raised:
        resolve(f"file:{password_file}")
    assert raised.value.reference == f"file:{password_file}"
    assert "pääsy" not in str(raised.value)


def test_the_key_ring_is_asked_for_service_and_user() -> None:
    """Through the library's own interface for key rings."""
    keyring = pytest.importorskip("keyring", reason="the extra `keyring` is not installed")
    from keyring.backend import KeyringBackend  # noqa: PLC0415
    from keyring.errors import KeyringLocked  # noqa: PLC0415

    class Ring(KeyringBackend):  # type: ignore[misc]
        priority = 1

        def get_password(self, service: str, username: str) -> str | None:
            if service == "locked":
                raise KeyringLocked
            return {("imap", "maija/m"): "pääsy sana"}.get((service, username))

        def set_password(self, service: str, username: str, password: str) -> None:
            raise NotImplementedError

    before = keyring.get_keyring()
    keyring.set_keyring(Ring())
    try:
        assert resolve("keyring:imap/maija/m") == "pääsy sana"
        assert _why("keyring:imap/matti") == "not_in_keyring"
        assert _why("keyring:locked/matti") == "keyring_locked"
    finally:
        keyring.set_keyring(before)


def test_without_the_extra_the_key_ring_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)  # what an import of an absent module finds
    assert _why("keyring:imap/maija") == "keyring_not_installed"


def test_the_system_clock_tells_utc() -> None:
    assert SystemClock().now().tzinfo is UTC


def test_a_fixed_clock_stands_still_in_utc() -> None:
    helsinki = timezone(timedelta(hours=2))
    clock = FixedClock(datetime(2026, 3, 2, 9, 0, tzinfo=helsinki))
    assert clock.now() == clock.now() == datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
    assert clock.now().tzinfo is UTC


def test_a_clock_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        FixedClock(datetime(2026, 3, 2, 9, 0))  # noqa: DTZ001
