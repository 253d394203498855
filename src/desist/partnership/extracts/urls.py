"""/extracts/"""

from django.urls import path

from desist.partnership.extracts import views

app_name = "extracts"
urlpatterns = [
    path("", views.extracts, name="all"),
    path("<slug:ref>/", views.one, name="extract"),
    path("<slug:ref>/count/", views.count, name="count"),
    path("<slug:ref>/file/<slug:which>/", views.file, name="file"),
    path("<slug:ref>/sign/", views.sign, name="sign"),
    path("<slug:ref>/send/", views.send, name="send"),
    path("<slug:ref>/set-aside/", views.set_aside, name="set-aside"),
    path("<slug:ref>/recall/", views.recall, name="recall"),
]
