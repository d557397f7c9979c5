"""Submitted work and submitted marks stand: triggers refuse any change to them (S1, S10)."""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION assessment_submitted_work_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.submitted_at IS NULL THEN
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'submitted work is not deleted' USING ERRCODE = 'restrict_violation';
    END IF;
    IF (NEW.reference, NEW.candidate_number, NEW.enrolment_id, NEW.task_id, NEW.attempt, NEW.write_up_id, NEW.words,
        NEW.word_counts, NEW.counter_version, NEW.started_at, NEW.submitted_at, NEW.submitted_by_id, NEW.signed_name,
        NEW.snapshot, NEW.answer_due_on)
        IS DISTINCT FROM
       (OLD.reference, OLD.candidate_number, OLD.enrolment_id, OLD.task_id, OLD.attempt, OLD.write_up_id, OLD.words,
        OLD.word_counts, OLD.counter_version, OLD.started_at, OLD.submitted_at, OLD.submitted_by_id, OLD.signed_name,
        OLD.snapshot, OLD.answer_due_on)
       OR NEW.status = 'started' THEN
        RAISE EXCEPTION 'submitted work is not changed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;

CREATE FUNCTION assessment_submitted_documents_stand() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed record;
BEGIN
    IF TG_OP = 'INSERT' THEN changed := NEW; ELSE changed := OLD; END IF;
    IF EXISTS (SELECT 1 FROM assessment_script WHERE id = changed.script_id AND submitted_at IS NOT NULL) THEN
        RAISE EXCEPTION 'submitted documents are not changed' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END
$$;

CREATE FUNCTION assessment_submitted_marks_stand() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed record;
BEGIN
    IF TG_OP = 'INSERT' THEN changed := NEW; ELSE changed := OLD; END IF;
    IF EXISTS (SELECT 1 FROM assessment_marking WHERE id = changed.marking_id AND submitted_at IS NOT NULL) THEN
        RAISE EXCEPTION 'submitted marks are not changed' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END
$$;

CREATE FUNCTION assessment_submitted_marking_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.submitted_at IS NOT NULL THEN
        RAISE EXCEPTION 'a submitted marking is not changed' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END
$$;
"""

TRIGGERS = (
    ("assessment_script", "UPDATE OR DELETE", "assessment_submitted_work_stands"),
    (
        "assessment_supportingdocument",
        "INSERT OR UPDATE OR DELETE",
        "assessment_submitted_documents_stand",
    ),
    ("assessment_mark", "INSERT OR UPDATE OR DELETE", "assessment_submitted_marks_stand"),
    ("assessment_marking", "UPDATE OR DELETE", "assessment_submitted_marking_stands"),
)


class Migration(migrations.Migration):
    dependencies = (("assessment", "0001_initial"),)

    operations = (
        migrations.RunSQL(
            FUNCTIONS, "".join(f"DROP FUNCTION {function}();" for _, _, function in TRIGGERS)
        ),
        *(
            migrations.RunSQL(
                f"CREATE TRIGGER submitted_stands BEFORE {events} ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION {function}();",
                f"DROP TRIGGER submitted_stands ON {table};",
            )
            for table, events, function in TRIGGERS
        ),
    )
