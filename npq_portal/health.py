"""/healthz: 200 when database and queue answer, 503 with which one does not."""

import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """For load balancers and `make run`; says nothing about people."""
    found = {"database": _database(), "queue": _queue()}
    return JsonResponse(found, status=200 if all(word == "ok" for word in found.values()) else 503)


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return "ok"
    except DatabaseError:
        return "does not answer"


def _queue() -> str:
    client = redis.Redis.from_url(
        settings.CELERY_BROKER_URL, socket_timeout=2, socket_connect_timeout=2
    )
    try:
        client.ping()
        return "ok"
    except redis.RedisError:
        return "does not answer"
    finally:
        client.close()
