"""What e-mails to administrators can be about, in every zone with a desk."""

from collections.abc import Mapping

from django.db.models import TextChoices

from desist.wall.actors import Role


class Kind(TextChoices):
    """What is waiting."""

    POST = "post", "Envelopes are stuck, or a partner withdrew its keys"


ROLES: Mapping[TextChoices, frozenset[Role]] = {Kind.POST: frozenset({Role.ADMINISTRATOR})}
