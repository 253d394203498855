"""/answer-files/"""

from django.urls import path

from desist.answering.answer_files import views

app_name = "answer_files"
urlpatterns = [
    path("<slug:ref>/", views.read, name="read"),
    path("<slug:ref>/form/", views.form, name="form"),
    path("<slug:ref>/keep/", views.keep, name="keep"),
]
