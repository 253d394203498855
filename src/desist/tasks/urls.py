"""/tasks/"""

from django.urls import path

from desist.tasks import views

app_name = "tasks"
urlpatterns = [
    path("give/", views.give, name="give"),
    path("give/<slug:case>/", views.give, name="give-about"),
    path("<slug:ref>/", views.task, name="task"),
    path("<slug:ref>/done/", views.done, name="done"),
    path("<slug:ref>/undo/", views.undo, name="undo"),
]
