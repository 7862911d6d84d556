"""A scripted SMTP server on loopback.

It keeps what it hears.  A script says what happens instead of the usual answer at a step of the
talk: GREETING, EHLO, STARTTLS, AUTH, MAIL, RCPT, DATA, BODY (while it comes in) and DOT (after
its end).  What happens is a line to answer, or one of:

    CLOSE        the connection ends without a word
    SILENCE      no answer, until the client leaves
    Slow(s)      the usual answer, s seconds late

A script's value is one of these for every time, or a list: one for each time, then the usual;
None in it is the usual."""
import base64
import dataclasses
import re
import socket
import ssl
import threading
import time

CLOSE, SILENCE = object(), object()


@dataclasses.dataclass
class Slow:
    seconds: float


@dataclasses.dataclass
class Mail:
    connection: int
    sender: str
    recipient: str
    raw: bytes = b""
    accepted: bool = False  # the client was told so


class Gone(Exception):
    """This connection ends."""


class FakeSmtp:
    def __init__(self, script: dict | None = None, offers: tuple[str, ...] = ("8BITMIME",),
            certificate=None, implicit_tls: bool = False, login: tuple[str, str] | None = None):
        self.script = {step: list(each) if isinstance(each, list) else each
            for step, each in (script or {}).items()}
        self.offers, self.login, self.implicit_tls = offers, login, implicit_tls
        self.context = None
        if certificate:
            self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.context.load_cert_chain(certificate)
        self.mails: list[Mail] = []
        self.commands: list[str] = []
        self.connections = 0
        self.lock = threading.Lock()
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=100)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *ignored):
        self.close()

    def close(self) -> None:
        self.listener.close()

    @property
    def accepted(self) -> list[Mail]:
        return [mail for mail in self.mails if mail.accepted]

    def serve(self) -> None:
        while True:
            try:
                peer, _ = self.listener.accept()
            except OSError:
                return
            with self.lock:
                self.connections += 1
                number = self.connections
            threading.Thread(target=Talk(self, peer, number).run, daemon=True).start()

    def action(self, step: str):
        """What the script wants at this step, this time."""
        with self.lock:
            wanted = self.script.get(step)
            if isinstance(wanted, list):
                wanted = wanted.pop(0) if wanted else None
        return wanted


class Talk:
    def __init__(self, server: FakeSmtp, peer: socket.socket, number: int):
        self.server, self.peer, self.number = server, peer, number
        self.sender = self.recipient = None
        self.secure = self.known = False

    def run(self) -> None:
        try:
            self.peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if self.server.implicit_tls:
                self.wrap()
            self.open()
            self.say("GREETING", "220 fake.example ESMTP")
            while True:
                self.one_command()
        except (Gone, OSError):
            pass
        finally:
            self.peer.close()

    def open(self) -> None:
        self.file = self.peer.makefile("rb")

    def wrap(self) -> None:
        self.peer = self.server.context.wrap_socket(self.peer, server_side=True)
        self.secure = True

    def write(self, text: str) -> None:
        self.peer.sendall(text.encode() + b"\r\n")

    def say(self, step: str, usual: str) -> bool:
        """Answers; TRUE when the answer was a good one."""
        wanted = self.server.action(step)
        if wanted is CLOSE:
            raise Gone
        if wanted is SILENCE:
            while self.file.readline():
                pass
            raise Gone
        if isinstance(wanted, Slow):
            time.sleep(wanted.seconds)
        answer = wanted if isinstance(wanted, str) else usual
        self.write(answer)
        if answer.startswith("421"):
            raise Gone
        return answer[0] in "23"

    def one_command(self) -> None:
        line = self.file.readline()
        if not line:
            raise Gone
        text = line.decode(errors="replace").rstrip("\r\n")
        with self.server.lock:
            self.server.commands.append(text)
        verb = re.match(r"[A-Za-z]*", text)[0].upper()
        handler = getattr(self, "do_" + verb.lower(), None)
        if handler is None:
            self.write("502 5.5.1 what?")
        else:
            handler(text)

    def do_ehlo(self, text: str) -> None:
        offers = list(self.server.offers)
        if self.server.context and not self.secure:
            offers.append("STARTTLS")
        if self.server.login:
            offers.append("AUTH PLAIN LOGIN XOAUTH2")
        lines = ["fake.example", *offers]
        self.say("EHLO", "\r\n".join(
            f"250{'-' if i < len(lines) else ' '}{each}" for i, each in enumerate(lines, 1)))

    do_helo = do_ehlo

    def do_starttls(self, text: str) -> None:
        if self.say("STARTTLS", "220 go"):
            self.wrap()
            self.open()

    def do_auth(self, text: str) -> None:
        _, way, *first = text.split(" ", 2)
        if not first:
            self.write("334 ")
            first = [self.file.readline().decode().strip()]
        if way == "PLAIN":
            self.known = base64.b64decode(first[0]).decode() == "\0" + "\0".join(self.server.login)
        elif way == "XOAUTH2":
            user, token = self.server.login
            self.known = base64.b64decode(first[0]).decode() == \
                f"user={user}\1auth=Bearer {token}\1\1"
        self.say("AUTH", "235 2.7.0 welcome" if self.known else "535 5.7.8 no")

    def do_mail(self, text: str) -> None:
        if self.server.login and not self.known:
            self.write("530 5.7.0 log in first")
            return
        self.recipient = None
        if self.say("MAIL", "250 2.1.0 ok"):
            self.sender = re.match(r"MAIL FROM:<([^>]*)>", text)[1]

    def do_rcpt(self, text: str) -> None:
        recipient = re.match(r"RCPT TO:<([^>]*)>", text)[1]
        # "550-anything@…" is answered with that code.
        code = re.match(r"[45]\d\d(?=-)", recipient)
        usual = f"{code[0]} {code[0][0]}.1.1 <{recipient}> not here" if code else "250 2.1.5 ok"
        if self.say("RCPT", usual):
            self.recipient = recipient

    def do_data(self, text: str) -> None:
        if self.recipient is None or not self.say("DATA", "354 go ahead"):
            return
        mail = Mail(self.number, self.sender, self.recipient)
        with self.server.lock:
            self.server.mails.append(mail)
        cut = self.server.action("BODY")
        lines = []
        while (line := self.file.readline()) != b".\r\n":
            if not line or cut is CLOSE:
                raise Gone
            lines.append(line[1:] if line.startswith(b".") else line)
        mail.raw = b"".join(lines)
        mail.accepted = self.say("DOT", "250 2.0.0 kept")

    def do_rset(self, text: str) -> None:
        self.sender = self.recipient = None
        self.write("250 ok")

    def do_noop(self, text: str) -> None:
        self.write("250 ok")

    def do_quit(self, text: str) -> None:
        self.write("221 bye")
        raise Gone
