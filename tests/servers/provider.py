"""A mail provider's sign-in on loopback, over TLS: authorisation, device codes and tokens, as Google and Microsoft do.

Answers on any path by its ending. Browsers are not needed: `agree` goes where the program would send one.
"""

from __future__ import annotations

import base64
import hashlib
import json
import ssl
import threading
import time
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit
from urllib.request import urlopen

from tests.servers.certificate import Certificate

USER = "tietosuoja@yritys.example"
CLIENT = "app-1"


class Provider:
    """The server. `asked` are the forms that its token endpoint got; `refuses` makes it end every grant."""

    def __init__(self, certificate: Certificate) -> None:
        self.asked: list[dict[str, str]] = []
        self.refuses = False
        self.broken = False
        self.busy: tuple[int, dict[str, str]] | None = None  # what it says instead of an answer
        self.lives = 3600  # seconds of a token
        self.granted: list[str] = []  # access tokens, in order
        self._codes: dict[str, str] = {}  # code -> challenge
        self._numbers = count(1)
        self._nonce = ""
        owner = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.0"

            def do_GET(self) -> None:
                owner.get(self)

            def do_POST(self) -> None:
                owner.post(self)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.socket = certificate.server_context().wrap_socket(self._server.socket, server_side=True)
        self._trust = ssl.create_default_context(cafile=str(certificate.cert))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    @property
    def authority(self) -> str:
        return f"https://localhost:{self._server.server_port}"

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(10)

    def agree(self, address: str) -> None:
        """What a browser does whose person agrees: follow the address, and the way back to the program."""
        with urlopen(address, context=self._trust, timeout=10) as response:  # noqa: S310
            back = response.read().decode()
        where, _, form = back.partition("#")
        with urlopen(where, form.encode() or None, timeout=10) as response:  # noqa: S310
            response.read()

    # -- what is asked ----------------------------------------------------------------------------

    def get(self, asking: BaseHTTPRequestHandler) -> None:
        where = urlsplit(asking.path)
        if where.path.endswith("/.well-known/openid-configuration"):
            tenant = f"{self.authority}{where.path.split('/v2.0')[0]}"
            self._answer(
                asking,
                {
                    "issuer": f"{tenant}/v2.0",
                    "authorization_endpoint": f"{tenant}/authorize",
                    "token_endpoint": f"{tenant}/token",
                    "device_authorization_endpoint": f"{tenant}/devicecode",
                },
            )
            return
        asked = {name: values[0] for name, values in parse_qs(where.query).items()}
        assert asked["client_id"] == CLIENT
        assert asked["code_challenge_method"] == "S256"
        code = f"code-{next(self._numbers)}"
        self._codes[code] = asked["code_challenge"]
        self._nonce = asked.get("nonce", "")
        back = urlencode({"code": code, "state": asked["state"]})
        mark = "#" if asked.get("response_mode") == "form_post" else "?"  # "#": the browser posts what follows
        self._send(asking, 200, f"{asked['redirect_uri']}{mark}{back}".encode())

    def post(self, asking: BaseHTTPRequestHandler) -> None:
        form = dict(parse_qsl(asking.rfile.read(int(asking.headers["Content-Length"])).decode()))
        if asking.path.endswith("/devicecode"):
            device = {"device_code": "device-1", "user_code": "ABCD", "verification_uri": "https://device.example"}
            self._answer(asking, {**device, "expires_in": 60, "interval": 0, "message": "code ABCD"})
            return
        self.asked.append(form)
        if self.busy is not None:
            self._answer(asking, self.busy[1], self.busy[0])
        elif self.broken:
            self._send(asking, 503, b"later")
        elif self.refuses or not self._fits(form):
            self._answer(asking, {"error": "invalid_grant", "error_description": "secret prose"}, 400)
        else:
            self._answer(asking, self._tokens())

    def _fits(self, form: Mapping[str, str]) -> bool:
        match form["grant_type"]:
            case "authorization_code":
                digest = hashlib.sha256(form["code_verifier"].encode()).digest()
                return self._codes.pop(form["code"], "") == base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
            case "refresh_token":
                return form["refresh_token"] == "refresh-1"
            case _:
                return form.get("device_code") == "device-1"

    def _tokens(self) -> dict[str, Any]:
        token = f"access-{next(self._numbers)}"
        self.granted.append(token)
        now = int(time.time())
        identity = {
            "aud": CLIENT,
            "iss": "x",
            "sub": "s",
            "exp": now + 3600,
            "iat": now,
            "preferred_username": USER,
            "nonce": self._nonce,
        }
        client = {"uid": "u", "utid": "t"}
        return {
            "token_type": "Bearer",
            "access_token": token,
            "refresh_token": "refresh-1",
            "expires_in": self.lives,
            "scope": "https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send",
            "id_token": f"{_base64({'alg': 'none'})}.{_base64(identity)}.",
            "client_info": _base64(client),
        }

    def _answer(self, asking: BaseHTTPRequestHandler, answer: Mapping[str, Any], status: int = 200) -> None:
        self._send(asking, status, json.dumps(answer).encode())

    def _send(self, asking: BaseHTTPRequestHandler, status: int, body: bytes) -> None:
        asking.send_response(status)
        asking.send_header("Content-Type", "application/json")
        asking.send_header("Content-Length", str(len(body)))
        asking.end_headers()
        asking.wfile.write(body)


def _base64(value: Mapping[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()
