"""/exhibits/"""

from django.urls import path

from desist.advocacy.exhibits import views

app_name = "exhibits"
urlpatterns = [
    path("one/<slug:ref>/", views.exhibit, name="exhibit"),
    path("one/<slug:ref>/words/", views.words, name="words"),
    path("one/<slug:ref>/files/", views.files, name="files"),
    path("one/<slug:ref>/row/<slug:file>/<int:number>/", views.row, name="row"),
    path("one/<slug:ref>/take-off/", views.take_off, name="take-off"),
    path("one/<slug:ref>/undo/", views.undo, name="undo"),
    path("one/<slug:ref>/unused/", views.unused, name="unused"),
    path("one/<slug:ref>/finish/", views.finish, name="finish"),
    path("one/<slug:ref>/renew/", views.renew, name="renew"),
    path("one/<slug:ref>/save/", views.save, name="save"),
    path("<slug:ref>/", views.exhibits, name="exhibits"),
]
