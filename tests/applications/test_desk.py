"""The administrator's desk: the list's filter, saved filters, notes, and where everything stands."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from accounts.states import Role
from applications import policies, queries, services
from applications.models import Appeal, Application, Note, SavedFilter
from applications.queries import desk
from applications.states import LIVE, ApplicationStatus, WaitsFor
from core import clock
from core.errors import Refused
from core.models import AuditEntry
from tests.applications import many, steps
from tests.applications.pages import queries_of, signed_in, text_of, url

pytestmark = pytest.mark.whole

S = ApplicationStatus
LIST = "/applications/"


class TestPolicies:
    def test_a_note_says_something_in_so_many_words(self):
        assert policies.note("Rang on Monday.").allowed
        assert policies.note("word " * 500).allowed
        assert [each.text for each in policies.note("  ").reasons] == ["Write the note"]
        (reason,) = policies.note("word " * 501).reasons
        assert reason.text == "Your note has 501 words: shorten it to 500 or fewer"

    @pytest.mark.parametrize(
        ("name", "query", "taken", "says"),
        [
            (" ", "status=ready", [], "Enter a name"),
            ("n" * 61, "status=ready", [], "60 letters or fewer"),
            ("To ring", "", [], "Choose what to show first"),
            ("To ring", "words=" + "a" * 400, [], "too long to save"),
            ("to RING", "status=ready", ["To ring"], "choose another name"),
            ("To ring", "status=ready", [str(n) for n in range(20)], "remove one first"),
        ],
    )
    def test_a_filter_is_kept_under_a_free_name(self, name, query, taken, says):
        (reason,) = policies.saved_filter(name, query, taken).reasons
        assert says in reason.text

    def test_a_filter_with_a_name_and_something_to_ask_is_kept(self):
        assert policies.saved_filter("To ring", "status=ready", ["Other"]).allowed


@pytest.mark.django_db
@pytest.mark.usefixtures("reference_data")
class TestFilter:
    def test_each_thing_asked_for_finds_what_the_row_itself_says(self):
        """Over 200 applications: what the database finds is what a plain reading of each row gives."""
        by = steps.make_person(Role.ADMINISTRATOR)
        many.applications(200, by=by)
        for each in queries.with_facts().filter(status=S.DECLINED).order_by("-moved_at")[:2]:
            services.appeal(by=each.applicant, application=each, grounds="The impact was missed.")
        Appeal.objects.filter(pk=Appeal.objects.first().pk).update(handed_to=by)
        shown = list(queries.with_facts())

        def found(**asked):
            return set(desk.filtered(Application.objects.all(), **asked))

        live = {each for each in shown if each.status in LIVE}
        assert found() == live
        assert found(status="all") == set(shown)
        for status in S:
            assert found(status=status) == {each for each in shown if each.status == status}
        for whom in WaitsFor:
            assert found(waits_for=whom) == {each for each in shown if desk.waits_for(each) == whom}
        for level in ("NPQML", "NPQEL", "none such"):
            assert found(level=level) == {each for each in live if each.level.code == level}
        cohort = shown[0].cohort
        assert found(cohort=cohort.reference) == {each for each in live if each.cohort == cohort}
        london = {each for each in live if each.school and each.school.region == "London"}
        assert found(region="London") == london
        assert found(region="none") == {each for each in live if not each.school}
        for age in (3, 7, 14, 28):
            waited = {each for each in live if queries.days_waiting(each) >= age}
            assert waited
            assert found(age=str(age)) == waited
        assert found(status="ready", region="London", age="7") == {
            each for each in london if each.status == S.READY and queries.days_waiting(each) >= 7
        }
        assert found(status="accepted", waits_for="provider") == set()

    def test_age_counts_days_of_london(self):
        midnight = datetime(2027, 6, 10, 0, 0, tzinfo=clock.LONDON)
        with clock.travel(midnight - timedelta(seconds=1)):
            before = steps.application_at("started")
        with clock.travel(midnight):
            after = steps.application_at("started")
        with clock.travel(midnight + timedelta(days=6, hours=9)):
            assert set(desk.filtered(Application.objects.all(), age="7")) == {before}
            assert queries.days_waiting(before) == 7
            assert queries.days_waiting(after) == 6

    def test_words_find_by_name_address_reference_school_and_number(self):
        ready = steps.application_at(
            "ready", school=steps.make_school(name="St Dunstan’s Church of England School")
        )
        other = steps.application_at("ready")
        ready.applicant.first_name, ready.applicant.last_name = "Zoë", "Quill"
        ready.applicant.save()
        Application.objects.filter(pk=ready.pk).update(trn="0123456")

        def found(words):
            return set(desk.filtered(Application.objects.all(), words=words))

        for words in (
            "quill",
            "Zoë Quill",
            "quill zoë",
            ready.applicant.email[:-4],
            ready.reference.lower(),
            ready.applicant.reference,
            "saint dunstans",
            "0123456",
            "123456",
            ready.school.urn,
            "quill dunstan",
        ):
            assert found(words) == {ready}, words
        assert found("quill somebody") == set()
        assert other in found("example.org")
        assert found("%") == set()

    def test_an_unknown_part_of_the_address_asks_for_nothing(self):
        ready = steps.application_at("ready")
        page = signed_in(steps.make_person(Role.ADMINISTRATOR)).get(
            LIST, {"status": "nonsense", "age": "5", "region": "Mars", "level": "1 OR 1=1"}
        )
        assert ready.reference in page.content.decode()

    def test_the_page_says_how_many_whose_they_are_and_on_whom_they_wait(self):
        school = steps.make_school(name="Hob Lane School", region="London")
        with clock.travel(clock.now() - timedelta(days=4)):
            ready = steps.application_at("ready", school=school)
        unchosen = steps.application_at("referred", school=school)
        Application.objects.filter(pk=unchosen.pk).update(
            moderator=None, moderator_assigned_at=None
        )
        steps.application_at("withdrawn")
        browser = signed_in(steps.make_person(Role.ADMINISTRATOR))
        text = text_of(browser.get(LIST))
        assert "2 applications , longest in their stage first" in text
        assert ready.applicant.name in text
        assert "Hob Lane School London Ready to confirm Us 4 days" in text
        assert "Us Since today Not chosen yet" in text
        assert "1 application ," in text_of(browser.get(LIST, {"status": "withdrawn"}))
        nothing = text_of(browser.get(LIST, {"words": "nobody at all"}))
        assert "Nothing is as this filter asks now" in nothing

    def test_a_great_many_are_not_counted_to_the_end(self, monkeypatch):
        monkeypatch.setattr(desk, "MOST_COUNTED", 20)
        many.applications(40, by=steps.make_person(Role.ADMINISTRATOR))
        assert desk.count(Application.objects.all()) == (20, True)
        assert desk.count(Application.objects.filter(status=S.READY)) == (5, False)
        browser = signed_in(steps.make_person(Role.ADMINISTRATOR))
        assert "More than 20 applications" in text_of(browser.get(LIST))

    def test_only_administrators_come_here(self):
        for role in (Role.REGIONAL_MODERATOR, Role.PARTICIPANT, Role.QUALITY_AGENT):
            browser = signed_in(steps.make_person(role))
            for name, args in (("list", []), ("export", ["csv"]), ("save_filter", [])):
                assert browser.get(reverse(f"applications:{name}", args=args)).status_code == 403


@pytest.mark.django_db
@pytest.mark.usefixtures("reference_data")
class TestSavedFilters:
    def test_a_filter_is_saved_shown_to_its_owner_and_removed(self):
        steps.application_at("ready")
        helen, other = steps.make_person(Role.ADMINISTRATOR), steps.make_person(Role.ADMINISTRATOR)
        browser = signed_in(helen)
        page = browser.get(LIST, {"age": "", "status": "ready", "region": "London"})
        assert "/applications/save-filter/?status=ready&amp;region=London" in page.content.decode()
        form = browser.get("/applications/save-filter/?status=ready&region=London")
        assert "Stage: Ready to confirm Region of the school: London" in text_of(form)
        refused = browser.post("/applications/save-filter/?status=ready", {"name": " "})
        assert refused.status_code == 422
        assert "Enter a name for this filter" in text_of(refused)
        sent = browser.post(
            "/applications/save-filter/?region=London&status=ready", {"name": "London to do"}
        )
        assert sent["Location"] == "/applications/?status=ready&region=London"
        row = SavedFilter.objects.get()
        assert (row.owner, row.name, row.query) == (
            helen,
            "London to do",
            "status=ready&region=London",
        )
        assert "London to do" in text_of(browser.get(LIST))
        assert "London to do" not in text_of(signed_in(other).get(LIST))
        signed_in(other).post("/applications/remove-filter/", {"name": "London to do"})
        assert SavedFilter.objects.count() == 1
        browser.post("/applications/remove-filter/", {"name": "London to do"})
        assert SavedFilter.objects.count() == 0

    def test_a_name_is_used_once(self):
        helen = steps.make_person(Role.ADMINISTRATOR)
        services.save_filter(by=helen, name="Mine", query="status=ready")
        with pytest.raises(Refused, match="choose another name"):
            services.save_filter(by=helen, name="mine ", query="status=draft")
        assert SavedFilter.objects.get().query == "status=ready"


@pytest.mark.django_db
@pytest.mark.usefixtures("reference_data")
class TestNotes:
    def test_an_administrator_writes_a_note_at_any_stage(self):
        helen = steps.make_person(Role.ADMINISTRATOR)
        application = steps.application_at("withdrawn")
        browser = signed_in(helen)
        assert browser.post(url("note", application), {"text": " "}).status_code == 422
        sent = browser.post(url("note", application), {"text": "They rang: back in May."})
        assert sent["Location"] == f"{application.get_absolute_url()}#notes"
        note = Note.objects.get()
        assert (note.written_by, note.text) == (helen, "They rang: back in May.")
        entry = AuditEntry.objects.get(event="applications.noted")
        assert (entry.object, entry.by, entry.why) == (application.reference, helen.reference, "")
        assert "They rang" not in str(entry.facts)

    def test_only_administrators_read_and_write_notes(self):
        application = steps.application_at("referred")
        helen = steps.make_person(Role.ADMINISTRATOR)
        services.note(by=helen, application=application, text="Mind the gap year.")
        page = text_of(signed_in(helen).get(application.get_absolute_url()))
        assert page.count("Mind the gap year.") == 2
        assert f"{helen.name} wrote a note" in page
        for person in (application.moderator, application.applicant, application.sponsor):
            browser = signed_in(person)
            read = browser.get(application.get_absolute_url(), follow=True)
            assert "Mind the gap year." not in text_of(read)
            assert browser.get(url("note", application)).status_code == 403
        assert signed_in(steps.make_person()).get(url("note", application)).status_code == 404


@pytest.mark.django_db
@pytest.mark.usefixtures("reference_data")
class TestOverview:
    def test_one_query_says_where_everything_stands(self, django_assert_num_queries):
        many.applications(300, by=steps.make_person(Role.ADMINISTRATOR))
        rows = list(queries.with_facts())
        with django_assert_num_queries(1):
            view = desk.overview()
        assert view.by_status == queries.counts_by_status()
        for whom in WaitsFor:
            waiting = [each for each in rows if desk.waits_for(each) == whom]
            found = view.waits[whom]
            assert found.number == len(waiting)
            assert found.stuck == sum(queries.days_waiting(each) > 14 for each in waiting)
            assert found.oldest == min(each.moved_at for each in waiting)
        assert view.open == sum(each.status in LIVE for each in rows)
        assert view.without_moderator == sum(
            each.status == S.REFERRED and each.moderator is None for each in rows
        )
        assert 0 < view.stuck < view.open

    def test_nothing_is_nothing(self):
        view = desk.overview()
        assert (view.open, view.stuck, view.without_moderator, view.by_status) == (0, 0, 0, {})


@pytest.mark.whole
@pytest.mark.django_db
@pytest.mark.usefixtures("reference_data")
def test_the_list_costs_the_same_queries_at_50_and_10_000_applications():
    by = steps.make_person(Role.ADMINISTRATOR)
    browser = signed_in(by)
    asked = ["", "?status=all", "?waits_for=provider", "?region=London&age=7", "?words=bello"]
    many.applications(50, by=by)
    browser.get(LIST)
    few = {query: queries_of(browser, LIST + query) for query in asked}
    many.applications(9_950, by=by)
    lots = {query: queries_of(browser, LIST + query) for query in asked}
    assert Application.objects.count() == 10_000
    assert few == lots
    assert max(lots.values()) <= 15


@pytest.mark.whole
@pytest.mark.django_db
@pytest.mark.usefixtures("reference_data")
def test_the_default_page_of_10_000_is_read_in_order_and_not_sorted():
    many.applications(10_000, by=steps.make_person(Role.ADMINISTRATOR))
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE applications_application")
    for asked in ({}, {"status": "ready"}, {"waits_for": "sponsor"}):
        page = desk.filtered(desk.lines(), **asked).order_by("moved_at", "pk")[:51]
        plan = page.explain()
        assert "Sort" not in plan, plan
        assert "Index Scan using application_by" in plan, plan
