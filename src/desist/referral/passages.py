"""What was read in a file: its words and where they stand, and what in it cannot be read. Pure."""

from dataclasses import dataclass

from desist.refusals import Refused

MOST_WORDS = (
    2_000_000  # characters: some ten thousand of them take the reader of words a hundredth of a second
)


@dataclass(frozen=True)
class Passage:
    """Words that stand together in a file; `where` continues a sentence: "on sheet 2". `shown`: to the person who opens the file."""

    where: str
    words: str
    shown: bool = True


@dataclass(frozen=True)
class Read:
    """A file as it is kept, rewritten without what tells of its maker; `unread` are short clauses: "a picture".

    `hides` is the sentence that says why a new file like this is not taken, though nothing in it runs.
    """

    content: bytes
    passages: tuple[Passage, ...]
    unread: tuple[str, ...] = ()
    hides: str = ""


def bounded(read: Read) -> Read:
    """The same; raises Refused where there is more to read than a request has time for."""
    if sum(len(one.words) for one in read.passages) > MOST_WORDS:
        raise Refused(
            "This file holds more words than can be looked through. Attach the part that is needed."
        )
    return read


def number(text: str) -> str:
    """A number of a table as it is read: without the leading nought that spreadsheets drop, figures with a point rounded.

    A telephone number typed into a cell of numbers loses its nought; a long decimal fraction is no telephone number.
    """
    whole = text.removesuffix(".0")
    if whole.isascii() and whole.isdigit():
        return f"0{whole}" if len(whole) in {9, 10} and whole[0] != "0" else whole
    try:
        return f"{float(text):.4f}"
    except ValueError:
        return text
