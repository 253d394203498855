"""/screenings/"""

from django.urls import path

from desist.advocacy.screenings import views

app_name = "screenings"
urlpatterns = [
    path("one/<slug:ref>/", views.screening, name="screening"),
    path("after/<slug:ref>/", views.after, name="after"),
    path("<slug:ref>/", views.client, name="client"),
    path("<slug:ref>/record/", views.record, name="record"),
]
