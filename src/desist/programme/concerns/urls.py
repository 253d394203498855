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
    path("<slug:ref>/close/", views.close, name="close"),
]
