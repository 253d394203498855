"""/history/"""

from django.urls import path

from desist.programme.history import views

app_name = "history"
urlpatterns = [path("<slug:ref>/", views.history, name="history")]
