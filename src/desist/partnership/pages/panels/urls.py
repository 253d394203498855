"""/panels/"""

from django.urls import path

from desist.partnership.pages.panels import views

app_name = "panels"
urlpatterns = [
    path("", views.panels, name="panels"),
    path("add/", views.add, name="add"),
    path("<slug:ref>/", views.meeting, name="meeting"),
    path("<slug:ref>/change/", views.change, name="change"),
    path("<slug:ref>/attendance/", views.attendance, name="attendance"),
    path("<slug:ref>/call-off/", views.call_off, name="call-off"),
    path("<slug:ref>/reader/", views.reader, name="reader"),
    path("<slug:ref>/reader/<slug:reader>/agree/", views.agree, name="agree"),
    path("<slug:ref>/reader/<slug:reader>/end/", views.end_reader, name="end-reader"),
]
