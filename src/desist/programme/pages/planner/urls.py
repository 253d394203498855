"""/planner/"""

from django.urls import path

from desist.programme.pages.planner import views
from desist.programme.planner import views as planning

app_name = "planner"
urlpatterns = [
    path("<slug:ref>/", views.planner, name="planner"),
    path("<slug:ref>/plan/", planning.plan, name="plan"),
]
