"""/plans/"""

from django.urls import path

from desist.programme.plans import views

app_name = "plans"
urlpatterns = [
    path("<slug:ref>/", views.plan, name="plan"),
    path("<slug:ref>/goal/", views.set_goal, name="set-goal"),
    path("<slug:ref>/readiness/", views.judge, name="judge"),
    path("goal/<slug:ref>/change/", views.change, name="change"),
    path("goal/<slug:ref>/rate/", views.rate, name="rate"),
]
