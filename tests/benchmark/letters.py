"""Letters to measure with."""
import pathlib
import subprocess
import sys

TOP = pathlib.Path(__file__).resolve().parents[2]
TOOLS = pathlib.Path(__file__).resolve().parent / "tools"

FAIR = """\
From: =?utf-8?B?0JbQsNC60YPQv9C+0LLQsCDQm9GO0LTQvNC40LvQsA==?= <writer{number}@mail.example>
To: rector@university.example
Subject: =?utf-8?B?0KHRgtC40L/QtdC90LTQuNGP?=
Message-ID: <{number}.{run}@mail.example>
Date: Mon, 23 Nov 2026 10:00:00 +0500
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

Здравствуйте! Я студентка второго курса филологического факультета. Социальную надбавку к
стипендии мне не начислили ни в сентябре, ни в октябре, хотя документы приняты двадцать пятого
августа. Прошу проверить приказ и сообщить, когда её выплатят. Заявление номер {number}.

Жакупова Людмила Сергеевна
+7 701 {first:03d} {second:02d} {third:02d}
"""


def fair(number: int, run: str) -> bytes:
    """A letter that is accepted, each by another writer."""
    return FAIR.format(number=number, run=run, first=number // 10000 % 1000,
        second=number // 100 % 100, third=number % 100).replace("\n", "\r\n").encode()


def fill_maildir(folder: pathlib.Path, letters: list[bytes], owner) -> None:
    """Into new/, as a delivery agent does."""
    for name in ("cur", "new", "tmp"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for number, letter in enumerate(letters):
        (folder / "new" / f"{1795000000 + number}.b{number}.bench").write_bytes(letter)
    subprocess.run(["chown", "-R", f"{owner.pw_uid}:{owner.pw_gid}", folder], check=True)


def mixed(count: int, folder: pathlib.Path) -> None:
    """Letters of 30 KB on average, as help desks get them, in a Maildir."""
    subprocess.run([sys.executable, TOOLS / "mkmail.py", "-n", str(count), "-s", "1", "-o", folder],
        check=True, stderr=subprocess.DEVNULL)


def compile_tool(name: str, folder: pathlib.Path) -> pathlib.Path:
    program = folder / name
    if not program.exists():
        subprocess.run(["gcc", "-O2", "-D_GNU_SOURCE", "-o", program, TOOLS / f"{name}.c"], check=True)
    return program
