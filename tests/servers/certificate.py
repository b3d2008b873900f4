"""A certificate for `localhost` that is its own authority, made anew for each run."""

from __future__ import annotations

import ssl
import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Certificate:
    """PEM files. It names `localhost` only, so that speaking to 127.0.0.1 shows whether names are checked."""

    cert: Path
    key: Path

    def server_context(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.cert, self.key)
        return context


_AUTHORITY = """
[ca]
default_ca = own
[own]
new_certs_dir = {folder}
database = {folder}/index
serial = {folder}/serial
default_md = sha256
policy = anything
x509_extensions = extensions
[anything]
commonName = supplied
organizationName = optional
[extensions]
subjectAltName = DNS:localhost
keyUsage = critical,digitalSignature,keyCertSign
basicConstraints = critical,CA:true
"""


def make_expired(folder: Path) -> Certificate:
    """One whose time is over, for the same name."""
    made = Certificate(folder / "expired.pem", folder / "expired-key.pem")
    (folder / "authority").write_text(_AUTHORITY.format(folder=folder))
    (folder / "index").touch()
    (folder / "serial").write_text("01\n")
    key = f"req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=localhost/O=old -keyout {made.key}"
    sign = f"ca -selfsign -batch -notext -config {folder}/authority -keyfile {made.key} -out {made.cert}"
    for command in (
        f"{key} -out {folder}/wish",
        f"{sign} -in {folder}/wish -startdate 20200101000000Z -enddate 20200201000000Z",
    ):
        subprocess.run(["openssl", *command.split(" ")], check=True, capture_output=True)
    return made


def make(folder: Path) -> Certificate:
    """Make one with the openssl command."""
    made = Certificate(folder / "cert.pem", folder / "key.pem")
    subprocess.run(
        [
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
            "-days", "2", "-subj", "/CN=localhost", "-keyout", str(made.key), "-out", str(made.cert),
            "-addext", "subjectAltName=DNS:localhost",
            "-addext", "keyUsage=critical,digitalSignature,keyCertSign",
        ],
        check=True,
        capture_output=True,
    )  # fmt: skip
    return made
