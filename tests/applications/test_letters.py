"""The letter about a decision: page, PDF and who reads it (A9)."""

import io
from datetime import timedelta

import pytest
from pypdf import PdfReader

from accounts.states import Role
from applications import services
from applications.models import Application
from applications.presenters import letters
from applications.queries.decisions import appeal_until
from applications.reports.letters import build
from core import clock
from core.errors import Refused
from core.templatetags.portal import uk_date
from documents import printing
from documents.models import ReportJob
from documents.states import JobStatus
from programmes.policies import deadline_to_present
from tests.applications import stages, steps
from tests.applications.pages import queries_of, signed_in, text_of, url

pytestmark = [pytest.mark.whole, pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]


def pdf_text(application: Application) -> str:
    """The words of the PDF that the queue would make."""
    context = build(application.reference, lambda step, steps: None)
    furniture = {"generated_at": clock.now(), "provider_name": "Harbour", "as_pdf": True}
    return words_of(printing.pdf("reports/letter.html", {**context, **furniture}))


def words_of(content: bytes) -> str:
    pages = PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(each.extract_text() for each in pages).split())


def page_text(application: Application) -> str:
    return text_of(signed_in(application.applicant).get(url("letter", application)))


class TestWhatItSays:
    def test_accepted(self):
        application = steps.application_at("accepted")
        Application.objects.filter(pk=application.pk).update(funding_route="school")
        starts = application.cohort.starts_on
        for text in (page_text(application), pdf_text(application)):
            assert "You have a place on NPQSL" in text
            assert f"It starts on {uk_date(starts)}" in text
            assert uk_date(deadline_to_present(starts)) in text
            assert "The fee £950" in text
            assert "a laptop or tablet" in text
            assert f"give your reference, {application.reference}." in text

    def test_waiting(self):
        application = stages.waiting()
        for text in (page_text(application), pdf_text(application)):
            assert "You are on the waiting list for NPQSL" in text
            assert "There is no free place in" in text
            assert "You do not have to apply again" in text

    def test_declined(self):
        application = steps.application_at("declined")
        open_now = steps.make_cohort(name="Spring group")
        for text in (page_text(application), pdf_text(application)):
            assert "we are not offering you a place this time." in text
            assert "Lead a project across the whole school first." in text
            assert "Areas to develop Strategy and improvement" in " ".join(
                text.replace("•", "").split()
            )
            assert f"until 11:59pm on {uk_date(appeal_until(application))}" in text
            assert f"Spring group starts on {uk_date(open_now.starts_on)}" in text
            # Neither the reason kept for staff, nor who decided, nor what the sponsor said (A6).
            assert "More time is needed in two behaviours" not in text
            assert application.moderator.last_name not in text
            assert "Needs practice" not in text

    def test_dismissed(self):
        application = stages.appealed()
        services.dismiss(
            by=stages.administrator(), application=application, reason="All of it had been read."
        )
        for text in (page_text(application), pdf_text(application)):
            assert "Your appeal about NPQSL" in text
            assert "Why your appeal was dismissed All of it had been read." in text
            assert "There is no second appeal." in text
            assert "Lead a project across the whole school first." in text

    def test_upheld(self):
        application = stages.appealed()
        services.uphold(
            by=stages.administrator(), application=application, reason="Last year does show it."
        )
        for text in (page_text(application), pdf_text(application)):
            assert "Your appeal is upheld." in text
            assert "Why we changed our decision Last year does show it." in text
            assert "You have a place on NPQSL" in text

    def test_typed_words_cannot_add_markup(self):
        facts = letters.declining(
            steps.application_at("contacted"),
            feedback="<script>x</script>\n\n<b>Lead</b> more",
            areas=[],
            behaviours=["Respect"],
        )
        context = {"letter": letters.letter(facts), "provider_name": "Harbour"}
        text = words_of(printing.pdf("reports/letter.html", context))
        assert "<script>x</script> <b>Lead</b> more" in text

    def test_the_pdf_has_a_title(self):
        application = steps.application_at("accepted")
        context = build(application.reference, lambda step, steps: None)
        reader = PdfReader(io.BytesIO(printing.pdf("reports/letter.html", context)))
        assert reader.metadata.title == (
            f"You have a place on NPQSL: {application.applicant.name}, {application.reference}"
        )


class TestWhoReadsIt:
    def test_applicant_administrator_and_its_moderator_but_not_the_sponsor(self):
        application = steps.application_at("declined")
        readers = {
            application.applicant: 200,
            stages.administrator(): 200,
            application.moderator: 200,
            application.sponsor: 403,
            steps.make_person(Role.REGIONAL_MODERATOR): 404,
            steps.make_person(): 404,
        }
        for person, status in readers.items():
            browser = signed_in(person)
            assert browser.get(url("letter", application)).status_code == status
            asked = browser.post(url("letter_pdf", application)).status_code
            assert asked == (302 if status == 200 else status)

    @pytest.mark.parametrize("status", ["draft", "ready", "referred", "withdrawn", "closed"])
    def test_without_a_decision_there_is_no_letter(self, status):
        application = stages.application_in(status)
        assert signed_in(application.applicant).get(url("letter", application)).status_code == 404
        with pytest.raises(Refused, match="there is no letter about it now"):
            build(application.reference, lambda step, steps: None)

    def test_staff_are_told_whose_letter_it_is(self):
        application = steps.application_at("declined")
        text = text_of(signed_in(application.moderator).get(url("letter", application)))
        assert f"This is the letter that {application.applicant.name} reads." in text

    def test_what_it_costs(self):
        application = steps.application_at("declined")
        assert queries_of(signed_in(application.applicant), url("letter", application)) <= 15


class TestPdf:
    def test_asking_leads_to_the_report_and_the_page_offers_it(self, at_commit):
        application = steps.application_at("accepted")
        browser = signed_in(application.applicant)
        with at_commit():
            response = browser.post(url("letter_pdf", application))
        job = ReportJob.objects.get()
        assert response.url == f"/reports/{job.reference}/"
        assert (job.status, job.trouble) == (JobStatus.READY, "")
        assert "This letter as a PDF" in page_text(application)
        # Once the decision is another, an old PDF is not offered as its letter.
        administrator = stages.administrator()
        with clock.travel(clock.now() + timedelta(minutes=1)):
            services.undo_confirm(by=administrator, application=application, reason="In error")
            services.confirm(by=administrator, application=application)
        assert "This letter as a PDF" not in page_text(application)
