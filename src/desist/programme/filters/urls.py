"""/filters/"""

from django.urls import path

from desist.programme.filters import views

app_name = "filters"
urlpatterns = [
    path("keep/", views.keep, name="keep"),
    path("<slug:ref>/remove/", views.remove, name="remove"),
]
