"""The search's index: one entry a section, fetched by the page and searched inside it."""

import json
import re
from collections.abc import Iterable

from desist.public.markdown import Section

WORD = re.compile(r"[^\W\d_]{3,}")


def entries(*, address: str, title: str, sections: Iterable[Section]) -> list[dict[str, str]]:
    """The entries of one page: their addresses, their headings, and their words once each."""
    return [
        {
            "address": f"{address}#{section.anchor}" if section.anchor else address,
            "page": title,
            "heading": section.heading if section.anchor else title,
            "words": " ".join(sorted({word.casefold() for word in WORD.findall(section.words)})),
        }
        for section in sections
        if section.words or section.anchor
    ]


def index(found: Iterable[dict[str, str]]) -> bytes:
    """The index as the page fetches it."""
    return json.dumps(list(found), ensure_ascii=False, separators=(",", ":")).encode()
