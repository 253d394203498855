"""/practice/"""

from django.urls import path

from desist.programme.sessions.practice import views

app_name = "practice"
urlpatterns = [
    path("<slug:ref>/", views.log, name="log"),
    path("<slug:ref>/add/", views.add, name="add"),
    path("<slug:ref>/strike/<slug:line>/", views.strike, name="strike"),
]
