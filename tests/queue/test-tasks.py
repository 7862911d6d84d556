#!/usr/bin/env python3
"""What a person must do by hand: the tasks, with and without personal data, and their end."""
import email
import email.policy
import json

from window import LETTER, MODERATOR, SETUP, Window, contains, sample, window
from tap import equal, main, test

ACCEPTED = sample("15-en-academic")
DONE = ("--reason", "read out on the telephone", "--by", "Айгүл")


def bounce(house: Window, kind: str = "acknowledgement", action: str = "failed",
        status: str = "5.1.1") -> bytes:
    """As a server writes it, to the envelope sender of that notice."""
    row = house.rows("SELECT * FROM notices WHERE kind = ?", kind)[0]
    return "\r\n".join([
        "Return-Path: <>", f"Delivered-To: rector+b.{row['bounce']}@univ.example",
        "From: MAILER-DAEMON@mx.example", f"To: rector+b.{row['bounce']}@univ.example",
        "Subject: Undelivered Mail Returned to Sender", "MIME-Version: 1.0",
        "Content-Type: multipart/report; report-type=delivery-status; boundary=x", "",
        "--x", "Content-Type: text/plain", "", "I'm sorry.", "",
        "--x", "Content-Type: message/delivery-status", "", "Reporting-MTA: dns; mx.example", "",
        f"Final-Recipient: rfc822; {row['recipient']}", f"Action: {action}", f"Status: {status}",
        "", "--x", "Content-Type: text/rfc822-headers", "", f"Message-ID: {row['message_id']}",
        "", "--x--", ""]).encode()


def with_task() -> Window:
    return window(ACCEPTED)


@test("a bounced mail is a task; who and what only with --personal")
def listed() -> None:
    with with_task() as house:
        contains(house.queue("list", "--tasks"), "no tasks")
        house.take(bounce(house))
        author = house.story(1, "--personal")["letter"]
        text = house.queue("list", "--tasks")
        contains(text, "bounced", "2026-000001", "acknowledgement", "5.1.1")
        personal = house.queue("list", "--tasks", "--personal")
        contains(personal, author["phone"], author["from"], "| ", "2026-000001")
        for secret in (author["phone"], author["from"], author["name"]):
            assert secret and secret not in text, f"{secret!r} is shown unasked"


@test("the same in JSON")
def in_json() -> None:
    with with_task() as house:
        house.take(bounce(house))
        task, = house.objects("list", "--tasks")
        equal({name: task[name] for name in ("task", "what", "code", "number", "mail", "role")},
            {"task": 1, "what": "bounced", "code": "5.1.1", "number": "2026-000001",
            "mail": "acknowledgement", "role": "citizen"}, "the task")
        personal, = house.objects("list", "--tasks", "--personal")
        equal(set(personal) - set(task), {"name", "phone", "recipient", "text"}, "personal data")
        contains(personal["text"], "2026-000001")
        assert "\r" not in personal["text"], "a line ends with more than LF"


@test("an official has no telephone number that we know")
def official() -> None:
    with with_task() as house:
        house.take(bounce(house, "forward"))
        personal, = house.objects("list", "--tasks", "--personal")
        equal((personal["role"], personal["phone"]), ("official", None), "whom to call")


@test("the moderator is written to: whom to call, what to read, which task")
def written() -> None:
    with with_task() as house:
        house.take(bounce(house))
        equal(house.rows("SELECT kind, recipient, state FROM notices ORDER BY id DESC")[0][:],
            ("undelivered", MODERATOR, "sent"), "the mail")
        phone = house.story(1, "--personal")["letter"]["phone"]
        texts = [email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
            .get_body(("plain",)).get_content()
            for file in (house.folder / "mails" / MODERATOR / "new").iterdir()]
        contains("\n".join(texts), phone, "rector-queue list --tasks", "5.1.1", "2026-000001")


@test("show tells the open tasks, and no more when they are done")
def shown() -> None:
    with with_task() as house:
        house.take(bounce(house))
        contains(house.queue("show", "2026-000001"), "\ntasks\n1 ", "bounced")
        equal([task["task"] for task in house.story("2026-000001")["tasks"]], [1], "tasks")
        house.queue("done", "1", *DONE)
        equal(house.story("2026-000001")["tasks"], [], "tasks when it is done")


@test("done once, by whom and how; then it is refused")
def done() -> None:
    with with_task() as house:
        house.take(bounce(house))
        contains(house.queue("done", "1", *DONE), "task 1: done by Айгүл")
        contains(house.queue("done", "1", *DONE, status=LETTER), "already done, by Айгүл")
        contains(house.queue("list", "--tasks"), "no tasks")
        row = house.rows("SELECT done_by, done_reason FROM tasks")[0]
        equal(tuple(row), ("Айгүл", DONE[1]), "who and how")
        house.queue("verify")


@test("done needs a task and a reason")
def refused() -> None:
    with with_task() as house:
        house.take(bounce(house))
        contains(house.queue("done", "1", status=SETUP), "--reason")
        contains(house.queue("done", "7", *DONE, status=LETTER), "no task 7")
        for word in ("x", "0", "1x", "99999999999999999999"):
            contains(house.queue("done", word, *DONE, status=SETUP), "a task's number")
        equal(house.count("tasks", "done_at IS NULL"), 1, "open tasks")


@test("list --tasks refuses the wishes that are for cases")
def wishes() -> None:
    with with_task() as house:
        for words in (["--state", "open"], ["--topic", "social"], ["--official", "studies"],
                ["--due-by", "2026-12-14"]):
            contains(house.queue("list", "--tasks", *words, status=SETUP), "takes only")
        contains(house.queue("list", "--personal", status=SETUP), "only with --tasks")


@test("a delayed mail is no task, and stands in the log")
def delayed() -> None:
    with with_task() as house:
        house.take(bounce(house, action="delayed", status="4.4.1"))
        contains(house.queue("list", "--tasks"), "no tasks")
        noted = [event for event in house.objects("log") if event["event"] == "bounce-noted"]
        equal(len(noted), 1, f"events {json.dumps(noted)}")


main()
