"""`python -m tools.synthetic.load`: put the synthetic area's people into one site, once.

It runs as the site's own app login and reads partners' public keys from the key files beside it. The sites of the area
that this machine does not host are partners by hand.
"""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import django
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from desist import sites
from desist.addresses import WITHOUT_POST
from desist.sites import Zone
from tools.synthetic import area as northmere
from tools.synthetic import cases
from tools.synthetic.staff import PHONE

#: The area's history begins here; everything else is counted from the moment of loading.
FOUNDED = datetime(2025, 9, 1, 9, 0, tzinfo=UTC)
#: a file of this name: the advocates have no clients, as in an area where no victim wanted support
NOBODY_ENGAGED = "nobody-engaged"
#: the file with the code of a client's link, which the site itself shows to its maker alone and once
LINK = "link"


#: the professional register of the invented practitioners, by their professions
BODIES = ("probation", "hcpc", "babcp")


def main() -> None:
    """Load staff and partners, and what the zone needs beside them, unless they are there already."""
    django.setup()
    from desist.accounts.models import Account

    if Account.objects.exists():
        return
    with transaction.atomic():
        _staff()
        _declarations()
        _partners()
        _duty()
        if settings.DESIST_ZONE == Zone.PROGRAMME:
            _team()
        elif settings.DESIST_ZONE == Zone.ADVOCACY:
            from tools.synthetic import advocacy_rows

            advocacy_rows.team()
        block = cases.demo(at=_moment())
        people(block)
        if settings.DESIST_ZONE == Zone.PROGRAMME:
            from tools.synthetic import (
                assessment_rows,
                closing_rows,
                managing_rows,
                planning_rows,
                written_rows,
            )

            assessment_rows.write(block.cases)
            closing_rows.write(block.cases)
            written_rows.write(block.cases, at=_moment())
            planning_rows.write(at=_moment(), told=[case.episode_ref for case in block.cases if case.told])
            managing_rows.write(at=_moment())
        _disclosures(block, _moment())
    _by_commands(block)


def _by_commands(block: cases.Block) -> None:
    """Write what the product's own commands make, each with its own change."""
    if settings.DESIST_ZONE == Zone.PROGRAMME:
        from tools.synthetic import closing, extract_rows, return_rows

        closing.write(at=_moment())
        return_rows.write(at=_moment())
        extract_rows.write(at=_moment())
    elif settings.DESIST_ZONE == Zone.PARTNERSHIP:
        from tools.synthetic import outcome_rows, return_rows

        return_rows.write(at=_moment())
        outcome_rows.write(at=_moment())
    elif settings.DESIST_ZONE == Zone.COMMISSION:
        from tools.synthetic import grant_rows, study_rows

        grant_rows.write(at=_moment())
        study_rows.write(at=_moment())
    elif settings.DESIST_ZONE == Zone.ADVOCACY:
        from tools.synthetic import evidence, return_rows

        if not _nobody_engaged():
            (_made() / LINK).write_text(evidence.write(block.cases, at=_moment()), "ascii")
        return_rows.write(at=_moment())


def _disclosures(block: cases.Block, at: datetime) -> None:
    """Write the disclosures, and the agreements under which they crossed."""
    zone = Zone(settings.DESIST_ZONE)
    told = {Zone.PROGRAMME, Zone.PARTNERSHIP, Zone.ADVOCACY}
    if zone not in told or northmere.TITLES[zone][0] != settings.DESIST_SITE:
        return
    from tools.synthetic import disclosure_agreements

    disclosure_agreements.write(at=at)
    if zone is Zone.PROGRAMME:
        from tools.synthetic import programme_disclosures

        programme_disclosures.write(block.cases, at=at)
    elif zone is Zone.PARTNERSHIP:
        from tools.synthetic import panel_rows, police_disclosures

        police_disclosures.write(block.cases, at=at)
        panel_rows.write(block.cases, at=at)
    elif not _nobody_engaged():
        from tools.synthetic import advocacy_disclosures

        advocacy_disclosures.write(block.cases, at=at)


def people(block: cases.Block) -> None:
    """Write this site's side of invented people.

    A zone that holds no such people gets no rows, nor does a second site of a zone: all cases are between the sites
    that `area` names.
    """
    if northmere.TITLES[Zone(settings.DESIST_ZONE)][0] != settings.DESIST_SITE:
        return
    if settings.DESIST_ZONE == Zone.PROGRAMME:
        from tools.synthetic import programme_rows

        programme_rows.write(block)
    elif settings.DESIST_ZONE == Zone.PARTNERSHIP:
        from tools.synthetic import partnership_rows

        partnership_rows.write(block.cases)
    elif settings.DESIST_ZONE == Zone.ADVOCACY and not _nobody_engaged():
        from tools.synthetic import advocacy_rows, client_agency_rows

        advocacy_rows.write(block)
        client_agency_rows.write(block)


def _moment() -> datetime:
    """Return the moment around which the area's people are invented: the first site to load sets it for all."""
    folder = _made()
    folder.mkdir(parents=True, exist_ok=True)
    own, moment = folder / f"moment-{settings.DESIST_SITE}", folder / "moment"
    own.write_text(timezone.now().isoformat(), "ascii")
    with suppress(FileExistsError):  # another site's moment wins, also when two load at once
        moment.hardlink_to(own)
    own.unlink()
    return datetime.fromisoformat(moment.read_text("ascii"))


def _nobody_engaged() -> bool:
    """Return whether this area is the one in which no victim is a client."""
    return (_made() / NOBODY_ENGAGED).exists()


def _made() -> Path:
    """Return the counts and methods of what was invented here."""
    return sites.data_folder() / "synthetic"


def _staff() -> None:
    from desist.accounts.models import Account, Area, RoleGrant
    from tools.synthetic.staff import AREAS, STAFF

    Area.objects.bulk_create(
        Area(code=area, name=area, added_by="founding", added_at=FOUNDED) for area in AREAS
    )
    for person in STAFF:
        if person.zone == settings.DESIST_ZONE:
            account = Account.objects.create(
                ref=person.ref,
                name=person.name,
                email=f"{person.name.lower().replace(' ', '.')}@{settings.DESIST_SITE}.example",
                invited_at=FOUNDED,
            )
            RoleGrant.objects.create(
                account=account, role=person.role, area=person.area, given_by="founding", given_at=FOUNDED
            )


def _declarations() -> None:
    """Write the yearly declarations of interests: one colleague of each site owes theirs."""
    from desist.zones.base import WITH_DESK

    if settings.DESIST_ZONE not in WITH_DESK:
        return
    from desist.accounts.models import RoleGrant
    from desist.declarations.models import InterestDeclaration
    from desist.declarations.policy import STAFF

    held = RoleGrant.objects.filter(role__in=STAFF).order_by("account__ref").select_related("account")
    grants = list(held)
    InterestDeclaration.objects.bulk_create(
        InterestDeclaration(
            account=one.account.ref,
            area=one.area,
            submission=f"declared-{one.ref}",
            declared_at=_moment() - timedelta(days=370 if one is grants[-1] else 20 + 30 * (number % 9)),
        )
        for number, one in enumerate(grants)
    )


def _partners() -> None:
    """Register every other site: by courier where this machine hosts it, else by telephone."""
    from desist.keys import keyfile
    from desist.post.models import Partner
    from desist.post.routes import stops
    from desist.post.transports import Transport

    folder = sites.data_folder()
    hosted = {site.name: site for site in stops(folder)}
    known = {site.name: site for site in northmere.sites() if site.zone not in WITHOUT_POST} | hosted
    for site in known.values():
        if site.name == settings.DESIST_SITE:
            continue
        here = site.name in hosted
        Partner.objects.create(
            name=site.name,
            zone=site.zone,
            title=site.title,
            transport=Transport.COURIER if here else Transport.BY_HAND,
            keys=keyfile.read(folder=folder, site=site.name).public.to_json() if here else "",
            phone=PHONE,
            added_at=FOUNDED,
        )


def _duty() -> None:
    """Write the numbers to ring day and night, where an officer or advocate is on duty."""
    from desist.zones.base import WITH_DESK
    from tools.synthetic.staff import AREAS

    if settings.DESIST_ZONE not in WITH_DESK:
        return
    from desist.desk.models import DutyNumber

    titles = {Zone.PARTNERSHIP: "Stalking desk, day and night"}
    for area in AREAS:
        DutyNumber.objects.create(
            area=area,
            title=titles.get(Zone(settings.DESIST_ZONE), "Duty manager, day and night"),
            number=PHONE,
            added_by="founding",
            added_at=FOUNDED,
        )


def _team() -> None:
    from desist.programme.models import Practitioner, Premises, Room
    from desist.wall.actors import Role
    from tools.synthetic.staff import AREAS, STAFF

    professions = list(Practitioner.Profession)
    people = [person for person in STAFF if person.role is Role.PRACTITIONER]
    for number, person in enumerate(people):
        Practitioner.objects.create(
            ref=person.ref,
            name=person.name,
            area=person.area,
            profession=professions[number % len(professions)],
            registered_with=BODIES[number % len(BODIES)],
            registration=f"NM{number:04d}",
            registered_until=date(2030, 3, 31),
            # A practitioner whose training is not signed off: the allocation page says so.
            trained_on=date(2025, 9, 1) if number != 2 else None,
        )
    for area in AREAS:
        house = Premises.objects.create(
            area=area, name=f"{area} house", listed_by="founding", listed_at=FOUNDED
        )
        for name in ("Alder room", "Birch room"):
            Room.objects.create(name=f"{name}, {area} house", area=area, premises=house)


if __name__ == "__main__":
    main()
