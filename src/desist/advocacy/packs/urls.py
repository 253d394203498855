"""/packs/"""

from django.urls import path

from desist.advocacy.packs import views

app_name = "packs"
urlpatterns = [
    path("of/<slug:ref>/", views.send, name="send"),
    path("of/<slug:ref>/paper/", views.paper, name="paper"),
    path("<slug:ref>/", views.pack, name="pack"),
]
