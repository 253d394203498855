"""/diary/"""

from django.urls import path, register_converter

from desist.programme.sessions.diary import views
from desist.programme.sessions.diary.addresses import IsoDay

register_converter(IsoDay, "isoday")
app_name = "diary"
urlpatterns = [
    path("<slug:ref>/", views.diary, name="diary"),
    path("<slug:ref>/<isoday:day>/", views.day, name="day"),
]
