"""/outside/"""

from django.urls import path

from desist.programme.outside import views

app_name = "outside"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("door/", views.door, name="door"),
    path("<slug:ref>/", views.one, name="one"),
    path("<slug:ref>/take-in/", views.take_in, name="take-in"),
    path("<slug:ref>/turn-down/", views.turn_down, name="turn-down"),
    path("<slug:ref>/answer/", views.answer, name="answer"),
]
