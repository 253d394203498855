"""/triage/"""

from django.urls import path

from desist.programme.triage import views

app_name = "triage"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("criteria/", views.criteria, name="criteria"),
    path("criteria/change/", views.change_criteria, name="change-criteria"),
    path("<slug:ref>/", views.referral, name="referral"),
    path("<slug:ref>/decide/", views.decide, name="decide"),
    path("<slug:ref>/advice/", views.advise, name="advise"),
    path("<slug:ref>/delay/", views.delay, name="delay"),
]
