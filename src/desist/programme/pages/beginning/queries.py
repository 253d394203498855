"""What a programme still lacks before its first case, area by area; no fact about a person is in it."""

from collections.abc import Iterator

from desist.accounts import queries as accounts
from desist.accounts.beginning.queries import INVITE, Missing
from desist.programme.agreement import commands as agreement
from desist.programme.practitioners.models import SupervisionArrangement
from desist.programme.referrals.models import Referral
from desist.wall.actors import Role

UNSEEN = "Programme manager in {}: referrals name this area, and nobody can see them"
REGISTER = "A practitioner in {} with training signed off and a supervisor: a programme manager enters both under Settings"
NOTICE = (
    "What the information notice says about the service in {}: a programme manager enters it under Settings"
)


def missing() -> Iterator[Missing]:
    """Areas that nobody manages although referrals came, and areas without practitioner or notice."""
    areas = dict(accounts.areas())
    for area in Referral.objects.order_by("area").values_list("area", flat=True).distinct():
        if area not in areas:
            yield (UNSEEN.format(area), INVITE)
    for area, name in areas.items():
        if not accounts.holders(role=Role.MANAGER, area=area):
            continue
        fit = SupervisionArrangement.objects.filter(
            practitioner__area=area,
            practitioner__left_on=None,
            practitioner__trained_on__isnull=False,
            ended_at=None,
        )
        if not fit.exists():
            yield (REGISTER.format(name), "")
        if agreement.current_words(area) is None:
            yield (NOTICE.format(name), "")
