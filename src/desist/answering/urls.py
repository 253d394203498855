"""/answers/"""

from django.urls import path

from desist.answering import views

app_name = "answers"
urlpatterns = [
    path("", views.start, name="start"),
    path("say/", views.say, name="say"),
    path("<slug:link>/", views.link, name="link"),
]
