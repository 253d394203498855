"""/assessments/"""

from django.urls import path

from desist.programme.pages.assessments import views

app_name = "assessments"
urlpatterns = [
    path("of/<slug:ref>/", views.assessments, name="assessments"),
    path("of/<slug:ref>/appoint/", views.appoint, name="appoint"),
    path("<slug:ref>/", views.assessment, name="assessment"),
    path("<slug:ref>/move/", views.move, name="move"),
    path("<slug:ref>/write/", views.write, name="write"),
    path("<slug:ref>/save/", views.save, name="save"),
    path("<slug:ref>/finish/", views.finish, name="finish"),
    path("<slug:ref>/cancel/", views.cancel, name="cancel"),
]
