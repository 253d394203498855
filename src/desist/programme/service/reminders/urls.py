"""/reminders/"""

from django.urls import path

from desist.programme.service.reminders import views

app_name = "reminders"
urlpatterns = [
    path("<slug:ref>/", views.reminders, name="reminders"),
    path("<slug:ref>/choose/", views.choose, name="choose"),
    path("<slug:ref>/end/", views.end, name="end"),
]
