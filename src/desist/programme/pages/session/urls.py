"""/sessions/"""

from django.urls import path

from desist.programme.pages.session import views

app_name = "sessions"
urlpatterns = [
    # The order matters: first the path that a page asks for every few seconds while a record is written.
    path("<slug:ref>/save/", views.save, name="save"),
    path("<slug:ref>/", views.session, name="session"),
    path("<slug:ref>/prepare/", views.prepare, name="prepare"),
    path("<slug:ref>/versions/", views.versions, name="versions"),
    path("<slug:ref>/versions/<int:number>/", views.version, name="version"),
    path("<slug:ref>/record/", views.record, name="record"),
    path("<slug:ref>/shared/", views.shared, name="shared"),
    path("<slug:ref>/feedback/", views.feedback, name="feedback"),
    path("<slug:ref>/follow-up/", views.follow_up, name="follow-up"),
    path("<slug:ref>/missed/", views.missed, name="missed"),
    path("<slug:ref>/finish/", views.finish, name="finish"),
]
