"""The form of a referral, a section a page. Nothing here asks about the victim."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from desist import codes
from desist.referral import answers, fields, lists, orders
from desist.referral.lists import OrderKind
from desist.referral.police_areas import PoliceArea
from desist.ui import dates, moments, words
from desist.ui import fields as ui
from desist.ui.forms import Form

NO_VICTIM = "Do not write the victim’s name, address, workplace, telephone number or anything that could identify or locate them."
OLDEST = date(1900, 1, 1)


class Confirmed(Form):
    """The check that no possible name is the victim's: asked about every such word before the answers are kept."""

    NO_NAME: ClassVar[str] = "no_name"
    #: the words in question
    listed: tuple[str, ...] = ()

    def ask(self, listed: Mapping[str, str]) -> None:
        """Ask about words, each with the field in which it stands."""
        self.listed = tuple(listed)
        if listed:
            self.fields[self.NO_NAME] = ui.Choices(
                label="Tick each word that is not the name of the victim, or of anyone near them",
                hint="Desist does not know these words. If one of them is such a name, change the answer in which it stands.",
                choices=[(word, word) for word in listed],
                hints={word: f"In “{LABELS[name]}”" for word, name in listed.items()},
                missing=f"Tick “{'”, “'.join(listed)}” if none is such a name. If one is, change the answer in which it stands",
            )

    def clean(self) -> dict[str, Any]:
        """Require a tick for every word, or a changed answer."""
        cleaned = super().clean()
        ticked = cleaned.get(self.NO_NAME, self.listed)
        for word in self.listed:
            if word not in ticked:
                self.add_error(
                    self.NO_NAME,
                    f"Tick “{word}” if it is not such a name. If it is, change the answer in which it stands",
                )
        return cleaned

    @property
    def no_names(self) -> tuple[str, ...]:
        """The words that the referrer says are not the victim's name."""
        return tuple(self.cleaned_data.get(self.NO_NAME, ()))


class SectionForm(Confirmed):
    """One section. The form asks about free text that may lead to a person before it is kept."""

    #: lists in which "none" goes with nothing else
    WITH_NONE: ClassVar[tuple[str, ...]] = ()
    #: asked only for a referral that was sent already
    REASON: ClassVar[str] = "amend_reason"

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        initial: Mapping[str, Any] | None = None,
        version: int | None = None,
        today: date | None = None,
        amending: answers.Answers | None = None,
    ) -> None:
        """`initial` are the answers so far; `today` in London.

        `amending` are the answers of a sent referral: the form asks for the reason of the correction, and about new
        names.
        """
        super().__init__(data, initial=initial, version=version)
        self._today = today
        if amending is not None:
            self.ask(self.new_names(amending))
            self.fields[self.REASON] = ui.Choice(
                label="Why is it being corrected?", choices=lists.AmendReason.choices
            )

    def clean(self) -> dict[str, Any]:
        """Refuse "none" beside other choices."""
        cleaned = super().clean()
        for name in self.WITH_NONE:
            chosen = cleaned.get(name) or []
            if "none" in chosen and len(chosen) > 1:
                self.add_error(name, f"Choose either “{answers.words(name, ['none'])}” or the others")
        return cleaned

    def new_names(self, said: answers.Answers) -> dict[str, str]:
        """The typed words, each with its field, that may name a person and stood in none of the answers before."""
        typed = {name: str(self.data.get(name, "")) for name in answers.FREE if name in self.fields}
        before, after = answers.may_be_names(said), answers.may_be_names({**said, **typed})
        return {word: name for word, name in after.items() if self.is_bound and word not in before}

    def answers(self) -> dict[str, Any]:
        """Field -> answer, once the form is valid."""
        beside = {self.REASON, self.NO_NAME}
        return {name: value for name, value in self.cleaned_data.items() if name not in beside}

    def amend_reason(self) -> lists.AmendReason:
        """The reason for correcting a sent referral."""
        return lists.AmendReason(self.cleaned_data[self.REASON])

    def warnings(self) -> tuple[str, ...]:
        """Values that look wrong and are kept."""
        return ()


class Person(SectionForm):
    """The referred person."""

    given_names = ui.Name(label="Given names", max_length=100)
    family_name = ui.Name(label="Family name", max_length=100)
    aliases = fields.Lines(
        label="Other names",
        hint="Nicknames, former names and names used online, one per line",
        required=False,
        rows=3,
    )
    born = moments.Day(label="Date of birth", hint="For example, 27 3 1985", earliest=OLDEST, birthday=True)
    pnc = fields.Pnc(
        label="PNC number", hint="For example, 2003/0062845E", required=False, max_length=20, width=20
    )
    cro = fields.Cro(
        label="CRO number", hint="For example, 265416/21G", required=False, max_length=20, width=20
    )

    def clean_born(self) -> date:
        """Refuse a date of birth in the future or below the age of criminal responsibility."""
        born: date = self.cleaned_data["born"]
        if self._today and born > self._today:
            self.add_error("born", "Date of birth is in the future: check the year")
        elif self._today and dates.years_between(born, self._today) < 10:
            self.add_error("born", "The person would be younger than 10: check the year")
        return born

    def warnings(self) -> tuple[str, ...]:
        """Numbers whose check letter does not fit."""
        wrong = [
            name.upper()
            for name in ("pnc", "cro")
            if self.cleaned_data.get(name) and not answers.verified(name, self.cleaned_data[name])
        ]
        return tuple(
            f"The last letter of the {name} number does not fit its digits. It is kept as unverified: compare it "
            "with the record."
            for name in wrong
        )


class Reach(SectionForm):
    """The person's own contact details, each in its field."""

    contact_by = ui.Choice(label="How should the person be contacted?", choices=lists.ContactBy.choices)
    own_phone = fields.Telephone(label="The person’s telephone", required=False, max_length=40, width=20)
    own_email = fields.Email(label="The person’s e-mail", required=False, max_length=120)
    own_address = ui.Address(
        label="The person’s address",
        hint="Leave it empty if the victim lives there or nearby.",
        required=False,
        max_length=300,
        rows=3,
    )
    own_postcode = fields.Postcode(label="The person’s postcode", required=False, max_length=10, width=10)
    lives_in = ui.Pick(
        label="Which police area does the person live in?",
        hint="Services accept people by area. Leave it empty if it is not known.",
        choices=PoliceArea.choices,
        required=False,
        nothing="Not known",
    )


class Route(SectionForm):
    """The route and footing of the referral, and the state of the criminal case."""

    route = ui.Choice(label="By which route is the person referred?", choices=codes.Route.choices)
    legal_basis = ui.Choice(label="On what legal basis is this shared?", choices=codes.LegalBasis.choices)
    proceedings = ui.Choice(label="What stage are proceedings at?", choices=codes.Proceedings.choices)


class Behaviour(SectionForm):
    """The person's behaviour."""

    WITH_NONE = ("methods",)
    behaviours = ui.Choices(
        label="Which acts associated with stalking?",
        hint="The list of section 2A of the Protection from Harassment Act 1997. Choose all that apply.",
        choices=codes.Behaviour.choices,
    )
    channels = ui.Choices(label="How?", choices=lists.Channel.choices)
    methods = ui.Choices(
        label="Was any of this involved?",
        hint="Through others, online, or with threats. Choose all that apply.",
        choices=lists.Method.choices,
    )
    relationship = ui.Choice(
        label="What was the person’s relationship to the victim?", choices=codes.Relationship.choices
    )
    behaviour_account = ui.LongText(
        audience=words.Audience.CROSSES, label="What the person did, in a few sentences", hint=NO_VICTIM
    )


class Offence(SectionForm):
    """The index offence, offences recorded with it, and the orders on the person now."""

    WITH_NONE = ("orders",)
    offence_kind = ui.Pick(label="Kind of index offence", choices=lists.Offence.choices)
    offence = ui.Text(
        audience=words.Audience.CROSSES,
        label="Index offence as recorded",
        hint=f"With its crime reference. {NO_VICTIM}",
        required=False,
    )
    included = ui.Choices(
        label="Included classifications",
        hint="Offences recorded within the same crime, stalking above all. Choose all that apply.",
        choices=[pair for pair in lists.Offence.choices if pair[0] != lists.Offence.NONE],
        required=False,
    )
    orders = ui.Choices(
        label="Orders and conditions in force",
        choices=OrderKind.choices,
        reveals={kind.value: [f"until_{kind.value}"] for kind in OrderKind if kind != OrderKind.NONE},
    )

    def __init__(self, *args: Any, initial: Mapping[str, Any] | None = None, **kwargs: Any) -> None:  # noqa: ANN401 -- the form's own arguments
        """Show each order as its kind, with its last day below it."""
        given = dict(initial or {})
        for order in orders.read(written=given.get("orders", ())):
            given[f"until_{order.kind.value}"] = order.ends
        given["orders"] = [order.kind.value for order in orders.read(written=given.get("orders", ()))]
        super().__init__(*args, initial=given, **kwargs)
        for kind in OrderKind:
            if kind != OrderKind.NONE:
                self.fields[f"until_{kind.value}"] = moments.Day(
                    label=f"{kind.label}: its last day, if known", required=False
                )

    def answers(self) -> dict[str, Any]:
        """The answers, each order with its last day."""
        given = super().answers()
        ends = {name: given.pop(name) for name in list(given) if name.startswith("until_")}
        chosen = [orders.Order(OrderKind(kind), ends.get(f"until_{kind}")) for kind in given["orders"]]
        return {**given, "orders": [order.written for order in chosen]}


class Safety(SectionForm):
    """The facts that the programme needs to meet the person safely and fairly."""

    WITH_NONE = ("need_kinds", "risk_kinds")
    need_kinds = ui.Choices(
        label="What does the person need to take part?",
        choices=lists.Need.choices,
        reveals={lists.Need.INTERPRETER: ["language"]},
    )
    language = ui.Text(
        audience=words.Audience.CROSSES, label="Language", required=False, max_length=60, width=20
    )
    needs = ui.LongText(
        audience=words.Audience.CROSSES,
        label="More about these needs",
        hint=NO_VICTIM,
        required=False,
        rows=3,
    )
    risk_kinds = ui.Choices(label="What are the risks to staff?", choices=lists.StaffRisk.choices)
    risks_to_staff = ui.LongText(
        audience=words.Audience.CROSSES,
        label="More about these risks",
        hint=NO_VICTIM,
        required=False,
        rows=3,
    )


class Risk(SectionForm):
    """What the referrer judged of risk, and a summary for the programme. No item of any tool is asked for."""

    WITH_NONE = ("risk_to",)
    risk_tool = ui.Pick(
        label="Which tool was used to judge risk?",
        hint="The newest judgement. Choose “No tool was used” if there is none.",
        choices=codes.RiskTool.choices,
    )
    risk_tool_version = ui.Text(
        audience=words.Audience.CROSSES,
        label="Version of the tool",
        hint="As printed on its form",
        required=False,
        max_length=80,
        width=20,
    )
    risk_result = ui.Text(
        audience=words.Audience.CROSSES,
        label="What was concluded?",
        hint=f"The professional judgement in words, not a total of items. {NO_VICTIM}",
    )
    risk_rater = ui.Name(label="Name of the person who judged", max_length=80)
    risk_rated_on = moments.Day(label="The day of the judgement", earliest=OLDEST)
    risk_to = ui.Choices(
        label="Who is at risk?", hint="By kind, never by name.", choices=lists.AtRisk.choices
    )
    risk_when = ui.LongText(
        audience=words.Audience.CROSSES,
        label="When is the risk greatest?",
        hint=NO_VICTIM,
        required=False,
        rows=3,
    )
    risk_increases = ui.LongText(
        audience=words.Audience.CROSSES,
        label="What increases the risk?",
        hint=NO_VICTIM,
        required=False,
        rows=3,
    )
    risk_reduces = ui.LongText(
        audience=words.Audience.CROSSES,
        label="What reduces the risk?",
        hint=NO_VICTIM,
        required=False,
        rows=3,
    )
    self_harm = ui.LongText(
        audience=words.Audience.CROSSES,
        label="Self-harm and suicide: what is known of the person?",
        hint=NO_VICTIM,
        required=False,
        rows=3,
    )

    def clean(self) -> dict[str, Any]:
        """Ask for no result where no tool was used, and for no day to come."""
        cleaned = super().clean()
        if cleaned.get("risk_tool") == codes.RiskTool.NONE:
            for name, nothing in (("risk_result", ""), ("risk_rater", ""), ("risk_rated_on", None)):
                self.errors.pop(name, None)
                cleaned.setdefault(name, nothing)
        day = cleaned.get("risk_rated_on")
        if self._today and day and day > self._today:
            self.add_error("risk_rated_on", "The day of the judgement is in the future: check it")
        return cleaned


class Contact(SectionForm):
    """The contact for the programme's questions."""

    referrer_kind = ui.Choice(label="Who is referring?", choices=lists.Referrer.choices)
    referrer_organisation = ui.Name(label="Organisation or unit", required=False, max_length=120)
    referrer_name = ui.Name(
        label="Name of the officer or worker to contact",
        hint="Not needed where people refer themselves",
        max_length=80,
    )
    referrer_phone = ui.Token(label="Work telephone", max_length=40, width=20)
    referrer_email = fields.Email(label="Work e-mail", required=False, max_length=120)

    def clean(self) -> dict[str, Any]:
        """Waive the referring service for people who refer themselves."""
        cleaned = super().clean()
        if cleaned.get("referrer_kind") == lists.Referrer.SELF:
            for name in ("referrer_name", "referrer_phone"):
                self.errors.pop(name, None)
                cleaned.setdefault(name, "")
        return cleaned


#: section -> its form; a test holds their fields against the section's
FORMS: dict[str, type[SectionForm]] = {
    "person": Person,
    "reach": Reach,
    "route": Route,
    "behaviour": Behaviour,
    "offence": Offence,
    "safety": Safety,
    "risk": Risk,
    "contact": Contact,
}
#: field -> its question, for the pages that show answers
LABELS = {name: str(field.label) for form in FORMS.values() for name, field in form.base_fields.items()}
