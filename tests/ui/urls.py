"""The kitchen sink: pages that hold every component once."""

from django.urls import path
from tests.ui import views

from desist.ui.errors import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [
    path("", views.sink, name="sink"),
    path("ask/", views.ask, name="ask"),
    path("draft/", views.draft, name="draft"),
    path("draft/save/", views.save, name="save"),
    path("tasks/", views.tasks, name="tasks"),
    path("answers/", views.answers, name="answers"),
    path("list/", views.rows, name="list"),
    path("charts/", views.figures, name="charts"),
    path("shared/", views.shared, name="shared"),
    path("absent/<str:ref>/", views.absent, name="absent"),
    path("forbidden/", views.forbidden, name="forbidden"),
    path("broken/", views.broken, name="broken"),
    path("waiting/", views.waiting, name="waiting"),
    path("down/", views.down, name="down"),
    path("down/early/", views.down, name="down-early"),
    path("odd/", views.odd, name="odd"),
]
