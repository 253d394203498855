"""/followups/"""

from django.urls import path

from desist.programme.leaving.followups import views

app_name = "followups"
urlpatterns = [
    path("of/<slug:ref>/", views.follow_ups, name="follow-ups"),
    path("<slug:ref>/record/", views.record, name="record"),
]
