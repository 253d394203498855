"""/curriculum/"""

from django.urls import path

from desist.programme.curriculum import views

app_name = "curriculum"
urlpatterns = [
    path("", views.curriculum, name="curriculum"),
    path("start/", views.start, name="start"),
    path("module/<slug:ref>/", views.module, name="module"),
    path("session/<slug:ref>/", views.session, name="session"),
    path("<slug:ref>/", views.version, name="version"),
    path("<slug:ref>/module/", views.add_module, name="add-module"),
    path("<slug:ref>/use/", views.use, name="use"),
    path("<slug:ref>/drop/", views.drop, name="drop"),
]
