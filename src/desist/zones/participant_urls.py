"""Every address of the participant zone."""

from django.urls import include, path

from desist.participant.entrance import handler400, handler404, handler500

__all__ = ["handler400", "handler404", "handler500"]

urlpatterns = [path("", include("desist.participant.urls"))]
