"""/supervision/"""

from django.urls import path

from desist.programme.supervision import views

app_name = "supervision"
urlpatterns = [
    path("", views.board, name="board"),
    path("of/<slug:ref>/", views.practitioner, name="practitioner"),
    path("of/<slug:ref>/arrange/", views.arrange, name="arrange"),
    path("of/<slug:ref>/end/", views.end, name="end"),
    path("of/<slug:ref>/plan/", views.plan, name="plan"),
    path("<slug:ref>/record/", views.record, name="record"),
    path("<slug:ref>/cancel/", views.cancel, name="cancel"),
    path("debrief/<slug:ref>/", views.debrief, name="debrief"),
]
