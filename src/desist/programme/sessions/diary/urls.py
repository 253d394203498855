"""/diary/"""

from django.urls import path, register_converter

from desist.programme.sessions.diary import views
from desist.programme.sessions.diary.addresses import IsoDay

register_converter(IsoDay, "isoday")
app_name = "diary"
urlpatterns = [
    path("<slug:ref>/", views.diary, name="diary"),
    path("<slug:ref>/week/<isoday:day>/", views.week, name="week"),
    path("<slug:ref>/week/<isoday:day>/save/", views.save, name="save"),
    path("<slug:ref>/targets/", views.targets, name="targets"),
    path("<slug:ref>/targets/<slug:target>/end/", views.end_target, name="end-target"),
    path("<slug:ref>/<isoday:day>/", views.day, name="day"),
]
