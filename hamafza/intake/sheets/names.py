"""One column of first and last name, split into two. By rule, so the same text always splits the same way."""

import re
from functools import lru_cache

from hamafza.core.persian import ZWNJ, key, normalize

_HONORIFICS = frozenset(map(key, ["آقای", "خانم", "جناب", "سرکار", "مرحوم", "مرحومه", "mr", "mrs", "ms", "miss"]))
#: Part of the first name, as written.
_TITLES = frozenset(
    map(
        key,
        [
            "سید",
            "سیده",
            "سیّد",
            "سادات",
            "میر",
            "حاج",
            "حاجیه",
            "کربلایی",
            "مشهدی",
            "شیخ",
            "بی\u200cبی",
            "بی",
            "seyed",
            "seyyed",
            "sayed",
            "seyedeh",
            "haj",
        ],
    )
)
#: Given names that stand second in a double name, and those that end in ی and so look like surnames.
_GIVEN = frozenset(
    map(
        key,
        [
            "علی",
            "رضا",
            "محمد",
            "حسین",
            "حسن",
            "مهدی",
            "هادی",
            "تقی",
            "نقی",
            "موسی",
            "عیسی",
            "یحیی",
            "مصطفی",
            "مرتضی",
            "مجتبی",
            "اکبر",
            "اصغر",
            "عباس",
            "قاسم",
            "کاظم",
            "جواد",
            "باقر",
            "صادق",
            "امیر",
            "احمد",
            "محمود",
            "حمید",
            "سعید",
            "مجید",
            "وحید",
            "حامد",
            "طاها",
            "یاسین",
            "ابراهیم",
            "اسماعیل",
            "اسحاق",
            "یعقوب",
            "یوسف",
            "صالح",
            "طاهر",
            "ناصر",
            "نادر",
            "جعفر",
            "فاطمه",
            "زهرا",
            "زینب",
            "معصومه",
            "مریم",
            "سادات",
            "خدیجه",
            "رقیه",
            "سکینه",
            "لیلی",
            "لیلا",
            "کبری",
            "صغری",
            "عذرا",
            "بتول",
            "اعظم",
            "اکرم",
            "طاهره",
            "صدیقه",
            "مرضیه",
            "راضیه",
            "نرجس",
            "نرگس",
            "سمیه",
            "ام\u200cالبنین",
            "بیگم",
            "خانم",
            "خاتون",
            "بانو",
            "سلطان",
            "گل",
            "الله",
            "نساء",
            "جان",
            "قلی",
            "شفیع",
            "کریم",
            "رحیم",
            "پری",
            "مانی",
            "نبی",
            "ولی",
            "زکی",
            "رسول",
            "رحمان",
            "عرفان",
            "پارسا",
            "سام",
            "آرش",
            "متین",
            "مبین",
        ],
    )
)
#: A last word that is the tail of a surname.
_TAILS = frozenset(
    map(
        key,
        [
            "نژاد",
            "پور",
            "زاده",
            "فر",
            "نیا",
            "خواه",
            "منش",
            "دوست",
            "پرست",
            "اصل",
            "مقدم",
            "تبار",
            "وند",
            "پناه",
            "نسب",
            "کیش",
            "فرد",
            "راد",
            "مهر",
            "لو",
            "زند",
            "پی",
            "جو",
            "یار",
            "تاش",
            "گر",
            "چی",
            "بیگی",
            "زادگان",
            "پوران",
            "زاد",
            "فام",
            "صفت",
            "سرشت",
            "آرا",
            "آبادی",
            "دار",
            "ساز",
            "فروش",
            "باف",
            "بخش",
            "طلب",
            "گو",
            "خانی",
            "بیگ",
            "اوغلی",
        ],
    )
)
_HEADS_OF_SURNAMES = frozenset(
    map(
        key,
        [
            "پور",
            "ملا",
            "حاجی",
            "آقا",
            "میرزا",
            "بنی",
            "ابو",
            "آل",
            "نیک",
            "خوش",
            "شاه",
            "خان",
            "قره",
            "کل",
            "ده",
            "صفر",
        ],
    )
)
_SURNAME_ENDS = ("ی", "یان", "زاده", "نژاد", "پور", "نیا", "فر", "وند", "لو")


@lru_cache(maxsize=4_096)
def split_full_name(text: str) -> tuple[str, str]:
    """First and last name; «کاظمی، فاطمه» is read from the comma, a single word is a first name.

    The last word is the last name, together with what belongs to it («کاظمی نژاد», «محمدی تهرانی», «پور حسن»);
    «سید» and «سیده» are part of the first name as written.
    """
    tidy = normalize(text)
    if comma := re.fullmatch(r"([^،,]+)[،,]([^،,]+)", tidy):
        return comma[2].strip(), comma[1].strip()
    words = tidy.split(" ")
    while len(words) > 1 and key(words[0]) in _HONORIFICS:
        words.pop(0)
    if len(words) == 1 or (len(words) == 2 and key(words[0]) in _TITLES):
        return " ".join(words), ""
    first_words = 2 if key(words[0]) in _TITLES else 1
    start = len(words) - 1
    while start > first_words and _belongs_to_surname(words[start - 1], words[start]):
        start -= 1
    return " ".join(words[:start]), " ".join(words[start:])


def _belongs_to_surname(word: str, after: str) -> bool:
    folded = key(word)
    if key(after) in _TAILS or folded in _HEADS_OF_SURNAMES:
        return True
    if folded in _GIVEN or folded in _TITLES:
        return False
    return ZWNJ in word or (len(folded) > 3 and folded.endswith(_SURNAME_ENDS))
