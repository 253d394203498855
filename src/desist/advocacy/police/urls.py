"""/police/"""

from django.urls import path

from desist.advocacy.police import views

app_name = "police"
urlpatterns = [
    path("<slug:ref>/", views.police, name="police"),
    path("<slug:ref>/ask/", views.ask, name="ask"),
    path("<slug:ref>/answer/", views.answer, name="answer"),
    path("<slug:ref>/end/", views.end, name="end"),
    path("<slug:ref>/alert/", views.alert, name="alert"),
]
