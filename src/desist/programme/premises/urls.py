"""/premises/"""

from django.urls import path

from desist.programme.premises import views

app_name = "premises"
urlpatterns = [
    path("", views.premises, name="premises"),
    path("add/", views.add, name="add"),
    path("rooms/<slug:ref>/close/", views.close_room, name="close-room"),
    path("<slug:ref>/room/", views.add_room, name="add-room"),
    path("<slug:ref>/never/", views.never, name="never"),
    path("<slug:ref>/again/", views.again, name="again"),
    path("<slug:ref>/close/", views.close, name="close"),
]
