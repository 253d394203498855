"""How often somebody may try to get in."""

from datetime import timedelta

#: Within this time ...
WINDOW = timedelta(minutes=15)
#: ... an account may be tried this often,
OF_AN_ACCOUNT = 5
#: ... and an address this often: people of one office share one.
OF_AN_ADDRESS = 30
