"""/evidence/"""

from django.urls import path

from desist.advocacy.evidence import views

app_name = "evidence"
urlpatterns = [
    path("one/<slug:ref>/", views.file, name="file"),
    path("one/<slug:ref>/piece/", views.piece, name="piece"),
    path("one/<slug:ref>/choose/", views.choose, name="choose"),
    path("one/<slug:ref>/record/<int:number>/", views.record, name="record"),
    path("one/<slug:ref>/picture/", views.picture, name="picture"),
    path("one/<slug:ref>/save/", views.save, name="save"),
    path("one/<slug:ref>/recording/", views.recording, name="recording"),
    path("one/<slug:ref>/play/", views.play, name="play"),
    path("one/<slug:ref>/drop/", views.drop, name="drop"),
    path("<slug:ref>/", views.files, name="files"),
    path("<slug:ref>/begin/", views.begin, name="begin"),
]
