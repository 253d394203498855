"""Mails as a mailbox keeps them, made up."""

import base64
import random
from collections.abc import Iterator

from packages.chronicle.tests.made_up.chat_exports import WORDS


def mails(count: int) -> Iterator[str]:
    """Plain, two-part and attached mails in turn."""
    dice = random.Random(3)
    picture = base64.encodebytes(dice.randbytes(900)).decode()
    for number in range(count):
        text = " ".join(dice.choices(WORDS, k=80))
        head = (
            f"From bob@example.org Tue Mar 12 21:05:00 2024\nFrom: Bob Sample <bob@example.org>\n"
            f"To: Ann Example <ann@example.com>\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe_{number}?=\n"
            f"Date: Tue, 12 Mar 2024 21:05:00 +0000\nMessage-ID: <{number}@example.org>\nMIME-Version: 1.0\n"
        )
        plain = f"Content-Type: text/plain; charset=utf-8\n\n{text}\n"
        if number % 3 == 0:
            yield f"{head}{plain}\n"
        elif number % 3 == 1:
            page = f"Content-Type: text/html; charset=utf-8\n\n<p>{text}</p>\n"
            yield f'{head}Content-Type: multipart/alternative; boundary="B"\n\n--B\n{plain}--B\n{page}--B--\n\n'
        else:
            file = f"Content-Type: image/jpeg\nContent-Disposition: attachment; filename=door.jpg\nContent-Transfer-Encoding: base64\n\n{picture}"
            yield f'{head}Content-Type: multipart/mixed; boundary="B"\n\n--B\n{plain}--B\n{file}--B--\n\n'
