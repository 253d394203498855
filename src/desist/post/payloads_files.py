"""Payloads about the files of a referral; post/payloads.py has the others."""

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from desist.post.payload import Coded, Named, Payload, Words


@dataclass(frozen=True)
class ReferralAttachment(Payload):
    """A file that follows its referral: its media type, its SHA-256, and its content in base64, in parts."""

    KIND: ClassVar[str] = "referral-attachment"
    APART: ClassVar[frozenset[str]] = frozenset({"content"})

    name: Words
    media: Coded
    digest: Coded
    content: tuple[Coded, ...]


@dataclass(frozen=True)
class AttachmentRecall(Payload):
    """The sender recalls a file, named by its SHA-256; `reason` is coded. The recall may overtake the file.

    The name of the file crossed with it, so a recall can always name it.
    """

    KIND: ClassVar[str] = "attachment-recall"
    APART: ClassVar[frozenset[str]] = frozenset({"digest"})

    name: Named
    digest: Coded
    reason: Coded
    recalled_at: dt.datetime


@dataclass(frozen=True)
class AttachmentRecalled(Payload):
    """The receiver closed a recalled file; with the number of times that any account had opened it."""

    KIND: ClassVar[str] = "attachment-recalled"
    APART: ClassVar[frozenset[str]] = frozenset({"digest"})

    digest: Coded
    opened: int
    stopped_at: dt.datetime
