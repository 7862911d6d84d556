"""One sandbox: a folder with a certificate authority, the two servers and the mailboxes.

It is started once, and can be attached to from another process as long as it runs."""
import dataclasses
import imaplib
import json
import os
import pathlib
import secrets
import shutil
import ssl
import tempfile
import time

from . import process
from .certificates import make_authority, make_certificate
from .process import Failure, as_root
from .servers import QUEUE_FOLDERS, Dovecot, Postfix
from .wait import wait_until

# Below this length every socket's path fits into the 107 characters that Linux gives it.
LONGEST_FOLDER = 60


@dataclasses.dataclass
class Sandbox:
    folder: pathlib.Path
    domain: str = "university.example"
    password: str = ""
    imap_port: int = 0
    imaps_port: int = 0
    smtp_port: int = 0
    smtps_port: int = 0
    dovecot_pid: int = 0
    postfix_pid: int = 0
    guard = None  # not a field: it belongs to this process alone

    @classmethod
    def start(cls, folder: pathlib.Path | None = None, postfix: bool = True,
            stays: bool = False) -> "Sandbox":
        """Makes the folder (a new one in /tmp by default: short, and open to the servers'
        users) and starts the servers.  With `stays` they outlive this process."""
        if folder is None:
            folder = pathlib.Path(tempfile.mkdtemp(prefix="rector-", dir="/tmp"))
        else:
            folder = folder.absolute()
            folder.mkdir(parents=True)
        if len(str(folder)) > LONGEST_FOLDER:
            raise Failure(f"{folder}: the path is too long for sockets; choose a shorter one")
        # The servers' users pass through; what is inside closes itself.
        folder.chmod(0o711)
        ports = process.free_ports(4)
        sandbox = cls(folder, password=secrets.token_hex(12), imap_port=ports[0],
            imaps_port=ports[1], smtp_port=ports[2], smtps_port=ports[3])
        try:
            sandbox.set_up(postfix, stays)
        except BaseException:
            sandbox.remove()
            raise
        return sandbox

    @classmethod
    def attach(cls, folder: pathlib.Path) -> "Sandbox":
        """The running sandbox in this folder."""
        try:
            facts = json.loads((folder / "sandbox.json").read_text())
        except FileNotFoundError:
            raise Failure(f"{folder}: no sandbox runs here") from None
        return cls(folder.absolute(), **facts)

    def set_up(self, postfix: bool, stays: bool) -> None:
        self.write_facts()
        if not stays:
            self.guard = process.Guard(self.folder)
        process.adopt_orphans()
        certificates = self.folder / "certificates"
        for folder in (certificates, self.mails):
            folder.mkdir()
        certificates.chmod(0o711)
        self.mails.chmod(0o700)
        make_authority(certificates, "authority")
        make_certificate(certificates, "authority", "server", "DNS:localhost", "IP:127.0.0.1")
        (self.folder / "password").write_text(self.password + "\n")
        (self.folder / "password").chmod(0o600)

        settings = {"certificates": certificates, "mails": self.mails, "domain": self.domain,
            "password": self.password, "dovecot": self.folder / "dovecot"}
        self.dovecot_pid = Dovecot(self.folder / "dovecot", {"imap_port": self.imap_port,
            "imaps_port": self.imaps_port}).start(settings, stays)
        self.write_facts()
        if postfix:
            self.postfix_pid = Postfix(self.folder / "postfix", {"smtp_port": self.smtp_port,
                "smtps_port": self.smtps_port}).start(settings, stays)
            self.write_facts()

    def write_facts(self) -> None:
        facts = dataclasses.asdict(self)
        del facts["folder"]
        path = self.folder / "sandbox.json"
        path.write_text(json.dumps(facts, indent="\t") + "\n")
        path.chmod(0o600)

    def stop(self) -> None:
        """Ends the servers; the folder stays, the mails in it readable."""
        if self.postfix_pid:
            process.stop(self.postfix_pid, Postfix.as_root)
            self.postfix_pid = 0
        if self.dovecot_pid:
            process.stop(self.dovecot_pid)
            self.dovecot_pid = 0
        (self.folder / "sandbox.json").unlink(missing_ok=True)
        if self.guard is not None:
            self.guard.dismiss()
            self.guard = None

    def retire(self) -> None:
        """Ends the servers and keeps of their files only the mailboxes."""
        self.stop()
        for name in ("dovecot", "postfix", "certificates"):
            if (self.folder / name).exists():
                remove_folder(self.folder / name)
        (self.folder / "password").unlink(missing_ok=True)

    def remove(self) -> None:
        """Ends the servers and takes the folder away."""
        self.stop()
        remove_folder(self.folder)

    @property
    def mails(self) -> pathlib.Path:
        return self.folder / "mails"

    @property
    def authority(self) -> pathlib.Path:
        return self.folder / "certificates/authority.pem"

    @property
    def rector(self) -> str:
        return f"rector@{self.domain}"

    # --- the mailboxes ---

    def imap(self, user: str | None = None) -> imaplib.IMAP4:
        """A logged-in connection; the mailbox comes into being with the first one."""
        connection = imaplib.IMAP4("127.0.0.1", self.imap_port, timeout=60)
        connection.login(user or self.rector, self.password)
        return connection

    def deliver(self, letters: list[bytes], at: float | None = None,
            user: str | None = None) -> None:
        """Puts letters into an INBOX, the rector's by default, as received at that instant."""
        when = imaplib.Time2Internaldate(time.time() if at is None else at)
        connection = self.imap(user)
        for letter in letters:
            answer, why = connection.append("INBOX", "", when, letter)
            if answer != "OK":
                raise Failure(f"Dovecot refuses a letter: {why}")
        connection.logout()

    def maildir(self, address: str) -> pathlib.Path:
        local, _, domain = address.rpartition("@")
        return self.mails / domain / local

    def mail_files(self, address: str) -> list[pathlib.Path]:
        """What has arrived for this address, oldest first."""
        folder = self.maildir(address)
        found = [path for name in ("new", "cur") for path in (folder / name).glob("*")]
        return sorted(found, key=lambda path: path.stat().st_mtime_ns)

    def await_delivery(self, seconds: float = 60) -> None:
        """Until every mail that Postfix has accepted lies in its mailbox."""
        queue = [self.folder / "postfix/queue" / name for name in QUEUE_FOLDERS]
        wait_until(lambda: not as_root("find", *queue, "-type", "f").stdout, seconds,
            "Postfix's queue empty")

    def all_mail_files(self) -> dict[str, list[pathlib.Path]]:
        """The same for every address but the rector's own."""
        addresses = [f"{path.name}@{path.parent.name}" for path in sorted(self.mails.glob("*/*"))]
        return {each: self.mail_files(each) for each in addresses if each != self.rector}


def remove_folder(folder: pathlib.Path) -> None:
    """Also where a part of it belongs to Postfix, or is a file system of its own."""
    for line in pathlib.Path("/proc/mounts").read_text().splitlines():
        if line.split()[1].startswith(f"{folder}/"):
            as_root("umount", line.split()[1])
    try:
        shutil.rmtree(folder)
    except PermissionError:
        as_root("rm", "-rf", "--", folder)
