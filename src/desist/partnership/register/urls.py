"""/register/"""

from django.urls import path

from desist.partnership.register import views

app_name = "register"
urlpatterns = [
    path("import/", views.import_, name="import"),
    path("template/", views.template, name="template"),
    path("export/", views.export, name="export"),
    path("counts/", views.counts, name="counts"),
]
