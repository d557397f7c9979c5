"""The measure of all others: Django with no middleware and one view that asks the database one question."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

from npq_portal import environment

settings.configure(
    ALLOWED_HOSTS=["*"],
    DATABASES={"default": environment.database(os.environ["DATABASE_URL"])},
    MIDDLEWARE=[],
    ROOT_URLCONF=__name__,
    SECRET_KEY=os.environ["SECRET_KEY"],
)


def page(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM accounts_persona")
        (people,) = cursor.fetchone()
    return HttpResponse(f"<!DOCTYPE html><title>Bare</title><p>{people} people to be")


urlpatterns = [path("", page)]
application = get_wsgi_application()
