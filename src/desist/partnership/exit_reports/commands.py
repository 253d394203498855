"""What happens when an exit report arrives."""

import base64
import binascii
from hashlib import sha256

from desist.partnership.exit_reports.models import ExitReport
from desist.partnership.exit_reports.policy import Action
from desist.partnership.referrals import commands as referrals
from desist.partnership.referrals.models import Referral
from desist.partnership.referrals.states import Happened, News
from desist.post import own, payloads
from desist.post.handlers import CannotHandle, Received
from desist.referral import files
from desist.referral.files import Media
from desist.refusals import Refused
from desist.wall import gate

NAME = "exit-report.pdf"


def receive(received: Received) -> None:
    """Check the document of a version and keep it with its referral. A version that comes twice is kept once."""
    report: payloads.ExitReport = received.payload
    content = _opened(report)
    ref = referrals.of_thread(received)
    with gate.change(received.actor, Action.RECEIVE_EXIT_REPORT, Referral, ref, at=received.at) as referral:
        if referral.exit_reports.filter(number=report.number).exists():
            return
        row = ExitReport(
            referral=referral,
            number=report.number,
            supersedes=report.supersedes,
            signed_at=report.signed_at,
            received_at=received.at,
            size=len(content),
            digest=report.digest,
            key=own.keys().current.id,
        )
        row.sealed = files.lock(keys=own.keys().current, ref=row.ref, content=content)
        row.save()
        detail = f"Version {report.number}"
        if report.supersedes:
            detail += f", which replaces version {report.supersedes}"
        referral.happened(Happened.REPORTED, by="", at=received.at, detail=detail)
        referral.news.create(what=News.REPORT, came_at=received.at)


def _opened(report: payloads.ExitReport) -> bytes:
    """Return the document exactly as it was signed, after a check."""
    try:
        content = base64.b64decode("".join(report.content), validate=True)
        file = files.inspect(name=NAME, content=content)
    except binascii.Error:
        raise CannotHandle("The document in this envelope is broken. Ask the programme for it.") from None
    except Refused as reason:
        raise CannotHandle(f"The document in this envelope cannot be saved: {reason}") from None
    if sha256(content).hexdigest() != report.digest or file.media is not Media.PDF:
        raise CannotHandle(
            "The document in this envelope is not the one that was signed. Ask the programme for it."
        )
    return content
