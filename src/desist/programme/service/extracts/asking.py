"""What forces are asked of people of an extract whom they referred: they tell the evaluator, and never this site.

What a victim reported must not reach the person through those who work with them, so nothing of it comes back here.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from desist.extracts import police
from desist.extracts.asked import Asked
from desist.post import outbox, payloads
from desist.post.agreements import queries as register
from desist.post.models import Agreement
from desist.programme.service.extracts import anonymity
from desist.programme.service.extracts.anonymity import Person
from desist.programme.service.extracts.models import OutcomeExtract


def keep(
    row: OutcomeExtract,
    forces: Sequence[str],
    people: Sequence[Person],
    moved: Sequence[tuple[Person, date]],
    pseudonym: Callable[[str], str],
) -> None:
    """Keep what each of the forces is to be asked, until the extract is sent; nothing at all where it referred nobody."""
    referred = {force for one, _ in moved for force, _ in one.referred}
    found = {force: asked(force, forces, people, moved, pseudonym) for force in forces}
    texts = {force: [one.text for one in of] if force in referred else None for force, of in found.items()}
    row.asks = json.dumps(texts) if texts else ""


def asked(
    force: str,
    forces: Sequence[str],
    people: Sequence[Person],
    moved: Sequence[tuple[Person, date]],
    pseudonym: Callable[[str], str],
) -> tuple[Asked, ...]:
    """Return what one of the forces is asked; nothing of a group in which those whom it, or all of them, referred stand out."""
    before = {one.key: one for one in people}
    groups = {one.key: anonymity.known(one) for one, _ in moved}
    threads = {key: tuple(thread for of, thread in before[key].referred if of == force) for key in groups}
    referred = [key for key in groups if threads[key]]
    of_all = [key for key in groups if any(of in forces for of, _ in before[key].referred)]
    small = police.not_alike(groups, referred) | police.not_alike(groups, of_all)
    numbers = {group: number for number, group in enumerate(sorted(set(groups.values()), key=str))}
    return tuple(
        Asked(
            pseudonym(one.key),
            (before[one.key].referral - one.referral).days,
            last,
            numbers[groups[one.key]],
            threads[one.key],
            one.referral,
        )
        for one, last in moved
        if threads[one.key] and groups[one.key] not in small
    )


def envelopes(
    row: OutcomeExtract, terms: Agreement, forces: Sequence[str]
) -> list[tuple[str, str, payloads.OutcomesAsked]]:
    """Return what is sent to whom, with its thread, and empty what was kept for it: it leads from pseudonyms to people."""
    asks = json.loads(row.asks or "{}")
    told = [force for force in forces if asks.get(force)]
    row.token = outbox.new_thread() if told else ""
    found = [
        (
            force,
            outbox.new_thread(),
            payloads.OutcomesAsked(
                area=row.area,
                number=row.number,
                token=row.token,
                commission=row.partner,
                agreement=terms.title,
                evaluator=terms.others,
                until=date.fromisoformat(register.last_day(ref=row.agreement)),
                data_cut=row.data_cut,
                people=tuple(asks[force]),
            ),
        )
        for force in told
    ]
    row.asks = ""
    row.asked = json.dumps([[force, thread, len(of.people)] for force, thread, of in found])
    return found


def threads(row: OutcomeExtract) -> Iterable[tuple[str, str]]:
    """Return the forces that were asked, each with the thread that it shares with this site."""
    return [(force, thread) for force, thread, _ in json.loads(row.asked or "[]")]


def note_untold(row: OutcomeExtract, force: str) -> None:
    """Note that a force could not be told of the recall: it keeps its number of people, and its thread goes."""
    asked = json.loads(row.asked)
    row.asked = json.dumps([[of, "" if of == force else thread, number] for of, thread, number in asked])


def numbers(row: OutcomeExtract) -> dict[str, int | None]:
    """Return force -> of how many people it is asked, or was; None where it referred nobody of the extract."""
    if row.asks:
        return {force: None if of is None else len(of) for force, of in json.loads(row.asks).items()}
    return {force: number for force, _, number in json.loads(row.asked or "[]")}
