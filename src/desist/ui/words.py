"""The readers of typed words, and the question before the words reach them.

Each field of free text names its readers (`audience`): words stay with the staff of this site, are shown to the person,
or cross to another organisation. The last two are searched for words that may lead to a person before they are kept as
final:

- `read(text)`      every finding in a text that may lead to a person, by shapes and named places
- `WordsFound`      the words may lead to a person, and no account answered for them
- `NotRead`         the words could not be read, so they are neither shown, kept as final nor sent
- `Override`        an account's reason why words may stay; `SafeToKeep` is the question
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from django import forms
from django.db.models import TextChoices

from desist import locators
from desist.locators import Finding
from desist.refusals import Refused

#: place (a field, or the part of a document) -> the findings in its words
Found: TypeAlias = Mapping[str, tuple[Finding, ...]]
#: a further search of a text
Reader: TypeAlias = Callable[[str], Iterable[Finding]]

CANNOT_READ = (
    "Desist could not check these words, so they are not saved as final, shown or sent. "
    "What you typed is kept. Try again, and tell your administrator if it happens again"
)
#: the name of the question why words are safe to keep, on every page and in every table
ANSWER = "false_alarm"
#: the code of a field's error about findings in its words
FOUND = "may lead to someone"
NAMED = 3  # findings that one sentence names
LONGEST = 60  # characters of a finding that a sentence repeats


class Audience(Enum):
    """The readers of a field's words."""

    STAYS = "stays with the staff of this site"
    SHOWN = "shown to the person"
    CROSSES = "crosses to another organisation"
    #: a number, a reference, a name or an address that the page asks for by that name
    NO_WORDS = "no free text"


#: words that are searched before they are kept as final
READ = frozenset({Audience.SHOWN, Audience.CROSSES})


class FalseAlarm(TextChoices):
    """Why words that seem to lead to a person may stay."""

    REFERRED_PERSON = (
        "referred_person",
        "It belongs to the person who stalks, and nobody else lives or works there",
    )
    AGENCY = "agency", "It belongs to a police station, court or service"
    NUMBER = "number", "It is a crime, custody or court reference"
    NOT_A_PLACE = "not_a_place", "It is not an address, number or e-mail at all"
    NOBODY_PROTECTED = "nobody_protected", "Nobody who is protected is meant, and it leads to none of them"
    WITNESS = "witness", "It belongs to a witness, who agreed that it is passed on"
    PICTURE = "picture", "I looked at the picture: nobody can be found by it"


#: reasons for words that other organisations read, never for words that the person is shown
NEVER_SHOWN = frozenset({FalseAlarm.WITNESS})


def reasons(*, crossing: bool = False, picture: bool = False) -> list[tuple[str, str]]:
    """The possible reasons; words that cross (`crossing`) and files that hold only pictures (`picture`) have more."""
    left_out = {*(() if crossing else NEVER_SHOWN), *(() if picture else {FalseAlarm.PICTURE})}
    return [(one.value, str(one.label)) for one in FalseAlarm if one not in left_out]


@dataclass(frozen=True)
class Override:
    """A false alarm with its author's answer: the reason, and the kinds of words found. Never the words."""

    reason: FalseAlarm
    kinds: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        """The data protection officer's words for it."""
        return f"{', '.join(self.kinds)}: {self.reason.label}"

    def about(self, kinds: Iterable[str]) -> "Override":
        """The answer, for the kinds of words found."""
        return Override(self.reason, tuple(dict.fromkeys(kinds)))


class Unclear(Refused):
    """Words are not shown, kept as final or sent; the message is a plain sentence."""


class WordsFound(Unclear):
    """Words may lead to a person, and no account answered for them."""

    def __init__(self, found: Found) -> None:
        """`found` holds places and findings; a message that is logged repeats none of them."""
        super().__init__(
            "Nothing was saved, shown or sent: the words may lead to someone. Reword them, or say why they are safe to keep"
        )
        self.found = found


class NotRead(Unclear):
    """The reader failed. The words are unknown, so they are neither shown, kept as final nor sent."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(CANNOT_READ)


def read(text: str, *, besides: Reader | None = None) -> tuple[Finding, ...]:
    """Every finding in a text that may lead to a person, in its order. Raises NotRead.

    `besides` is a further search for this one text.
    """
    try:
        found = [*locators.find(text), *(besides(text) if besides else ())]
        return locators.apart(found)
    except Exception:  # noqa: BLE001 -- whatever fails, the words are unknown
        raise NotRead from None


def kinds(text: str) -> tuple[str, ...]:
    """The kinds of locator that a text resembles, each once; a place's name alone does not count. Raises NotRead."""
    try:
        return locators.kinds(text)
    except Exception:  # noqa: BLE001 -- whatever fails, the words are unknown
        raise NotRead from None


def read_all(
    texts: Mapping[str, str], *, besides: Mapping[str, Reader] | None = None
) -> dict[str, tuple[Finding, ...]]:
    """The places of some texts with findings, and the findings. Raises NotRead."""
    further = besides or {}
    found = {place: read(text, besides=further.get(place)) for place, text in texts.items() if text}
    return {place: findings for place, findings in found.items() if findings}


def sentence(findings: Iterable[Finding], *, instead: str = "say why it is safe to keep") -> str:
    """The findings, and what to do."""
    return f"{said(findings)}. Reword it, or {instead}"


def said(findings: Iterable[Finding]) -> str:
    """One finding in words: “12 Quarry Lane” looks like an address."""
    told = list(dict.fromkeys((one.words[:LONGEST], one.like) for one in findings))
    more = len(told) - NAMED
    words = ", ".join(f"“{found}” looks like {like}" for found, like in told[:NAMED])
    return f"{words} and {more} more" if more > 0 else words


def place(name: str) -> str:
    """The place of words, as a page and the audit name it: a field by its name, the part of a document by its title."""
    return name.replace("_", " ")


class SafeToKeep(forms.Form):
    """The one question about all findings of a page. Drawn and read with the form that holds the words."""

    use_required_attribute = False

    false_alarm = forms.ChoiceField(
        label="Why is it safe to keep?",
        help_text="Reword it if you can. Your data protection officer sees this reason and where the words stand, "
        "never the words.",
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Mapping[str, object] | None = None, *, crossing: bool = False) -> None:
        """`crossing` where every searched word of the page goes to another organisation, and none to the person."""
        super().__init__(data)
        self.fields["false_alarm"].choices = reasons(crossing=crossing)  # type: ignore[attr-defined]  # a choice

    def override(self) -> Override | None:
        """The answer, if one was chosen."""
        return Override(FalseAlarm(self.cleaned_data["false_alarm"])) if self.is_valid() else None
