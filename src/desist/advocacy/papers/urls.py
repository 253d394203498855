"""/papers/"""

from django.urls import path

from desist.advocacy.papers import views

app_name = "papers"
urlpatterns = [
    path("one/<slug:ref>/", views.fetch, name="fetch"),
    path("<slug:ref>/log/", views.log, name="log"),
    path("<slug:ref>/theirs/", views.theirs, name="theirs"),
]
