"""The first page."""

from django.urls import path

from desist.programme.pages.home import views

app_name = "home"
urlpatterns = [path("", views.home, name="home"), path("team-to-do/", views.team, name="team")]
