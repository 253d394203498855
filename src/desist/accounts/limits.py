"""How long a sign-in lasts."""

from datetime import timedelta

#: After this long without a request the page is locked until its owner confirms.
IDLE = timedelta(minutes=15)
#: After this long it is over, whatever was done.
ABSOLUTE = timedelta(hours=8)
#: How often a busy session's last moment is stored: not at every request.
STORED_EVERY = timedelta(minutes=1)
#: How long ago a passkey or a code may have been given for what wants a fresh sign-in step (`FRESH` of a policy).
STEP_UP = timedelta(minutes=5)
