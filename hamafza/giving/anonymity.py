"""Which facts a need card may show (S-A10). Pure: it is given facts and gives back facts.

A card names county, domain and item. Further facts follow in the order of `FACTS`, and only while at least `CROWD` open
needs of different households share everything that is shown. Three ways of finding the one meant by a card are shut:

- *By the facts*: each class of `classes_of` holds at least `CROWD` households.
- *By the rule*: who knows this file sees why a fact was left out. So a class is divided only when those left behind
  are again at least `CROWD`; a need that stands alone with its age takes others along who then do not show theirs.
- *By time*: needs are met and others come while a card stands. Its crowd is kept, shrinks with every need that closes
  while the card can be taken, and `possible` works out whom each card may still mean when every need has one card at
  most; a card that would be left with fewer than `CROWD` is not published, and one that falls below is withdrawn.

Needs of the special class have no card of their own, only a place among `GROUP` or more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

CROWD = 5
GROUP = 20
#: As many of a crowd are kept; any part of it is a crowd in itself.
CROWD_KEPT = 60
#: In this order, after county, domain and item.
FACTS = ("amount", "group", "size", "age", "sex")

#: Upper bounds of the estimated cost in rial; the last band is open.
AMOUNT_BANDS = (50_000_000, 200_000_000, 500_000_000, 1_000_000_000, 5_000_000_000)
#: Upper bounds of the household's size.
SIZE_BANDS = (1, 3, 5)
OLDEST_BAND = 80
DECADE = 10
ADULT_AT = 18

Shown = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class NeedFacts:
    """What is known of an open need, in bands; empty where it is not known. ``special``: never on a card of its own."""

    need: UUID
    household: UUID
    domain: str
    item: str
    amount: str = ""
    group: str = ""
    size: str = ""
    age: str = ""
    sex: str = ""
    special: bool = False


@dataclass(frozen=True, slots=True)
class Crowd:
    """Needs that show the same on a card, and what that is."""

    shown: Shown
    members: tuple[NeedFacts, ...]


def amount_band(rial: int | None) -> str:
    """The code of a cost's band: the number of the first bound that it does not pass."""
    return "" if rial is None else _band(rial, AMOUNT_BANDS)


def size_band(persons: int) -> str:
    """The code of a household's size."""
    return _band(persons, SIZE_BANDS) if persons else ""


def age_band(years: int | None) -> str:
    """Ten years of age, by the first of them; from eighty on one band."""
    return "" if years is None or years < 0 else str(min(years - years % DECADE, OLDEST_BAND))


def classes_of(needs: Iterable[NeedFacts], *, crowd: int = CROWD) -> list[Crowd]:
    """The needs that may have a card of their own, by what it would show; each class of at least ``crowd`` households."""
    alike: defaultdict[tuple[str, str], list[NeedFacts]] = defaultdict(list)
    for facts in needs:
        if not facts.special:
            alike[facts.domain, facts.item].append(facts)
    found: list[Crowd] = []
    for _, members in sorted(alike.items()):
        if households(members) >= crowd:
            found += _divided(members, (), 0, crowd)
    return found


def crowd_of(need: UUID, needs: Iterable[NeedFacts], *, crowd: int = CROWD) -> Crowd | None:
    """The class of one need, or nothing when it may have no card of its own."""
    return next(
        (one for one in classes_of(needs, crowd=crowd) if any(facts.need == need for facts in one.members)), None
    )


def households(needs: Iterable[NeedFacts]) -> int:
    """How many different households."""
    return len({facts.household for facts in needs})


def possible(crowds: Mapping[str, Collection[UUID]]) -> dict[str, set[UUID]]:
    """For each card (by any key) the needs it may mean, when no need has two cards.

    Of all ways to give each card a need of its crowd, those needs that occur. Empty everywhere when there is no way.
    """
    owner = _matching(crowds)
    if len(owner) < len(crowds):
        return {card: set() for card in crowds}
    taken = {card: need for need, card in owner.items()}
    follows = {card: {owner[need] for need in crowd if need in owner} - {card} for card, crowd in crowds.items()}
    ring = _rings(follows)
    loose = _reaching_free(crowds, owner)
    return {
        card: {
            need
            for need in crowd
            if need == taken[card] or need not in owner or owner[need] in loose or ring[owner[need]] == ring[card]
        }
        for card, crowd in crowds.items()
    }


def kept(crowd: Sequence[NeedFacts], need: UUID) -> list[str]:
    """The ids to keep of a crowd: always the need itself, at most `CROWD_KEPT`, the latest of them."""
    others = sorted((facts.need for facts in crowd if facts.need != need), reverse=True)[: CROWD_KEPT - 1]
    return [str(one) for one in [*others, need]]


def _band(value: int, bounds: Sequence[int]) -> str:
    return str(next((number for number, bound in enumerate(bounds) if value <= bound), len(bounds)))


def _divided(members: list[NeedFacts], shown: Shown, level: int, crowd: int) -> list[Crowd]:
    if level == len(FACTS):
        return [Crowd(shown, tuple(members))]
    fact = FACTS[level]
    parts: defaultdict[str, list[NeedFacts]] = defaultdict(list)
    for facts in members:
        parts[getattr(facts, fact)].append(facts)
    large = {value: part for value, part in parts.items() if households(part) >= crowd}
    left = [facts for value, part in parts.items() if value not in large for facts in part]
    # Who knows the rule knows who was left behind: they take the smallest parts with them until they are a crowd.
    while left and large and households(left) < crowd:
        smallest = min(large, key=lambda value: (households(large[value]), value))
        left += large.pop(smallest)
    if not large:
        return [Crowd(shown, tuple(members))]
    found = [Crowd(shown, tuple(left))] if left else []
    for value, part in sorted(large.items()):
        found += _divided(part, (*shown, (fact, value)) if value else shown, level + 1, crowd)
    return found


def _matching(crowds: Mapping[str, Collection[UUID]]) -> dict[UUID, str]:
    """A need for each card, as far as there are enough: by need, the card that has it."""
    owner: dict[UUID, str] = {}
    taken: dict[str, UUID] = {}
    for start in crowds:
        came: dict[UUID, str] = {}
        end = _free_need(start, crowds, owner, came)
        while end is not None:
            card = came[end]
            before = taken.get(card)
            owner[end], taken[card] = card, end
            end = before
    return owner


def _free_need(
    start: str, crowds: Mapping[str, Collection[UUID]], owner: Mapping[UUID, str], came: dict[UUID, str]
) -> UUID | None:
    """The first need without a card on a way from ``start``; ``came`` is filled with the card that each need was met by."""
    queue = [start]
    for card in queue:
        for need in crowds[card]:
            if need in came:
                continue
            came[need] = card
            if need not in owner:
                return need
            queue.append(owner[need])
    return None


def _reaching_free(crowds: Mapping[str, Collection[UUID]], owner: Mapping[UUID, str]) -> set[str]:
    """Cards that could move on to a need without a card, by way of others."""
    by_need: defaultdict[UUID, set[str]] = defaultdict(set)
    for card, crowd in crowds.items():
        for need in crowd:
            by_need[need].add(card)
    taken = {card: need for need, card in owner.items()}
    queue = [card for card, crowd in crowds.items() if any(need not in owner for need in crowd)]
    found = set(queue)
    for card in queue:
        for other in by_need[taken[card]] - found:
            found.add(other)
            queue.append(other)
    return found


def _rings(follows: Mapping[str, set[str]]) -> dict[str, int]:
    """The number of the ring (strongly connected component) of each card; Kosaraju, without recursion."""
    back: defaultdict[str, set[str]] = defaultdict(set)
    for card, others in follows.items():
        for other in others:
            back[other].add(card)
    order: list[str] = []
    seen: set[str] = set()
    for start in follows:
        stack = [(start, iter(follows[start]))] if start not in seen else []
        seen.add(start)
        while stack:
            card, following = stack[-1]
            for other in following:
                if other not in seen:
                    seen.add(other)
                    stack.append((other, iter(follows[other])))
                    break
            else:
                order.append(card)
                stack.pop()
    ring: dict[str, int] = {}
    for number, start in enumerate(reversed(order)):
        waiting = [start]
        for card in waiting:
            if card not in ring:
                ring[card] = number
                waiting += [other for other in back[card] if other not in ring]
    return ring
