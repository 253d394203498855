"""/reports/"""

from django.urls import path

from desist.partnership.reports import views

app_name = "reports"
urlpatterns = [
    path("", views.reports, name="reports"),
    path("<slug:ref>/", views.report, name="report"),
    path("<slug:ref>/copy/", views.copy, name="copy"),
]
