"""The texts that go with a chronology: the contents of the bag, and the method of each figure."""

from collections.abc import Sequence

from desist_chronicle.course import Course
from desist_chronicle.outputs.cover import Case
from desist_chronicle.scope import Scope

METHODS = """\
How this chronology was made
============================

Reading. Every byte of a text source belongs to exactly one record: a message, a system line, a continuation
or unread bytes. Records are never split at a line inside a message that looks like another message's header;
such lines are marked. Times keep the text of the source, the assumed zone, the instant and how fine it is.

People. Names, telephone numbers (as E.164) and addresses were brought to people only where the person who
prepared this said so, or where two spellings are one number or address.

Copies. Two sources are taken for copies of one conversation only when at least 3 messages of 10 bytes or more,
and half of those that could agree, agree in minute, sender, kind and text. Then, for each minute, sender, kind and
text, as many are kept as the one source holds that holds most (multiset maximum). Nothing is dropped because it
was said before.

Occasions. Contacts from the subject with no more than the stated gap between them are one occasion. The number
of occasions at other gaps stands beside it.

Figures. Shares of occasions have Wilson's interval; shares of contacts have none, for contacts come in clusters.
Whether contact became more or less frequent is told from the contacts of every day, with a rate that changes by
the same factor every week and an interval as wide as blocks of one, two and four weeks ask for (quasi-Poisson,
Student's t). Rates before and after a day are compared in the same way; rates of occasions by the exact conditional
interval (Clopper and Pearson). Trends of occasions are tested by Laplace and by week by Mann-Kendall, and name a
direction only where both do and the contacts went the same way. Where there was contact on 60 % of the days, or an
occasion of 72 hours, occasions are left out of all comparisons: contact so frequent runs together, and more of it
makes fewer occasions. What follows certain dates is tested by shifting the days round the period by every whole
number of days, and corrected for the number of kinds of date tried (Holm).

Orders. A contact from service of an order on is a candidate. A person must confirm who sent it and what the order
says. Nothing here scores a threat, and nothing judges the words.

Not known. An export holds no read receipts and no deleted messages, and its times are those of the phone that
made it. A text export cannot prove that a line was sent by the person it names: compare a second device or the
phone's own database.
"""

NO_OWNER = "The owner of the exports was not named, so answers to the subject may be among the conversations that are not shown."

_MASKED = """\
This edition may reach the defendant.
Telephone numbers and e-mail addresses other than the subject's, postcodes, coordinates and links to maps, and the
names and places on the list of the person who prepared it are masked; people other than the subject and the owner
of the exports are numbered. Every file was searched for what was masked before it was written here. A number
spelled out in words, a place described, or a picture cannot be found in this way: A PERSON MUST READ EVERY PAGE
BEFORE IT LEAVES. It holds no originals, no exact records, no custody log and no schedule of unused material.
"""

_FULL = """\
This edition is not for the defendant. It holds what was read exactly as it was read.
"""


_PAPERS = """\
chronology.html is the report as one page; exhibits.csv lists every exhibit; statement-draft.txt is for a person to
finish; case.jsonld (CASE/UCO) holds the sources and the first 5,000 messages for other programs, and timesketch.csv
every dated entry. A picture in the folder pictures was made anew from an exhibit, without what is hidden in it.

"""


def readme(*, subject: str, case: Case, course: Course, files: Sequence[str], masked: bool) -> str:
    """Return the first file to open."""
    listed = "\n".join(f"  {name}" for name in files)
    said = "\n".join([course.selection, scope_sentence(scope=course.scope), *case.remarks])
    return (
        f"Course of conduct: {subject}\n"
        f"Prepared {case.prepared_at:%d %b %Y %H:%M %Z} by {case.prepared_by} with {case.program}.\n\n"
        f"{_MASKED if masked else _FULL}\n"
        f"{said}\n\n"
        f"In this bag:\n{listed}\n\n"
        f"{'' if masked else _PAPERS}"
        "In the tables (CSV) a cell that a spreadsheet would take for a formula begins with an apostrophe that is "
        "not in the source.\n"
        "To check the bag: desist-chronicle verify FOLDER\n"
    )


#: at most this many files are named on the first page; the table of archive members names all
_MOST_NAMED = 20


def not_read_sentences(*, not_read: Sequence[str]) -> list[str]:
    """Return what a reader must know first: sources that may hold messages and are in no count here."""
    if not not_read:
        return []
    named = "; ".join(not_read[:_MOST_NAMED])
    more = f"; and {len(not_read) - _MOST_NAMED:,} more" if len(not_read) > _MOST_NAMED else ""
    return [
        f"NOT READ, though they may hold messages ({len(not_read):,}): {named}{more}. Nothing of them is counted."
    ]


def scope_sentence(*, scope: Scope) -> str:
    """Return the choice of scope in words."""
    if scope.one_by_one:
        return "Chosen: one by one, by the person who prepared this."
    if not scope.chosen_by_hand:
        return "Chosen: every conversation that the subject is in, over all time, both sides."
    parts = []
    if scope.threads:
        parts.append("conversations named " + ", ".join(f"“{thread}”" for thread in scope.threads))
    if scope.first:
        parts.append(f"from {scope.first:%d %b %Y}")
    if scope.last:
        parts.append(f"to {scope.last:%d %b %Y}")
    if scope.subject_side_only:
        parts.append("only what came from the subject")
    return f"Chosen: {'; '.join(parts)}."
