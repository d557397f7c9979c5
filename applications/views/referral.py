"""Pages of referral: a moderator's queue, conversations, asking for more, who decides what (A5, A8)."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property

from accounts.models import User
from applications import services
from applications.forms import referral as forms
from applications.forms.staff import ReasonForm
from applications.models import Application, SchoolInterest
from applications.presenters import referral as words
from applications.queries import referral as queries
from applications.views.acting import StaffAction
from core.templatetags.portal import plural
from core.views import ActionView, PageView
from programmes import queries as programmes


def _page(rows: QuerySet[Application], view: PageView, name: str) -> dict[str, Any]:
    """One page of a list whose place in the address is `name`."""
    after = view.request.GET.get(name, "")
    page, onward = queries.page_of_referrals(rows, after=after)
    return {
        "rows": [words.line(each) for each in page],
        "older": f"?{name}={onward}" if onward else "",
        "newer": "?" if after else "",
    }


class Referrals(PageView):
    """A moderator's own: what to decide, what is with others, what they decided lately."""

    template_name = "applications/referrals.html"
    permission = "applications.referrals"

    def context(self) -> dict[str, Any]:
        return {
            "to_decide": _page(queries.to_decide(self.user), self, "after"),
            "away": _page(queries.away_from(self.user), self, "away"),
            "decided": [words.decided(each) for each in queries.decided_lately_by(self.user)],
            "regions": words.in_a_row(queries.regions_of(self.user)),
        }


class Stuck(PageView):
    """For administrators: referrals that nobody has, and those past their last day."""

    template_name = "applications/referral_stuck.html"
    permission = "applications.assign_moderator"

    def context(self) -> dict[str, Any]:
        return {
            "nobody": _page(queries.without_moderator(), self, "after"),
            "overdue": [words.line(each) for each in queries.overdue()],
            "back": reverse("applications:moderators"),
        }


class LogContact(StaffAction):
    """A conversation with the sponsor."""

    form_class = forms.ContactForm
    verb = "log_contact"
    heading = "Log a conversation with the sponsor"
    lead = "The applicant does not see this."

    def act(self, form: forms.ContactForm) -> str:
        services.log_contact(by=self.user, application=self.object, **form.cleaned_data)
        return str(self.object.get_absolute_url())


class ReturnToSponsor(StaffAction):
    """Open the sponsor's signed answer for change."""

    form_class = ReasonForm
    verb = "return_to_sponsor"
    heading = "Ask the sponsor to look again"
    lead = (
        "This opens the sponsor’s signed answers so that they can change them and sign again. "
        "We write to them with a new link. Your time stands still until then."
    )

    def form_arguments(self) -> dict[str, Any]:
        return {
            "label": "What should they look at again?",
            "hint": "The sponsor reads this.",
            "missing": "Say what the sponsor is asked to look at again",
            "button": "Send it back to the sponsor",
        }

    def act(self, form: ReasonForm) -> str:
        services.return_to_sponsor(by=self.user, application=self.object, **form.cleaned_data)
        return reverse("applications:referrals")


class ReturnToApplicant(StaffAction):
    """Ask the applicant for more, so that they can change their answers."""

    form_class = ReasonForm
    verb = "return_to_applicant"
    heading = "Ask the applicant for more"
    lead = (
        "This opens their application so that they can change it and send it back. If they change what "
        "the sponsor confirmed, it goes to the sponsor first. Your time stands still until it is back."
    )

    def form_arguments(self) -> dict[str, Any]:
        return {
            "label": "What do you need from them?",
            "hint": "The applicant reads this. Do not repeat what the sponsor said or scored.",
            "missing": "Say what you need from the applicant",
            "button": "Send it back to the applicant",
        }

    def act(self, form: ReasonForm) -> str:
        services.return_to_applicant(by=self.user, application=self.object, **form.cleaned_data)
        return reverse("applications:referrals")


class AssignModerator(StaffAction):
    """An administrator gives a referral to somebody, of any region, who has no conflict."""

    template_name = "applications/referral_assign.html"
    permission = "applications.assign_moderator"
    form_class = forms.AssignForm
    verb = "assign_moderator"
    heading = "Who decides this application?"

    @cached_property
    def candidates(self) -> list[queries.Candidate]:
        region = self.object.school.region if self.object.school else ""
        found = queries.candidates(self.object)
        return sorted(found, key=lambda each: (region not in each.regions, each.load))

    def context(self) -> dict[str, Any]:
        return {
            **super().context(),
            "line": words.line(self.object),
            "cannot": [
                {"user": each.user, "why": " and ".join(each.conflicts)}
                for each in self.candidates
                if not each.may_decide
            ],
            "anybody": any(self._can_be_given(each) for each in self.candidates),
        }

    def form_arguments(self) -> dict[str, Any]:
        able = [each for each in self.candidates if self._can_be_given(each)]
        return {"people": words.candidate_choices(able)}

    def _can_be_given(self, candidate: queries.Candidate) -> bool:
        return candidate.may_decide and candidate.user.pk != self.object.moderator_id

    def act(self, form: forms.AssignForm) -> str:
        moderator = User.objects.get(reference=form.cleaned_data["moderator"])
        services.assign_moderator(by=self.user, application=self.object, moderator=moderator)
        messages.success(self.request, f"{moderator.name} decides it. We have written to them.")
        return str(self.object.get_absolute_url())


class Moderators(PageView):
    """The nine regions, who decides for each, and how much everybody has to do."""

    template_name = "applications/referral_moderators.html"
    permission = "applications.manage_moderators"

    def context(self) -> dict[str, Any]:
        people = list(queries.regional_moderators())
        regions = words.regions(queries.by_region(people))
        return {
            "regions": regions,
            "empty": [each["name"] for each in regions if not each["people"]],
            "people": words.people(people),
            "nobody": queries.without_moderator().count(),
            "overdue": len(queries.overdue()),
        }


class CoverRegion(ActionView):
    """Who decides for one region."""

    template_name = "applications/referral_region.html"
    permission = "applications.manage_moderators"
    form_class = forms.RegionForm

    @cached_property
    def region(self) -> str:
        region = words.region_of(self.kwargs["region"])
        if region is None:
            raise Http404
        return region

    @cached_property
    def people(self) -> list[User]:
        return list(queries.regional_moderators())

    @cached_property
    def covering(self) -> list[User]:
        return queries.by_region(self.people)[self.region]

    def context(self) -> dict[str, Any]:
        return {
            "back": reverse("applications:moderators"),
            "region": self.region,
            "people": self.people,
        }

    def get_form(self, *sent: Any) -> forms.RegionForm:
        chosen = {"moderators": [each.reference for each in self.covering]}
        return forms.RegionForm(
            *sent, initial=chosen, people=words.region_choices(self.people, self.region)
        )

    @transaction.atomic
    def act(self, form: forms.RegionForm) -> str:
        chosen = set(form.cleaned_data["moderators"])
        for person in self.people:
            if person.reference in chosen and person not in self.covering:
                services.cover_region(by=self.user, moderator=person, region=self.region)
            elif person.reference not in chosen and person in self.covering:
                stay = services.uncover_region(by=self.user, moderator=person, region=self.region)
                if stay:
                    messages.info(
                        self.request,
                        f"{plural(stay, 'application')} from {self.region} "
                        f"{'stays' if stay == 1 else 'stay'} with {person.name}.",
                    )
        messages.success(self.request, f"Who decides for {self.region} is saved.")
        return reverse("applications:moderators")


class Interests(ActionView):
    """For administrators: the schools that a moderator has an interest in."""

    template_name = "applications/referral_schools.html"
    permission = "applications.manage_moderators"
    form_class = forms.InterestForm

    def scope(self) -> QuerySet[User] | None:
        return queries.regional_moderators()

    @property
    def moderator(self) -> User:
        return self.object  # type: ignore[no-any-return]

    @property
    def here(self) -> str:
        return reverse("applications:interests", args=[self.moderator.reference])

    def remove(self, urn: str) -> str:
        return reverse("applications:withdraw_interest", args=[self.moderator.reference, urn])

    @property
    def back(self) -> str:
        return reverse("applications:moderators")

    @cached_property
    def typed(self) -> str:
        typed = self.request.POST.get("q") or self.request.GET.get("q", "")
        return typed.replace("\0", "").strip()[:100]

    @cached_property
    def schools(self) -> list[Any]:
        return programmes.find_schools(self.typed) if self.typed else []

    def context(self) -> dict[str, Any]:
        return {
            "back": self.back,
            "here": self.here,
            "moderator": self.moderator,
            "is_own": self.moderator == self.user,
            "interests": [
                {"row": each, "remove": self.remove(each.school.urn)}
                for each in queries.interests_of(self.moderator)
            ],
            "q": self.typed,
            "schools": self.schools,
        }

    def get_form(self, *sent: Any) -> forms.InterestForm:
        own = self.moderator == self.user
        return forms.InterestForm(
            *sent,
            initial={"q": self.typed},
            schools=words.school_choices(self.schools),
            why="What is the school to you?" if own else "What is the school to them?",
        )

    def act(self, form: forms.InterestForm) -> str:
        school = next(each for each in self.schools if each.urn == form.cleaned_data["school"])
        taken = services.declare_interest(
            by=self.user, moderator=self.moderator, school=school, why=form.cleaned_data["why"]
        )
        who = "you" if self.moderator == self.user else self.moderator.name
        said = f"Applications from {school.name} will not come to {who}."
        if taken:
            said += f" {plural(taken, 'application')} {'was' if taken == 1 else 'were'} taken away."
        messages.success(self.request, said)
        return self.here


class MyInterests(Interests):
    """For a moderator: the schools whose applicants they do not judge."""

    permission = "applications.referrals"

    def scope(self) -> None:
        return None

    @property
    def moderator(self) -> User:
        return self.user  # type: ignore[no-any-return]

    @property
    def here(self) -> str:
        return reverse("applications:my_interests")

    def remove(self, urn: str) -> str:
        return reverse("applications:withdraw_my_interest", args=[urn])

    @property
    def back(self) -> str:
        return reverse("applications:referrals")


class WithdrawInterest(ActionView):
    """For administrators: an interest that was declared by mistake or has ended."""

    template_name = "applications/referral_withdraw.html"
    permission = "applications.manage_moderators"
    form_class = forms.ConfirmForm
    lookup = "school__urn"

    def scope(self) -> QuerySet[SchoolInterest]:
        return SchoolInterest.objects.select_related("school", "moderator").filter(
            moderator__reference=self.kwargs["reference"]
        )

    def get_object(self) -> SchoolInterest:
        row = self.scope().filter(school__urn=self.kwargs["urn"]).first()
        if row is None:
            raise Http404
        return row

    @property
    def back(self) -> str:
        return reverse("applications:interests", args=[self.object.moderator.reference])

    def context(self) -> dict[str, Any]:
        return {"back": self.back, "is_own": self.object.moderator_id == self.user.pk}

    def form_arguments(self) -> dict[str, Any]:
        return {"button": "Remove this interest"}

    def act(self, form: forms.ConfirmForm) -> str:
        services.withdraw_interest(
            by=self.user, moderator=self.object.moderator, school=self.object.school
        )
        return self.back


class WithdrawMyInterest(WithdrawInterest):
    """For a moderator: one of their own interests that has ended."""

    permission = "applications.referrals"

    def scope(self) -> QuerySet[SchoolInterest]:
        return queries.interests_of(self.user)

    @property
    def back(self) -> str:
        return reverse("applications:my_interests")
