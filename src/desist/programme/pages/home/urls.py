"""The first page."""

from django.urls import path

from desist.programme.pages.home import views
from desist.wall import waiting

app_name = "home"
urlpatterns = [
    path("", views.home, name="home"),
    path(waiting.ADDRESS[1:], views.waiting, name="waiting"),
    path("team-to-do/", views.team, name="team"),
]
