"""The first page."""

from django.urls import path

from desist.commission.home import views

app_name = "home"
urlpatterns = [path("", views.home, name="home")]
