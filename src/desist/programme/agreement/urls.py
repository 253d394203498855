"""/agreement/"""

from django.urls import path

from desist.programme.agreement import views

app_name = "agreement"
urlpatterns = [
    path("notice/", views.notice, name="notice"),
    path("notice/pdf/", views.notice_pdf, name="notice-pdf"),
    path("words/", views.words, name="words"),
    path("words/change/", views.change_words, name="change-words"),
    path("given/<slug:ref>/", views.given, name="given"),
    path("given/<slug:ref>/pdf/", views.given_pdf, name="given-pdf"),
    path("task/<slug:ref>/", views.task, name="task"),
    path("<slug:ref>/", views.agreement, name="agreement"),
    path("<slug:ref>/tell/", views.tell, name="tell"),
    path("<slug:ref>/ask/", views.ask, name="ask"),
    path("<slug:ref>/withdraw/", views.withdraw, name="withdraw"),
]
