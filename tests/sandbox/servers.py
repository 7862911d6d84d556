"""The two servers.

Dovecot keeps the mailboxes: one Maildir an address, mails/DOMAIN/LOCAL, for every address
there can be.  It offers IMAP (plain and STARTTLS on one port, implicit TLS on another), LMTP
to Postfix, and checks Postfix's logins.  It runs wholly as one ordinary user.

Postfix takes mail by SMTP (plain, STARTTLS, login) for every address and hands it to Dovecot;
but what is for returned.example comes back as a bounce, and turned-away.example is refused.
It is a whole instance with a configuration, queue and data folder of its own; only its master
runs as root, so a user needs sudo for it."""
import grp
import os
import pathlib
import pwd

from . import process
from .process import Failure, as_root, listening
from .wait import Overdue, wait_until

DOVECOT = "/usr/sbin/dovecot"
POSTFIX = pathlib.Path("/usr/lib/postfix/sbin")
# Seconds a server may take to come up, on a machine busy with other things.
PATIENCE = 60

DOVECOT_CONF = """\
base_dir = {folder}/run
state_dir = {folder}/run
instance_name = sandbox
log_path = {folder}/log
protocols = imap lmtp
listen = 127.0.0.1
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
default_vsz_limit = 0
first_valid_uid = 1
mail_location = maildir:~
mail_fsync = never
maildir_very_dirty_syncs = yes
postmaster_address = postmaster@{domain}
recipient_delimiter = +
lda_mailbox_autocreate = yes
auth_mechanisms = plain login scram-sha-256
auth_failure_delay = 0
ssl = yes
ssl_cert = <{certificates}/server.pem
ssl_key = <{certificates}/server.key
ssl_min_protocol = TLSv1.2
disable_plaintext_auth = no
mail_max_userip_connections = 1000

passdb {{
  driver = static
  args = password={{PLAIN}}{password}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={mails}/%d/%n allow_all_users=yes
}}
namespace inbox {{
  inbox = yes
  separator = /
}}
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap_port}
  }}
  inet_listener imaps {{
    port = {imaps_port}
    ssl = yes
  }}
}}
service auth {{
  unix_listener {folder}/login {{
    mode = 0666
  }}
}}
service lmtp {{
  unix_listener {folder}/lmtp {{
    mode = 0666
  }}
}}
"""

POSTFIX_MAIN = """\
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
syslog_name = postfix
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = localhost
mydestination =
mynetworks = 127.0.0.0/8
local_recipient_maps =
local_transport = error:nothing is local here
virtual_mailbox_domains = static:all
virtual_mailbox_maps = static:all
virtual_transport = lmtp:unix:{dovecot}/lmtp
transport_maps = inline:{{
 {{ returned.example = returned: }},
 {{ turned-away.example = error:5.1.1 nobody of that name lives here }} }}
alias_maps =
alias_database =
in_flow_delay = 0
message_size_limit = 64000000
smtputf8_enable = yes
smtpd_peername_lookup = no
smtpd_error_sleep_time = 0
smtpd_client_connection_count_limit = 0
smtpd_tls_security_level = may
smtpd_tls_cert_file = {certificates}/server.pem
smtpd_tls_key_file = {certificates}/server.key
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = {dovecot}/login
smtpd_tls_auth_only = no
"""

# service, type, private, unprivileged, chroot, wake-up, processes, command
POSTFIX_MASTER = """\
127.0.0.1:{smtp_port} inet n - n - - smtpd
127.0.0.1:{smtps_port} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
lmtp unix - - n - - lmtp
error unix - - n - - error
returned unix - n n - - pipe user=nobody argv=/bin/sh -c {{exit 67}}
retry unix - - n - - error
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
"""

QUEUE_FOLDERS = ("active", "bounce", "corrupt", "defer", "deferred", "flush", "hold", "incoming",
    "maildrop", "private", "public", "saved", "trace")


def mail_user() -> pwd.struct_passwd:
    """Who owns the mailboxes: whoever starts the sandbox, but root does not read mail."""
    return pwd.getpwnam("mail") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())


class Server:
    name = ""
    as_root = False  # it takes root, or sudo, to stop it

    def __init__(self, folder: pathlib.Path, ports: dict):
        self.folder, self.ports = folder, ports

    def log(self) -> str:
        path = self.folder / "log"
        return path.read_text(errors="replace") if path.exists() else ""

    def await_ports(self, running) -> None:
        def up() -> bool:
            if running.poll() is not None:
                raise Failure(f"{self.name} did not start: {self.log()}")
            return all(listening(port) for port in self.ports.values())
        try:
            wait_until(up, PATIENCE, f"{self.name} listening")
        except BaseException as error:
            process.stop(running.pid, self.as_root)
            if isinstance(error, Overdue):
                raise Failure(f"{error}: {self.log()}") from None
            raise


class Dovecot(Server):
    name = "Dovecot"

    def start(self, settings: dict, stays: bool) -> int:
        user = mail_user()
        self.folder.mkdir()
        conf = self.folder / "dovecot.conf"
        conf.write_text(DOVECOT_CONF.format(folder=self.folder, user=user.pw_name,
            group=grp.getgrgid(user.pw_gid).gr_name, **settings, **self.ports))
        conf.chmod(0o600)
        log = self.folder / "log"
        log.touch()
        for path in (self.folder, conf, log, settings["mails"], settings["certificates"] / "server.key"):
            os.chown(path, user.pw_uid, user.pw_gid)
        options = {}
        if os.geteuid() == 0:
            options = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        running = process.start([DOVECOT, "-F", "-c", conf], log, stays,
            cwd=self.folder, umask=0o077, **options)
        self.await_ports(running)
        return running.pid


class Postfix(Server):
    name = "Postfix"
    as_root = os.geteuid() != 0

    def start(self, settings: dict, stays: bool) -> int:
        self.folder.mkdir()
        for name, text in (("main.cf", POSTFIX_MAIN), ("master.cf", POSTFIX_MASTER)):
            (self.folder / name).write_text(text.format(folder=self.folder, **settings, **self.ports))
        queue, data = self.folder / "queue", self.folder / "data"
        as_root("install", "-d", "-o", "root", "-m", "755", queue, queue / "pid")
        as_root("install", "-d", "-o", "postfix", "-m", "700", data,
            *[queue / name for name in QUEUE_FOLDERS])
        # Its services reach the public sockets by group, as postfix's own set-up has it.
        as_root("chgrp", "postdrop", queue / "public", queue / "maildrop")
        as_root("chmod", "710", queue / "public")
        as_root("chown", "-R", "root", self.folder / "main.cf", self.folder / "master.cf")
        command = [POSTFIX / "master", "-d", "-c", self.folder]
        if self.as_root:
            command = ["sudo", "-n"] + command
        running = process.start(command, self.folder / "console", stays, cwd="/")
        self.await_ports(running)
        return running.pid
