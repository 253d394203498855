"""/exit-reports/"""

from django.urls import path

from desist.partnership.exit_reports import views

app_name = "exit_reports"
urlpatterns = [path("<slug:ref>/document/", views.document, name="document")]
