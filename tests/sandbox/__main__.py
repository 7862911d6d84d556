"""The sandbox by hand, from the folder tests/:

    python3 -m sandbox start FOLDER           make the folder, start both servers
    python3 -m sandbox deliver FOLDER FILE... letters into the rector's mailbox
    python3 -m sandbox mails FOLDER           what has arrived, a file a line
    python3 -m sandbox stop FOLDER            end the servers; the folder stays
    python3 -m sandbox remove FOLDER          end them and delete the folder"""
import pathlib
import sys

from .process import Failure, ending
from .sandbox import Sandbox, remove_folder


def show(sandbox: Sandbox) -> None:
    print(f"IMAP        localhost {sandbox.imap_port} (STARTTLS or plain), "
        f"{sandbox.imaps_port} (TLS)\n"
        f"SMTP        localhost {sandbox.smtp_port} (STARTTLS or plain), "
        f"{sandbox.smtps_port} (TLS)\n"
        f"user        any address; the rector's is {sandbox.rector}\n"
        f"password    {sandbox.password} (also in {sandbox.folder}/password)\n"
        f"authority   {sandbox.authority}\n"
        f"mailboxes   {sandbox.mails}/DOMAIN/LOCAL")


def main(words: list[str]) -> int:
    match words:
        case ["start", folder]:
            show(Sandbox.start(pathlib.Path(folder), stays=True))
        case ["deliver", folder, *files] if files:
            Sandbox.attach(pathlib.Path(folder)).deliver(
                [pathlib.Path(file).read_bytes() for file in files])
        case ["mails", folder]:
            for address, files in Sandbox.attach(pathlib.Path(folder)).all_mail_files().items():
                for file in files:
                    print(f"{address}\t{file}")
        case ["stop", folder]:
            Sandbox.attach(pathlib.Path(folder)).stop()
        case ["remove", folder]:
            if (pathlib.Path(folder) / "sandbox.json").exists():
                Sandbox.attach(pathlib.Path(folder)).stop()
            remove_folder(pathlib.Path(folder))
        case ["guard", folder]:  # for sandbox.process: waits for the end of its input
            ending()
            sys.stdin.read()
            if (pathlib.Path(folder) / "sandbox.json").exists():
                Sandbox.attach(pathlib.Path(folder)).remove()
        case _:
            print(__doc__, file=sys.stderr)
            return 64
    return 0


try:
    sys.exit(main(sys.argv[1:]))
except (Failure, OSError) as failure:
    sys.exit(f"sandbox: {failure}")
