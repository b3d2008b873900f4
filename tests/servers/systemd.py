"""A systemd of the test's own: process 1 of its own process, mount and cgroup namespaces, with no unit but ours.

Needs root on Linux. Nothing of the machine's own systemd, its folders below /etc, /run and /var/lib or its other
cgroups is touched, and when it ends nothing of it is left.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import sysconfig
from pathlib import Path

from tests.servers.waiting import until

SYSTEMD = "/lib/systemd/systemd"
PROGRAM = "/opt/inbox-agent/bin/inbox-agent"
"""This checkout, as whoever installed it by the unit's words has it: readable for all, outside of every home."""
PASSWORD = "/opt/password"
"""The password file of `Systemd`'s folder, for root alone. A credential cannot lie below /dev/shm: systemd mounts there
what it makes of it.
"""
_SOURCE = Path(__file__).parents[2]
_TARGETS = ("sysinit", "basic", "shutdown", "multi-user", "network-online", "timers", "start")
_CGROUPS = Path("/sys/fs/cgroup/systemd")  # the hierarchy without controllers that systemd needs (cgroups(7), v1)

_BOOT = f"""
set -e
mount --make-rprivate /
mount --make-rshared /
mount -t tmpfs tmpfs /run
mount -t tmpfs tmpfs /var/lib
umount -R /sys/fs/cgroup
mount -t tmpfs tmpfs /sys/fs/cgroup
mkdir /sys/fs/cgroup/systemd
mount -t cgroup -o none,name=systemd cgroup /sys/fs/cgroup/systemd
mount -o remount,ro /sys/fs/cgroup
mkdir -p /var/lib/inbox-agent
cp -r "$FOLDER/lib/." /var/lib/inbox-agent
mount -t tmpfs -o mode=755 tmpfs /opt
install -m 600 "$FOLDER/password" {PASSWORD}
mkdir -p /opt/python /opt/packages /opt/source /opt/inbox-agent/bin
mount --bind "$PYTHON" /opt/python
mount --bind "$PACKAGES" /opt/packages
mount --bind "$SOURCE" /opt/source
cat > {PROGRAM} <<'END'
#!/bin/sh
export PYTHONPATH=/opt/source:/opt/packages LD_LIBRARY_PATH=/opt/python/lib
exec /opt/python/bin/python3 -m inbox_agent "$@"
END
chmod 755 {PROGRAM}
export container=private SYSTEMD_UNIT_PATH="$FOLDER/units"
exec {SYSTEMD} --system --unit=start.target --log-target=null
"""


def missing() -> str:
    """Why none can be started here; empty where it can."""
    if not Path(SYSTEMD).exists() or shutil.which("unshare") is None:
        return "there is no systemd here"
    if os.geteuid() != 0 or not _CGROUPS.is_dir():
        return "a systemd of one's own needs root and the cgroup hierarchy of systemd"
    apart = ["unshare", "-m", "-p", "-f", "-C", "-u", "-i", "--mount-proc", "true"]
    return "" if subprocess.run(apart, check=False, capture_output=True).returncode == 0 else "namespaces are forbidden"


class Systemd:
    """Started with the files of `folder`: `units/` holds the units, `lib/` what lies in the service's state folder,
    `password` the agent's.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._cgroup = _CGROUPS / f"inbox-agent-test-{os.getpid()}"
        self._first: subprocess.Popen[bytes] | None = None

    def told(self, unit: str) -> str:
        """What systemd tells of a unit, and what services wrote whose units send it to /run/said."""
        return self.systemctl("status", "--no-pager", "--full", unit).stdout + self.inside("cat", "/run/said").stdout

    def start(self) -> None:
        for name in _TARGETS:
            path = self._folder / "units" / f"{name}.target"
            path.write_text("[Unit]\nDefaultDependencies=no\n", encoding="utf-8")
        self._cgroup.mkdir()
        apart = ["unshare", "-m", "-p", "-f", "-C", "-u", "-i", "--mount-proc", "--kill-child", "sh", "-c", _BOOT]
        into = f'echo $$ > {self._cgroup}/cgroup.procs; exec "$@"'
        nowhere = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        places = {"FOLDER": self._folder, "PYTHON": sys.base_prefix, "PACKAGES": sysconfig.get_path("purelib")}
        known = {**os.environ, **{name: str(place) for name, place in places.items()}, "SOURCE": str(_SOURCE)}
        self._first = subprocess.Popen(["sh", "-c", into, "sh", *apart], env=known, **nowhere)
        until(lambda: self._process_one() != "" and self._runs(), 20, "systemd")

    def stop(self) -> None:
        """End all of it at once."""
        if self._first is not None:
            self._first.send_signal(signal.SIGKILL)  # and with it, by --kill-child, process 1 and all below it
            self._first.wait(20)
        until(lambda: self._gone(self._cgroup), 20, "the cgroups of the tests' systemd")

    def systemctl(self, *words: str) -> subprocess.CompletedProcess[str]:
        return self.inside("systemctl", *words)

    def inside(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a command where this systemd is process 1."""
        enter = ["nsenter", "-t", self._process_one(), "-m", "-p", "-u", "-i", "-C"]
        return subprocess.run([*enter, *command], check=False, capture_output=True, text=True, timeout=60)

    def shows(self, unit: str, fact: str) -> str:
        """One property of a unit, as `systemctl show` tells it."""
        return self.systemctl("show", unit, "--property", fact, "--value").stdout.strip()

    def _runs(self) -> bool:
        return self.systemctl("is-system-running").stdout.strip() in {"running", "degraded"}

    def _process_one(self) -> str:
        if self._first is None:
            return ""
        children = Path(f"/proc/{self._first.pid}/task/{self._first.pid}/children")
        return children.read_text().strip() if children.exists() else ""

    @staticmethod
    def _gone(cgroup: Path) -> bool:
        try:
            for folder in sorted((path for path in cgroup.rglob("*") if path.is_dir()), reverse=True):
                folder.rmdir()
            cgroup.rmdir()
        except FileNotFoundError:
            return True
        except OSError:
            return False
        return True
