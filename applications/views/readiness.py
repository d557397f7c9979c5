"""The readiness rule's pages: each level's rule, its versions, and changing it with a look ahead (A7)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse

from applications import policies, services
from applications.forms.readiness import RuleForm
from applications.presenters import readiness as words
from applications.queries import readiness as queries
from core.templatetags.portal import plural
from core.views import ActionView, PageView
from frameworks import queries as frameworks
from frameworks.models import Level


class Rules(PageView):
    """Every level with the version of its rule."""

    template_name = "applications/readiness_rules.html"
    permission = "applications.manage_readiness"

    def context(self) -> dict[str, Any]:
        return {"rules": queries.levels_with_rules(list(frameworks.all_levels()))}


def _level(kwargs: dict[str, Any]) -> Level:
    try:
        return frameworks.level(kwargs["edition"], kwargs["level"])
    except Level.DoesNotExist as missing:
        raise Http404 from missing


class Rule(PageView):
    """One level's rule in words, and every version of it."""

    template_name = "applications/readiness_rule.html"
    permission = "applications.manage_readiness"

    def get_object(self) -> Level:
        return _level(self.kwargs)

    def context(self) -> dict[str, Any]:
        rule = queries.rule_in_force(self.object)
        return {
            "rule": rule,
            "sentences": words.sentences(rule),
            "history": words.history(list(queries.versions(self.object))),
        }


class Change(ActionView):
    """Another version of a level's rule: first what it would change, then keeping it."""

    template_name = "applications/readiness_change.html"
    permission = "applications.manage_readiness"
    form_class = RuleForm

    def get_object(self) -> Level:
        return _level(self.kwargs)

    def form_arguments(self) -> dict[str, Any]:
        return {"initial": RuleForm.numbers(queries.rule_in_force(self.object))}

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form(self.request.POST)
        if form.is_valid() and form.cleaned_data["step"] == "look":
            return self._look(form)
        return super().post(*args, **kwargs)

    def _look(self, form: RuleForm) -> HttpResponse:
        """What the change would do, with nothing written."""

        rule, in_force = form.rule(), queries.rule_in_force(self.object)
        decision = policies.new_rule(rule, in_force, form.cleaned_data["reason"])
        if decision.reasons:
            self._explain(form, decision.reasons)
            return self.page(status=422, form=form)
        self.template_name = "applications/readiness_look.html"
        found = queries.would_change(self.object, rule)
        return self.page(
            form=form,
            sent=[
                (name, self.request.POST.get(name, "")) for name in form.fields if name != "step"
            ],
            compared=words.compared(in_force, rule),
            changes=words.changes(found),
            version=in_force.version + 1,
        )

    def act(self, form: RuleForm) -> str:
        moved = services.change_rule(
            by=self.user,
            level=self.object,
            rule=form.rule(),
            reason=form.cleaned_data["reason"],
            from_version=form.cleaned_data["version"],
        )
        messages.success(
            self.request,
            f"The new rule is in force. {plural(len(moved), 'application')} moved on by it.",
        )
        return reverse(
            "applications:readiness_rule", args=[self.object.edition.code, self.object.code]
        )
