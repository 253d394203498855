"""/search/"""

from django.urls import path

from desist.partnership.pages.search import views

app_name = "search"
urlpatterns = [path("", views.search, name="search")]
