"""A TCP relay on loopback that can cut a connection in the middle of what the server says."""
import contextlib
import re
import socket
import threading

from listener import Listener

LITERAL = re.compile(rb"\{(\d+)\}\r\n")


class Proxy(Listener):
    """Relays every connection to a port.  The next `cuts` ones are cut once half of an IMAP
    literal of at least `smallest` bytes has passed."""

    def __init__(self, target: int, cuts: int = 0, smallest: int = 200):
        self.target, self.cuts, self.smallest = target, cuts, smallest
        self.done = 0  # connections that were cut
        self.upstream = b""  # all that clients said
        super().__init__()

    def serve(self, connection: socket.socket) -> None:
        server = socket.create_connection(("127.0.0.1", self.target))
        for way in (self.to_server, self.to_client):
            threading.Thread(target=way, args=(connection, server), daemon=True).start()

    def to_server(self, client: socket.socket, server: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := client.recv(65536):
                self.upstream += data
                server.sendall(data)
        hang_up(client, server)

    def to_client(self, client: socket.socket, server: socket.socket) -> None:
        said = b""
        with contextlib.suppress(OSError):
            while data := server.recv(65536):
                said += data
                end = self.cut_at(said)
                if end is not None:
                    client.sendall(data[:max(0, len(data) - (len(said) - end))])
                    self.done += 1
                    break
                client.sendall(data)
        hang_up(client, server)

    def cut_at(self, said: bytes) -> int | None:
        """The place in what the server said where this connection ends."""
        if self.done >= self.cuts:
            return None
        for match in LITERAL.finditer(said):
            length = int(match[1])
            if length >= self.smallest and len(said) >= match.end() + length // 2:
                return match.end() + length // 2
        return None


def hang_up(*sockets: socket.socket) -> None:
    for each in sockets:
        with contextlib.suppress(OSError):
            each.shutdown(socket.SHUT_RDWR)
        each.close()
