"""Signing in with Microsoft 365 through msal: a browser here, or a code typed elsewhere; then refreshed tokens.

msal is an extra, loaded only where a profile asks for it. Raises GrantExpired where a person must sign in (again),
MailboxUnreachable where Microsoft cannot be asked, UsageProblem("microsoft_extra"). No error holds a token.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from inbox_agent.adapters import wire
from inbox_agent.adapters.loopback import Loopback
from inbox_agent.adapters.secrets import FOR_A_WHILE
from inbox_agent.adapters.token_cache import TokenCache
from inbox_agent.errors import GrantExpired, MailboxUnreachable, UsageProblem
from inbox_agent.profile import SignIn

# One resource, so one token does for both; offline_access is asked for by msal itself.
_SCOPES = ["https://outlook.office.com/IMAP.AccessAsUser.All", "https://outlook.office.com/SMTP.Send"]
_AUTHORITY = "https://login.microsoftonline.com"
_PATIENCE = 10.0  # seconds
_KEPT = "microsoft"


@dataclass(frozen=True, slots=True)
class Microsoft:
    """One app's grants, by user."""

    settings: SignIn
    cache: TokenCache

    def fresh(self, user: str, renew: bool) -> str:
        """A valid access token; with `renew` not the one that was given last. Blocks."""
        with self._app() as app:
            accounts = app.get_accounts(username=user)
            if not accounts:
                raise self._expired(user, {"error": "nobody has signed in yet"})
            answer = app.acquire_token_silent_with_error(_SCOPES, account=accounts[0], force_refresh=renew)
            return self._token(user, answer)

    def sign_in(self, user: str, show: Callable[[str], None], port: int, seconds: float) -> None:
        """Let the person agree in a browser, at the address that is shown. Blocks up to `seconds`."""
        with self._app() as app, Loopback(port) as loopback:
            redirect = f"http://localhost:{loopback.port}"
            asked = {"redirect_uri": redirect, "login_hint": user, "response_mode": "form_post"}
            flow = app.initiate_auth_code_flow(_SCOPES, **asked)
            show(flow["auth_uri"])
            brought = loopback.wait(flow["state"], seconds) or {"error": "nobody agreed in time"}
            self._token(user, brought if "error" in brought else app.acquire_token_by_auth_code_flow(flow, brought))

    def sign_in_elsewhere(self, user: str, show: Callable[[str], None]) -> None:
        """Let the person type a code on any device, as the text that is shown says. Blocks until the code ends."""
        with self._app() as app:
            flow = app.initiate_device_flow(_SCOPES)
            if "message" not in flow:
                raise self._expired(user, flow)
            show(flow["message"])
            self._token(user, app.acquire_token_by_device_flow(flow))

    @contextmanager
    def _app(self) -> Iterator[Any]:
        """Msal's app over our cache; what it learned is kept. Building it asks the network already."""
        try:
            import msal  # noqa: PLC0415  # an extra: loaded only where a profile asks for it
            import requests  # noqa: PLC0415  # what msal speaks through
        except ImportError:
            raise UsageProblem("microsoft_extra") from None
        session = requests.Session()
        # Said with each request: a session's own `verify` gives way to the environment.
        session.request = partial(  # type: ignore[method-assign]
            session.request, timeout=_PATIENCE, verify=self.settings.ca_file
        )
        tokens = msal.SerializableTokenCache()
        with self.cache.opened() as kept:
            tokens.deserialize(json.dumps(kept.get(_KEPT, {})))
        try:
            yield msal.PublicClientApplication(
                self.settings.client_id,
                authority=f"{self.settings.authority.rstrip('/') or _AUTHORITY}/{self.settings.tenant}",
                token_cache=tokens,
                http_client=session,
                # Another cloud than Microsoft's own is named in the profile: nobody else is asked about it.
                instance_discovery=False if self.settings.authority else None,
            )
        except (requests.RequestException, msal.exceptions.MsalError, ValueError, RuntimeError) as error:
            # No answer, or none that fits: msal has many words for it.
            raise MailboxUnreachable(self._host(), 443, type(error).__name__) from None
        finally:
            session.close()
            if tokens.has_state_changed:
                self._keep(json.loads(tokens.serialize()))

    def _keep(self, learned: Mapping[str, Mapping[str, Any]]) -> None:
        """Put what was learned over what is kept by now: a sign-in takes minutes, in which others go on refreshing."""
        with self.cache.opened() as kept:
            there = kept.setdefault(_KEPT, {})
            for kind, entries in learned.items():
                there[kind] = {**there.get(kind, {}), **entries}

    def _token(self, user: str, answer: Mapping[str, Any] | None) -> str:
        if answer and answer.get("error") in FOR_A_WHILE:
            raise MailboxUnreachable(self._host(), 443, wire.one_line(str(answer["error"])))
        if not answer or "access_token" not in answer:
            raise self._expired(user, answer or {"error": "interaction_required"})
        return str(answer["access_token"])

    def _expired(self, user: str, answer: Mapping[str, Any]) -> GrantExpired:
        return GrantExpired(self._host(), user, wire.one_line(str(answer.get("error", "refused"))))

    def _host(self) -> str:
        return urlsplit(self.settings.authority or _AUTHORITY).hostname or ""
