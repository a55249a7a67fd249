"""Mails as shoppers and machines send them, in many forms and languages, for measuring."""

import base64
import quopri
import random

_WORDS = {
    "ko": ("안녕하세요, 지난주에 주문한 달항아리가 아직 도착하지 않았어요.", "님이 작성:", "ks_c_5601-1987"),
    "zh": ("您好，我上周订的月光瓶还没有收到，请帮我查一下。", "写道：", "gb18030"),
    "ja": ("こんにちは。先週注文した壺がまだ届きません。", "のメール:", "iso-2022-jp"),
    "en": ("Hello, the moon jar that I ordered last week has not arrived yet.", "wrote:", "iso-8859-1"),
    "de": ("Guten Tag, die Vase, die ich letzte Woche bestellt habe, fehlt noch.", "schrieb:", "iso-8859-1"),
}
_PIXEL = base64.encodebytes(bytes(range(256)) * 80).decode()


def mails(count: int) -> list[bytes]:
    """So many different mails, always the same ones."""
    chance = random.Random(20)
    return [_mail(n, chance) for n in range(count)]


def _mail(n: int, chance: random.Random) -> bytes:
    language = chance.choice(list(_WORDS))
    text, wrote, charset = _WORDS[language]
    new = f"{text}\n\n{n}\n"
    quoted = "\n".join(f"> {text}" for _ in range(chance.randint(3, 40)))
    body = f"{new}\nOn Mon, 2 Mar 2026 Ongi <help@ongi.example> {wrote}\n{quoted}\n" if n % 3 else new
    subject = base64.b64encode(f"{text[:12]} {n}".encode()).decode()
    head = (
        f"From: =?utf-8?b?{base64.b64encode(text[:4].encode()).decode()}?= <shopper{n}@mail.example>\r\n"
        f"To: Ongi <help@ongi.example>\r\nSubject: =?utf-8?b?{subject}?=\r\n"
        f"Message-ID: <{n}.bench@mail.example>\r\nDate: Mon, 2 Mar 2026 10:00:00 +0900\r\n"
        + "Received: from a.example by b.example; Mon, 2 Mar 2026 10:00:00 +0900\r\n" * 4
        + "MIME-Version: 1.0\r\n"
    )
    match n % 4:
        case 0:
            return head.encode() + f"Content-Type: text/plain; charset={charset}\r\n\r\n".encode() + _in(body, charset)
        case 1:
            return head.encode() + _with_html(body)
        case 2:
            return head.encode() + _with_file(body)
    encoded = quopri.encodestring(body.encode())
    kind = b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    return head.encode() + kind + encoded


def _in(text: str, charset: str) -> bytes:
    return text.replace("\n", "\r\n").encode(charset, "replace")


def _with_html(text: str) -> bytes:
    rows = "".join(f"<div style='color:#222'><p>{line}</p></div>" for line in text.splitlines())
    page = f"<html><head><style>p{{margin:0}}</style></head><body>{rows}</body></html>"
    return (
        'Content-Type: multipart/alternative; boundary="alt"\r\n\r\n--alt\r\n'
        f"Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n--alt\r\n"
        f"Content-Type: text/html; charset=utf-8\r\n\r\n{page}\r\n--alt--\r\n"
    ).encode()


def _with_file(text: str) -> bytes:
    return (
        'Content-Type: multipart/mixed; boundary="mix"\r\n\r\n--mix\r\n'
        f"Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n--mix\r\nContent-Type: image/png\r\n"
        f'Content-Disposition: attachment; filename="jar.png"\r\nContent-Transfer-Encoding: base64\r\n\r\n{_PIXEL}'
        "\r\n--mix--\r\n"
    ).encode()
