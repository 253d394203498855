"""`python -m tools.synthetic.leftovers`: rows that an ordinary area lacks, so that their pages can be read too.

They are a partner without Desist that has to be told something, and an envelope that no handler could take.
"""

import uuid

import django
from django.utils import timezone

TITLE = "A partner without Desist"


def main() -> None:
    """Write the rows into this site, once."""
    django.setup()
    from desist.post.models import ByHandTask, Inbox, Partner
    from desist.post.transports import Transport
    from tools.synthetic.staff import AREAS, PHONE

    if Partner.objects.filter(title=TITLE).exists():
        return
    at = timezone.now()
    for area in AREAS:
        partner = Partner.objects.create(
            name=f"by-hand-{area.lower()}",
            zone="commission",
            title=TITLE,
            transport=Transport.BY_HAND,
            phone=PHONE,
            area=area,
            added_at=at,
        )
        for _ in range(2):  # one of them stays when the other is told
            ByHandTask.objects.create(partner=partner, kind="return", text="Call.", made_at=at, due_at=at)
    for _ in range(2):
        Inbox.objects.create(ref=uuid.uuid4(), sender="nobody-here", sealed=b"x", at=at, dead_at=at)


if __name__ == "__main__":
    main()
