"""/victims/"""

from django.urls import path

from desist.partnership.victims import views

app_name = "victims"
urlpatterns = [
    path("", views.victims, name="victims"),
    path("start/", views.start, name="start"),
]
