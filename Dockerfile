# The portal's image: web, worker and beat are the same image with different commands.
FROM python:3.11-slim-bookworm AS packages
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
COPY requirements.lock /build/requirements.lock
RUN python -m venv /portal/venv \
    && /portal/venv/bin/pip install --no-deps --require-hashes -r /build/requirements.lock

FROM python:3.11-slim-bookworm
# Pango draws the PDFs. Its version comes with the distribution's security updates.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        fonts-liberation libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /portal portal \
    && install -d -o portal -g portal /portal/beat /portal/var /portal/var/files /portal/var/mail
COPY --from=packages /portal/venv /portal/venv
COPY --chown=root:root . /portal/app
ENV PATH=/portal/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUTF8=1 \
    DJANGO_SETTINGS_MODULE=npq_portal.settings \
    NPQ_VAR=/portal/var
WORKDIR /portal/app
# The names below are only for this step; nothing of them stays in the image.
RUN SECRET_KEY=build DATABASE_URL=postgres://none:none@127.0.0.1:9/none \
    REDIS_URL=redis://127.0.0.1:9/0 python manage.py collectstatic --noinput -v0
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=4 \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen(u.Request('http://127.0.0.1:8000/healthz', headers={'Host': '127.0.0.1', 'X-Forwarded-Proto': 'https'}), timeout=4)"]
CMD ["gunicorn", "npq_portal.wsgi", "--bind", "0.0.0.0:8000", "--workers", "2", "--no-control-socket", "--worker-tmp-dir", "/dev/shm", "--access-logfile", "-"]
