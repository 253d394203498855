"""/week/"""

from django.urls import path

from desist.programme.pages.week import views

app_name = "week"
urlpatterns = [
    path("", views.week, name="week"),
    path("book/", views.book, name="book"),
]
