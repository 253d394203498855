"""Every address of the commission zone."""

from django.urls import include, path

from desist.ui.errors import handler400, handler403, handler404
from desist.zones.faults import handler500

__all__ = ["handler400", "handler403", "handler404", "handler500"]

urlpatterns = [
    path("", include("desist.commission.home.urls")),
    path("extracts/", include("desist.commission.extracts.urls")),
    path("force-tables/", include("desist.commission.force_tables.urls")),
    path("grants/", include("desist.commission.grants.urls")),
    path("needs/", include("desist.commission.needs.urls")),
    path("returns/", include("desist.commission.returns.urls")),
    path("account/", include("desist.accounts.urls")),
    path("post/", include("desist.post.urls")),
    path("audit/", include("desist.audit.urls")),
    path("downloads/", include("desist.audit.downloads.urls")),
    path("restrictions/", include("desist.restrictions.urls")),
]
