#!/usr/bin/env python3
"""A server that can't prove who it is hears no word of a login."""
import contextlib
import pathlib

from fixture import deliver, new_house, the_sandbox
from letters import anonymous
from sandbox.certificates import make_authority, make_certificate
from sandbox.house import House
from tap import equal, main, test
from trap import Trap

LOCALHOST = ("DNS:localhost", "IP:127.0.0.1")
SCHEMES = {("imap", "tls"): "imaps", ("imap", "starttls"): "imap+starttls",
    ("smtp", "tls"): "smtps", ("smtp", "starttls"): "smtp+starttls"}
ROOM = {"imap": "fetcher", "smtp": "notifier"}
SERVER = {"fetcher": "server", "notifier": "deliver"}
REFUSALS = (75, 78)


def certificate(name: str) -> pathlib.Path:
    """By the sandbox's own authority: "good", "elsewhere"; by another one: "stranger"."""
    folder = the_sandbox().folder / "certificates"
    if not (folder / f"{name}.pem").exists():
        if name == "stranger":
            make_authority(folder, "other")
            make_certificate(folder, "other", name, *LOCALHOST)
        else:
            names = LOCALHOST if name == "good" else ("DNS:mail.elsewhere.example",)
            make_certificate(folder, "authority", name, *names)
    return folder / f"{name}.pem"


@contextlib.contextmanager
def caught(protocol: str, secure: str, name: str):
    """A trap, and a house whose program for this protocol goes there with work to do."""
    trap = Trap(protocol, secure, certificate(name))
    scheme = SCHEMES[protocol, "tls" if secure == "tls" else "starttls"]
    room = ROOM[protocol]
    try:
        with new_house({room: {SERVER[room]: f"{scheme}://localhost:{trap.port}",
                "timeout": "3 s"}}) as house:
            if room == "notifier":
                deliver(house, [anonymous(1)])
                house.passes("fetcher", "classifier", "router")
                assert house.count("notices") > 0, "no mail is owed"
            yield trap, house, room
    finally:
        trap.close()


def spoke_of_login(house: House, heard: bytes) -> bool:
    password = pathlib.Path(house.settings["fetcher"]["password_file"]).read_bytes().strip()
    return password in heard or any(word in heard.upper() for word in (b"LOGIN", b"AUTH"))


def is_refused(protocol: str, secure: str, name: str) -> None:
    with caught(protocol, secure, name) as (trap, house, room):
        result = house.run(room)
        assert trap.connections > 0, "it never connected"
        equal(trap.trusted, b"", "what it said after the handshake")
        assert not spoke_of_login(house, trap.heard), f"heard in clear: {trap.heard!r}"
        if room == "fetcher":
            assert result.returncode in REFUSALS, f"{result.returncode}: {result.stdout}"
        equal(house.count("notices", "state = 'sent'"), 0, "mails sent")


CASES = [
    ("for another host", "tls", "elsewhere"),
    ("by an unknown authority", "tls", "stranger"),
    ("for another host after STARTTLS", "starttls", "elsewhere"),
    ("by an unknown authority after STARTTLS", "starttls", "stranger"),
]

for protocol in ("imap", "smtp"):
    upper = protocol.upper()
    for what, secure, name in CASES:
        test(f"{upper}: a certificate {what} is refused")(
            lambda row=(protocol, secure, name): is_refused(*row))
    test(f"{upper}: a server that withholds STARTTLS is refused")(
        lambda protocol=protocol: is_refused(protocol, "stripped", "good"))


@test("the trap hears the login of a program that trusts it")
def control() -> None:
    for protocol in ("imap", "smtp"):
        for secure in ("tls", "starttls"):
            with caught(protocol, secure, "good") as (trap, house, room):
                house.run(room)
                assert spoke_of_login(house, trap.trusted), f"{protocol} {secure}: {trap.trusted!r}"


main()
