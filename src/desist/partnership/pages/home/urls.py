"""The first page."""

from django.urls import path

from desist.partnership.pages.home import views

app_name = "home"
urlpatterns = [path("", views.home, name="home")]
