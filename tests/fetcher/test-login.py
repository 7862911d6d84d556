#!/usr/bin/env python3
"""Who is let in, and who is not: ways to log in, secrets, certificates, STARTTLS.  Wherever a
login must not happen, the server looks whether any byte of it came."""
import atexit
import os
import pathlib
import ssl
import subprocess
import tempfile
import threading

from bench import Bench, letter
from imap import FakeImap, Letter
from sandbox.certificates import make_authority, make_certificate, openssl
from tap import equal, main, test

PLACE = tempfile.TemporaryDirectory(prefix="rector-tls-")
atexit.register(PLACE.cleanup)
TLS = pathlib.Path(PLACE.name)
make_authority(TLS, "ca")
make_authority(TLS, "other")
make_certificate(TLS, "ca", "good", "DNS:localhost", "IP:127.0.0.1")
make_certificate(TLS, "ca", "elsewhere", "DNS:imap.example")
openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
    "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-days", "3",
    "-keyout", TLS / "self.key", "-out", TLS / "self.pem")


def context(name: str) -> ssl.SSLContext:
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(TLS / f"{name}.pem", TLS / f"{name}.key")
    return made


def one() -> list[Letter]:
    return [Letter(1, letter(1))]


def logged_in(server: FakeImap) -> bool:
    return any(b"LOGIN" in line or b"AUTHENTICATE" in line for line in server.received)


def succeeds(server: FakeImap, bench: Bench) -> None:
    done = bench.run()
    equal(done.returncode, 0, f"exit status ({done.stdout})")
    equal(bench.letters(), [letter(1)], "letters")
    assert server.password not in done.stdout, "the secret is in the log"


def fails(server: FakeImap, bench: Bench, status: int, words: str) -> None:
    done = bench.run()
    equal(done.returncode, status, f"exit status ({done.stdout})")
    assert words in done.stdout, done.stdout
    assert server.password not in done.stdout, "the secret is in the log"


WAYS = {
    "PLAIN": "AUTH=PLAIN",
    "SCRAM-SHA-1": "AUTH=PLAIN AUTH=SCRAM-SHA-1",
    "SCRAM-SHA-256": "AUTH=PLAIN AUTH=SCRAM-SHA-1 AUTH=SCRAM-SHA-256",
    "LOGIN": "IDLE",
}


def register_way(way: str, offered: str) -> None:
    @test(f"{way} where the server offers {offered}")
    def _() -> None:
        with FakeImap(one(), capabilities=f"IMAP4rev1 {offered}", user="ре=к,тор",
                password='a "strange\\ пароль') as server, Bench(server) as bench:
            succeeds(server, bench)
            used = b" LOGIN " if way == "LOGIN" else b"AUTHENTICATE " + way.encode() + b"\r\n"
            assert any(used in line for line in server.received), server.received

    @test(f"{way} with a wrong password is refused: a matter of settings, and told")
    def _() -> None:
        with FakeImap(one(), capabilities=f"IMAP4rev1 {offered}") as server, \
                Bench(server) as bench:
            (bench.folder / "password").write_text("wrong\n")
            fails(server, bench, 78, "refuses the user or the secret")
            equal(bench.alarms(), {"imap-login"}, "alarms")
            (bench.folder / "password").write_text(server.password)
            succeeds(server, bench)
            equal(bench.alarms(), set(), "alarms when it is over")


for each in WAYS.items():
    register_way(*each)


@test("a server that can't prove that it knows the password is not believed")
def _() -> None:
    def lie(connection, tag: str, mechanism: str) -> bool:
        connection.scram(mechanism, lie=True)
        connection.answer(tag, "OK welcome")
        return True
    with FakeImap(one(), capabilities="IMAP4rev1 AUTH=SCRAM-SHA-256") as server, \
            Bench(server) as bench:
        server.scripts["AUTHENTICATE"] = lie
        equal(bench.run().returncode, 78, "exit status")
        equal(bench.rows("SELECT count(*) FROM letters"), [(0,)], "letters")


@test("a server that skips its proof is not believed either")
def _() -> None:
    def skip(connection, tag: str, _: str) -> bool:
        connection.ask(b"")
        connection.answer(tag, "OK welcome")
        return True
    with FakeImap(one(), capabilities="IMAP4rev1 AUTH=SCRAM-SHA-256") as server, \
            Bench(server) as bench:
        server.scripts["AUTHENTICATE"] = skip
        fails(server, bench, 78, "did not prove")


@test("XOAUTH2 with a token from a command")
def _() -> None:
    with FakeImap(one(), capabilities="IMAP4rev1 AUTH=XOAUTH2 SASL-IR",
            password="t0ken") as server, \
            Bench(server, password_file=None, token_command="printf 't0ken\\n'") as bench:
        succeeds(server, bench)


@test("a refused token is a refused login")
def _() -> None:
    with FakeImap(one(), capabilities="IMAP4rev1 AUTH=XOAUTH2") as server, \
            Bench(server, password_file=None, token_command="echo old") as bench:
        fails(server, bench, 78, "refuses the user or the secret")


@test("a token is never given to a server that takes none")
def _() -> None:
    with FakeImap(one()) as server, \
            Bench(server, password_file=None, token_command="echo t0ken") as bench:
        fails(server, bench, 78, "offers no XOAUTH2")
        assert not logged_in(server)


@test("a server that says \"not now\" is asked again later, without an alarm")
def _() -> None:
    with FakeImap(one()) as server, Bench(server) as bench:
        server.scripts["AUTHENTICATE"] = \
            lambda c, tag, _: c.ask(b"") and c.answer(tag, "NO [UNAVAILABLE] later") or True
        fails(server, bench, 75, "not now")
        equal(bench.alarms(), set(), "alarms")


@test("LOGINDISABLED without another way: refused, no password sent")
def _() -> None:
    with FakeImap(one(), capabilities="IMAP4rev1 LOGINDISABLED") as server, Bench(server) as bench:
        fails(server, bench, 78, "offers no way to log in")
        assert not logged_in(server)


@test("a greeting that claims we are logged in already is refused")
def _() -> None:
    with FakeImap(one()) as server, Bench(server) as bench:
        server.greeting = b"* PREAUTH welcome\r\n"
        equal(bench.run().returncode, 75, "exit status")


# --- secrets ---


@test("the password from a command")
def _() -> None:
    with FakeImap(one()) as server, \
            Bench(server, password_file=None, password_command="echo pa55w0rd") as bench:
        succeeds(server, bench)


@test("the password from the service manager's credentials")
def _() -> None:
    with FakeImap(one()) as server, Bench(server, password_file=None) as bench:
        (bench.folder / "imap-password").write_text(server.password)
        done = bench.run(env=os.environ | {"CREDENTIALS_DIRECTORY": str(bench.folder)})
        equal(done.returncode, 0, f"exit status ({done.stdout})")


SECRETS = {
    "with a line break and a command": "secret\r\n9 DELETE INBOX\r\n",
    "with a control character": "sec\x07ret",
    "with a zero byte": "pa55w0rd\0and more",
    "that is empty": "\n",
    "that is no UTF-8": b"\xff\xfe",
}


def register_secret(label: str, secret) -> None:
    @test(f"a secret {label} is refused before any of it is sent")
    def _() -> None:
        with FakeImap(one()) as server, Bench(server) as bench:
            raw = secret if isinstance(secret, bytes) else secret.encode()
            (bench.folder / "password").write_bytes(raw)
            equal(bench.run().returncode, 78, "exit status")
            assert not logged_in(server)
            equal(server.count("DELETE"), 0, "commands of the secret")


for each in SECRETS.items():
    register_secret(*each)


@test("a command that fails, hangs or floods gives no secret")
def _() -> None:
    for command in ("false", "sleep 60", "yes"):
        with FakeImap(one()) as server, Bench(server, password_file=None, timeout="1 s",
                password_command=command) as bench:
            equal(bench.run().returncode, 75, f"exit status, {command}")
            assert not logged_in(server)


SETTINGS = {
    "two secrets at once": {"password_command": "true"},
    "plain IMAP to another machine": {"server": "imap://imap.example"},
    "plain IMAP to a name that begins like this machine": {"server": "imap://127.0.0.1.example"},
    "an unknown scheme": {"server": "https://imap.example"},
    "no host": {"server": "imaps://"},
    "a port that is none": {"server": "imaps://imap.example:99999"},
    "a path behind the host": {"server": "imaps://imap.example/INBOX"},
    "no user": {"user": None},
    "no server": {"server": None},
    "an unknown wish for afterwards": {"after": "delete"},
    "a move to nowhere": {"after": "move"},
    "a pin that is none": {"pin": "sha256"},
    "a longest wait below the least": {"retry_least": "60 s"},
    "an unknown name": {"passwort": "secret"},
}


def register_setting(label: str, lines: dict) -> None:
    @test(f"settings with {label} are refused with the name")
    def _() -> None:
        with FakeImap(one()) as server, Bench(server, **lines) as bench:
            done = bench.run("--check")
            equal(done.returncode, 78, f"exit status ({done.stdout})")
            assert f"{bench.config}: [fetcher] " in done.stdout, done.stdout
            equal(server.received, [], "what the server heard")


for each in SETTINGS.items():
    register_setting(*each)


@test("--check --login logs in, looks at the folder, and takes nothing")
def _() -> None:
    with FakeImap(one()) as server, Bench(server) as bench:
        equal(bench.run("--check", "--login").returncode, 0, "exit status")
        equal((server.count("EXAMINE"), server.count("UID")), (1, 0), "commands")
        (bench.folder / "password").write_text("wrong")
        equal(bench.run("--check", "--login").returncode, 78, "exit status with a wrong password")


# --- TLS ---


def secure(server: FakeImap, /, **lines) -> Bench:
    scheme = "imaps" if server.implicit else "imap+starttls"
    return Bench(server, **({"server": f"{scheme}://localhost:{server.port}",
        "ca_file": TLS / "ca.pem"} | lines))


@test("imaps: a good certificate, and the host's name told to the server")
def _() -> None:
    names = []
    made = context("good")
    made.sni_callback = lambda _, name, __: names.append(name)
    with FakeImap(one(), tls=made) as server, secure(server) as bench:
        succeeds(server, bench)
        equal(names, ["localhost"], "names")


@test("imaps to an address: its certificate must name the address")
def _() -> None:
    with FakeImap(one(), tls=context("good")) as server:
        with secure(server, server=f"imaps://127.0.0.1:{server.port}") as bench:
            succeeds(server, bench)


@test("imap+starttls: a good certificate")
def _() -> None:
    with FakeImap(one(), tls=context("good"), implicit=False,
            capabilities="IMAP4rev1 STARTTLS AUTH=PLAIN") as server, secure(server) as bench:
        succeeds(server, bench)
        login = next(i for i, line in enumerate(server.received) if b"AUTHENTICATE" in line)
        start = next(i for i, line in enumerate(server.received) if b"STARTTLS" in line)
        assert start < login
        assert b"CAPABILITY" in server.received[start + 1], "what was told before TLS is kept"


CERTIFICATES = {
    "signed by itself": ("self", {}),
    "of another host": ("elsewhere", {}),
    "by an authority that we don't trust": ("good", {"ca_file": TLS / "other.pem"}),
    "by an authority that only we know, with the system's store": ("good", {"ca_file": None}),
    "with another key than the pinned one": ("good", {"pin": "A" * 43 + "="}),
}


def register_certificate(label: str, name: str, lines: dict, implicit: bool) -> None:
    @test(f"{'imaps' if implicit else 'imap+starttls'}: a certificate {label} is refused before "
        "any byte of a login")
    def _() -> None:
        with FakeImap(one(), tls=context(name), implicit=implicit,
                capabilities="IMAP4rev1 STARTTLS AUTH=PLAIN") as server, \
                secure(server, **lines) as bench:
            equal(bench.run().returncode, 78, "exit status")
            equal(bench.alarms(), {"imap-certificate"}, "alarms")
            assert not logged_in(server)


for each in CERTIFICATES.items():
    for how in (True, False):
        register_certificate(each[0], *each[1], how)


@test("an expired certificate is refused")
def _() -> None:
    start = subprocess.run(["date", "-u", "-d", "2 days ago", "+%Y%m%d%H%M%SZ"], text=True,
        stdout=subprocess.PIPE).stdout.strip()
    end = subprocess.run(["date", "-u", "-d", "1 day ago", "+%Y%m%d%H%M%SZ"], text=True,
        stdout=subprocess.PIPE).stdout.strip()
    openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
        "-subj", "/CN=localhost", "-keyout", TLS / "old.key", "-out", TLS / "old.csr")
    (TLS / "old.ext").write_text("subjectAltName=DNS:localhost\n")
    (TLS / "index").write_text("")
    (TLS / "ca.conf").write_text(f"[ca]\ndefault_ca = a\n[a]\ndatabase = {TLS}/index\n"
        f"new_certs_dir = {TLS}\nrand_serial = yes\ndefault_md = sha256\npolicy = p\n"
        "[p]\ncommonName = supplied\n")
    openssl("ca", "-batch", "-config", TLS / "ca.conf", "-cert", TLS / "ca.pem",
        "-keyfile", TLS / "ca.key", "-in", TLS / "old.csr", "-out", TLS / "old.pem",
        "-notext", "-extfile", TLS / "old.ext", "-startdate", start, "-enddate", end)
    with FakeImap(one(), tls=context("old")) as server, secure(server) as bench:
        equal(bench.run().returncode, 78, "exit status")
        assert not logged_in(server)


@test("the right pin is accepted")
def _() -> None:
    key = subprocess.run(f"openssl x509 -in {TLS}/good.pem -pubkey -noout | openssl pkey -pubin "
        "-outform DER | openssl dgst -sha256 -binary | base64", shell=True, text=True,
        stdout=subprocess.PIPE).stdout.strip()
    with FakeImap(one(), tls=context("good")) as server, secure(server, pin=key) as bench:
        succeeds(server, bench)


@test("STARTTLS stripped from the capabilities: refused, no login in clear")
def _() -> None:
    with FakeImap(one(), tls=context("good"), implicit=False,
            capabilities="IMAP4rev1 AUTH=PLAIN") as server, secure(server) as bench:
        fails(server, bench, 78, "offers no STARTTLS")
        assert not logged_in(server)


@test("bytes slipped in behind the answer to STARTTLS: refused")
def _() -> None:
    def inject(connection, tag: str, _: str) -> bool:
        connection.write(f"{tag} OK go on\r\n* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n".encode())
        connection.start_tls()
        return True
    with FakeImap(one(), tls=context("good"), implicit=False,
            capabilities="IMAP4rev1 STARTTLS") as server, secure(server) as bench:
        server.scripts["STARTTLS"] = inject
        fails(server, bench, 75, "")
        assert not logged_in(server)


@test("a server that never shakes hands ends at the deadline")
def _() -> None:
    mute = threading.Event()
    with FakeImap(one()) as server:
        server.greeting = lambda _: mute.wait()
        with secure(server, server=f"imaps://localhost:{server.port}", timeout="1 s") as bench:
            fails(server, bench, 75, "the time for an answer is over")
        mute.set()


main()
