"""The police's directory of agencies in the synthetic area, and what the programme referred to each."""

from collections.abc import Sequence
from datetime import date

from desist.partnership.agencies.models import Agency
from desist.partnership.support.models import SupportReferral
from desist.partnership.support.states import What
from desist.sites import Zone
from desist.ui.dates import LONDON
from tools.synthetic import agencies, names
from tools.synthetic.area import TITLES
from tools.synthetic.cases import Case
from tools.synthetic.staff import AREAS

KEEPER, COLLEAGUE = "staffq04", "staffq06"
PROGRAMME = TITLES[Zone.PROGRAMME][0]


def write(cases: Sequence[Case]) -> None:
    """Write the directory with the first cases, and each case's referral to the agency whose colleague signs in."""
    if not Agency.objects.exists():
        for area in AREAS:
            _directory(area, agencies.checked_on(cases))
    for case in cases:
        if agencies.is_referred(case) and agencies.referred(case).number == agencies.SIGNED_IN:
            _referral(case)


def _directory(area: str, checked_on: date) -> None:
    for number, (name, needs) in enumerate(names.AGENCIES):
        row = Agency.objects.create(
            token=agencies.listing(area, number),
            area=area,
            name=name,
            needs=needs,
            phone=agencies.phone(number),
            hours=agencies.HOURS,
            helps=agencies.HELPS,
            how=agencies.HOW,
            capacity=agencies.capacity(number),
            answers=agencies.answers(number),
            from_programme=True,
            from_advocacy=number != agencies.SIGNED_IN,
            checked_on=agencies.checked(number, checked_on),
            checked_by=KEEPER,
            submission=f"agency-{area}-{number}",
            added_by=KEEPER,
            added_at="2025-09-01T09:00:00+01:00",
        )
        if number == agencies.SIGNED_IN and area == AREAS[0]:
            row.members.create(
                account=COLLEAGUE, side="programme", added_by=KEEPER, added_at="2025-09-01T09:00:00+01:00"
            )


def _referral(case: Case) -> None:
    told, day = agencies.referred(case), case.allocated_at.astimezone(LONDON).date()
    row = SupportReferral(
        area=case.story.area,
        agency=Agency.objects.get(token=agencies.listing(case.story.area, told.number)),
        zone=Zone.PROGRAMME.value,
        sender=PROGRAMME,
        thread=agencies.thread(case),
        need=told.need,
        basis="consent",
        agreed=True,
        referred_on=day,
        state="accepted" if told.outcome else "new",
        arrived_at=case.allocated_at,
    )
    person = case.answers
    row.told = {
        "given_names": person.given_names,
        "family_name": person.family_name,
        "reach": "Through the service that refers: ring it first",
        "told": agencies.TOLD,
    }
    row.save()
    row.steps.create(what=What.REFERRED, on=day, at=case.allocated_at)
    if told.outcome:
        step = row.steps.model(
            referral=row,
            what=What.ACCEPTED,
            on=day + agencies.ANSWERED_AFTER,
            by=COLLEAGUE,
            at=case.allocated_at + agencies.ANSWERED_AFTER,
        )
        step.words = told.outcome
        step.save()
