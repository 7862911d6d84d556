"""A scripted IMAP server for faults: it speaks just enough to be fetched from, keeps what it was
told, and lets a test replace any answer by bytes of its own choice."""
import base64
import hashlib
import hmac
import re
import socket
import ssl
import threading
from typing import Callable

DATE = '"20-Mar-2026 17:59:59 +0500"'
DATE_UTC = 1774011599


class Close(Exception):
    """Raised by a script: the connection ends here, without a word."""


class Letter:
    """One letter of the folder.  script(connection, letter) → bytes replaces its FETCH line."""

    def __init__(self, uid: int, raw: bytes, script: Callable | None = None,
            size: int | None = None):
        self.uid = uid
        self.raw = raw
        self.size = len(raw) if size is None else size
        self.flags: set[str] = set()
        self.script = script


class FakeImap:
    """Listens on a free port of this machine.

    greeting: bytes, or a function that writes by itself.   capabilities: as the server tells them.
    scripts: a command ("IDLE", "UID FETCH", …) → function(connection, tag, arguments) that answers
    it wholly and returns True, or returns None to have it answered as usual.
    """

    def __init__(self, letters: list[Letter] = (), capabilities: str = "IMAP4rev1 IDLE AUTH=PLAIN",
            tls: ssl.SSLContext | None = None, implicit: bool = True, user: str = "rector",
            password: str = "pa55w0rd", uidvalidity: int = 7):
        self.letters = list(letters)
        self.capabilities = capabilities
        self.tls, self.implicit = tls, implicit
        self.user, self.password = user, password
        self.uidvalidity = uidvalidity
        self.greeting: bytes | Callable = b"* OK ready\r\n"
        self.scripts: dict[str, Callable] = {}
        self.received: list[bytes] = []  # every line of every client
        self.connections: list["Connection"] = []
        self.folders: dict[str, list[Letter]] = {}
        self.lock = threading.Lock()
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self.listen, daemon=True).start()

    def __enter__(self) -> "FakeImap":
        return self

    def __exit__(self, *_) -> None:
        self.socket.close()
        for connection in self.connections:
            connection.close()

    def listen(self) -> None:
        while True:
            try:
                client, _ = self.socket.accept()
            except OSError:
                return
            connection = Connection(self, client)
            self.connections.append(connection)
            threading.Thread(target=connection.run, daemon=True).start()

    def count(self, command: str) -> int:
        """How many lines had this command."""
        return sum(bool(re.match(rb"\S+ " + command.encode() + rb"\b", line))
            for line in self.received)

    def add(self, letter: Letter) -> None:
        """Delivers one letter, and tells the clients that are idle."""
        with self.lock:
            self.letters.append(letter)
        for connection in self.connections:
            if connection.idle:
                connection.write(b"* %d EXISTS\r\n" % len(self.letters))


class Connection:
    def __init__(self, server: FakeImap, client: socket.socket):
        self.server = server
        self.socket = client
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.file = None
        self.idle = False
        self.secure = False
        self.sending = threading.Lock()

    def close(self) -> None:
        try:
            self.socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.socket.close()

    def write(self, data: bytes) -> None:
        with self.sending:
            self.socket.sendall(data)

    def start_tls(self) -> None:
        self.socket = self.server.tls.wrap_socket(self.socket, server_side=True)
        self.file = self.socket.makefile("rb")
        self.secure = True

    def line(self) -> bytes:
        line = self.file.readline()
        if not line:
            raise Close
        self.server.received.append(line)
        return line.rstrip(b"\r\n")

    def run(self) -> None:
        try:
            self.file = self.socket.makefile("rb")
            if self.server.tls and self.server.implicit:
                self.start_tls()
            greeting = self.server.greeting
            if callable(greeting):
                greeting(self)
            else:
                self.write(greeting)
            while True:
                self.command(self.line().decode("utf-8", "surrogateescape"))
        except (Close, OSError, ValueError):
            pass
        self.close()

    def command(self, line: str) -> None:
        tag, _, rest = line.partition(" ")
        name, _, arguments = rest.partition(" ")
        if name.upper() == "UID":
            second, _, arguments = arguments.partition(" ")
            name = f"UID {second}"
        name = name.upper()
        script = self.server.scripts.get(name)
        if script and script(self, tag, arguments):
            return
        method = getattr(self, "do_" + name.lower().replace(" ", "_"), None)
        if method is None:
            self.answer(tag, "BAD unknown command")
        else:
            method(tag, arguments)

    def answer(self, tag: str, text: str) -> None:
        self.write(f"{tag} {text}\r\n".encode())

    # --- before the folder ---

    def do_capability(self, tag: str, _: str) -> None:
        self.write(f"* CAPABILITY {self.server.capabilities}\r\n".encode())
        self.answer(tag, "OK done")

    def do_noop(self, tag: str, _: str) -> None:
        self.write(b"* %d EXISTS\r\n" % len(self.server.letters))
        self.answer(tag, "OK done")

    def do_logout(self, tag: str, _: str) -> None:
        self.write(b"* BYE bye\r\n")
        self.answer(tag, "OK done")
        raise Close

    def do_starttls(self, tag: str, _: str) -> None:
        self.answer(tag, "OK go on")
        self.start_tls()

    def judge(self, tag: str, right: bool) -> None:
        self.answer(tag, "OK welcome" if right else "NO [AUTHENTICATIONFAILED] no")

    def do_login(self, tag: str, arguments: str) -> None:
        words = [re.sub(r"\\(.)", r"\1", word) for word in
            re.findall(r'"((?:[^"\\]|\\.)*)"', arguments)]
        self.judge(tag, words == [self.server.user, self.server.password])

    def ask(self, challenge: bytes) -> bytes:
        self.write(b"+ " + base64.b64encode(challenge) + b"\r\n")
        return base64.b64decode(self.line())

    def do_authenticate(self, tag: str, mechanism: str) -> None:
        server = self.server
        if mechanism == "PLAIN":
            right = self.ask(b"") == f"\0{server.user}\0{server.password}".encode()
        elif mechanism == "XOAUTH2":
            right = self.ask(b"") == (f"user={server.user}\x01auth=Bearer {server.password}"
                "\x01\x01").encode()
            if not right:
                self.ask(b'{"status":"401"}')
        else:
            right = self.scram(mechanism)
        self.judge(tag, right)

    def scram(self, mechanism: str, lie: bool = False) -> bool:
        name = mechanism.removeprefix("SCRAM-").replace("-", "").lower()
        first = self.ask(b"").decode()
        bare = first.removeprefix("n,,")
        nonce = bare.partition(",r=")[2] + "server"
        salt = b"0123456789abcdef"
        challenge = f"r={nonce},s={base64.b64encode(salt).decode()},i=4096"
        final, _, proof = self.ask(challenge.encode()).decode().partition(",p=")
        text = f"{bare},{challenge},{final}".encode()
        salted = hashlib.pbkdf2_hmac(name, self.server.password.encode(), salt, 4096)

        def mac(key: bytes, data: bytes) -> bytes:
            return hmac.new(key, data, name).digest()
        key = mac(salted, b"Client Key")
        stored = hashlib.new(name, key).digest()
        right = bytes(a ^ b for a, b in zip(key, mac(stored, text)))
        if base64.b64decode(proof) != right:
            return False
        signature = mac(mac(salted, b"Server Key"), b"a lie" if lie else text)
        self.ask(b"v=" + base64.b64encode(signature))
        return True

    # --- in the folder ---

    def do_select(self, tag: str, _: str) -> None:
        self.write(b"* %d EXISTS\r\n* FLAGS (\\Seen \\Deleted)\r\n* OK [UIDVALIDITY %d] valid\r\n"
            % (len(self.server.letters), self.server.uidvalidity))
        self.answer(tag, "OK [READ-WRITE] selected")

    do_examine = do_select

    def chosen(self, text: str) -> list[Letter]:
        letters = sorted(self.server.letters, key=lambda letter: letter.uid)
        last = letters[-1].uid if letters else 0
        wanted = set()
        for part in text.split(","):
            low, _, high = part.partition(":")
            ends = sorted(last if end == "*" else int(end) for end in (low, high or low))
            wanted |= {letter.uid for letter in letters if ends[0] <= letter.uid <= ends[1]}
        return [letter for letter in letters if letter.uid in wanted]

    def do_uid_search(self, tag: str, arguments: str) -> None:
        found = self.chosen(re.search(r"UID ([\d:*,]+)", arguments)[1])
        if "UNSEEN" in arguments:
            found = [letter for letter in found if "\\Seen" not in letter.flags]
        if "UNDELETED" in arguments:
            found = [letter for letter in found if "\\Deleted" not in letter.flags]
        self.write(("* SEARCH " + " ".join(str(letter.uid) for letter in found)).encode().rstrip()
            + b"\r\n")
        self.answer(tag, "OK done")

    def fetched(self, letter: Letter, number: int, wish: str) -> bytes:
        """One FETCH line as it should be."""
        head = b"* %d FETCH (UID %d" % (number, letter.uid)
        if "RFC822.SIZE" in wish:
            head += b" RFC822.SIZE %d" % letter.size
        if "INTERNALDATE" in wish:
            head += b" INTERNALDATE " + DATE.encode()
        if "BODY.PEEK[]" not in wish:
            return head + b")\r\n"
        part = re.search(r"\[\]<0\.(\d+)>", wish)
        raw = letter.raw[:int(part[1])] if part else letter.raw
        item = b"BODY[]<0>" if part else b"BODY[]"
        return head + b" %s {%d}\r\n%s)\r\n" % (item, len(raw), raw)

    def do_uid_fetch(self, tag: str, arguments: str) -> None:
        which, _, wish = arguments.partition(" ")
        for letter in self.chosen(which):
            number = self.server.letters.index(letter) + 1
            line = None
            if letter.script and "BODY.PEEK[]" in wish:
                line = letter.script(self, letter)
            self.write(self.fetched(letter, number, wish) if line is None else line)
        self.answer(tag, "OK done")

    def do_uid_store(self, tag: str, arguments: str) -> None:
        which, _, rest = arguments.partition(" ")
        for letter in self.chosen(which):
            letter.flags |= set(re.findall(r"\\\w+", rest))
        self.answer(tag, "OK done")

    def copy(self, tag: str, arguments: str) -> list[Letter] | None:
        which, _, folder = arguments.partition(" ")
        folder = folder.strip('"')
        if folder not in self.server.folders:
            self.answer(tag, "NO [TRYCREATE] no such folder")
            return None
        letters = self.chosen(which)
        self.server.folders[folder] += letters
        return letters

    def do_uid_copy(self, tag: str, arguments: str) -> None:
        if self.copy(tag, arguments) is not None:
            self.answer(tag, "OK done")

    def do_uid_move(self, tag: str, arguments: str) -> None:
        letters = self.copy(tag, arguments)
        if letters is None:
            return
        for letter in letters:
            self.write(b"* %d EXPUNGE\r\n" % (self.server.letters.index(letter) + 1))
            self.server.letters.remove(letter)
        self.answer(tag, "OK done")

    def do_create(self, tag: str, arguments: str) -> None:
        self.server.folders[arguments.strip('"')] = []
        self.answer(tag, "OK done")

    def do_idle(self, tag: str, _: str) -> None:
        self.idle = True
        self.write(b"+ idling\r\n")
        self.line()
        self.idle = False
        self.answer(tag, "OK done")
