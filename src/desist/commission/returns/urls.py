"""/returns/"""

from django.urls import path

from desist.commission.returns import views

app_name = "returns"
urlpatterns = [
    path("<slug:ref>/", views.one, name="return"),
    path("<slug:ref>/four/", views.four, name="four"),
    path("<slug:ref>/file/", views.file, name="file"),
    path("<slug:ref>/ask/", views.ask_about, name="ask"),
    path("<slug:ref>/recall/", views.recall, name="recall"),
    path("by-hand/<slug:service>/<slug:quarter>/", views.enter, name="enter"),
]
