"""The words offices write in cells, for each list of codes. Half-spaces in a literal mark places where a space, a
half-space or nothing may stand; letters of other keyboards and case need no entry. New words are added here, once.
"""

import re
from functools import lru_cache

from rapidfuzz import fuzz, process

from hamafza.core.persian import ZWNJ, key, normalize, words_key
from hamafza.needs.choices import Domain
from hamafza.registry.choices import (
    Cause,
    DisabilitySeverity,
    DisabilityType,
    Education,
    JobStatus,
    Relation,
    Sex,
    TargetGroup,
    Tenure,
)

_SEPARATORS = re.compile(r"[،,;؛/\\|+•\n&]|\s*[-–—ـ]\s*|\b(?:and|و|یا)\b|\d+[.)]")
_SIMILAR = 84
#: «وزن» is no woman.
_LONG_ENOUGH_FOR_AND = 4
#: Endings that leave a word what it is: «درمانی», «نیازهای درمان», «معلولین».
_ENDINGS = "(?: ?ها| ?های| ?ی|ین|ان| ?است)?"
#: Words that stand around a need and say nothing by themselves.
_SILENT = frozenset(
    [
        "نیاز",
        "نیازمند",
        "به",
        "کمک",
        "هزینه",
        "هزینه",
        "های",
        "تامین",
        "تهیه",
        "خرید",
        "دریافت",
        "پرداخت",
        "ارایه",
        "خدمات",
        "خدمت",
        "بابت",
        "جهت",
        "برای",
        "در",
        "از",
        "با",
        "و",
        "یا",
        "وام",
        "معرفی",
        "مشکل",
        "مشکلات",
        "رفع",
        "دارد",
        "داری",
        "دارای",
        "امور",
        "موارد",
        "سایر",
        "نفر",
        "فوری",
        "اولویت",
        "اول",
        "دوم",
        "سوم",
        "need",
        "for",
        "of",
        "the",
        "in",
        "help",
        "with",
    ]
)


class Vocabulary:
    """Finds the codes a cell names."""

    def __init__(self, words: dict[str, tuple[str, ...]], *, silent: frozenset[str] = frozenset()) -> None:
        phrases = sorted(
            {
                (_pattern(phrase), str(code))
                for code, said in words.items()
                for phrase in (*said, code.replace("_", " "))
            },
            key=lambda entry: (-len(entry[0].replace(" ?", "")), entry),
        )
        self._codes = [code for _pattern_text, code in phrases]
        self._finder = re.compile("|".join(rf"({_start(pattern)}{pattern}{_ENDINGS}\b)" for pattern, _code in phrases))
        self._keys = {
            key(phrase): str(code) for code, said in words.items() for phrase in (*said, code.replace("_", " "))
        }
        self._silent = silent

    @lru_cache(maxsize=4_096)  # noqa: B019 - one vocabulary for each list, for the life of the program
    def read(self, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Codes in the order written, each once, and the parts that name none of them."""
        if whole := self._keys.get(key(text)):
            return (whole,), ()
        found: list[str] = []
        unknown: list[str] = []
        tidy = normalize(text).casefold()
        marked = self._finder.sub(lambda match: self._mark(match, found), _words(tidy))
        for part in _SEPARATORS.split(marked):
            words = [word for word in words_key(part).split() if word not in self._silent and not word.isdigit()]
            if "\x01" in part or not words:
                continue
            similar = self._similar("".join(words))
            if similar:
                found.append(similar)
            else:
                unknown.append(" ".join(words))
        return tuple(dict.fromkeys(found)), tuple(unknown)

    def _mark(self, match: re.Match[str], found: list[str]) -> str:
        found.append(self._codes[(match.lastindex or 1) - 1])
        return "\x01"

    def _similar(self, bare: str) -> str | None:
        if len(bare) < 4:
            return None
        nearest = process.extractOne(bare, self._keys.keys(), scorer=fuzz.ratio, score_cutoff=_SIMILAR)
        return self._keys[nearest[0]] if nearest else None


def _words(tidy: str) -> str:
    """The text folded letter by letter, its separators kept."""
    pieces = re.split(r"([،,;؛/\\|+•\n&\-–—()0-9.]+)", tidy)
    return "".join(piece if place % 2 else f" {words_key(piece)} " for place, piece in enumerate(pieces))


def _start(pattern: str) -> str:
    """«شغل ومسکن»: an «and» may hang on the next word, if that is long enough not to make another word with it."""
    return r"\bو?" if len(pattern) >= _LONG_ENOUGH_FOR_AND else r"\b"


def _pattern(phrase: str) -> str:
    return " ?".join(words_key(part).replace(" ", " +") for part in phrase.replace("-", ZWNJ).split(ZWNJ))


SEX = Vocabulary(
    {
        Sex.FEMALE: ("زن", "دختر", "مونث", "اناث", "خانم", "بانو", "f", "woman", "girl"),
        Sex.MALE: ("مرد", "پسر", "مذکر", "ذکور", "آقا", "m", "man", "boy"),
    }
)

RELATION = Vocabulary(
    {
        Relation.HEAD: ("سرپرست", "سرپرست خانوار", "خود سرپرست", "خود", "خودم", "خود فرد", "سرپرست خانواده", "self"),
        Relation.SPOUSE: ("همسر", "زوجه", "زوج", "شوهر", "عیال", "wife", "husband"),
        Relation.CHILD: ("فرزند", "پسر", "دختر", "فرزند پسر", "فرزند دختر", "اولاد", "son", "daughter"),
        Relation.FATHER: ("پدر",),
        Relation.MOTHER: ("مادر",),
        Relation.SIBLING: ("برادر", "خواهر", "brother", "sister"),
        Relation.GRANDCHILD: ("نوه", "نبیره", "grandson", "granddaughter"),
        Relation.GRANDPARENT: (
            "پدر‌بزرگ",
            "مادر‌بزرگ",
            "جد",
            "جده",
            "grandfather",
            "grandmother",
        ),
        Relation.OTHER: (
            "سایر",
            "بستگان",
            "عروس",
            "داماد",
            "خویشاوند",
            "عمو",
            "عمه",
            "دایی",
            "خاله",
            "برادرزاده",
            "خواهرزاده",
            "فرزند‌خوانده",
            "پدر همسر",
            "مادر همسر",
            "relative",
        ),
    }
)

GROUPS = Vocabulary(
    {
        TargetGroup.DISABLED: (
            "معلول",
            "معلولین",
            "معلولان",
            "معلولیت",
            "دارای معلولیت",
            "فرد دارای معلولیت",
            "افراد دارای معلولیت",
            "توان‌خواه",
            "توان‌یاب",
            "disability",
            "person with disability",
            "people with disabilities",
            "handicapped",
        ),
        TargetGroup.WOMAN_HEAD: (
            "زن سرپرست خانوار",
            "زنان سرپرست خانوار",
            "زن سرپرست",
            "زنان سرپرست",
            "سرپرست خانوار",
            "زن خود‌سرپرست",
            "زنان بی‌سرپرست",
            "زن بی‌سرپرست",
            "woman head of household",
            "women heads of household",
            "female headed household",
            "female head",
        ),
        TargetGroup.OLDER: ("سالمند", "سالمندان", "سالخورده", "elderly", "older person", "older people", "aged"),
        TargetGroup.CHILD_NO_GUARDIAN: (
            "کودک بی‌سرپرست",
            "کودکان بی‌سرپرست",
            "فرزند بی‌سرپرست",
            "بی‌سرپرست",
            "یتیم",
            "ایتام",
            "child without guardian",
            "orphan",
        ),
        TargetGroup.CHILD_UNFIT_GUARDIAN: (
            "کودک بد‌سرپرست",
            "کودکان بد‌سرپرست",
            "بد‌سرپرست",
            "child with unfit guardian",
        ),
        TargetGroup.WORKING_CHILD: (
            "کودک کار",
            "کودکان کار",
            "کودک خیابانی",
            "کودکان خیابانی",
            "کودک کار و خیابان",
            "کودکان کار و خیابان",
            "street child",
            "working child",
        ),
        TargetGroup.ADDICTION_RECOVERY: (
            "بهبود‌یافته اعتیاد",
            "بهبود‌یافته از اعتیاد",
            "بهبود‌یافتگان اعتیاد",
            "بهبود‌یافته",
            "بهبود‌یافتگان",
            "معتاد",
            "معتاد بهبود‌یافته",
            "معتادان",
            "اعتیاد",
            "ترک اعتیاد",
            "recovered addict",
            "addiction",
            "addict",
        ),
        TargetGroup.MENTAL_ILLNESS: (
            "بیمار روانی مزمن",
            "بیماران روانی مزمن",
            "بیمار روانی",
            "بیماران روانی",
            "روانی مزمن",
            "بیمار اعصاب و روان",
            "اعصاب و روان",
            "chronic mental patient",
            "mental illness",
            "psychiatric patient",
        ),
        TargetGroup.SOCIAL_HARM: (
            "آسیب‌دیده اجتماعی",
            "آسیب‌دیدگان اجتماعی",
            "آسیب اجتماعی",
            "آسیب‌های اجتماعی",
            "زن آسیب‌دیده",
            "زنان آسیب‌دیده",
            "خشونت خانگی",
            "همسر‌آزاری",
            "کودک‌آزاری",
            "social harm",
        ),
        TargetGroup.UNIDENTIFIED: ("مجهول‌الهویه", "مجهول الهویه", "unidentified"),
        TargetGroup.DEPRIVED: (
            "نیازمند",
            "نیازمندان",
            "محروم",
            "محرومین",
            "بی‌بضاعت",
            "کم‌بضاعت",
            "مستمند",
            "فقیر",
            "کم درآمد",
            "خانواده نیازمند",
            "needy",
            "in need",
            "poor",
        ),
    }
)

DISABILITY_TYPE = Vocabulary(
    {
        DisabilityType.PHYSICAL: (
            "جسمی حرکتی",
            "جسمی-حرکتی",
            "جسمی و حرکتی",
            "جسمی",
            "حرکتی",
            "جسمانی",
            "ضایعه نخاعی",
            "ضایعات نخاعی",
            "قطع عضو",
            "فلج",
            "فلج مغزی",
            "physical",
            "motor",
            "mobility",
        ),
        DisabilityType.SIGHT: ("بینایی", "نابینا", "نابینایی", "کم‌بینا", "روشن‌دل", "visual", "blind", "vision"),
        DisabilityType.HEARING: ("شنوایی", "ناشنوا", "ناشنوایی", "کم‌شنوا", "کر و لال", "deaf", "auditory"),
        DisabilityType.SPEECH: ("صوت و گفتار", "صوتی و گفتاری", "گفتار", "گفتاری", "صوتی", "voice and speech"),
        DisabilityType.INTELLECTUAL: (
            "ذهنی",
            "کم‌توان ذهنی",
            "عقب‌مانده ذهنی",
            "عقب‌ماندگی ذهنی",
            "سندرم داون",
            "mental",
            "mental retardation",
        ),
        DisabilityType.PSYCHIATRIC: (
            "روانی مزمن",
            "روانی",
            "بیمار روانی",
            "اعصاب و روان",
            "chronic psychiatric",
        ),
        DisabilityType.AUTISM: ("اتیسم", "اوتیسم", "طیف اتیسم", "در‌خود‌ماندگی", "autistic"),
        DisabilityType.MULTIPLE: (
            "چند‌معلولیتی",
            "چند معلولیت",
            "چند‌گانه",
            "توام",
            "ترکیبی",
            "multiple disabilities",
        ),
    },
    silent=frozenset({"معلولیت", "معلول", "نوع", "شدت", "disability"}),
)

DISABILITY_SEVERITY = Vocabulary(
    {
        DisabilitySeverity.MILD: ("خفیف", "کم", "light", "low"),
        DisabilitySeverity.MODERATE: ("متوسط", "medium"),
        DisabilitySeverity.SEVERE: ("شدید", "زیاد", "high"),
        DisabilitySeverity.VERY_SEVERE: ("خیلی شدید", "بسیار شدید", "عمیق", "profound", "very severe"),
    },
    silent=frozenset({"معلولیت", "شدت"}),
)

JOB_STATUS = Vocabulary(
    {
        JobStatus.EMPLOYED: (
            "شاغل",
            "کارمند",
            "کارگر",
            "کارگر روزمزد",
            "شغل آزاد",
            "آزاد",
            "خود‌اشتغال",
            "کشاورز",
            "دامدار",
            "راننده",
            "دست‌فروش",
            "مغازه‌دار",
            "خیاط",
            "قالی‌باف",
            "worker",
            "self employed",
        ),
        JobStatus.UNEMPLOYED: ("بیکار", "بی‌کار", "جویای کار", "فاقد شغل", "بدون شغل", "jobless"),
        JobStatus.HOMEMAKER: ("خانه‌دار", "housewife", "home maker"),
        JobStatus.PUPIL: ("محصل", "دانش‌آموز", "دانشجو", "طلبه", "در حال تحصیل", "student"),
        JobStatus.UNABLE: (
            "از‌کار‌افتاده",
            "از کار افتاده",
            "از‌کار‌افتادگی",
            "ناتوان",
            "ناتوان از کار",
            "فاقد توان کار",
            "disabled",
            "unable",
        ),
        JobStatus.RETIRED: ("بازنشسته", "مستمری‌بگیر", "وظیفه‌بگیر", "pensioner"),
        JobStatus.CHILD: ("کودک", "خردسال", "نوزاد", "زیر سن مدرسه", "طفل", "infant"),
        JobStatus.OTHER: ("سایر", "سرباز"),
    }
)

TENURE = Vocabulary(
    {
        Tenure.OWNED: ("ملکی", "مالک", "شخصی", "منزل شخصی", "ملک شخصی", "owner"),
        Tenure.RENTED: (
            "استیجاری",
            "اجاره‌ای",
            "اجاره",
            "مستاجر",
            "رهن",
            "رهنی",
            "رهن و اجاره",
            "rent",
            "tenant",
            "rental",
        ),
        Tenure.FREE: (
            "رایگان",
            "مجانی",
            "منزل پدری",
            "پدری",
            "منزل اقوام",
            "منزل بستگان",
            "نزد اقوام",
            "موقوفه",
            "سرایداری",
            "free of charge",
        ),
        Tenure.HOMELESS: (
            "بدون مسکن",
            "فاقد مسکن",
            "بی‌خانمان",
            "بی‌مسکن",
            "بی‌سرپناه",
            "کارتن‌خواب",
            "no home",
        ),
        Tenure.OTHER: ("سایر", "سازمانی", "خانه سازمانی"),
    }
)

EDUCATION = Vocabulary(
    {
        Education.NONE: ("بی‌سواد", "بدون سواد", "فاقد سواد", "illiterate"),
        Education.PRIMARY: ("ابتدایی", "ابتدائی", "دبستان", "پنجم", "نهضت", "خواندن و نوشتن", "کم‌سواد", "elementary"),
        Education.LOWER_SECONDARY: (
            "راهنمایی",
            "سیکل",
            "متوسطه اول",
            "زیر دیپلم",
            "دوره اول متوسطه",
            "middle school",
            "secondary",
        ),
        Education.DIPLOMA: ("دیپلم", "متوسطه", "متوسطه دوم", "دبیرستان", "پیش‌دانشگاهی", "high school"),
        Education.ASSOCIATE: ("فوق دیپلم", "کاردانی", "college"),
        Education.BACHELOR: ("لیسانس", "کارشناسی", "university"),
        Education.POSTGRADUATE: (
            "فوق لیسانس",
            "کارشناسی ارشد",
            "ارشد",
            "دکتری",
            "دکترا",
            "master",
            "phd",
        ),
    }
)

CAUSES = Vocabulary(
    {
        Cause.ENVIRONMENTAL: ("محیطی", "محیط زیستی", "حوادث", "بلایای طبیعی", "environment"),
        Cause.SOCIAL: ("اجتماعی", "فرهنگی", "خانوادگی", "طلاق", "اعتیاد"),
        Cause.ECONOMIC: ("اقتصادی", "مالی", "فقر", "بیکاری", "financial"),
        Cause.HEREDITARY: ("ارثی", "وراثتی", "ژنتیکی", "ژنتیک", "مادر‌زادی", "genetic", "congenital"),
    }
)

NEEDS = Vocabulary(
    {
        Domain.JOB: (
            "شغل پایدار",
            "شغل",
            "اشتغال",
            "وام اشتغال",
            "وام اشتغال‌زایی",
            "اشتغال‌زایی",
            "کار",
            "کار‌آفرینی",
            "خود‌اشتغالی",
            "حرفه‌آموزی",
            "وام خود‌اشتغالی",
            "کسب و کار",
            "stable job",
            "employment",
            "work",
            "loan for work",
        ),
        Domain.HOUSING: (
            "مسکن",
            "خانه",
            "ودیعه",
            "ودیعه مسکن",
            "اجاره",
            "کرایه",
            "کرایه خانه",
            "اجاره خانه",
            "رهن",
            "وام مسکن",
            "ساخت مسکن",
            "تعمیر مسکن",
            "تعمیر منزل",
            "تعمیر خانه",
            "سرپناه",
            "rent",
            "house",
            "shelter",
            "home",
            "deposit",
        ),
        Domain.HOUSEHOLD_GOODS: (
            "لوازم منزل",
            "لوازم خانگی",
            "لوازم خانه",
            "اثاثیه",
            "اثاث منزل",
            "اثاثیه منزل",
            "جهیزیه",
            "یخچال",
            "فرش",
            "تلویزیون",
            "بخاری",
            "کولر",
            "اجاق‌گاز",
            "ماشین لباسشویی",
            "لباسشویی",
            "آبگرمکن",
            "پتو",
            "household items",
            "furniture",
            "appliances",
            "fridge",
            "refrigerator",
            "dowry",
        ),
        Domain.LIVELIHOOD: (
            "معیشت",
            "معیشتی",
            "کمک معیشت",
            "خوراک",
            "غذا",
            "مواد غذایی",
            "بسته معیشتی",
            "بسته غذایی",
            "سبد کالا",
            "سبد غذایی",
            "خواربار",
            "پوشاک",
            "ارزاق",
            "مستمری",
            "کمک نقدی",
            "کالابرگ",
            "شیر خشک",
            "food",
            "food package",
            "nutrition",
            "cash help",
        ),
        Domain.REHABILITATION: (
            "توان‌بخشی",
            "خدمات توان‌بخشی",
            "ویلچر",
            "ویلچیر",
            "صندلی چرخدار",
            "سمعک",
            "عصا",
            "واکر",
            "پروتز",
            "اروتز",
            "کار‌درمانی",
            "گفتار‌درمانی",
            "فیزیو‌تراپی",
            "وسایل کمک‌توان‌بخشی",
            "وسایل توان‌بخشی",
            "وسایل کمک توان‌بخشی",
            "پوشینه",
            "تشک مواج",
            "rehab",
            "wheelchair",
            "hearing aid",
            "physiotherapy",
            "occupational therapy",
            "speech therapy",
        ),
        Domain.HEALTH: (
            "درمان",
            "درمانی",
            "دارو",
            "دارویی",
            "جراحی",
            "عمل جراحی",
            "پزشکی",
            "بیمارستان",
            "بهداشت",
            "سلامت",
            "بیمه",
            "عینک",
            "دندان‌پزشکی",
            "دندان",
            "دیالیز",
            "ویزیت پزشک",
            "treatment",
            "medicine",
            "drugs",
            "surgery",
            "medical",
            "health care",
        ),
        Domain.EDUCATION: (
            "آموزش",
            "آموزشی",
            "تحصیل",
            "تحصیلی",
            "شهریه",
            "شهریه دانشگاه",
            "مدرسه",
            "دانشگاه",
            "کمک تحصیلی",
            "لوازم تحریر",
            "نوشت‌افزار",
            "کلاس",
            "تبلت",
            "school",
            "tuition",
            "schooling",
            "training",
        ),
        Domain.SOCIAL: (
            "مشاوره",
            "مشاوره حقوقی",
            "مشاوره روانشناسی",
            "مشاوره خانواده",
            "حقوقی",
            "اجتماعی",
            "مددکاری",
            "مددکاری اجتماعی",
            "حمایت اجتماعی",
            "روان‌شناسی",
            "روان‌شناس",
            "وکیل",
            "قضایی",
            "counselling",
            "counseling",
            "legal",
            "legal aid",
            "psychologist",
            "consultation",
        ),
    },
    silent=_SILENT,
)
