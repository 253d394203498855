"""/leave/"""

from django.urls import path

from desist.programme.pages.leave import views

app_name = "absences"
urlpatterns = [
    path("", views.leave, name="leave"),
    path("<slug:ref>/add/", views.add, name="add"),
    path("<slug:ref>/remove/", views.remove, name="remove"),
]
