"""/concerns/"""

from django.urls import path

from desist.programme.concerns import views

app_name = "concerns"
urlpatterns = [
    path("", views.concerns, name="concerns"),
    path("<slug:ref>/raise/", views.raise_concern, name="raise"),
    path("of/<slug:ref>/", views.person, name="person"),
    path("of/<slug:ref>/raise/", views.raise_about, name="about"),
    path("find/", views.find, name="find"),
    path("referred/<slug:ref>/raise/", views.raise_of_referred, name="referred"),
    path("<slug:ref>/", views.concern, name="concern"),
    path("<slug:ref>/screen/", views.screen, name="screen"),
    path("<slug:ref>/enquire/", views.enquire, name="enquire"),
    path("<slug:ref>/decide/", views.decide, name="decide"),
    path("<slug:ref>/refer/", views.refer, name="refer"),
    path("<slug:ref>/chase/", views.chase, name="chase"),
    path("<slug:ref>/answer/", views.answer, name="answer"),
    path("<slug:ref>/close/", views.close, name="close"),
]
