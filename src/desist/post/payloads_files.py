"""What envelopes about the files of a referral hold; post/payloads.py has the others."""

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
    """The sender recalls a file, which is known by its SHA-256; `reason` is coded. It may overtake the file.

    The name crossed with the file: nothing keeps a file from being recalled by it.
    """

    KIND: ClassVar[str] = "attachment-recall"
    APART: ClassVar[frozenset[str]] = frozenset({"digest"})

    name: Named
    digest: Coded
    reason: Coded
    recalled_at: dt.datetime


@dataclass(frozen=True)
class AttachmentRecalled(Payload):
    """A recalled file can no longer be opened; how often it had been opened, by anybody."""

    KIND: ClassVar[str] = "attachment-recalled"
    APART: ClassVar[frozenset[str]] = frozenset({"digest"})

    digest: Coded
    opened: int
    stopped_at: dt.datetime
