"""/letters/"""

from django.urls import path

from desist.programme.letters import views

app_name = "letters"
urlpatterns = [
    path("", views.register, name="register"),
    path("templates/", views.templates, name="templates"),
    path("templates/<slug:kind>/<slug:variant>/", views.change, name="change"),
    path("of/<slug:ref>/", views.letters, name="letters"),
    path("of/<slug:ref>/write/<slug:kind>/", views.write, name="write"),
    path("<slug:ref>/send/", views.send, name="send"),
    path("<slug:ref>/drop/", views.drop, name="drop"),
]
