"""/quarterly/"""

from django.urls import path

from desist.quarterly import views

app_name = "quarterly"
urlpatterns = [
    path("", views.all_quarters, name="all"),
    path("count/<slug:ref>/", views.count, name="count"),
    path("question/<slug:ref>/", views.answer, name="answer"),
    path("<slug:ref>/", views.one, name="return"),
    path("<slug:ref>/file/", views.file, name="file"),
    path("<slug:ref>/sign/", views.sign, name="sign"),
    path("<slug:ref>/send/", views.send, name="send"),
    path("<slug:ref>/set-aside/", views.set_aside, name="set-aside"),
    path("<slug:ref>/recall/", views.recall, name="recall"),
]
