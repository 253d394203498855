"""/held/"""

from django.urls import path

from desist.programme.calendar.held import views

app_name = "held"
urlpatterns = [
    path("<slug:ref>/", views.held, name="held"),
    path("<slug:ref>/enter/", views.enter, name="enter"),
]
