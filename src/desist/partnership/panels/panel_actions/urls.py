"""/panel-actions/"""

from django.urls import path

from desist.partnership.panels.panel_actions import views

app_name = "panel_actions"
urlpatterns = [
    path("about/<slug:ref>/give/", views.give, name="give"),
    path("<slug:ref>/", views.action, name="action"),
    path("<slug:ref>/answer/", views.answer, name="answer"),
    path("<slug:ref>/chased/", views.chased, name="chased"),
]
