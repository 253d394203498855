"""/contacts/"""

from django.urls import path

from desist.advocacy.pages.contacts import views

app_name = "contacts"
urlpatterns = [
    path("times/<slug:ref>/end/", views.end_time, name="end-time"),
    path("attempts/<slug:ref>/", views.finish, name="finish"),
    path("messages/<slug:ref>/seen/", views.note_stopped, name="note-stopped"),
    path("<slug:ref>/", views.contact, name="contact"),
    path("<slug:ref>/words/", views.words, name="words"),
    path("<slug:ref>/times/", views.add_time, name="add-time"),
    path("<slug:ref>/not-safe/", views.not_safe, name="not-safe"),
    path("<slug:ref>/safe/", views.safe, name="safe"),
    path("<slug:ref>/begin/", views.begin, name="begin"),
    path("<slug:ref>/queue/", views.queue, name="queue"),
]
