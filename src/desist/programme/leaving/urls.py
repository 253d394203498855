"""/leaving/"""

from django.urls import path

from desist.programme.leaving import views

app_name = "leaving"
urlpatterns = [
    path("<slug:ref>/", views.leaving, name="leaving"),
    path("<slug:ref>/end/", views.end, name="end"),
    path("<slug:ref>/take-back/", views.take_back, name="take-back"),
    path("<slug:ref>/tell/", views.tell, name="tell"),
    path("<slug:ref>/reopen/", views.reopen, name="reopen"),
    path("<slug:ref>/reason/", views.change_reason, name="reason"),
]
