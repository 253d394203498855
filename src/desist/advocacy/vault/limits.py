"""How long a revealed locator stays in sight, and how many reveals are too many."""

from datetime import timedelta

#: How long one locator stays in sight once the actor gave a reason.
GLANCE = timedelta(minutes=1)
#: How long the ways to reach a client stay in sight, for the advocate who works with them.
CALL = timedelta(minutes=10)
#: The most single locators that one account reveals in a day, until a second person allows more.
BUDGET = 12
#: The most refusals of one account's words that may lead to a person. After them none of its words are read.
REFUSED_AN_HOUR, REFUSED_A_DAY = 12, 30
HOUR = timedelta(hours=1)
#: How many clients one person opens in a day for calls is the site's to say (settings.DESIST_CALLS_A_DAY).
#: How many more a second person may allow at once.
MORE = (6, 12)
