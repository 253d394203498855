"""/reports/"""

from django.urls import path

from desist.partnership.reports import views

app_name = "reports"
urlpatterns = [path("<slug:ref>/document/", views.document, name="document")]
