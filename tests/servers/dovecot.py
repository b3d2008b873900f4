"""A real Dovecot 2.3 on loopback, run without any rights out of a folder of its own.

Started as root it becomes nobody; otherwise it stays who started it. Its ports are free ones, so that many can
run beside each other. Accounts may be added while it runs.
"""

from __future__ import annotations

import grp
import itertools
import os
import pwd
import shutil
import signal
import smtplib
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from imapclient import IMAPClient

from inbox_agent.profile import Mailbox
from tests.servers.certificate import Certificate
from tests.servers.waiting import until

STARTS = 5  # a free port may be taken by somebody else before Dovecot has it

_CONFIGURATION = """
base_dir = {home}/run
state_dir = {home}/state
log_path = {home}/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
mail_max_userip_connections = 100
auth_mechanisms = plain login
auth_failure_delay = 0
disable_plaintext_auth = no
ssl = yes
ssl_cert = <{home}/cert.pem
ssl_key = <{home}/key.pem
mail_location = maildir:{home}/mail/%u
mailbox_list_index = yes
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {home}/users/%u
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={home}/mail/%u
}}
namespace inbox {{
  inbox = yes
  separator = /
  mailbox Drafts {{
    auto = subscribe
    special_use = \\Drafts
  }}
  mailbox Sent {{
    auto = subscribe
    special_use = \\Sent
  }}
  mailbox Junk {{
    auto = subscribe
    special_use = \\Junk
  }}
  mailbox Archive {{
    auto = subscribe
    special_use = \\Archive
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
service imap-login {{
  chroot =
  process_min_avail = 1
  service_count = 0
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
mail_plugins = quota
protocol imap {{
  mail_plugins = quota imap_quota
}}
plugin {{
  quota = maildir:User quota
}}
service lmtp {{
  inet_listener lmtp {{
    port = {lmtp}
  }}
}}
"""


def executable() -> str | None:
    """Where Dovecot is; system programs are not on everybody's path."""
    return shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


def version() -> str | None:
    """The version number, or None where there is no Dovecot."""
    found = executable()
    if found is None:
        return None
    return subprocess.run([found, "--version"], check=True, capture_output=True, text=True).stdout.split()[0]


@dataclass(frozen=True)
class Account:
    """A mailbox on a Dovecot, empty at first."""

    dovecot: Dovecot
    address: str
    password: str

    def profile(self, **changes: Any) -> Mailbox:
        """How a profile names it; over plain loopback unless `tls` is given."""
        encrypted = {"port": self.dovecot.imaps, "host": "localhost"} if changes.get("tls") == "implicit" else {}
        usual = {"host": "127.0.0.1", "port": self.dovecot.imap, "tls": "none", "user": self.address}
        return Mailbox(**{**usual, **encrypted, "ca_file": str(self.dovecot.home / "cert.pem"), **changes})

    @contextmanager
    def client(self, folder: str = "INBOX") -> Iterator[IMAPClient]:
        """Another mail program at work in the same mailbox."""
        with IMAPClient("127.0.0.1", self.dovecot.imap, ssl=False, timeout=10) as client:
            client.plain_login(self.address, self.password)
            client.select_folder(folder)
            yield client

    def append(self, *mails: bytes, folder: str = "INBOX", received_at: datetime | None = None) -> None:
        with self.client() as client:
            for raw in mails:
                client.append(folder, raw, msg_time=received_at)

    def mails(self, folder: str = "INBOX") -> list[bytes]:
        """The raw mails of a folder, in the order of their UIDs."""
        with self.client(folder) as client:
            uids = client.search("ALL")
            bodies = client.fetch(uids, ["BODY.PEEK[]"])
            return [bodies[uid][b"BODY[]"] for uid in sorted(bodies)]

    @contextmanager
    def may_only_be_read(self) -> Iterator[None]:
        """Nothing in the inbox may be changed: SELECT answers READ-ONLY."""
        mails = self.dovecot.home / "mail" / self.address / "cur"
        mails.chmod(0o555)
        try:
            yield
        finally:
            mails.chmod(0o755)

    def flags(self, folder: str = "INBOX") -> list[set[bytes]]:
        r"""The flags of a folder's mails but \Recent, in the order of their UIDs."""
        with self.client(folder) as client:
            flags = client.get_flags(client.search("ALL"))
            return [set(flags[uid]) - {b"\\Recent"} for uid in sorted(flags)]


class Dovecot:
    """One server. `home` is its folder, `imap`, `imaps` and `lmtp` its ports on 127.0.0.1."""

    def __init__(self, certificate: Certificate) -> None:
        # Not below pytest's own folder, which is closed to nobody.
        self.home = Path(tempfile.mkdtemp(prefix="dovecot-"))
        self._runs_as = _unprivileged()
        self._numbers = itertools.count(1)
        self._process: subprocess.Popen[bytes] | None = None
        self.imap, self.imaps, self.lmtp = 0, 0, 0
        for name in ("run", "state", "mail", "users"):
            (self.home / name).mkdir()
        shutil.copy(certificate.cert, self.home / "cert.pem")
        shutil.copy(certificate.key, self.home / "key.pem")

    # -- its life ---------------------------------------------------------------------------------

    def start(self) -> None:
        """Start on new ports the first time, on the same ports later; return when it greets."""
        for _ in range(STARTS):
            if not self._process:
                self.imap, self.imaps, self.lmtp = _free_ports(3)
            if self._try_to_start():
                return
            self._process = None
        raise RuntimeError(f"Dovecot does not start:\n{self._log()}")

    def stop(self) -> None:
        """Shut it down in good order: it says BYE to everybody."""
        self._signal(signal.SIGTERM)
        self._buried()

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        self._signal(signal.SIGKILL)
        self._buried()

    def freeze(self) -> None:
        """Let it stop answering while its connections stay open."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal(signal.SIGCONT)

    def revive(self) -> None:
        """Whatever was done to it: it runs again."""
        if self._ended():
            self.start()
        self.thaw()

    def remove(self) -> None:
        self.kill()
        shutil.rmtree(self.home)

    # -- its accounts and mails -------------------------------------------------------------------

    def new_account(self, name: str = "tietosuoja", password: str = "sala sana", quota: str = "") -> Account:  # noqa: S107  # invented
        """A new, empty mailbox at an address of its own. `quota` bounds what it holds ("10K")."""
        account = Account(self, f"{name}{next(self._numbers)}@yritys.example", password)
        bound = f"::::::userdb_quota_rule=*:bytes={quota}" if quota else ""
        # A file for each: of one file Dovecot would see changes only once a second.
        (self.home / "users" / account.address).write_text(f"{account.address}:{{PLAIN}}{password}{bound}\n")
        return account

    def change_password(self, account: Account, password: str) -> None:
        """From now on another password is asked for, and whoever is logged in is shown out."""
        file = self.home / "users" / account.address
        file.write_text(file.read_text().replace(f"{{PLAIN}}{account.password}", f"{{PLAIN}}{password}"))
        self.stop()
        self.start()

    def show(self, certificate: Certificate) -> None:
        """From now on show this certificate; whoever is connected is shown out."""
        for name, path in (("cert.pem", certificate.cert), ("key.pem", certificate.key)):
            shutil.copyfile(path, self.home / name)
        self.stop()
        self.start()

    def refusals(self, account: Account) -> int:
        """How many times a log-in to this account has failed."""
        lines = (self.home / "dovecot.log").read_text().splitlines()
        return sum("auth failed" in line and account.address in line for line in lines)

    def has(self, address: str) -> bool:
        return (self.home / "users" / address).exists()

    def deliver(self, raw: bytes, recipient: str, sender: str = "postitus@posti.example") -> None:
        """Deliver a mail as a mail server would, by LMTP."""
        with smtplib.LMTP("127.0.0.1", self.lmtp) as lmtp:
            lmtp.sendmail(sender, [recipient], raw)

    # -- within -----------------------------------------------------------------------------------

    def _try_to_start(self) -> bool:
        user, group = self._runs_as
        configuration = self.home / "dovecot.conf"
        ports = {"imap": self.imap, "imaps": self.imaps, "lmtp": self.lmtp}
        configuration.write_text(_CONFIGURATION.format(home=self.home, user=user, group=group, **ports))
        program = executable()
        assert program is not None
        become: dict[str, Any] = {}
        if os.getuid() == 0:
            become = {"user": user, "group": group, "extra_groups": []}
            for path in (self.home, *self.home.rglob("*")):
                shutil.chown(path, user, group)
        self._process = subprocess.Popen([program, "-F", "-c", configuration], start_new_session=True, **become)
        until(lambda: self._ended() or self._greets(), what="Dovecot's greeting")
        return not self._ended()

    def _ended(self) -> bool:
        return self._process is None or self._process.poll() is not None

    def _greets(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.imap), timeout=1) as connection:
                return connection.recv(4) == b"* OK"
        except OSError:
            return False

    def _signal(self, number: signal.Signals) -> None:
        if self._process is not None and not self._ended():
            # The master shuts its processes down itself; anything else it would only do to itself.
            send = os.kill if number is signal.SIGTERM else os.killpg
            send(self._process.pid, number)

    def _buried(self) -> None:
        """Wait for the master and, after a power cut, for all others: they hold the ports."""
        if self._process is not None:
            self._process.wait(10)
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)

    def _log(self) -> str:
        log = self.home / "dovecot.log"
        return log.read_text()[-2000:] if log.exists() else ""


def _unprivileged() -> tuple[str, str]:
    """The user and group that Dovecot runs as."""
    user = pwd.getpwnam("nobody") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
    return user.pw_name, grp.getgrgid(user.pw_gid).gr_name


def _free_ports(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [held.getsockname()[1] for held in sockets]
    for held in sockets:
        held.close()
    return ports
