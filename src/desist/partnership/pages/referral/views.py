"""The pages about an officer's referrals."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.accounts.searching import allowed
from desist.partnership.pages.referral import queries
from desist.partnership.referrals import forms
from desist.partnership.referrals.queries import programmes
from desist.partnership.referrals.states import GivenOver
from desist.partnership.sending import commands
from desist.referral.alike import Person
from desist.referral.answers import BY_KEY, following, may_be_names
from desist.referral.forms import FORMS, LABELS, Confirmed, SectionForm
from desist.refusals import Changed, Refused
from desist.ui.asking import ask
from desist.ui.dates import LONDON
from desist.ui.tables import Cursor, Sort
from desist.wall.requests import StaffRequest

CHANGED = (
    "A colleague changed this referral since you opened this page. Look at it again before you discard it"
)
NEWER = (
    "Not saved: this referral was changed since you opened the page. What this part says now is shown above the form. "
    "Save again to use what you typed instead"
)
OTHERS = "A colleague started this draft. Ask them or your force lead to discard it"
AMENDED = "The referral has been amended. The programme sees what changed and why."
ANSWERED = "Your reason was kept, and the data protection officer sees it. Nothing changed in the referral."


@require_safe
def referrals(request: StaffRequest) -> HttpResponse:
    """Show the area's referrals, the newest first."""
    asked, form = request.GET.get("state", ""), forms.Narrow(request.GET)
    state = asked if asked in dict(queries.LISTED) else ""
    sort = Sort.read(request.GET, allowed=queries.SORTED, default="-started_at")
    whose = request.actor.who if form.said("whose") else ""
    page = queries.referrals(
        actor=request.actor,
        narrowed=queries.Narrowed(state, form.said("stage"), whose),
        sort=sort,
        cursor=Cursor.read(request.GET),
        at=request.at,
    )
    context = {"page": page, "state": state, "states": queries.LISTED, "sort": sort, "form": form}
    return render(request, "partnership/referrals/referrals.html", context)


@require_safe
def discarded(request: StaffRequest) -> HttpResponse:
    """The discarded drafts."""
    rows, paging = queries.discarded(actor=request.actor, cursor=Cursor.read(request.GET), at=request.at)
    return render(request, "partnership/referrals/discards.html", {"rows": rows, "paging": paging})


@require_http_methods(["GET", "POST"])
def start(request: StaffRequest) -> HttpResponse:
    """Look a person up, then begin a draft."""
    known = programmes(actor=request.actor)
    form = forms.Start(request.POST or None, programmes=known)
    found: tuple[queries.Alike, ...] = ()
    if form.is_bound and (begun := commands.begun(actor=request.actor, submission=form.submission)):
        return _onwards(request, begun)
    if form.is_valid() and (form.looked or allowed(request, form, typed=form.called())):
        person = form.person()
        if not form.looked:
            found = queries.alike(actor=request.actor, person=Person(**person), at=request.at)
        if not found:
            programme = form.cleaned_data["programme"]
            own = queries.own_contact(actor=request.actor, at=request.at)
            ref = commands.start(
                actor=request.actor,
                programme=programme,
                answers={**own, **person},
                submission=form.submission,
                at=request.at,
            )
            return _onwards(request, ref)
    status = 422 if form.errors else 200
    context = {"form": form, "programmes": known, "found": found}
    return render(request, "partnership/referrals/start.html", context, status=status)


@require_safe
def referral(request: StaffRequest, ref: str) -> HttpResponse:
    """A draft as a task list, or a sent referral with answers and progress. Opening it marks its news as read."""
    page = queries.referral(actor=request.actor, ref=ref, at=request.at)
    if page.news:
        seen = [key for key, _ in page.news]
        commands.read_news(actor=request.actor, ref=ref, seen=seen, at=request.at)
    template = "tasks" if page.is_draft else "discarded" if page.is_discarded else "referral"
    return render(request, f"partnership/referrals/{template}.html", {"page": page, "labels": LABELS})


@require_http_methods(["GET", "POST"])
def section(request: StaffRequest, ref: str, key: str) -> HttpResponse:
    """One section of a draft."""
    page, form = _section(request, ref, key)

    def then(_: None) -> HttpResponse:
        _warn(request, form)
        return _onwards(request, ref, key)

    return ask(
        request,
        "partnership/referrals/section.html",
        form,
        do=lambda: commands.write(
            actor=request.actor,
            ref=ref,
            section=BY_KEY[key],
            answers=form.answers(),
            version=form.version,
            override=form.override(),
            at=request.at,
        ),
        then=then,
        page={"page": page, "section": BY_KEY[key], "newer": None, "labels": LABELS},
        anew=lambda _: _newer(request, form, ref),
    )


@require_http_methods(["GET", "POST"])
def amend(request: StaffRequest, ref: str, key: str) -> HttpResponse:
    """Put one section of a sent referral right, with a reason."""
    page, form = _section(request, ref, key, amending=True)

    def then(told: bool) -> HttpResponse:  # noqa: FBT001 -- what the command answers
        messages.success(request, AMENDED if told else ANSWERED)
        _warn(request, form)
        return redirect("referrals:referral", ref)

    return ask(
        request,
        "partnership/referrals/amend.html",
        form,
        do=lambda: commands.amend(
            actor=request.actor,
            ref=ref,
            section=BY_KEY[key],
            answers=form.answers(),
            reason=form.amend_reason(),
            version=form.version,
            no_names=form.no_names,
            override=form.override(),
            at=request.at,
        ),
        then=then,
        page={"page": page, "section": BY_KEY[key], "newer": None, "labels": LABELS},
        anew=lambda _: _newer(request, form, ref),
    )


@require_http_methods(["GET", "POST"])
def check(request: StaffRequest, ref: str) -> HttpResponse:
    """Check the answers, then send."""
    page = queries.referral(actor=request.actor, ref=ref, at=request.at)
    form = Confirmed(request.POST or None, version=page.version)
    form.ask(may_be_names(page.answers))

    def anew(_: Changed) -> dict[str, object]:
        newer = queries.referral(actor=request.actor, ref=ref, at=request.at)
        form.keep("This referral was changed elsewhere. Check the answers again")
        form.version = newer.version
        return {"page": newer}

    def then(stay: tuple[str, ...]) -> HttpResponse:
        messages.success(request, f"Sent to {page.programme}. The reference is {page.spoken}.")
        for sentence in stay:
            messages.warning(request, sentence)
        return redirect("referrals:referral", ref)

    return ask(
        request,
        "partnership/referrals/check.html",
        form,
        do=lambda: commands.send(
            actor=request.actor,
            ref=ref,
            version=form.version,
            no_names=form.no_names,
            override=form.override(),
            at=request.at,
        ),
        then=then,
        page={"page": page, "labels": LABELS},
        anew=anew,
    )


@require_http_methods(["GET", "POST"])
def discard(request: StaffRequest, ref: str) -> HttpResponse:
    """Discard a draft for good."""
    page = queries.answered(actor=request.actor, ref=ref, at=request.at)
    form = forms.Discard(request.POST or None, version=page.version)

    def do() -> None:
        if page.is_draft and not page.may_discard:
            raise Refused(OTHERS)
        commands.discard(actor=request.actor, ref=ref, reason=form.why(), version=form.version, at=request.at)

    def anew(_: Changed) -> dict[str, object]:
        form.keep(CHANGED)
        return {}

    return ask(
        request,
        "partnership/referrals/discard.html",
        form,
        do=do,
        done="The draft was discarded. What was entered has been deleted.",
        then=lambda _: redirect("referrals:referrals"),
        page={"page": page},
        anew=anew,
    )


@require_http_methods(["GET", "POST"])
def withdraw(request: StaffRequest, ref: str) -> HttpResponse:
    """Take a referral back."""
    page = queries.answered(actor=request.actor, ref=ref, at=request.at)
    form = forms.Withdrawal(request.POST or None)
    return ask(
        request,
        "partnership/referrals/withdraw.html",
        form,
        do=lambda: commands.withdraw(actor=request.actor, ref=ref, reason=form.why(), at=request.at),
        then=lambda _: redirect("referrals:referral", ref),
        page={"page": page},
    )


def _onwards(request: StaffRequest, ref: str, key: str = "person") -> HttpResponse:
    """Go to the draft's next unfinished section after this one, or to the check once there is none."""
    page = queries.answered(actor=request.actor, ref=ref, at=request.at)
    after = following(key, page.answers)
    return redirect("referrals:section", ref, after) if after else redirect("referrals:check", ref)


def _section(
    request: StaffRequest, ref: str, key: str, *, amending: bool = False
) -> tuple[queries.Page, SectionForm]:
    """A referral and the form of one of its sections, filled with the answers so far."""
    if key not in BY_KEY:
        raise Http404
    page = queries.answered(actor=request.actor, ref=ref, at=request.at)
    form = FORMS[key](
        request.POST or None,
        initial={name: page.answers[name] for name in BY_KEY[key].names},
        version=page.version,
        today=request.at.astimezone(LONDON).date(),
        amending=page.answers if amending else None,
    )
    return page, form


def _newer(request: StaffRequest, form: SectionForm, ref: str) -> dict[str, object]:
    """What a referral says now, to stand above a form from an older page. If the form is sent again, it counts."""
    newer = queries.answered(actor=request.actor, ref=ref, at=request.at)
    form.keep(NEWER)
    form.version = newer.version
    return {"newer": newer}


def _warn(request: StaffRequest, form: SectionForm) -> None:
    for sentence in form.warnings():
        messages.warning(request, sentence)


@require_http_methods(["GET", "POST"])
def give(request: StaffRequest) -> HttpResponse:
    """Give referrals to a colleague, who hears their news from then on."""
    page = queries.to_give(actor=request.actor, at=request.at)
    form = forms.Give(request.POST or None)
    form.offer("referrals", page.referrals)
    form.offer("to", [("", "Choose one"), *page.colleagues])

    def then(stay: tuple[str, ...]) -> HttpResponse:
        given = len(form.cleaned_data["referrals"]) - len(stay)
        name = dict(page.colleagues)[form.cleaned_data["to"]]
        messages.success(request, f"{name} follows {given} more {'referral' if given == 1 else 'referrals'}")
        for sentence in stay:
            messages.warning(request, sentence)
        return redirect("referrals:referrals")

    return ask(
        request,
        "partnership/referrals/give.html",
        form,
        do=lambda: commands.give(
            actor=request.actor,
            refs=form.cleaned_data["referrals"],
            to=form.cleaned_data["to"],
            why=GivenOver(form.cleaned_data["why"]),
            at=request.at,
        ),
        then=then,
        page={"page": page},
    )
