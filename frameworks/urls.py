"""Addresses of the frameworks room, by code and number as people speak of them."""

from django.urls import URLPattern, URLResolver, path, register_converter

from frameworks import views


class CodeConverter:
    """An edition's or level's code. Looser than the codes there are, so that a wrong one gets a clear page."""

    regex = "[0-9A-Za-z-]{1,20}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class CriterionConverter(CodeConverter):
    """A criterion's code, such as 1.2.1."""

    regex = r"[0-9.]{1,12}"


class PlaceConverter:
    """The number of an area or task."""

    regex = "[0-9]{1,3}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


register_converter(CodeConverter, "framework_code")
register_converter(CriterionConverter, "criterion_code")
register_converter(PlaceConverter, "place")

app_name = "frameworks"
LEVEL = "<framework_code:edition>/<framework_code:level>/"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.Levels.as_view(), name="levels"),
    path("search/", views.SearchPage.as_view(), name="search"),
    path("grows/<place:number>/", views.Grows.as_view(), name="grows"),
    path("changes/<framework_code:level>/", views.ChangesPage.as_view(), name="changes"),
    path("<framework_code:edition>/", views.Levels.as_view(), name="edition"),
    path("<framework_code:edition>/behaviours/", views.BehavioursPage.as_view(), name="behaviours"),
    path(LEVEL, views.LevelPage.as_view(), name="level"),
    path(f"{LEVEL}print/", views.PrintPage.as_view(), name="print"),
    path(f"{LEVEL}areas/<place:number>/", views.AreaPage.as_view(), name="area"),
    path(
        f"{LEVEL}criteria/<criterion_code:code>/", views.CriterionPage.as_view(), name="criterion"
    ),
    path(f"{LEVEL}tasks/<place:number>/", views.TaskPage.as_view(), name="task"),
    path(
        f"{LEVEL}tasks/<place:number>/pass-mark/", views.EnterPassMark.as_view(), name="pass_mark"
    ),
]
