"""Reading the Department's file: what is taken, refused, kept and told (G3, G4)."""

import io
import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from applications.models import Application
from core.errors import Refused, WrongMoment
from core.models import AuditEntry
from programmes import services
from programmes.models import RefusedRow, School, SchoolChange, SchoolImport, SchoolWord
from programmes.services import school_import
from tests.applications import steps
from tests.programmes.establishments import COLUMNS, made_up, row, write

pytestmark = [pytest.mark.whole, pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]

COUNTS = ("added", "changed", "unchanged", "closed", "refused")


@pytest.fixture
def read(tmp_path):
    """Write rows as a file and read it; the run."""

    def reading(*rows, full=False, **how):
        path = write(tmp_path / "edubase.csv", rows, **how)
        return services.import_schools(by=None, path=path, full=full)

    return reading


def counts(run):
    return tuple(getattr(run, name) for name in COUNTS)


def school(urn="900001"):
    return School.objects.get(urn=urn)


class TestTaken:
    @pytest.mark.parametrize("encoding", ["iso-8859-1", "utf-8", "utf-8-sig", "cp1252"])
    def test_every_encoding(self, read, encoding):
        name = "Ysgol Tŷ’r Ély" if encoding.startswith("utf") else "École Élan"
        assert counts(read(row(name=name), encoding=encoding)) == (1, 0, 0, 0, 0)
        assert school().name == name

    def test_curved_quotation_marks_of_windows(self, read):
        read(row(name="St Wilfreda’s School – North"), encoding="cp1252")
        assert school().name == "St Wilfreda’s School – North"

    def test_columns_in_another_order_and_only_those_needed(self, read):
        few = [name for name in COLUMNS if name not in ("Street", "Locality", "CloseDate")]
        read(row(), columns=few[::-1])
        assert (school().name, school().street) == ("Weir Bank School", "")
        assert school().search == " weir bank school / westmark / zz9 1aa zz91aa "

    def test_a_column_that_is_not_there_keeps_what_was_known(self, read):
        read(row())
        without = [name for name in COLUMNS if name != "Street"]
        read(row(pupils="99", changed="02-09-2025"), columns=without)
        assert (school().street, school().pupils) == ("Chapel Lane", 99)

    def test_the_same_file_twice_changes_nothing(self, read):
        rows = [row(), row(urn="900002", percent="", pupils=""), row(urn="bad")]
        first = read(*rows)
        kept = list(School.objects.order_by("pk").values())
        again = read(*rows)
        compared = read(*rows, full=True)
        assert [counts(run) for run in (first, again, compared)] == [
            (2, 0, 0, 0, 1),
            (0, 0, 2, 0, 1),
            (0, 0, 2, 0, 1),
        ]
        assert list(School.objects.order_by("pk").values()) == kept
        assert SchoolChange.objects.count() == 0
        assert SchoolImport.objects.count() == 3
        assert first.sha256 == again.sha256

    def test_only_rows_that_the_department_changed_unless_every_row_is_asked_for(self, read):
        read(row())
        assert counts(read(row(pupils="5"))) == (0, 0, 1, 0, 0)
        assert counts(read(row(pupils="6", changed="31-08-2025"))) == (0, 0, 1, 0, 0)
        assert counts(read(row(pupils="7", changed=""))) == (0, 0, 1, 0, 0)
        assert school().pupils == 210
        assert counts(read(row(pupils="8", changed="02-09-2025"))) == (0, 1, 0, 0, 0)
        assert school().pupils == 8
        assert counts(read(row(pupils="9"), full=True)) == (0, 1, 0, 0, 0)
        assert school().pupils == 9

    def test_what_changed_is_kept_as_it_was_and_is(self, read):
        read(row())
        run = read(row(percent="", postcode="ZZ9 9ZZ", changed="02-09-2025"))
        change = SchoolChange.objects.get()
        assert (change.school, change.school_import, change.changed_at) == (
            school(),
            run,
            run.read_at,
        )
        assert change.before == {
            "fsm_percent": "31.5",
            "postcode": "ZZ9 1AA",
            "changed_on": "2025-09-01",
        }
        assert change.after == {
            "fsm_percent": None,
            "postcode": "ZZ9 9ZZ",
            "changed_on": "2025-09-02",
        }
        assert "zz9 9zz zz99zz" in school().search

    def test_schools_that_the_file_does_not_name_stay(self, read):
        own = steps.make_school()
        read(row())
        assert School.objects.filter(pk=own.pk).exists()

    def test_a_file_of_several_batches(self, read, monkeypatch):
        monkeypatch.setattr(school_import, "BATCH", 3)
        rows = list(made_up(20))
        assert counts(read(*rows)) == (20, 0, 0, 0, 0)
        assert counts(read(*rows, rows[0])) == (0, 0, 20, 0, 1)

    def test_one_event_for_the_run_and_none_for_a_school(self, read):
        before = AuditEntry.objects.count()
        run = read(row(), row(urn="900002"), row(urn="x"))
        (entry,) = AuditEntry.objects.order_by("pk")[before:]
        assert (entry.event, entry.object, entry.by) == (
            "programmes.schools_imported",
            run.reference,
            "",
        )
        assert entry.facts == {
            "full": False,
            "added": 2,
            "changed": 0,
            "unchanged": 0,
            "closed": 0,
            "refused": 1,
        }


class TestRefused:
    def test_a_row_is_refused_with_its_line_and_the_others_are_taken(self, read):
        run = read(
            row(urn="900001", street='Two\nlines, and "quotes"'),
            row(urn="12345", name=""),
            row(urn="900003", percent="lots"),
            row(urn="900004"),
            row(urn="900004", name="Again"),
        )
        assert counts(run) == (2, 0, 0, 0, 3)
        assert list(run.refused_rows.values_list("line", "urn", "reasons")) == [
            (4, "12345", "URN is not 6 digits; EstablishmentName is empty"),
            (
                5,
                "900003",
                "PercentageFSM is not a percentage from 0 to 100 with at most one decimal",
            ),
            (7, "900004", "URN 900004 stands on line 6 already"),
        ]
        assert set(School.objects.values_list("urn", flat=True)) == {"900001", "900004"}
        assert school("900001").street == 'Two lines, and "quotes"'

    def test_a_known_school_whose_row_is_refused_stays_as_it_was(self, read):
        read(row())
        assert counts(read(row(pupils="x", changed="02-09-2025"))) == (0, 0, 0, 0, 1)
        assert school().pupils == 210

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (b"", "The file is empty."),
            (b"URN,EstablishmentName\n1,x\n", "The file has no column TypeOfEstablishment (name)"),
            ("URN".encode("utf-16"), "The file has no column URN"),
            (b"\x89PNG\r\n\x1a\n\x00", "The file has no column URN"),
        ],
    )
    def test_a_file_that_is_not_the_departments(self, tmp_path, content, words):
        path = tmp_path / "other.csv"
        path.write_bytes(content)
        with pytest.raises(Refused) as refused:
            services.import_schools(by=None, path=path)
        assert words in refused.value.message
        assert SchoolImport.objects.count() == School.objects.count() == 0

    def test_what_is_no_csv_half_way_writes_nothing(self, tmp_path):
        path = write(tmp_path / "edubase.csv", [row(), row(urn="900002", name="x" * 140000)])
        with pytest.raises(Refused, match="Line 3 cannot be read as CSV"):
            services.import_schools(by=None, path=path)
        assert SchoolImport.objects.count() == School.objects.count() == 0

    def test_a_failure_half_way_writes_nothing(self, read, monkeypatch):
        monkeypatch.setattr(school_import, "count_words", lambda: 1 / 0)
        before = AuditEntry.objects.count()
        with pytest.raises(ZeroDivisionError):
            read(row(), row(urn="x"))
        left = (School, SchoolImport, RefusedRow, SchoolWord)
        assert [model.objects.count() for model in left] == [0, 0, 0, 0]
        assert AuditEntry.objects.count() == before


class TestClosed:
    def close(self, **fields):
        return row(status="Closed", closed="31-08-2025", changed="02-09-2025", **fields)

    def test_an_academy_keeps_the_number(self, read):
        read(row(number="2001"), row(urn="900009", number="2009", postcode="ZZ9 1AA"))
        run = read(
            self.close(number="2001", because="Academy Converter"),
            row(urn="900002", name="Lighthouse Trust East", number="2001", postcode="ZZ8 8ZZ"),
            row(urn="900009", number="2009"),
        )
        assert counts(run) == (1, 0, 1, 1, 0)
        closed = school()
        assert closed.successor == school("900002")
        assert (closed.status, str(closed.closed_on), closed.closed_because) == (
            "Closed",
            "2025-08-31",
            "Academy Converter",
        )
        assert SchoolChange.objects.get().after["status"] == "Closed"

    def test_a_merger_is_found_at_the_postcode_by_its_name(self, read):
        infant, junior = {"name": "Elm Road Infant School"}, {"name": "Elm Road Junior School"}
        read(row(**infant), row(urn="900002", **junior))
        read(
            self.close(**infant),
            self.close(urn="900002", **junior),
            row(urn="900003", name="Elm Road Primary School"),
            row(urn="900004", name="Oak Road Nursery"),
        )
        assert {each.successor for each in (school(), school("900002"))} == {school("900003")}

    def test_two_alike_at_the_postcode_are_not_guessed_between(self, read):
        read(row())
        read(
            self.close(),
            row(urn="900002", name="Weir Bank Academy"),
            row(urn="900003", name="Weir Bank Primary School"),
        )
        assert school().successor is None

    def test_the_successor_may_come_in_a_later_file(self, read):
        read(row(number="2001"))
        read(self.close(number="2001"))
        assert school().successor is None
        read(self.close(number="2001"), row(urn="900002", name="New", number="2001"))
        assert school().successor == school("900002")

    def test_a_successor_that_closes_hands_on(self, read):
        read(self.close(number="2001"), row(urn="900002", number="2001", name="Second"))
        read(
            row(urn="900002", number="2001", name="Second", status="Closed", changed="01-01-2026"),
            row(urn="900003", number="2001", name="Third", changed="01-01-2026"),
        )
        assert school().successor == school("900002").successor == school("900003")

    def test_one_that_opens_again_has_no_successor_and_no_day_of_closing(self, read):
        read(self.close(number="2001"), row(urn="900002", number="2001", name="Second"))
        run = read(row(number="2001", changed="01-01-2026"))
        assert counts(run) == (0, 1, 0, 0, 0)
        assert (school().successor, school().closed_on, school().status) == (None, None, "Open")

    def test_one_that_is_new_and_closed_already_is_added(self, read):
        run = read(self.close(), self.close(urn="900002"))
        assert counts(run) == (2, 0, 0, 0, 0)

    def test_applications_and_enrolments_keep_pointing_to_it(self, read):
        read(row(region="North West"))
        application = steps.application_at("draft", school=school())
        enrolment = steps.enrolled_participant(school=school())
        snapshot = enrolment.school_fsm_percent
        read(self.close(percent="99.9"))
        enrolment.refresh_from_db()
        assert Application.objects.get(pk=application.pk).school == enrolment.school == school()
        assert enrolment.school.status == "Closed"
        assert enrolment.school_fsm_percent == snapshot


class TestCommand:
    def run(self, *arguments):
        out, errors = io.StringIO(), io.StringIO()
        call_command("import_schools", *arguments, stdout=out, stderr=errors)
        assert errors.getvalue() == ""
        return out.getvalue()

    def test_it_prints_counts_and_then_what_was_refused(self, tmp_path):
        path = write(tmp_path / "edubase.csv", [row(), row(urn=""), row(urn="12", name="")])
        said = self.run(str(path))
        reference = SchoolImport.objects.get().reference
        assert said == (
            f"{reference}: edubase.csv\n"
            "added: 1\nchanged: 0\nunchanged: 0\nclosed: 0\nrefused: 2\n"
            "line 3, URN not given: URN is empty\n"
            "line 4, URN 12: URN is not 6 digits; EstablishmentName is empty\n"
        )
        assert "unchanged: 1\n" in self.run(str(path), "--full")
        assert list(SchoolImport.objects.order_by("pk").values_list("full", flat=True)) == [
            False,
            True,
        ]

    def test_a_refused_file_ends_with_one_and_its_message(self, tmp_path):
        path = write(tmp_path / "edubase.csv", [row()], columns=COLUMNS[1:])
        with pytest.raises(CommandError) as refused:
            self.run(str(path))
        assert str(refused.value) == "The file has no column URN."
        assert refused.value.returncode == 1
        with pytest.raises(CommandError, match=r"cannot be read: No such file or directory\.$"):
            self.run(str(tmp_path / "none.csv"))
        with pytest.raises(CommandError, match="cannot be read"):
            self.run(str(tmp_path))

    def test_the_schools_of_the_demonstration(self, settings):
        path = settings.BASE_DIR / "fixtures" / "demo" / "schools.csv"
        said = self.run(str(path))
        assert "refused: 0\n" in said
        assert f"unchanged: {School.objects.count()}\n" in self.run(str(path))


@pytest.mark.django_db(transaction=True)
def test_two_readings_do_not_go_on_at_once(tmp_path):
    path = write(tmp_path / "edubase.csv", [row()])
    held, done = threading.Event(), threading.Event()

    def another():
        try:
            with transaction.atomic():
                school_import._alone()
                held.set()
                done.wait(10)
        finally:
            connection.close()

    thread = threading.Thread(target=another)
    thread.start()
    try:
        assert held.wait(10)
        with pytest.raises(WrongMoment, match="Another reading of schools is going on"):
            services.import_schools(by=None, path=path)
    finally:
        done.set()
        thread.join()
    assert SchoolImport.objects.count() == 0
    assert services.import_schools(by=None, path=path).added == 1
