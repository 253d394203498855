"""/late-entries/"""

from django.urls import path

from desist.programme.calendar.late_entries import views

app_name = "late_entries"
urlpatterns = [
    path("<slug:ref>/", views.held, name="held"),
    path("<slug:ref>/enter/", views.enter, name="enter"),
]
