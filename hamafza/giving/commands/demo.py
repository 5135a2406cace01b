"""Benefactors, offers and items for the demonstration; invented."""

from __future__ import annotations

from hamafza.accounts.models import User
from hamafza.accounts.queries.actors import system_actor
from hamafza.core.scope import counties
from hamafza.giving.choices import Attribution, BenefactorKind, CapacityKind
from hamafza.giving.commands.benefactors import BenefactorDetails, register_benefactor
from hamafza.giving.commands.capacities import CapacityDetails, offer_capacity
from hamafza.giving.commands.items import ItemDetails, keep_item
from hamafza.giving.models import Benefactor
from hamafza.needs.choices import Domain

ITEMS = (
    ItemDetails("بسته معیشتی", "بسته", is_kit=True, perishable=True, unit_value_rial=28_000_000),
    ItemDetails("برنج", "کیسه ده کیلویی", perishable=True, unit_value_rial=12_000_000),
    ItemDetails("روغن", "بطری", perishable=True, unit_value_rial=1_200_000),
    ItemDetails("حبوبات", "کیلو", perishable=True, unit_value_rial=1_100_000),
    ItemDetails("پتو", "تخته", domain=Domain.HOUSEHOLD_GOODS, unit_value_rial=9_000_000),
)
#: Who gives, and what each offers.
BENEFACTORS: tuple[tuple[BenefactorDetails, tuple[CapacityDetails, ...]], ...] = (
    (
        BenefactorDetails("حسن نیکوکار", mobile="09120000041", may_message=True),
        (CapacityDetails(CapacityKind.GOODS, "بسته معیشتی در هر هفته", domain=Domain.LIVELIHOOD),),
    ),
    (
        BenefactorDetails("هیئت امنای مسجد جامع", BenefactorKind.GROUP, attribution=Attribution.NAME),
        (
            CapacityDetails(CapacityKind.PREMISES, "سالن اجتماعات با آشپزخانه", when="شنبه تا چهارشنبه"),
            CapacityDetails(CapacityKind.SKILL, "کلاس تقویتی ریاضی", Domain.EDUCATION, when="پنجشنبه‌ها عصر"),
        ),
    ),
    (
        BenefactorDetails("تولیدی پوشاک سپیده", BenefactorKind.COMPANY, mobile="09120000042"),
        (CapacityDetails(CapacityKind.JOB_OFFER, "خیاط چرخ‌کار با بیمه", Domain.JOB, quantity=3, unit="نفر"),),
    ),
    (
        BenefactorDetails("مؤسسه خیریه مهرآوران", BenefactorKind.CHARITY, attribution=Attribution.NAME),
        (CapacityDetails(CapacityKind.GOODS, "لوازم خانگی نو", domain=Domain.HOUSEHOLD_GOODS),),
    ),
    (
        BenefactorDetails("فولاد پارس آذر", BenefactorKind.COMPANY, attribution=Attribution.NAME),
        (CapacityDetails(CapacityKind.MONEY, "هزینه درمان از محل مسئولیت اجتماعی", domain=Domain.HEALTH),),
    ),
    (
        BenefactorDetails("کمیته امداد بخش شریف‌آباد", BenefactorKind.AGENCY, attribution=Attribution.NAME),
        (CapacityDetails(CapacityKind.TRANSPORT, "وانت با راننده", quantity=1, unit="دستگاه", when="جمعه‌ها"),),
    ),
    (
        BenefactorDetails("طاهره افشار", nickname="یک معلم", attribution=Attribution.NICKNAME, mobile="09120000043"),
        (CapacityDetails(CapacityKind.SKILL, "مشاوره تحصیلی", Domain.EDUCATION, when="دوشنبه‌ها"),),
    ),
    (
        BenefactorDetails("دکتر کامران دهقان", attribution=Attribution.NAME, mobile="09120000044"),
        (CapacityDetails(CapacityKind.SKILL, "ویزیت رایگان دندان‌پزشکی", Domain.HEALTH, quantity=4, unit="ساعت"),),
    ),
    (BenefactorDetails("گروه جهادی یاران سپید", BenefactorKind.GROUP, attribution=Attribution.NAME), ()),
    (BenefactorDetails("منیژه شکیبا", mobile="09120000045"), ()),
    (BenefactorDetails("نانوایی سنگک برکت", BenefactorKind.COMPANY, attribution=Attribution.NAME), ()),
    (BenefactorDetails("بهمن رستاخیز", nickname="دوست همشهری", attribution=Attribution.NICKNAME), ()),
)


def make_demo_giving(county: str) -> None:
    """Items, benefactors and what they offer; the first benefactor is the demonstration's own user. Made once."""
    by = system_actor("demonstration")
    with counties([county]):
        if Benefactor.objects.filter(county_id=county).exists():
            return
        for item in ITEMS:
            keep_item(county, details=item, by=by)
        for details, offers in BENEFACTORS:
            benefactor = register_benefactor(county, details=details, by=by)
            benefactor.user = User.objects.filter(username="khayyer", full_name=details.name).first()
            benefactor.save()
            for offer in offers:
                offer_capacity(benefactor, details=offer, by=by)
