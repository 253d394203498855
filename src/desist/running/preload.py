"""The modules of every child, loaded once in the parent before the first fork. No module here reads settings."""

import cryptography.hazmat.primitives.asymmetric.ed25519
import django.conf
import django.core.handlers.wsgi
import django.core.management
import django.db.backends.postgresql.base
import django.forms
import django.template.backends.jinja2
import django.test.signals
import fido2.server
import granian
import granian.wsgi
import holidays
import jinja2.ext
import jwt
import phonenumbers
import psycopg
import psycopg_pool
import requests
import whitenoise.middleware

LOADED = (
    *(cryptography, django, fido2, granian, holidays, jinja2, jwt, phonenumbers),
    *(psycopg, psycopg_pool, requests, whitenoise),
)
