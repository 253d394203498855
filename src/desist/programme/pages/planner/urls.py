"""/planner/"""

from django.urls import path

from desist.programme.calendar.planner import views as planning
from desist.programme.pages.planner import views

app_name = "planner"
urlpatterns = [
    path("<slug:ref>/", views.planner, name="planner"),
    path("<slug:ref>/plan/", planning.plan, name="plan"),
]
