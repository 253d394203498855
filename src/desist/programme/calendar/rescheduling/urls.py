"""/rescheduling/"""

from django.urls import path

from desist.programme.calendar.rescheduling import views

app_name = "rescheduling"
urlpatterns = [
    path("<slug:ref>/move/", views.move, name="move"),
    path("<slug:ref>/again/", views.again, name="again"),
    path("<slug:ref>/cancel/", views.cancel, name="cancel"),
    path("<slug:ref>/add/", views.add, name="add"),
]
