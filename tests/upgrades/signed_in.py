"""As a site of the area: sign a person in, and print the cookie of the session.

python -m tests.upgrades.signed_in NAME ROLE
"""

import sys

import django
from django.conf import settings

django.setup()

from tests import staff  # noqa: E402 -- Django has to be set up first

from desist.accounts.models import Account  # noqa: E402 -- see above
from desist.wall.actors import Role  # noqa: E402 -- see above


def main() -> None:
    account = Account.objects.get(name=sys.argv[1])
    held = account.grants.get(role=sys.argv[2], ended_at=None)
    browser = staff.browser(account=account, role=Role(held.role), area=held.area)
    name = settings.SESSION_COOKIE_NAME
    print(f"{name}={browser.cookies[name].value}")  # noqa: T201 -- what the test asks for


if __name__ == "__main__":
    main()
