"""/corrections/"""

from django.urls import path

from desist.programme.pages.corrections import views

app_name = "corrections"
urlpatterns = [path("<slug:ref>/correct/", views.correct, name="correct")]
