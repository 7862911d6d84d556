"""A certificate authority for one sandbox, and certificates by it."""
import pathlib
import subprocess

from .process import Failure

KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "30"]


def openssl(*words) -> None:
    result = subprocess.run(["openssl", *[str(word) for word in words]], text=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if result.returncode != 0:
        raise Failure(f"openssl {words[0]}: {result.stdout.strip()}")


def make_authority(folder: pathlib.Path, name: str) -> None:
    """NAME.pem and NAME.key in the folder."""
    openssl("req", "-x509", *KEY, "-subj", f"/CN=Sandbox authority {name}",
        "-addext", "keyUsage=critical,keyCertSign,cRLSign",
        "-keyout", folder / f"{name}.key", "-out", folder / f"{name}.pem")


def make_certificate(folder: pathlib.Path, authority: str, name: str, *alternatives: str) -> None:
    """NAME.pem and NAME.key for a server; alternatives are "DNS:host" or "IP:address"."""
    openssl("req", "-x509", *KEY, "-subj", f"/CN={name}",
        "-CA", folder / f"{authority}.pem", "-CAkey", folder / f"{authority}.key",
        "-addext", "basicConstraints=critical,CA:FALSE",
        "-addext", "extendedKeyUsage=serverAuth",
        "-addext", f"subjectAltName={','.join(alternatives)}",
        "-keyout", folder / f"{name}.key", "-out", folder / f"{name}.pem")
