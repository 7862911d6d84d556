#!/usr/bin/env python3
"""Turn a file of letters, written to be read, into e-mails as mail programs send them.

usage: compose.py LETTERS.txt OUTDIR        writes OUTDIR/<id>.eml and OUTDIR/labels.tsv

A letter begins with a line "%% id", then come its fields, an empty line, and its text:

  from:     Name <address>        as the sender's program shows it
  subject:  text
  as:       charset encoding shape, in any order (utf-8 base64 plain): windows-1251, koi8-r …;
            base64, qp, 8bit; plain, html, alternative, bounce (failed address in `about`),
            calendar
  header:   Name: value           any further header, as often as wanted
  attach:   file name             its type follows from the ending, its bytes from its name
  minutes:  since the letter before (47)
  label:    lang kind outcome topic rules   ("-" for none; rules joined by commas)
  name:, phone:                   what the letter gives (empty: nothing complete)
  flags:    confidential hard
  want:, also:, why:             what the letters suite expects (make.py)

The same file gives the same bytes each time.
"""
import base64
import csv
import hashlib
import html
import os
import quopri
import sys
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime, parseaddr

ALMATY = timezone(timedelta(hours=5))
START = datetime(2026, 11, 2, 8, 20, tzinfo=ALMATY)
COLUMNS = "file lang kind outcome rules topic name phone confidential hard".split()
SHAPES = ("plain", "html", "alternative", "bounce", "calendar")
ENCODINGS = {"base64": "base64", "qp": "quoted-printable", "8bit": "8bit"}
TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png", "txt": "text/plain",
         "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
         "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
MAGIC = {"pdf": b"%PDF-1.4\n", "jpg": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "png": b"\x89PNG\r\n\x1a\n",
         "docx": b"PK\x03\x04", "xlsx": b"PK\x03\x04"}


def read_letters(path):
    """The letters of a file, each a dictionary of its fields."""
    letters = []
    with open(path, encoding="utf-8") as lines:
        chunks = ("\n" + lines.read()).split("\n%% ")[1:]
    for chunk in chunks:
        head, _, text = chunk.partition("\n\n")
        ident, *fields = head.split("\n")
        letter = {"id": ident.strip(), "text": text.strip("\n"), "header": [], "attach": []}
        for field in fields:
            key, _, value = field.partition(":")
            if key in ("header", "attach"):
                letter[key].append(value.strip())
            else:
                letter[key] = value.strip()
        letters.append(letter)
    return letters


def words(text, charset):
    """A header's text as RFC 2047 words, none split inside a character."""
    if text.isascii():
        return text
    pieces = [""]
    for char in text:
        if len((pieces[-1] + char).encode(charset)) > 33:
            pieces.append("")
        pieces[-1] += char
    return "\r\n ".join(f"=?{charset}?B?{base64.b64encode(p.encode(charset)).decode()}?="
                        for p in pieces)


def part(mime_type, text, charset, encoding):
    raw = text.replace("\n", "\r\n").encode(charset) + b"\r\n"
    if encoding == "base64":
        raw = base64.encodebytes(raw).replace(b"\n", b"\r\n")
    elif encoding == "qp":
        raw = b"\r\n".join(quopri.encodestring(line) for line in raw.split(b"\r\n"))
        raw = raw.replace(b"=\n", b"=\r\n")
    return (f"Content-Type: {mime_type}; charset={charset}\r\n"
            f"Content-Transfer-Encoding: {ENCODINGS[encoding]}\r\n\r\n").encode() + raw


def attachment(name):
    ending = name.rpartition(".")[2]
    blob = MAGIC.get(ending, b"") + hashlib.sha512(name.encode()).digest() * 40
    shown = words(name, "utf-8")
    return (f'Content-Type: {TYPES[ending]};\r\n name="{shown}"\r\n'
            "Content-Transfer-Encoding: base64\r\n"
            f'Content-Disposition: attachment;\r\n filename="{shown}"\r\n\r\n').encode() \
        + base64.encodebytes(blob).replace(b"\n", b"\r\n")


def as_html(text):
    paragraphs = "".join("<p>%s</p>\r\n" % html.escape(p).replace("\n", "<br>")
                         for p in text.split("\n\n"))
    return ('<html><head><style type="text/css">p {margin: 0 0 1em}</style></head>'
            f'<body><div style="font-family: Arial">{paragraphs}</div></body></html>')


def bounce_parts(letter):
    return [part("text/plain", letter["text"], "utf-8", "8bit"),
            ("Content-Type: message/delivery-status\r\n\r\n"
             "Reporting-MTA: dns; mx.example.kz\r\n\r\n"
             f"Final-Recipient: rfc822; {letter['about']}\r\n"
             "Action: failed\r\nStatus: 5.1.1\r\n").encode()]


def calendar_parts(letter, charset, encoding):
    invitation = ("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//example//EN\nMETHOD:REQUEST\n"
                  f"BEGIN:VEVENT\nUID:{letter['id']}@example.kz\nDTSTAMP:20261102T040000Z\n"
                  "DTSTART:20261112T050000Z\nDTEND:20261112T060000Z\n"
                  f"SUMMARY:{letter['subject']}\nEND:VEVENT\nEND:VCALENDAR")
    return [part("text/plain", letter["text"], charset, encoding),
            part("text/calendar; method=REQUEST", invitation, "utf-8", "8bit")]


def multipart(subtype, parts, boundary):
    return (f'Content-Type: multipart/{subtype};\r\n boundary="{boundary}"\r\n\r\n'.encode()
            + b"".join(f"--{boundary}\r\n".encode() + p + b"\r\n" for p in parts)
            + f"--{boundary}--\r\n".encode())


def content(letter, charset, encoding, shape):
    boundary = "----=_" + hashlib.md5(letter["id"].encode()).hexdigest()[:20]
    text = letter["text"]
    if shape == "bounce":
        return multipart("report; report-type=delivery-status", bounce_parts(letter), boundary)
    if shape == "calendar":
        return multipart("alternative", calendar_parts(letter, charset, encoding), boundary)
    if shape == "html":
        body = part("text/html", as_html(text), charset, encoding)
    elif shape == "alternative":
        body = multipart("alternative", [part("text/plain", text, charset, encoding),
                                         part("text/html", as_html(text), charset, encoding)],
                         boundary)
    else:
        body = part("text/plain", text, charset, encoding)
    if letter["attach"]:
        body = multipart("mixed", [body] + [attachment(n) for n in letter["attach"]],
                         boundary + "m")
    return body


def compose(letter, when):
    style = letter.get("as", "").split()
    shape = next((s for s in style if s in SHAPES), "plain")
    encoding = next((e for e in style if e in ENCODINGS), "base64")
    charset = next((c for c in style if c not in SHAPES and c not in ENCODINGS), "utf-8")
    name, address = parseaddr(letter["from"])
    head = ["Return-Path: <%s>" % ("" if shape == "bounce" else address),
            f"From: {words(name, charset)} <{address}>" if name else f"From: {address}",
            "To: rector@university.example",
            f"Subject: {words(letter['subject'], charset)}",
            f"Date: {format_datetime(when)}",
            f"Message-ID: <{letter['id']}@{address.rpartition('@')[2] or 'example.kz'}>",
            "MIME-Version: 1.0"] + letter["header"]
    return "\r\n".join(head).encode("utf-8") + b"\r\n" + content(letter, charset, encoding, shape)


def label(letter):
    lang, kind, outcome, topic, rules = letter["label"].replace(" -", " \0").split()
    plain = [lang, kind, outcome, rules, topic, letter.get("name", ""), letter.get("phone", "")]
    flags = letter.get("flags", "").split()
    return [letter["id"] + ".eml"] + [p.replace("\0", "") for p in plain] \
        + ["yes" if f in flags else "no" for f in ("confidential", "hard")]


def main():
    source, folder = sys.argv[1:]
    os.makedirs(folder, exist_ok=True)
    when = START
    with open(os.path.join(folder, "labels.tsv"), "w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE)
        table.writerow(COLUMNS)
        for letter in read_letters(source):
            when += timedelta(minutes=int(letter.get("minutes", 47)))
            with open(os.path.join(folder, letter["id"] + ".eml"), "wb") as eml:
                eml.write(compose(letter, when))
            table.writerow(label(letter))


if __name__ == "__main__":
    main()
