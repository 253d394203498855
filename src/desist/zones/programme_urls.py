"""Every address of the programme zone."""

from django.urls import include, path

from desist.ui.errors import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500"]

urlpatterns = [
    # Looked through in this order: first what is asked for all day.
    path("sessions/", include("desist.programme.sessions.urls")),
    path("episodes/", include("desist.programme.episodes.urls")),
    path("search/", include("desist.programme.search.urls")),
    path("", include("desist.programme.home.urls")),
    path("intake/", include("desist.programme.intake.urls")),
    path("imports/", include("desist.programme.imports.urls")),
    path("attachments/", include("desist.programme.attachments.urls")),
    path("referrals/", include("desist.programme.referrals.urls")),
    path("curriculum/", include("desist.programme.curriculum.urls")),
    path("premises/", include("desist.programme.premises.urls")),
    path("busy/", include("desist.programme.busy.urls")),
    path("leave/", include("desist.programme.absences.urls")),
    path("moves/", include("desist.programme.moves.urls")),
    path("corrections/", include("desist.programme.corrections.urls")),
    path("team/", include("desist.programme.team.urls")),
    path("allocation/", include("desist.programme.allocation.urls")),
    path("calendar/", include("desist.feeds.urls")),
    path("orders/", include("desist.programme.orders.urls")),
    path("planner/", include("desist.programme.planner.urls")),
    path("chains/", include("desist.programme.chains.urls")),
    path("skills/", include("desist.programme.skills.urls")),
    path("diary/", include("desist.programme.diary.urls")),
    path("concerns/", include("desist.programme.concerns.urls")),
    path("triage/", include("desist.programme.triage.urls")),
    path("assessments/", include("desist.programme.assessments.urls")),
    path("risk/", include("desist.programme.risk.urls")),
    path("plans/", include("desist.programme.plans.urls")),
    path("support/", include("desist.programme.support.urls")),
    path("agreement/", include("desist.programme.agreement.urls")),
    path("leaving/", include("desist.programme.leaving.urls")),
    path("certificates/", include("desist.programme.certificates.urls")),
    path("followups/", include("desist.programme.followups.urls")),
    path("reports/", include("desist.programme.reports.urls")),
    path("disclosures/", include("desist.programme.disclosures.urls")),
    path("measures/", include("desist.programme.measures.urls")),
    path("returns/", include("desist.programme.returns.urls")),
    path("supervision/", include("desist.programme.supervision.urls")),
    path("alerts/", include("desist.desk.alerts.urls")),
    path("duty/", include("desist.desk.duty.urls")),
    path("quality/", include("desist.programme.quality.urls")),
    path("service/", include("desist.programme.service.urls")),
    path("history/", include("desist.programme.history.urls")),
    path("settings/", include("desist.programme.settings.urls")),
    path("nudges/", include("desist.programme.nudges.urls")),
    path("account/", include("desist.accounts.urls")),
    path("post/", include("desist.post.urls")),
    path("audit/", include("desist.audit.urls")),
    path("restrictions/", include("desist.restrictions.urls")),
]
