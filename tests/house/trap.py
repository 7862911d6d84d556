"""A server that a program must not trust: it speaks up to the login, and remembers all it heard."""
import contextlib
import pathlib
import socket
import ssl

from listener import Listener

GREETINGS = {"imap": b"* OK ready\r\n",
    "smtp": b"220 localhost ESMTP\r\n"}


class Trap(Listener):
    """`protocol` is imap or smtp; `secure` is tls (from the first byte), starttls, or stripped
    (STARTTLS is asked for, but this server does not offer it)."""

    def __init__(self, protocol: str, secure: str, certificate: pathlib.Path):
        self.protocol, self.secure = protocol, secure
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(certificate, certificate.with_suffix(".key"))
        self.connections = 0
        self.heard = b""        # in clear
        self.trusted = b""      # after a handshake that the client accepted
        super().__init__()

    def serve(self, connection: socket.socket) -> None:
        self.connections += 1
        with contextlib.suppress(OSError):
            connection.settimeout(30)
            self.greet(connection)
        connection.close()

    def greet(self, connection: socket.socket) -> None:
        if self.secure != "tls":
            connection.sendall(GREETINGS[self.protocol])
            if not self.talk(connection, self.secure == "starttls"):
                return
        with self.context.wrap_socket(connection, server_side=True) as secured:
            if self.secure == "tls":
                secured.sendall(GREETINGS[self.protocol])
            self.talk(secured, False)

    def talk(self, connection: socket.socket, offered: bool) -> bool:
        """Answers until STARTTLS, if that is offered; TRUE when the handshake is next."""
        for line in connection.makefile("rb"):
            if isinstance(connection, ssl.SSLSocket):
                self.trusted += line
            else:
                self.heard += line
            answer, secure = getattr(self, self.protocol)(line.strip(), offered)
            connection.sendall(answer)
            if secure:
                return True
        return False

    def imap(self, line: bytes, offered: bool) -> tuple[bytes, bool]:
        tag, _, command = line.partition(b" ")
        match command.upper().split(b" ")[0]:
            case b"CAPABILITY":
                word = b" STARTTLS" if offered else b""
                return (b"* CAPABILITY IMAP4rev1 AUTH=PLAIN" + word + b"\r\n" + tag
                    + b" OK done\r\n"), False
            case b"STARTTLS" if offered:
                return tag + b" OK begin\r\n", True
        return tag + b" BAD no\r\n", False

    def smtp(self, line: bytes, offered: bool) -> tuple[bytes, bool]:
        match line.upper().split(b" ")[0]:
            case b"EHLO":
                word = b"250-STARTTLS\r\n" if offered else b""
                return b"250-localhost\r\n" + word + b"250 AUTH PLAIN LOGIN\r\n", False
            case b"STARTTLS" if offered:
                return b"220 begin\r\n", True
        return b"502 no\r\n", False
