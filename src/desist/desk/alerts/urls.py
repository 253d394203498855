"""/alerts/"""

from django.urls import path

from desist.desk.alerts import views

app_name = "alerts"
urlpatterns = [
    path("", views.alerts, name="alerts"),
    path("<slug:ref>/", views.alert, name="alert"),
    path("<slug:ref>/acknowledge/", views.acknowledge, name="acknowledge"),
]
