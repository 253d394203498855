"""The check of a written reason, wherever two people decide."""

from desist.ui import words as read

LEAST_WORDS, LEAST = 4, 20
TOO_SHORT = "Write at least one sentence that says why: “ok” or “agreed” is not a reason"


def wrong(words: str) -> str:
    """Why some words are no reason; empty if they are one."""
    if len(words.strip()) < LEAST or len(words.split()) < LEAST_WORDS:
        return TOO_SHORT
    try:
        found = read.read(words)
    except read.NotRead:
        return read.CANNOT_READ
    return f"“{found[0].words}” looks like {found[0].like}: say why without it" if found else ""
