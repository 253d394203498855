"""/skills/"""

from django.urls import path

from desist.programme.curriculum.skills import views

app_name = "skills"
urlpatterns = [
    path("", views.skills, name="skills"),
    path("shared/", views.shared, name="shared"),
    path("<slug:key>/", views.skill, name="skill"),
]
