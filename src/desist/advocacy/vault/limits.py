"""How long what was revealed stays in sight, and how often is too often."""

from datetime import timedelta

#: One locator, once its reason is given.
GLANCE = timedelta(minutes=1)
#: The ways to reach a client, for the advocate who works with them.
CALL = timedelta(minutes=10)
#: Single locators that one person reveals in a day. Then it stops, until a second person allows more.
BUDGET = 12
#: Words of one person that are refused because they could lead to somebody; then none of theirs are read any more.
REFUSED_AN_HOUR, REFUSED_A_DAY = 12, 30
HOUR = timedelta(hours=1)
#: How many clients one person opens in a day for calls is the site's to say (settings.DESIST_CALLS_A_DAY).
#: How many more a second person may allow at once.
MORE = (6, 12)
