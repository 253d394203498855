"""/outcomes/"""

from django.urls import path

from desist.programme.pages.outcomes import views

app_name = "outcomes"
urlpatterns = [
    path("", views.outcomes, name="outcomes"),
    path("endings/", views.endings, name="endings"),
    path("people/", views.people, name="people"),
]
