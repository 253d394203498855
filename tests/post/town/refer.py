"""As the police of the demo's area: refer COUNT invented people, each in a change of its own."""

import sys

import django
from django.db import transaction
from django.utils import timezone

django.setup()

from desist.post import outbox, payloads  # noqa: E402 -- Django has to be set up first


def main() -> None:
    for number in range(int(sys.argv[2])):
        at = timezone.now()
        payload = payloads.Referral(
            route="police_voluntary",
            legal_basis="public_task",
            proceedings="charged",
            given_names=f"Number {number}",
            family_name="Invented",
            aliases=(),
            pnc="",
            cro="",
            contact_by="through_referrer",
            own_phone="",
            own_email="",
            own_address="",
            own_postcode="",
            lives_in="",
            channels=("in_person",),
            methods=("none",),
            offence_kind="stalking",
            included=(),
            orders=("none",),
            need_kinds=("none",),
            language="",
            risk_kinds=("none",),
            referrer_kind="police",
            referrer_organisation="",
            referrer_email="",
            born=at.date(),
            behaviours=("watching",),
            relationship="stranger",
            offence="stalking",
            behaviour_account="PLANTED-ACCOUNT",
            risks_to_staff="",
            needs="",
            referrer_name="Bo Made-Up",
            referrer_phone="01632 960 002",
            area="northmere",
            completed_at=at,
        )
        with transaction.atomic(durable=True):
            outbox.send(payload, to=sys.argv[1], thread=outbox.new_thread(), at=at)


if __name__ == "__main__":
    main()
