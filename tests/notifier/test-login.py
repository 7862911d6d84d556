#!/usr/bin/env python3
"""No word before the server has proved who it is; secrets from where they may come; and mistakes
in the settings and the texts said at the start, with their place."""
import pathlib
import shutil
import tempfile

from desk import NOW, ROOT, Desk

from sandbox.certificates import make_authority, make_certificate
from smtp import FakeSmtp
from tap import equal, main, test

FOLDER = pathlib.Path(tempfile.mkdtemp(prefix="notifier-ca-"))


def certificates() -> None:
    make_authority(FOLDER, "authority")
    make_certificate(FOLDER, "authority", "good", "DNS:localhost", "IP:127.0.0.1")
    make_certificate(FOLDER, "authority", "elsewhere", "DNS:mail.elsewhere.example")
    make_authority(FOLDER, "other")
    make_certificate(FOLDER, "other", "stranger", "DNS:localhost")


def pem(name: str) -> pathlib.Path:
    """Certificate and key in one file."""
    both = FOLDER / f"{name}-both.pem"
    both.write_bytes((FOLDER / f"{name}.pem").read_bytes() + (FOLDER / f"{name}.key").read_bytes())
    return both


def authority() -> pathlib.Path:
    return FOLDER / "authority.pem"


def password_file(text: str = "pa55w0rd\n") -> pathlib.Path:
    path = FOLDER / "password"
    path.write_text(text)
    return path


@test("TLS from the start, and after STARTTLS, with a password")
def secure() -> None:
    for scheme, implicit in (("smtps", True), ("smtp+starttls", False)):
        with FakeSmtp(certificate=pem("good"), implicit_tls=implicit,
                login=("rector", "pa55w0rd")) as server, \
                Desk(f"{scheme}://localhost:{server.port}", ca_file=authority(), user="rector",
                    password_file=password_file()) as desk:
            equal(desk.run("--check", "--login").returncode, 0, f"{scheme}: check")
            desk.owe(3)
            result = desk.run(now=NOW)
            equal(result.returncode, 0, f"{scheme}: {result.stderr}")
            equal(len(server.accepted), 3, "mails")


@test("a wrong certificate hears nothing, and the queue is kept")
def wrong_certificate() -> None:
    for name in ("elsewhere", "stranger"):
        for scheme, implicit in (("smtps", True), ("smtp+starttls", False)):
            with FakeSmtp(certificate=pem(name), implicit_tls=implicit,
                    login=("rector", "pa55w0rd")) as server, \
                    Desk(f"{scheme}://localhost:{server.port}", ca_file=authority(),
                        user="rector", password_file=password_file()) as desk:
                desk.owe(5)
                equal(desk.run(now=NOW).returncode, 78, f"{name}, {scheme}: exit status")
                equal(desk.run("--check", "--login").returncode, 78, "status of the check")
                equal(desk.alarms(), ["smtp-tls"], "alarms")
                equal(desk.states(), {"waiting": 5}, "states")
                assert not any(line.startswith(("AUTH", "MAIL")) for line in server.commands)


@test("a server without STARTTLS hears nothing")
def stripped() -> None:
    with FakeSmtp() as server, Desk(f"smtp+starttls://localhost:{server.port}") as desk:
        desk.owe()
        equal(desk.run(now=NOW).returncode, 78, "exit status")
        equal(desk.alarms(), ["smtp-tls"], "alarms")
        assert not any(line.startswith("MAIL") for line in server.commands)


@test("a refused login calls a person once, keeps the queue, and is over when it works")
def refused_login() -> None:
    with FakeSmtp(login=("rector", "right")) as server, \
            Desk(f"smtp://localhost:{server.port}", user="rector",
                password_file=password_file("wrong")) as desk:
        desk.owe(5)
        for _ in range(2):
            equal(desk.run(now=NOW).returncode, 78, "exit status")
        equal(desk.alarms(), ["smtp-login"], "alarms")
        equal(desk.states(), {"waiting": 5}, "states")
        password_file("right")
        equal(desk.run(now=NOW + 60).returncode, 0, "exit status with the right password")
        equal(desk.states(), {"sent": 5}, "states at the end")
        equal(desk.alarms(), [], "alarms at the end")


@test("a login that fails for a while is tried again")
def busy_login() -> None:
    with FakeSmtp({"AUTH": ["454 4.7.0 later"]}, login=("rector", "pa55w0rd")) as server, \
            Desk(f"smtp://localhost:{server.port}", user="rector",
                password_file=password_file()) as desk:
        desk.owe()
        equal(desk.run(now=NOW).returncode, 75, "exit status")
        equal(desk.run(now=NOW + 600).returncode, 0, "exit status later")
        equal(desk.alarms(), [], "alarms")


@test("a token and a password can come from a command")
def commands() -> None:
    for setting, secret in (("token_command", "t0ken"), ("password_command", "pa55w0rd")):
        with FakeSmtp(login=("rector", secret)) as server, \
                Desk(f"smtp://localhost:{server.port}", user="rector",
                    **{setting: f"printf {secret}"}) as desk:
            desk.owe()
            equal(desk.run(now=NOW).returncode, 0, f"{setting}: exit status")
            ways = {line.split()[1] for line in server.commands if line.startswith("AUTH")}
            equal(ways, {"XOAUTH2" if setting == "token_command" else "PLAIN"}, "ways")


MISTAKES = [
    ("http://x", {}, "[notifier] deliver: "),
    ("smtp://user:hunter2@x", {}, "[notifier] deliver: "),
    ("smtp://x/y", {}, "[notifier] deliver: "),
    ("maildir:", {}, "[notifier] deliver: "),
    ("maildir:m", {"sever": "x"}, "[notifier] sever: "),
    ("maildir:m", {"connections": "0"}, "[notifier] connections: "),
    ("maildir:m", {"retry_first": "2 h"}, "[notifier] retry_most: "),
    ("maildir:m", {"password_file": "p"}, "[notifier] user: "),
    ("maildir:m", {"user": "u", "password_file": "p", "token_command": "t"},
        "[notifier] password_file: "),
    ("maildir:m", {"user": "u", "password_file": "nowhere"},
        "[notifier] password_file: cannot be read: No such file"),
    ("maildir:m # here", {}, "[notifier] deliver: a comment is a line of its own"),
    ("maildir:m", {"templates": "nowhere"}, "nowhere/kk/words.txt"),
]


@test("a mistake in the settings is told with its file, group and name")
def mistakes() -> None:
    with Desk("maildir:m") as desk:
        for deliver, settings, told in MISTAKES:
            desk.write(deliver, **settings)
            result = desk.run("--check")
            equal(result.returncode, 78, f"exit status of {deliver} {settings}")
            assert told in result.stderr and str(desk.folder) in result.stderr, result.stderr
            assert "hunter2" not in result.stderr, result.stderr


@test("a mistake in a text is told with its file and line, and the settings may name own texts")
def texts() -> None:
    own = FOLDER / "texts"
    shutil.copytree(ROOT.parent / "notifier" / "data" / "templates", own)
    path = own / "ru" / "acknowledgement.txt"
    with Desk("maildir:m") as desk:
        desk.write("maildir:m", templates=own)
        equal(desk.run("--check").returncode, 0, "exit status of a copy")
        lines = path.read_text().split("\n")
        lines[10] = "{nummer}"
        path.write_text("\n".join(lines))
        result = desk.run("--check")
        equal(result.returncode, 78, "exit status")
        assert f"{path}:11: unknown field {{nummer}}" in result.stderr, result.stderr


try:
    certificates()
    main()
finally:
    shutil.rmtree(FOLDER)
