"""Passwords, from where the profile says they are: environment, file or the desktop's key ring.

Holds none, logs none, and puts none into an error. A file that others may read is refused rather than
used: a password that others know is no password.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from inbox_agent.errors import LoginRefused, SecretMissing


class Renewable(Protocol):
    """A secret that is asked for anew at each connection: a password may have been changed, a token ends in an hour.

    Blocks. Raises SecretMissing, GrantExpired, MailboxUnreachable (the provider of tokens did not answer), LoginRefused
    (the server has refused just this one, and is not asked again yet).
    """

    def __call__(self) -> str: ...

    def rejected(self, error: LoginRefused) -> bool:
        """The server refused what was given last, with this. Whether another one can be shown at once."""
        ...

    def renewed(self, since: datetime) -> bool:
        """Whether another one than was refused, or missing, at `since` stands where it is kept, or the same was put
        there anew: somebody wants it tried. Asks nobody else.
        """
        ...


Secret = str | Renewable

FOR_A_WHILE = frozenset({"temporarily_unavailable", "server_error", "service_unavailable"})
"""What a provider of tokens says that cannot answer now: nobody has to sign in again for it (RFC 6749, 4.1.2.1)."""


def revealed(secret: Secret) -> str:
    return secret if isinstance(secret, str) else secret()


REFUSED_FOR = timedelta(hours=1)
"""How long a password that was refused is not shown again: accounts get locked. Then once more, for a server may have
been at fault (our choice). One that was changed where it stands is shown at once.
"""


@dataclass(slots=True)
class Password:
    """The password of one server behind a reference, looked up each time."""

    reference: str | None
    now: Callable[[], datetime]
    _given: bytes = field(default=b"", init=False, repr=False)
    _refused: _Refusal | None = field(default=None, init=False, repr=False)
    _missing: bool = field(default=False, init=False)  # when it was looked up last

    def __call__(self) -> str:
        self._missing = True
        secret, refused = resolve(self.reference), self._refused
        self._missing = False
        self._given = self._digest(secret)
        if refused is not None and refused.digest == self._given and self.now() - refused.at < REFUSED_FOR:
            raise LoginRefused(refused.error.host, refused.error.user, refused.error.answer)
        return secret

    def rejected(self, error: LoginRefused) -> bool:
        self._refused = _Refusal(self._given, self.now(), error)
        return False

    def renewed(self, since: datetime) -> bool:
        try:
            digest = self._digest(resolve(self.reference))
        except SecretMissing:
            return False
        if self._missing:
            return True
        if self._refused is not None:
            return digest != self._refused.digest
        return put_there_since(_file(self.reference), since)

    def _digest(self, secret: str) -> bytes:
        """Of the secret and of the file as it was put there: whoever saves the same one anew wants it tried again."""
        return hashlib.sha256(f"{_put_there(_file(self.reference))} {secret}".encode()).digest()


@dataclass(frozen=True, slots=True)
class _Refusal:
    digest: bytes
    at: datetime
    error: LoginRefused


@dataclass(slots=True)
class AccessToken:
    """An access token of `user`. `fresh(user, renew)` gives a valid one, with `renew` never the one given last."""

    user: str
    fresh: Callable[[str, bool], str]
    kept_in: Path | None = None  # where a sign-in puts what it gave
    _refused: bool = field(default=False, init=False)
    _renewed: bool = field(default=False, init=False)

    def __call__(self) -> str:
        token = self.fresh(self.user, self._refused)
        self._renewed, self._refused = self._refused, False
        return token

    def rejected(self, error: LoginRefused) -> bool:
        """A token may be void before its time: only where its successor is refused too has the grant ended."""
        self._refused = True
        return not self._renewed

    def renewed(self, since: datetime) -> bool:
        return put_there_since(self.kept_in, since)


def put_there_since(path: Path | None, since: datetime) -> bool:
    """Whether a file was written, put in its place or given other rights since then."""
    put = _put_there(path)
    return put is not None and put > since.timestamp()


def _put_there(path: Path | None) -> float | None:
    try:
        return path.stat().st_ctime if path else None
    except OSError:
        return None


def _file(reference: str | None) -> Path | None:
    form, _, place = (reference or "").partition(":")
    return Path(place) if form == "file" else None


_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def resolve(reference: str | None) -> str:
    """The secret behind `env:NAME`, `file:/path` or `keyring:service/user`.

    Raises SecretMissing, whose `why` is one of not_given, unknown_form, not_set, empty, file_missing,
    file_unreadable, file_open_to_others, not_text, keyring_not_installed, keyring_locked, not_in_keyring.
    """
    if reference is None:
        raise SecretMissing("", "not_given")
    form, _, place = reference.partition(":")
    match form:
        case "env":
            secret = _from_environment(reference, place)
        case "file":
            secret = _from_file(reference, Path(place))
        case "keyring":
            secret = _from_keyring(reference, *place.partition("/")[::2])
        case _:
            raise SecretMissing(reference, "unknown_form")
    if not secret:
        raise SecretMissing(reference, "empty")
    return secret


def _from_environment(reference: str, name: str) -> str:
    try:
        return os.environ[name]
    except KeyError:
        raise SecretMissing(reference, "not_set") from None


def _from_file(reference: str, path: Path) -> str:
    """The file's first line: editors end a file with a line break that belongs to no password."""
    try:
        with path.open("rb") as file:
            if _open_to_others(os.fstat(file.fileno()).st_mode, path):
                raise SecretMissing(reference, "file_open_to_others")
            return file.readline().decode().rstrip("\r\n")
    except FileNotFoundError:
        raise SecretMissing(reference, "file_missing") from None
    except OSError:
        raise SecretMissing(reference, "file_unreadable") from None
    except UnicodeDecodeError:
        raise SecretMissing(reference, "not_text") from None


def _open_to_others(mode: int, path: Path) -> bool:
    # systemd guards the whole folder of a service's credentials and marks its files by an access list,
    # whose mask stat() shows as group bits (systemd.exec(5), LoadCredential=).
    guarded = os.environ.get("CREDENTIALS_DIRECTORY")
    if guarded and path.resolve().is_relative_to(Path(guarded).resolve()):
        return False
    return bool(mode & _OTHERS)


def _from_keyring(reference: str, service: str, user: str) -> str:
    try:
        import keyring  # noqa: PLC0415  # an extra: loaded only where a profile asks for it
        from keyring.errors import KeyringError  # noqa: PLC0415
    except ImportError:
        raise SecretMissing(reference, "keyring_not_installed") from None
    try:
        secret: str | None = keyring.get_password(service, user)
    except KeyringError:
        raise SecretMissing(reference, "keyring_locked") from None
    if secret is None:
        raise SecretMissing(reference, "not_in_keyring")
    return secret
