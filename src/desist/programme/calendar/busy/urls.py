"""/busy/"""

from django.urls import path

from desist.programme.calendar.busy import views

app_name = "busy"
urlpatterns = [
    path("<slug:ref>/add/", views.add, name="add"),
    path("<slug:ref>/remove/", views.remove, name="remove"),
]
