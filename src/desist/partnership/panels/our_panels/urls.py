"""/our-panels/"""

from django.urls import path

from desist.partnership.panels.our_panels import views

app_name = "our_panels"
urlpatterns = [
    path("", views.panels, name="panels"),
    path("papers/<slug:ref>/", views.paper, name="paper"),
    path("actions/<slug:ref>/", views.action, name="action"),
    path("actions/<slug:ref>/answer/", views.answer, name="answer"),
    path("<slug:ref>/", views.meeting, name="meeting"),
]
