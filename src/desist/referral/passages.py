"""The words of a file with their places, and its unreadable parts. Pure."""

from dataclasses import dataclass

from desist.refusals import Refused

MOST_WORDS = (
    2_000_000  # characters: some ten thousand of them take the reader of words a hundredth of a second
)


@dataclass(frozen=True)
class Passage:
    """Words together in a file; `where` continues a sentence: "on sheet 2". `shown`: to a reader of the file."""

    where: str
    words: str
    shown: bool = True


@dataclass(frozen=True)
class Read:
    """A file as it is kept, rewritten without traces of its maker; `unread` are short clauses: "a picture".

    `hides` is the sentence that says why a new file like this is not taken, though it runs no code.
    """

    content: bytes
    passages: tuple[Passage, ...]
    unread: tuple[str, ...] = ()
    hides: str = ""


def bounded(read: Read) -> Read:
    """Return the file; raises Refused where it has more words than a request has time for."""
    if sum(len(one.words) for one in read.passages) > MOST_WORDS:
        raise Refused(
            "This file holds more words than can be looked through. Attach the part that is needed."
        )
    return read


def number(text: str) -> str:
    """A number of a table as text: without the leading nought that spreadsheets drop, decimals rounded.

    A telephone number typed into a cell of numbers loses its nought; a long decimal fraction is no telephone number.
    """
    whole = text.removesuffix(".0")
    if whole.isascii() and whole.isdigit():
        return f"0{whole}" if len(whole) in {9, 10} and whole[0] != "0" else whole
    try:
        return f"{float(text):.4f}"
    except ValueError:
        return text
