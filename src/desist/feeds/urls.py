"""/calendar/"""

from django.urls import path

from desist.feeds import views

app_name = "feeds"
urlpatterns = [
    path("", views.calendar, name="calendar"),
    path("make/", views.make, name="make"),
    path("made/", views.made, name="made"),
    path("<slug:ref>/revoke/", views.revoke, name="revoke"),
    path("feed/<slug:token>.ics", views.ics, name="ics"),
]
