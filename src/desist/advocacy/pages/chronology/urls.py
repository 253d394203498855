"""/chronology/"""

from django.urls import path

from desist.advocacy.pages.chronology import views

app_name = "chronology"
urlpatterns = [
    path("<slug:ref>/", views.chronology, name="chronology"),
    path("<slug:ref>/put/", views.put, name="put"),
    path("<slug:ref>/tag/", views.tag, name="tag"),
    path("<slug:ref>/pictures/", views.pictures, name="pictures"),
]
