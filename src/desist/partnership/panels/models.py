"""Panels: meetings of several organisations about cases, what each organisation is given, and what each is to do.

What an agency reads (papers, minutes, actions) lies locked with the site's key.
"""

from base64 import b64decode, b64encode

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from desist.disclosure.codes import Purpose
from desist.facts import AREA, REF, SUBMISSION, VERSION, Retention
from desist.partnership.agencies.models import Agency
from desist.partnership.panels.states import Came, Kind, Progress, Side, Sort, State, What
from desist.partnership.referrals.models import Referral
from desist.post import locked
from desist.references import reference


@pghistory.track()
class PanelMeeting(models.Model):
    """One meeting of a panel."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    area = models.CharField(max_length=40, db_comment=AREA)
    kind = models.CharField(max_length=12, choices=Kind.choices, db_comment="Kind of meeting, coded")
    on = models.DateField(db_comment="Day of the meeting")
    begins = models.TimeField(db_comment="Time at which it begins")
    place = models.CharField(max_length=200, db_comment="Where it is, or how to join it")
    chair = models.CharField(max_length=40, db_comment="Account that chairs it")
    version = models.PositiveIntegerField(default=1, db_comment=VERSION)
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)
    added_by = models.CharField(max_length=40, db_comment="Account that added it")
    added_at = models.DateTimeField(db_comment="When it was added")
    ended_by = models.CharField(max_length=40, blank=True, db_comment="Account that called it off")
    ended_at = models.DateTimeField(null=True, db_comment="When it was called off")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_by="", ended_at=None) | (~Q(ended_by="") & Q(ended_at__isnull=False)),
                name="a_meeting_called_off_has_who_and_when",
            )
        ]


@pghistory.track()
class PanelSeat(models.Model):
    """An agency that is invited to a meeting, and whether it came."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    meeting = models.ForeignKey(
        PanelMeeting, on_delete=models.PROTECT, related_name="seats", db_comment="The meeting"
    )
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="seats", db_comment="Agency that is invited"
    )
    came = models.CharField(
        max_length=12, choices=Came.choices, blank=True, db_comment="Whether it came, coded"
    )
    people = models.CharField(max_length=200, blank=True, db_comment="Who came for it")
    noted_by = models.CharField(max_length=40, blank=True, db_comment="Account that recorded who came")
    invited_by = models.CharField(max_length=40, db_comment="Account that invited it")
    invited_at = models.DateTimeField(db_comment="When it was invited")
    ended_at = models.DateTimeField(null=True, db_comment="When the invitation was taken back")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "agency"],
                condition=Q(ended_at=None),
                name="an_agency_is_invited_to_a_meeting_once",
            )
        ]


@pghistory.track()
class PanelItem(models.Model):
    """A case on the agenda of a meeting. One that was taken off keeps its row."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    meeting = models.ForeignKey(
        PanelMeeting, on_delete=models.PROTECT, related_name="items", db_comment="The meeting"
    )
    referral = models.ForeignKey(
        Referral, on_delete=models.PROTECT, related_name="panel_items", db_comment="Case that is heard"
    )
    position = models.PositiveSmallIntegerField(db_comment="Place on the agenda, from 1")
    why = models.TextField(db_comment="Why it is heard; for the police and the chair alone")
    consultation = models.BooleanField(
        db_comment="Whether it is heard for advice alone, without papers or actions"
    )
    review_on = models.DateField(null=True, db_comment="Day on which the case is looked at again")
    version = models.PositiveIntegerField(default=1, db_comment=VERSION)
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)
    put_by = models.CharField(max_length=40, db_comment="Account that put it on the agenda")
    put_at = models.DateTimeField(db_comment="When it was put on the agenda")
    ended_by = models.CharField(max_length=40, blank=True, db_comment="Account that took it off")
    ended_at = models.DateTimeField(null=True, db_comment="When it was taken off")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "referral"],
                condition=Q(ended_at=None),
                name="a_case_is_on_an_agenda_once",
            )
        ]


@pghistory.track()
class PanelPaper(models.Model):
    """An exact copy of words about one side of a case, for one agency or one guest: a paper, what the meeting agreed."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    item = models.ForeignKey(
        PanelItem, on_delete=models.PROTECT, related_name="papers", db_comment="Case that it is about"
    )
    sort = models.CharField(
        max_length=12, choices=Sort.choices, db_comment="Paper, formulation or minutes, coded"
    )
    side = models.CharField(max_length=12, choices=Side.choices, db_comment="Side of the case, coded")
    agency = models.ForeignKey(
        Agency,
        null=True,
        on_delete=models.PROTECT,
        related_name="papers",
        db_comment="Agency that reads it; empty: a guest reads it",
    )
    guest = models.CharField(max_length=120, blank=True, db_comment="Guest who reads it, and from where")
    number = models.PositiveSmallIntegerField(default=1, db_comment="Number of the version for this reader")
    purpose = models.CharField(max_length=20, choices=Purpose.choices, db_comment="What it is for, coded")
    sealed_words = models.BinaryField(
        default=bytes, db_comment="The exact copy, locked with the site's key; emptied where it is recalled"
    )
    fingerprint = models.CharField(max_length=64, db_comment="SHA-256 over the exact copy, in hexadecimal")
    state = models.CharField(
        max_length=10, choices=State.choices, default=State.WRITTEN, db_comment="Where it stands, coded"
    )
    submission = models.CharField(max_length=64, db_comment=SUBMISSION)
    written_by = models.CharField(max_length=40, db_comment="Account that wrote it")
    written_at = models.DateTimeField(db_comment="When it was written")
    signed_by = models.CharField(
        max_length=40, blank=True, db_comment="Chair who signed what the meeting agreed"
    )
    signed_at = models.DateTimeField(null=True, db_comment="When the chair signed what the meeting agreed")
    released_by = models.CharField(max_length=40, blank=True, db_comment="Second account, which released it")
    released_at = models.DateTimeField(null=True, db_comment="When it was released")
    ended_by = models.CharField(max_length=40, blank=True, db_comment="Account that dropped or recalled it")
    ended_at = models.DateTimeField(null=True, db_comment="When it was dropped, recalled or replaced")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(agency=None) & ~Q(guest="")) | (Q(agency__isnull=False) & Q(guest="")),
                name="a_paper_is_for_an_agency_or_a_guest",
            ),
            models.CheckConstraint(
                condition=Q(released_by="") | ~Q(released_by=models.F("written_by")),
                name="a_second_person_released_the_paper",
            ),
        ]
        indexes = [models.Index(fields=["agency", "state"], name="papers_of_an_agency")]

    @property
    def words(self) -> str:
        """The exact copy; "" once it is recalled."""
        return locked.unlock(place="panelpaper.words", row=self.ref, sealed=self.sealed_words)

    @words.setter
    def words(self, words: str) -> None:
        self.sealed_words = locked.lock(place="panelpaper.words", row=self.ref, text=words)


@pghistory.track()
class PanelReader(models.Model):
    """An account of an agency that two people named to read both sides at one meeting."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    meeting = models.ForeignKey(
        PanelMeeting, on_delete=models.PROTECT, related_name="readers", db_comment="The meeting"
    )
    account = models.CharField(max_length=40, db_comment="Account that may read both sides there")
    why = models.TextField(db_comment="Why one person must hold both")
    asked_by = models.CharField(max_length=40, db_comment="First account, which named it")
    asked_at = models.DateTimeField(db_comment="When it was named")
    agreed_by = models.CharField(max_length=40, blank=True, db_comment="Second account, which agreed")
    agreed_at = models.DateTimeField(null=True, db_comment="When the second account agreed")
    ended_at = models.DateTimeField(null=True, db_comment="When it ended")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "account"],
                condition=Q(ended_at=None),
                name="a_reader_of_both_sides_is_named_once",
            ),
            models.CheckConstraint(
                condition=Q(agreed_by="") | ~Q(agreed_by=models.F("asked_by")),
                name="a_second_person_agreed_to_both_sides",
            ),
        ]


class PanelCopy(models.Model):
    """One printed pack, numbered within its meeting and made for one reader."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    meeting = models.ForeignKey(
        PanelMeeting, on_delete=models.PROTECT, related_name="copies", db_comment="The meeting"
    )
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="copies", db_comment="Agency that it is for"
    )
    reader = models.CharField(max_length=120, db_comment="Person who is handed it")
    side = models.CharField(max_length=12, choices=Side.choices, db_comment="Side of the cases, coded")
    number = models.PositiveSmallIntegerField(db_comment="Number of the copy, from 1")
    papers = ArrayField(models.CharField(max_length=12), db_comment="References of the papers in it")
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)
    made_by = models.CharField(max_length=40, db_comment="Account that made it")
    made_at = models.DateTimeField(db_comment="When it was made")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="a_copy_of_a_meeting_has_its_number")
        ]


class PanelPrint(models.Model):
    """One document of a meeting that the worker draws: the pack of one copy, or the agenda."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    meeting = models.ForeignKey(
        PanelMeeting, on_delete=models.PROTECT, related_name="prints", db_comment="The meeting"
    )
    copy = models.OneToOneField(
        PanelCopy,
        null=True,
        on_delete=models.PROTECT,
        related_name="drawing",
        db_comment="Copy whose pack it is; empty: the agenda",
    )
    order = models.CharField(
        max_length=64, db_comment="Token of the form that asked for it, the same for all that it asked for"
    )
    sealed_file = models.BinaryField(
        default=bytes,
        db_comment="The drawn document, locked with the site's key; emptied when a paper of the meeting changes",
    )
    drawn_of = models.CharField(
        max_length=64, blank=True, db_comment="SHA-256 over what was drawn, in hexadecimal"
    )
    asked_by = models.CharField(max_length=40, db_comment="Account that asked for it")
    asked_at = models.DateTimeField(db_comment="When it was asked for")
    drawn_at = models.DateTimeField(null=True, db_comment="When the worker had done with it")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "order"], condition=Q(copy=None), name="an_agenda_is_drawn_once_an_order"
            )
        ]
        indexes = [models.Index(fields=["id"], condition=Q(drawn_at=None), name="packs_to_draw")]

    @property
    def file(self) -> bytes:
        """The drawn document; empty where there is none."""
        return b64decode(locked.unlock(place="panelprint.file", row=self.ref, sealed=self.sealed_file))

    @file.setter
    def file(self, file: bytes) -> None:
        self.sealed_file = locked.lock(place="panelprint.file", row=self.ref, text=b64encode(file).decode())


@pghistory.track()
class PanelLink(models.Model):
    """A link by which a guest reads one paper on the day of the meeting, with a code that is read out to them."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    paper = models.ForeignKey(
        PanelPaper, on_delete=models.PROTECT, related_name="links", db_comment="Paper that the guest reads"
    )
    digest = models.CharField(max_length=64, unique=True, db_comment="Keyed digest of the link's token")
    code = models.CharField(max_length=64, db_comment="Keyed digest of the code that opens it once")
    until = models.DateTimeField(db_comment="End of the meeting's day, when the link ends")
    wrong = models.PositiveSmallIntegerField(
        default=0, db_comment="Wrong codes since the present one was made"
    )
    opened_at = models.DateTimeField(null=True, db_comment="When the present code was used")
    made_by = models.CharField(max_length=40, db_comment="Account that made it")
    made_at = models.DateTimeField(db_comment="When it was made")
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)
    ended_by = models.CharField(max_length=40, blank=True, db_comment="Account that ended it")
    ended_at = models.DateTimeField(null=True, db_comment="When it was ended")


@pghistory.track()
class PanelAction(models.Model):
    """What an agency or a police account agreed to do by a day."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    item = models.ForeignKey(
        PanelItem, on_delete=models.PROTECT, related_name="actions", db_comment="Case that it is about"
    )
    side = models.CharField(max_length=12, choices=Side.choices, db_comment="Side of the case, coded")
    agency = models.ForeignKey(
        Agency,
        null=True,
        on_delete=models.PROTECT,
        related_name="panel_actions",
        db_comment="Agency that does it; empty: a police account does it",
    )
    account = models.CharField(max_length=40, blank=True, db_comment="Police account that does it")
    sealed_words = models.BinaryField(
        default=bytes, db_comment="What is to be done, locked with the site's key"
    )
    due_on = models.DateField(db_comment="Day by which it is done")
    waits_for = models.ForeignKey(
        "self",
        null=True,
        on_delete=models.PROTECT,
        related_name="waiting",
        db_comment="Action that must be done before",
    )
    state = models.CharField(
        max_length=12, choices=Progress.choices, default=Progress.OPEN, db_comment="Where it stands, coded"
    )
    version = models.PositiveIntegerField(default=1, db_comment=VERSION)
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)
    given_by = models.CharField(max_length=40, db_comment="Account that gave it")
    given_at = models.DateTimeField(db_comment="When it was given")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(agency=None) & ~Q(account="")) | (Q(agency__isnull=False) & Q(account="")),
                name="an_action_has_one_owner",
            )
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="actions_by_their_day")]

    @property
    def words(self) -> str:
        """What is to be done."""
        return locked.unlock(place="panelaction.words", row=self.ref, sealed=self.sealed_words)

    @words.setter
    def words(self, words: str) -> None:
        self.sealed_words = locked.lock(place="panelaction.words", row=self.ref, text=words)


class PanelStep(models.Model):
    """One thing that happened to an action: added, never changed."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    action = models.ForeignKey(
        PanelAction, on_delete=models.PROTECT, related_name="steps", db_comment="The action"
    )
    what = models.CharField(max_length=12, choices=What.choices, db_comment="What happened, coded")
    sealed_words = models.BinaryField(default=bytes, db_comment="Words about it, locked with the site's key")
    by = models.CharField(max_length=40, db_comment="Account that did it")
    at = models.DateTimeField(db_comment="When it was recorded")
    submission = models.CharField(max_length=64, null=True, unique=True, db_comment=SUBMISSION)

    class Meta:
        indexes = [models.Index(fields=["action", "at"], name="steps_of_a_panel_action")]

    @property
    def words(self) -> str:
        """The words about it."""
        return locked.unlock(place="panelstep.words", row=self.ref, sealed=self.sealed_words)

    @words.setter
    def words(self, words: str) -> None:
        self.sealed_words = locked.lock(place="panelstep.words", row=self.ref, text=words)
