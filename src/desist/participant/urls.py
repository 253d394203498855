"""Every address of the person's own pages."""

from django.urls import path

from desist.participant import entrance, lock, offline, views

app_name = "mine"
urlpatterns = [
    path("", views.today, name="today"),
    path("begin/", entrance.begin, name="begin"),
    path("begin/<slug:code>/", entrance.begin, name="invited"),
    path("begin/<slug:code>", entrance.begin, name="invited-plain"),
    path("sign-in/", entrance.sign_in, name="sign-in"),
    path("open/", lock.opened, name="open"),
    path("lock/", lock.lock, name="lock"),
    path("sign-out/", entrance.sign_out, name="sign-out"),
    path("appointments/", views.appointments, name="appointments"),
    path("homework/", views.homework, name="homework"),
    path("skills/", views.skills, name="skills"),
    path("skills/<slug:key>/", views.skill, name="skill"),
    path("plan/", views.plan, name="plan"),
    path("questions/", views.questions, name="questions"),
    path("questions/help/", views.help_now, name="help"),
    path("questions/<slug:name>/", views.sheet, name="sheet"),
    path("rights/", views.rights, name="rights"),
    path("rights/notice/", views.notice, name="notice"),
    path("frame/", offline.frame, name="frame"),
    path("worker.js", offline.worker, name="worker"),
    path("key/", offline.key, name="key"),
    path("add/", offline.add, name="add"),
    path("manifest.webmanifest", entrance.manifest, name="manifest"),
]
