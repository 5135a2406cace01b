"""Each pattern with data as an office has it, long names and all."""

import datetime
from types import SimpleNamespace

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from hamafza.core import widgets
from hamafza.core.parts import (
    Chart,
    ChartRow,
    Entry,
    Export,
    Fact,
    Progress,
    SavedView,
    Step,
    Tab,
    active_filters,
    clear_url,
    without,
)

DOMAINS = {
    "job": "شغل پایدار",
    "housing": "مسکن",
    "goods": "لوازم منزل",
    "living": "معیشت",
    "rehab": "توانبخشی",
    "health": "سلامت و درمان",
    "school": "آموزش",
    "social": "حمایت روانی و اجتماعی",
}
NAMES = [
    ("فاطمه سادات حسینی‌پور کلیشمی", "معیشت", 4, "بحرانی", 412, "شریف‌آباد"),
    ("محمدرضا علی‌زاده", "شغل پایدار", 3, "شدید", 203, "مرکزی"),
    ("زهرا قاسمی", "مسکن", 3, "شدید", 96, "مرکزی"),
    ("امیرحسین رضائی", "توانبخشی", 2, "متوسط", 41, "حصارامیر"),
    ("کبری نوروزی", "لوازم منزل", 1, "خفیف", 7, "فرون‌آباد"),
]


class FilterForm(forms.Form):
    q = forms.CharField(
        label="نام", required=False, widget=forms.TextInput(attrs={"data-live": True, "type": "search"})
    )
    domain = forms.ChoiceField(label="حوزهٔ نیاز", required=False, choices=[("", "همه"), *DOMAINS.items()])
    severity = forms.ChoiceField(label="شدت", required=False, choices=[("", "همه"), ("4", "بحرانی"), ("3", "شدید")])
    district = forms.ChoiceField(label="بخش", required=False, choices=[("", "همه"), ("1", "مرکزی")])
    decile = forms.ChoiceField(label="دهک", required=False, choices=[("", "همه"), ("1", "دهک ۱")])


class ClientForm(forms.Form):
    first_name = forms.CharField(label="نام")
    identity = widgets.DigitsField(label="کد ملی", help_text="ده رقم؛ خط تیره و فاصله مهم نیست.", required=False)
    born_on = widgets.JalaliDateField(label="تاریخ تولد", help_text="مانند ۱۳۶۴/۷/۵ یا ۵ مهر ۱۳۶۴")
    mobile = widgets.DigitsField(label="تلفن همراه", required=False, widget=widgets.PhoneInput)
    income = widgets.AmountField(label="درآمد ماهانهٔ خانوار", required=False)
    domain = forms.ChoiceField(label="حوزهٔ نیاز", choices=list(DOMAINS.items()))
    severity = forms.ChoiceField(
        label="شدت", choices=[("1", "خفیف"), ("2", "متوسط"), ("3", "شدید"), ("4", "بحرانی")], widget=forms.RadioSelect
    )
    groups = forms.MultipleChoiceField(
        label="گروه‌های هدف",
        required=False,
        choices=[("w", "زن سرپرست خانوار"), ("e", "سالمند"), ("d", "توان‌خواه")],
        widget=forms.CheckboxSelectMultiple,
    )
    consent = forms.BooleanField(label="مددجو از ثبت اطلاعاتش آگاه است", required=False)
    note = forms.CharField(label="یادداشت مددکار", required=False, widget=forms.Textarea(attrs={"rows": 3}))


class UploadForm(forms.Form):
    file = forms.FileField(label="صفحه‌گسترده", help_text="اکسل یا CSV، تا ۶۴ مگابایت")


def board(request: HttpRequest) -> HttpResponse:
    needs = Chart(
        "needs",
        "معیشت بیش از هر نیازی باز مانده است",
        "حوزه",
        ["نیاز باز"],
        [
            ChartRow(label, [number], "/list/")
            for label, number in zip(DOMAINS.values(), [412, 287, 203, 1430, 166, 98, 74, 51], strict=True)
        ],
        "از خلاصهٔ نیازها",
        timezone.localdate(),
    )
    covered = Chart(
        "covered",
        "مسکن کم‌پوشش‌ترین نیاز است",
        "حوزه",
        ["نیاز ثبت‌شده", "تأمین‌شده"],
        [
            ChartRow(label, values)
            for label, values in zip(
                list(DOMAINS.values())[:4], [[840, 330], [640, 60], [510, 330], [1430, 1210]], strict=True
            )
        ],
        "از خلاصهٔ نیازها",
        timezone.localdate(),
    )
    waiting = Chart(
        "waiting",
        "بیشتر نیازها کمتر از سه ماه است که منتظرند",
        "مدت انتظار",
        ["نیاز"],
        [
            ChartRow(label, [number])
            for label, number in zip(
                ["تا ۱ ماه", "۱ تا ۳ ماه", "۳ تا ۶ ماه", "۶ تا ۱۲ ماه", "بیش از ۱ سال"],
                [820, 960, 411, 220, 97],
                strict=True,
            )
        ],
        "از خلاصهٔ نیازها",
        timezone.localdate(),
        kind="columns",
    )
    return render(request, "gallery/board.html", {"needs": needs, "covered": covered, "waiting": waiting})


def full_list(request: HttpRequest) -> HttpResponse:
    form = FilterForm(request.GET)
    rows = [
        SimpleNamespace(
            pk=place,
            url="/record/",
            name=name,
            domain=domain,
            level=level,
            severity=severity,
            waiting=days,
            district=where,
        )
        for place, (name, domain, level, severity, days, where) in enumerate(NAMES * 3)
    ]
    return render(
        request,
        "gallery/list.html",
        {
            "rows": rows,
            "count": 10_000,
            "capped": True,
            "filter_form": form,
            "filters": active_filters(form, request),
            "clear_url": clear_url(form, request),
            "more_url": without(request.GET, []) + "&after=15",
            "saved_views": [SavedView("بی‌کارهای شریف‌آباد", "?domain=job"), SavedView("بحرانی‌ها", "?severity=4", True)],
            "exports": [Export("اکسل", "#"), Export("CSV", "#", "file-type-csv")],
        },
    )


def empty_list(request: HttpRequest) -> HttpResponse:
    return render(request, "gallery/list.html", {"rows": [], "count": 0})


def _tabs(current: int) -> list[Tab]:
    tabs = [
        ("پرونده", "/record/", None),
        ("نیازها", "/record/", 3),
        ("خانوار", "/record/", 5),
        ("تاریخچه", "/record/history/", None),
    ]
    return [Tab(label, url, place == current, count) for place, (label, url, count) in enumerate(tabs)]


def record(request: HttpRequest) -> HttpResponse:
    messages.success(request, "نیاز ثبت شد. گام بعد: بازدید منزل.", extra_tags="undo:/record/")
    facts = [
        Fact("نام پدر", "غلامحسین"),
        Fact("کد ملی", "0079412345", "identity", "/record/"),
        Fact("تلفن همراه", "09121234567", "mobile", "/record/"),
        Fact("تاریخ تولد", "۵ مهر ۱۳۶۴ (۴۰ ساله)"),
        Fact("وضعیت تأهل", "همسر فوت‌شده"),
        Fact("تحصیلات", None),
        Fact("شغل", "کارگر فصلی بسته‌بندی سبزی و صیفی"),
        Fact("دهک درآمدی", "۲"),
    ]
    return render(request, "gallery/record.html", {"tabs": _tabs(0), "facts": facts, "registered": timezone.now()})


def history(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    entries = [
        Entry("شدت نیاز «معیشت» از متوسط به شدید تغییر کرد.", now, "مریم کاظمی‌نژاد", "edit"),
        Entry("کد ملی دیده شد؛ دلیل: «تماس تلفنی برای بازدید».", now - datetime.timedelta(days=1), "رضا احمدی", "eye"),
        Entry("پرونده از صفحه‌گسترده وارد شد.", now - datetime.timedelta(days=63), "سامانه", "file-import"),
    ]
    return render(request, "gallery/history.html", {"tabs": _tabs(3), "entries": entries})


def form(request: HttpRequest) -> HttpResponse:
    bound = ClientForm({"first_name": "", "born_on": "۱۳۶۴/۱۳/۵", "income": "125000000", "identity": "۰۰۷-۹۴۱۲۳۴-۵"})
    shown = (
        bound
        if "wrong" in request.GET
        else ClientForm(initial={"born_on": datetime.date(1985, 9, 27), "income": 125_000_000})
    )
    return render(request, "gallery/form.html", {"form": shown, "cancel_url": "/list/"})


def wizard(request: HttpRequest) -> HttpResponse:
    steps = [
        Step("پرونده", "done", "/wizard/"),
        Step("ستون‌ها", "now"),
        Step("پیش‌نمایش", "next"),
        Step("ورود", "next"),
        Step("پایان", "next"),
    ]
    return render(request, "gallery/wizard.html", {"steps": steps, "back_url": "/wizard/", "form": UploadForm()})


def progress(request: HttpRequest) -> HttpResponse:
    steps = [
        Step("پرونده", "done"),
        Step("ستون‌ها", "done"),
        Step("پیش‌نمایش", "done"),
        Step("ورود", "now"),
        Step("پایان", "next"),
    ]
    running = Progress("ردیف‌ها وارد می‌شوند", 1240, 4218, "/wizard/running/", running=True, seconds_left=130)
    return render(request, "gallery/wizard.html", {"steps": steps, "progress": running})


def document(request: HttpRequest) -> HttpResponse:
    rows = [SimpleNamespace(name=name, need=need, days=days) for name, need, _level, _said, days, _where in NAMES * 4]
    context = {"rows": rows, "date": timezone.localdate(), "number": "۱۲۳/ب/۱۴۰۴"}
    return render(request, "gallery/document.html", context)


def bare(request: HttpRequest) -> HttpResponse:
    class SignIn(forms.Form):
        name = forms.CharField(label="نام کاربری")
        word = forms.CharField(label="گذرواژه", widget=forms.PasswordInput)

    return render(request, "gallery/bare.html", {"form": SignIn()})


def refused(request: HttpRequest) -> HttpResponse:
    return render(request, "404.html", status=404)
