"""How long what was revealed stays in sight, and how often is too often."""

from datetime import timedelta

#: One locator, once its reason is given.
GLANCE = timedelta(minutes=1)
#: The ways to reach a client, for the advocate who works with them.
CALL = timedelta(minutes=10)
#: Single locators that one person reveals in a day. More never stops anybody: the manager is told.
BUDGET = 12
