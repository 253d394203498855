"""The post's addresses, below /post/ in every staff zone."""

from django.urls import URLPattern

app_name = "post"
urlpatterns: list[URLPattern] = []
