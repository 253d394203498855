"""/training/"""

from django.urls import path

from desist.programme.supervision.training import views

app_name = "training"
urlpatterns = [
    path("", views.team, name="team"),
    path("file/", views.file, name="file"),
    path("mine/", views.mine, name="mine"),
    path("of/<slug:ref>/", views.record, name="record"),
    path("of/<slug:ref>/course/", views.course, name="course"),
    path("of/<slug:ref>/induction/", views.induction, name="induction"),
    path("of/<slug:ref>/competence/", views.competence, name="competence"),
    path("<slug:ref>/strike/", views.strike, name="strike"),
]
