"""Pages of people: one person, pairs that look like one person, merging them and telling them apart."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property

from accounts.models import User
from applications import services
from applications.forms.people import MergeForm
from applications.presenters import people as words
from applications.queries import people as queries
from core.views import ActionView, PageView


class Person(PageView):
    """One person with everything that is theirs; the reference of a merged account leads to the one kept."""

    template_name = "applications/people.html"
    permission = "applications.merge_people"

    def scope(self) -> QuerySet[User]:
        return queries.known_to(self.user).select_related("merged_into")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.object.merged_into:
            return HttpResponseRedirect(words.link(self.object.merged_into))
        return super().get(request, *args, **kwargs)

    def context(self) -> dict[str, Any]:
        return words.person(self.object, queries.belongings(self.object))


class Duplicates(PageView):
    """Pairs of accounts that look like one person."""

    template_name = "applications/duplicates.html"
    permission = "applications.merge_people"

    def context(self) -> dict[str, Any]:
        found = queries.likely_pairs()
        return {
            "pairs": words.pairs(found[: queries.MOST_PAIRS]),
            "more": max(len(found) - queries.MOST_PAIRS, 0),
        }


class Two(ActionView):
    """A page about two accounts; one that is nobody's answers like any that does not exist."""

    permission = "applications.merge_people"

    def scope(self) -> QuerySet[User]:
        return queries.known_to(self.user).filter(merged_into=None)

    @cached_property
    def other(self) -> User:
        return self.others().get()

    def get_object(self) -> Any:
        found = super().get_object()
        if self.kwargs["other"] == found.reference or not self.others().exists():
            raise Http404
        return found

    def others(self) -> QuerySet[User]:
        return self.scope().filter(reference=self.kwargs["other"])


class Merge(Two):
    """Two accounts side by side, and which of them stays."""

    template_name = "applications/people_merge.html"
    form_class = MergeForm

    @cached_property
    def accounts(self) -> list[tuple[User, dict[str, Any]]]:
        return [(each, queries.belongings(each)) for each in (self.object, self.other)]

    def context(self) -> dict[str, Any]:
        return words.side_by_side(self.accounts) | {"back": reverse("applications:duplicates")}

    def form_arguments(self) -> dict[str, Any]:
        return {"accounts": words.choices(self.accounts)}

    def act(self, form: MergeForm) -> str:
        stays = form.cleaned_data["keep"] == self.object.reference
        keep, other = (self.object, self.other) if stays else (self.other, self.object)
        services.merge_people(
            by=self.user, keep=keep, other=other, reason=form.cleaned_data["reason"]
        )
        return words.link(keep)


class TellApart(Two):
    """These are two people: the pair is not shown again."""

    http_method_names = ["post", "options"]

    def act(self, form: Any) -> str:
        services.tell_apart(by=self.user, one=self.object, other=self.other)
        return reverse("applications:duplicates")
