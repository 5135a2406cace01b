"""The fields of support in which bodies of a county divide their work. Codes of needs (`needs.choices.Domain`) come first."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class UsualField:
    """A field as it is loaded; ``position`` follows from its place in `USUAL`."""

    code: str
    name_fa: str
    name_en: str


USUAL: tuple[UsualField, ...] = (
    # What families need.
    UsualField("housing", "مسکن", "Housing"),
    UsualField("livelihood", "معیشت و مستمری", "Livelihood and allowances"),
    UsualField("job", "اشتغال و حرفه‌آموزی", "Jobs and vocational training"),
    UsualField("health", "سلامت و درمان", "Health and treatment"),
    UsualField("rehabilitation", "توانبخشی و وسایل کمک‌توانبخشی", "Rehabilitation and assistive devices"),
    UsualField("education", "آموزش و تحصیل", "Education"),
    UsualField("household_goods", "لوازم خانگی و جهیزیه", "Household goods and dowries"),
    UsualField("social", "مشاوره و حمایت اجتماعی", "Counselling and social support"),
    # What else a county's welfare asks of its bodies.
    UsualField("food-clothing", "خوراک و پوشاک", "Food and clothing"),
    UsualField("addiction", "پیشگیری و درمان اعتیاد", "Prevention and treatment of addiction"),
    UsualField("women-heads", "زنان سرپرست خانوار", "Women heading households"),
    UsualField("older", "سالمندان", "Older people"),
    UsualField("children", "کودکان و خشونت خانگی", "Children and violence at home"),
    UsualField("legal", "امور حقوقی و مدارک هویتی", "Legal matters and identity papers"),
    UsualField("transport", "رفت‌وآمد و مناسب‌سازی", "Transport and access"),
    UsualField("insurance", "بیمه", "Insurance"),
    UsualField("emergency", "حوادث و امداد", "Emergencies and relief"),
    UsualField("culture", "فرهنگ، ورزش و اوقات فراغت", "Culture, sport and free time"),
)
