"""The sharing agreements in each site's register: one in force, one that ran out."""

from datetime import date, datetime, timedelta

from django.conf import settings

from desist.post.models import Agreement
from desist.references import reference
from desist.sites import Zone
from tools.synthetic.area import TITLES
from tools.synthetic.staff import AREAS

PARTIES = (Zone.PROGRAMME, Zone.PARTNERSHIP, Zone.ADVOCACY)


def write(*, at: datetime) -> None:
    """Enter them for both areas, with the other sites of the area as parties."""
    partners = sorted(TITLES[zone][0] for zone in PARTIES if TITLES[zone][0] != settings.DESIST_SITE)
    for area in AREAS:
        _one(
            area, partners, "Northmere stalking intervention: sharing agreement", (date(2025, 9, 1), None), at
        )
        _one(area, partners, "Pilot agreement", (date(2024, 9, 1), date(2025, 8, 31)), at)


def _one(area: str, partners: list[str], title: str, days: tuple[date, date | None], at: datetime) -> None:
    begins_on, ends_on = days
    Agreement.objects.create(
        ref=reference(),
        area=area,
        title=title,
        parties=partners,
        purposes=["safety", "sessions", "order", "place"],
        lawful_basis=(
            "Police: Data Protection Act 2018, sections 35 and 36(4). Others: UK GDPR Article 6(1)(e), and Schedule 1 "
            "to the Act, paragraphs 10 and 18."
        ),
        begins_on=begins_on,
        review_on=ends_on or at.date() + timedelta(days=120),
        ends_on=ends_on,
        document="4f8b" * 16,
        submission=reference(),
        kept_by="founding",
        kept_at=at - timedelta(days=200),
    )
