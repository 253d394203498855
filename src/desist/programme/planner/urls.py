"""/planner/"""

from django.urls import path

from desist.programme.planner import views

app_name = "planner"
urlpatterns = [
    path("<slug:ref>/", views.planner, name="planner"),
    path("<slug:ref>/plan/", views.plan, name="plan"),
]
