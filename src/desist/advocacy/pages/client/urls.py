"""/victims/"""

from django.urls import path

from desist.advocacy.pages.client import views

app_name = "victims"
urlpatterns = [
    path("", views.victims, name="victims"),
    path("start/", views.start, name="start"),
    path("give-over/<slug:ref>/", views.give_over, name="give-over"),
    path("<slug:ref>/", views.victim, name="victim"),
    path("<slug:ref>/consents/", views.consents, name="consents"),
    path("<slug:ref>/withdraw/", views.withdraw, name="withdraw"),
    path("<slug:ref>/pause/", views.pause, name="pause"),
    path("<slug:ref>/resume/", views.resume, name="resume"),
    path("<slug:ref>/close/", views.close, name="close"),
    path("<slug:ref>/reopen/", views.reopen, name="reopen"),
    path("<slug:ref>/allocate/", views.allocate, name="allocate"),
]
