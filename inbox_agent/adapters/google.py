"""Signing in with Google (OAuth 2.0 for installed apps) by plain HTTP: loopback and PKCE, then refreshed tokens.

Google lets the device flow have no mail scope, so there is only the browser. Raises GrantExpired where a person
must sign in (again), MailboxUnreachable where Google cannot be asked. No error holds a token.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import Request, urlopen

from inbox_agent.adapters import wire
from inbox_agent.adapters.loopback import Loopback
from inbox_agent.adapters.secrets import FOR_A_WHILE, resolve
from inbox_agent.adapters.token_cache import TokenCache
from inbox_agent.errors import GrantExpired, MailboxUnreachable
from inbox_agent.profile import SignIn

_SCOPE = "https://mail.google.com/"  # IMAP and SMTP know no narrower one
_AUTHORIZE, _TOKEN = "https://accounts.google.com/o/oauth2/v2/auth", "https://oauth2.googleapis.com/token"
_PATIENCE = 10.0  # seconds
_MARGIN = 300  # seconds before its end from which a token is not used any more
_KEPT = "google"
_NOT_NOW = frozenset({408, 425, 429})  # of the client's errors those that say nothing of the grant (RFC 9110; RFC 6585)


@dataclass(frozen=True, slots=True)
class Google:
    """One app's grants, by user."""

    settings: SignIn
    cache: TokenCache
    now: Callable[[], datetime]

    def fresh(self, user: str, renew: bool) -> str:
        """A valid access token; with `renew` not the one that was given last. Blocks."""
        with self.cache.opened() as kept:
            grant = kept.get(_KEPT, {}).get(user)
            if grant is None:
                raise self._expired(user, "nobody has signed in yet")
            if not renew and grant.get("ends_at", 0) - self.now().timestamp() > _MARGIN:
                return str(grant["access_token"])
            answer = self._ask(user, {"grant_type": "refresh_token", "refresh_token": grant["refresh_token"]})
            kept[_KEPT][user] = self._grant({**grant, **answer})
            return str(answer["access_token"])

    def sign_in(self, user: str, show: Callable[[str], None], port: int, seconds: float) -> None:
        """Let the person agree in a browser, at the address that is shown. Blocks up to `seconds`."""
        verifier, state = secrets.token_urlsafe(64), secrets.token_urlsafe(24)
        with Loopback(port) as loopback:
            redirect = f"http://127.0.0.1:{loopback.port}"
            show(self._address(user, verifier, state, redirect))
            brought = loopback.wait(state, seconds)
        if not brought or "code" not in brought:
            raise self._expired(user, (brought or {}).get("error", "nobody agreed in time"))
        asked = {"grant_type": "authorization_code", "code": brought["code"], "redirect_uri": redirect}
        answer = self._ask(user, {**asked, "code_verifier": verifier})
        if "refresh_token" not in answer:
            raise self._expired(user, "no lasting grant was given")
        with self.cache.opened() as kept:
            kept.setdefault(_KEPT, {})[user] = self._grant(answer)

    def _address(self, user: str, verifier: str, state: str, redirect: str) -> str:
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        asked = {
            "response_type": "code",
            "client_id": self.settings.client_id,
            "redirect_uri": redirect,
            "scope": _SCOPE,
            "state": state,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
            "access_type": "offline",
            "prompt": "consent",
            "login_hint": user,
        }
        return f"{self._endpoint(_AUTHORIZE, 'auth')}?{urlencode(asked)}"

    def _ask(self, user: str, asked: Mapping[str, str]) -> dict[str, Any]:
        address = self._endpoint(_TOKEN, "token")
        secret = resolve(self.settings.client_secret) if self.settings.client_secret else None
        form = {**asked, "client_id": self.settings.client_id, **({"client_secret": secret} if secret else {})}
        request = Request(address, urlencode(form).encode())  # noqa: S310  # https: the profile refuses others
        trust = ssl.create_default_context(cafile=self.settings.ca_file)
        try:
            with urlopen(request, timeout=_PATIENCE, context=trust) as response:  # noqa: S310
                answer: dict[str, Any] = json.load(response)
                if "access_token" not in answer:
                    raise self._unreachable("no token in the answer")
                return answer
        except HTTPError as error:
            with error:
                why = _why(error)
                if error.code // 100 != 4 or error.code in _NOT_NOW or why in FOR_A_WHILE:
                    raise self._unreachable(f"{error.code}") from None
                raise self._expired(user, why) from None
        except URLError as error:
            raise self._unreachable(wire.why(error.reason) if isinstance(error.reason, OSError) else "?") from None
        except (OSError, HTTPException, ValueError) as error:
            raise self._unreachable(type(error).__name__) from None

    def _grant(self, answer: Mapping[str, Any]) -> dict[str, Any]:
        ends_at = self.now().timestamp() + float(answer.get("expires_in", 0))
        return {
            "refresh_token": answer["refresh_token"],
            "access_token": answer["access_token"],
            "ends_at": ends_at,
        }

    def _endpoint(self, usual: str, name: str) -> str:
        return f"{self.settings.authority.rstrip('/')}/{name}" if self.settings.authority else usual

    def _host(self) -> str:
        return urlsplit(self._endpoint(_TOKEN, "token")).hostname or ""

    def _expired(self, user: str, why: str) -> GrantExpired:
        return GrantExpired(self._host(), user, wire.one_line(why))

    def _unreachable(self, why: str) -> MailboxUnreachable:
        return MailboxUnreachable(self._host(), 443, wire.one_line(why))


def _why(error: HTTPError) -> str:
    """The provider's word for it (RFC 6749, 5.2), without its prose."""
    try:
        return str(json.load(error)["error"])
    except (ValueError, KeyError, TypeError, OSError):
        return str(error.code)
