"""/episodes/"""

from django.urls import path

from desist.programme.pages.person import views

app_name = "episodes"
urlpatterns = [
    path("", views.episodes, name="episodes"),
    path("<slug:ref>/", views.episode, name="episode"),
]
