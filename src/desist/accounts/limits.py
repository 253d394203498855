"""The time limits of a sign-in."""

from datetime import timedelta

#: After this long without a request the page is locked until its owner confirms.
IDLE = timedelta(minutes=15)
#: After this long the sign-in is over, however busy it was.
ABSOLUTE = timedelta(hours=8)
#: How often a busy session's last moment is stored: not at every request.
STORED_EVERY = timedelta(minutes=1)
#: The greatest age of a passkey's answer or a code for actions that want a fresh one (`FRESH` of a policy).
STEP_UP = timedelta(minutes=5)
