"""The first page."""

from django.urls import path

from desist.advocacy.pages.home import views

app_name = "home"
urlpatterns = [path("", views.home, name="home")]
