"""/incidents/"""

from django.urls import path

from desist.advocacy.incidents import views

app_name = "incidents"
urlpatterns = [
    path("one/<slug:ref>/", views.incident, name="incident"),
    path("one/<slug:ref>/files/", views.files, name="files"),
    path("one/<slug:ref>/files/take-off/", views.take_off, name="take-off"),
    path("<slug:ref>/", views.incidents, name="incidents"),
    path("<slug:ref>/record/", views.record, name="record"),
]
