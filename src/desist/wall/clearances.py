"""Words that may lead to a person stay only where a colleague answers for exactly these words.

A command that keeps final words which are shown to the person or cross calls `hold` in its transaction. A page that the
person sees asks `clear` before it draws them; the outbox asks `refuse_unclear` before it seals. A changed text is not
clear.
"""

import hmac
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.conf import settings
from django.utils.encoding import force_bytes

from desist import locators
from desist.ui import words
from desist.ui.words import FalseAlarm, Found, NotRead, Override, Reader, WordsFound
from desist.wall import audit, policy
from desist.wall.actors import Actor
from desist.wall.models import Clearance
from desist.wall.policy import BaseAction

LONGEST_REASON = 200  # the width of the audit's column
ACTION = "answer_for_words"


class NobodyAnswers(Exception):
    """The zone's policy names no action for answering for words."""


def hold(
    *,
    named: str,
    texts: Mapping[str, str],
    override: Override | None,
    actor: Actor,
    at: datetime,
    besides: Mapping[str, Reader] | None = None,
) -> Override | None:
    """Let texts (place -> words) of a row stay, in the caller's transaction. Raises WordsFound and NotRead.

    Texts stay where nothing was found in them, where an account answered for exactly these words before, or where
    `override` answers now. Then the data protection officer learns the place, the kind and the reason, never the words.
    `named` is the row's name in the audit. Returns the answer given now, if any.
    """
    found = unclear(named=named, texts=texts, besides=besides)
    return answer(named=named, texts=texts, found=found, override=override, actor=actor, at=at)


def answer(
    *,
    named: str,
    texts: Mapping[str, str],
    found: Found,
    override: Override | None,
    actor: Actor,
    at: datetime,
) -> Override | None:
    """Answer for findings of another reader than `hold`'s, such as of a finished document."""
    if not found:
        return None
    if override is None:
        raise WordsFound(found)
    for place, findings in found.items():
        told = override.about(one.kind for one in findings)
        Clearance.objects.create(
            row=named,
            place=place[:40],
            digest=_digest(texts[place]),
            reason=told.reason.value,
            cleared_by=actor.who,
            cleared_at=at,
        )
        entry = audit.Entry(actor, _action(), named, at)
        audit.record(entry, allowed=True, reason=f"{words.place(place)}: {told.told}"[:LONGEST_REASON])
    return override.about(one.kind for findings in found.values() for one in findings)


def unclear(
    *,
    named: str,
    texts: Mapping[str, str],
    besides: Mapping[str, Reader] | None = None,
    shown: bool = False,
) -> dict[str, tuple[locators.Finding, ...]]:
    """The places of a row's texts with findings that no account answered for. Raises NotRead.

    `shown`: for the person, whose texts an answer about words for other organisations does not clear.
    """
    return left(named=named, texts=texts, found=words.read_all(texts, besides=besides), shown=shown)


def left(
    *, named: str, texts: Mapping[str, str], found: Found, shown: bool = False
) -> dict[str, tuple[locators.Finding, ...]]:
    """The findings in a row's texts that no account answered for."""
    if not found:
        return {}
    digests = {place: _digest(texts[place]) for place in found}
    cleared = Clearance.objects.filter(row=named, digest__in=digests.values())
    if shown:
        cleared = cleared.exclude(reason__in=words.NEVER_SHOWN)
    known = set(cleared.values_list("digest", flat=True))
    return {place: findings for place, findings in found.items() if digests[place] not in known}


def withheld(
    *, named: str, texts: Mapping[str, str], besides: Mapping[str, Reader] | None = None
) -> dict[str, str]:
    """The places of a row's texts that are not shown to the person yet, each with a sentence that gives the reason."""
    try:
        found: Found = unclear(named=named, texts=texts, besides=besides, shown=True)
    except NotRead as fault:
        return dict.fromkeys((place for place, text in texts.items() if text), str(fault))
    return {place: words.said(findings) for place, findings in found.items()}


def clear(
    *, named: str, texts: Mapping[str, str], besides: Mapping[str, Reader] | None = None
) -> dict[str, str]:
    """A row's texts as the person may see them: empty where one is not clear, or cannot be read."""
    hidden = withheld(named=named, texts=texts, besides=besides)
    return {place: "" if place in hidden else text for place, text in texts.items()}


def refuse_unclear(texts: Mapping[str, Iterable[str]]) -> None:
    """Refuse words that cross without an answer for them in any row. Raises WordsFound and NotRead.

    `texts` are the words of an envelope by its fields.
    """
    parts = {f"{name} {number}": part for name, each in texts.items() for number, part in enumerate(each)}
    if left := unanswered(parts):
        raise WordsFound({name.rpartition(" ")[0]: findings for name, findings in left.items()})


def unanswered(texts: Mapping[str, str]) -> dict[str, tuple[locators.Finding, ...]]:
    """The places of texts with findings that no account answered for in any row. Raises NotRead."""
    found = words.read_all(texts)
    if not found:
        return {}
    digests = {place: _digest(texts[place]) for place in found}
    known = set(Clearance.objects.filter(digest__in=digests.values()).values_list("digest", flat=True))
    return {place: findings for place, findings in found.items() if digests[place] not in known}


def answered(*, by: str, place: str, reason: FalseAlarm, since: datetime) -> int:
    """The number of answers by an account for words of a place with a reason, since a moment: for their supervisor."""
    made = Clearance.objects.filter(cleared_by=by, place=place, reason=reason.value, cleared_at__gte=since)
    return made.count()


def keyed(text: str, *, purpose: bytes) -> bytes:
    """A token for words in a table: without this site's keys it cannot be read or guessed from."""
    # The oldest secret, so that cleared words stay clear when the keys change.
    secret = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS][-1]
    key = hmac.digest(force_bytes(secret), purpose, "sha256")
    return hmac.digest(key, text.encode(), "sha256")


def _digest(text: str) -> str:
    return keyed(" ".join(locators.legible(text).split()), purpose=b"words that were cleared").hex()


def _action() -> BaseAction:
    """The policy's action for answering for words."""
    for action in policy.rules():
        if action.value == f"{settings.DESIST_ZONE}.{ACTION}":
            return action
    raise NobodyAnswers(settings.DESIST_ZONE)
