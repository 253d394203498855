"""/history/"""

from django.urls import path

from desist.programme.pages.history import views

app_name = "history"
urlpatterns = [path("<slug:ref>/", views.history, name="history")]
