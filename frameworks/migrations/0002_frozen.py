"""A trigger that refuses any change to the wording of a published edition (F1)."""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION frameworks_refuse_change_when_published() RETURNS trigger AS $$
DECLARE
    changed record;
    frozen boolean;
BEGIN
    IF TG_OP = 'INSERT' THEN changed := NEW; ELSE changed := OLD; END IF;
    CASE TG_TABLE_NAME
        WHEN 'frameworks_behaviour' THEN
            SELECT status = 'published' INTO frozen
            FROM frameworks_edition WHERE id = changed.edition_id;
        WHEN 'frameworks_taskcriterion' THEN
            SELECT e.status = 'published' INTO frozen
            FROM frameworks_edition e
            JOIN frameworks_level l ON l.edition_id = e.id
            JOIN frameworks_task t ON t.level_id = l.id
            WHERE t.id = changed.task_id;
        WHEN 'frameworks_task', 'frameworks_area' THEN
            SELECT e.status = 'published' INTO frozen
            FROM frameworks_edition e
            JOIN frameworks_level l ON l.edition_id = e.id
            WHERE l.id = changed.level_id;
        ELSE
            SELECT e.status = 'published' INTO frozen
            FROM frameworks_edition e
            JOIN frameworks_level l ON l.edition_id = e.id
            JOIN frameworks_area a ON a.level_id = l.id
            WHERE a.id = changed.area_id;
    END CASE;
    IF frozen THEN
        RAISE EXCEPTION 'a published edition is frozen (% of %)', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END
$$ LANGUAGE plpgsql;
"""

TABLES = ("area", "statement", "criterion", "behaviour", "task", "taskcriterion")

TRIGGER = """
CREATE TRIGGER frozen_when_published BEFORE INSERT OR UPDATE OR DELETE ON frameworks_{table}
FOR EACH ROW EXECUTE FUNCTION frameworks_refuse_change_when_published();
"""


class Migration(migrations.Migration):
    dependencies = (("frameworks", "0001_initial"),)

    operations = (
        migrations.RunSQL(
            FUNCTION, reverse_sql="DROP FUNCTION frameworks_refuse_change_when_published()"
        ),
        *(
            migrations.RunSQL(
                TRIGGER.format(table=table),
                reverse_sql=f"DROP TRIGGER frozen_when_published ON frameworks_{table}",
            )
            for table in TABLES
        ),
    )
