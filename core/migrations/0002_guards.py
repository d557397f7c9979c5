"""The trail cannot be rewritten: a trigger refuses UPDATE and DELETE. And the cache's table."""

from django.core.management import call_command
from django.db import migrations

TRIGGER = """
CREATE FUNCTION core_audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit trail is append-only';
END
$$;
CREATE TRIGGER core_audit_append_only BEFORE UPDATE OR DELETE ON core_auditentry
    FOR EACH ROW EXECUTE FUNCTION core_audit_is_append_only();
"""
NO_TRIGGER = """
DROP TRIGGER core_audit_append_only ON core_auditentry;
DROP FUNCTION core_audit_is_append_only();
"""


def make_cache_table(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [
        migrations.RunSQL(TRIGGER, NO_TRIGGER),
        migrations.RunPython(make_cache_table, migrations.RunPython.noop),
    ]
