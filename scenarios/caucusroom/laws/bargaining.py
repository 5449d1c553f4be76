"""Information and offers: clearing and sharing facts, developing options, asking for a yes."""

from __future__ import annotations

from ..model.catalogue import ANSWERED_BY_NEWS, Technique
from ..model.dispute import Option
from .draft import Draft
from .remedy import miss, try_remedy, work_on
from .rooms import enter_caucus
from .state import Flag

CALM, CALM_AT_A_DISTANCE = 1, 2
"""The most heat at which a side can say yes: to the other's face, or to a proposal that is carried to it."""


def options(draft: Draft, technique: Technique, target: str) -> None:
    """Inventing works on interests. Without both sides' interests it is guessing, and shows."""
    met = [work_on(draft, party, technique) for party in draft.present]
    if _develop(draft):
        return
    if not any(met):
        for party in draft.present:
            draft.tire(party)
        draft.tell("no_basis", about=draft.case.dispute.issues[draft.topic].id)


def invite_offer(draft: Draft, technique: Technique, target: str) -> None:
    """Asked for an offer instead of a concession, calm people with nothing in their way make one."""
    met = [work_on(draft, party, technique) for party in draft.present]
    able = all(draft.heat[party] <= CALM and not draft.standing(party) for party in (0, 1))
    if draft.joint and able and _develop(draft):
        return
    for party in draft.present:
        if not met[party if draft.joint else 0]:
            miss(draft, party, technique)


def _develop(draft: Draft) -> bool:
    """Open the options of the topic, if both sides' interests in it are known."""
    bit = 1 << draft.topic
    if draft.developed & bit or not (draft.knows_interest(0) and draft.knows_interest(1)):
        return False
    draft.developed |= bit
    draft.tell("developed", about=draft.case.dispute.issues[draft.topic].id)
    return True


def allay_sharing(draft: Draft, technique: Technique, target: str) -> None:
    """Ask what may be carried, and how. Only what was confided can be cleared."""
    (party,) = draft.present
    met = work_on(draft, party, technique)
    for bit, fact in draft.case.real_facts:
        if fact.party == party and fact.issue == draft.topic and draft.confided & ~draft.cleared & bit:
            met = True
            if draft.trusts(party) >= technique.needs.trust:
                draft.cleared |= bit
                draft.tell("cleared", party, fact.id)
            else:
                draft.tire(party)
                draft.tell("early", party, technique.id, "trust")
    if not met:
        try_remedy(draft, technique)


def share(draft: Draft, technique: Technique, target: str) -> None:
    """Cleared information on the table, or carried into the other room. Who feared to show it has shown it."""
    place = draft.case.index["fact"][target]
    _learn(draft, place)
    fact = draft.case.dispute.facts[place]
    for bit, barrier in draft.case.real:
        hid = barrier.cause == "withheld_information" and "share" in barrier.answered_by
        if hid and draft.case.on[fact.party][fact.issue] & ~draft.answered & bit:
            draft.answer(bit, barrier)
            draft.tell("helped", fact.party, technique.id, barrier.id)


def tell(draft: Draft, technique: Technique, target: str) -> None:
    """A confidence passed on. It may even help for an hour; nothing built on it lasts."""
    place = draft.case.index["fact"][target]
    holder = draft.case.dispute.facts[place].party
    draft.flags |= Flag.BREACH
    _learn(draft, place)
    if draft.joint:
        draft.trust[holder] = 0
        draft.warm(holder)
        draft.tell("breach", holder, target)
    else:
        draft.doubt(1 - holder)
        draft.tell("breach", 1 - holder, target)


def _learn(draft: Draft, place: int) -> None:
    """The six things an exchange of information can do to the side that learns of it."""
    case, fact = draft.case, draft.case.dispute.facts[place]
    receiver, bit = 1 - fact.party, 1 << place
    draft.confided |= bit
    draft.shared |= bit
    for effect in sorted(fact.effects):
        draft.tell("shared", receiver, fact.id, effect)
        if effect == "empathy":
            draft.cool(receiver)
        elif effect == "dialogue":
            for party in (0, 1):
                draft.rest(party)
                draft.cool(party)
        elif effect == "trust":
            draft.doubt(receiver, -1)
    # credence and critical facts need nothing done: willingness and legality look at what is shared
    causes = {cause for cause, effect in ANSWERED_BY_NEWS.items() if effect in fact.effects}
    for one, barrier in case.real:
        if barrier.cause in causes and case.on[receiver][fact.issue] & ~draft.answered & one:
            if not draft.found & one:
                draft.find(one, barrier)
            draft.answer(one, barrier)
            draft.tell("helped", receiver, "share", barrier.id)


def rule(draft: Draft, technique: Technique, target: str) -> None:
    """The mediator turns judge: the side that is wrong turns away, the side that is right digs in."""
    favoured = draft.case.index["party"][target]
    if draft.joint:
        draft.lose_trust(1 - favoured, 2)
        draft.warm(1 - favoured)
        draft.doubt(1 - favoured)
    else:
        draft.warm(favoured)
        draft.doubt(1 - favoured)
    for party in draft.present:
        draft.tell("ruled", party, technique.id)


def propose(draft: Draft, technique: Technique, target: str) -> None:
    """At the table: would both of you agree to this? In a caucus: what if they offered this?"""
    option = draft.case.dispute.options[draft.case.index["option"][target]]
    if not draft.joint:
        (party,) = draft.present
        why = _unwilling(draft, party, option, CALM_AT_A_DISTANCE)
        draft.tell("not_open_to" if why else "open_to", party, target, why)
        return
    refused = False
    for party in (0, 1):
        why = _unwilling(draft, party, option, CALM)
        draft.tell("refuses" if why else "accepts", party, target, why)
        refused |= bool(why)
    if refused:
        draft.tire(0)
        draft.tire(1)
    else:
        _agree(draft, option, face_to_face=True)


def shuttle(draft: Draft, technique: Technique, target: str) -> None:
    """Carry a proposal next door: people can say yes to it who could not say it to each other."""
    option = draft.case.dispute.options[draft.case.index["option"][target]]
    (sender,) = draft.present
    why = _unwilling(draft, sender, option, CALM_AT_A_DISTANCE)
    if why:
        draft.tell("not_open_to", sender, target, why)
        return
    draft.tell("open_to", sender, target)
    enter_caucus(draft, 1 - sender)
    why = _unwilling(draft, 1 - sender, option, CALM_AT_A_DISTANCE)
    draft.tell("refuses" if why else "accepts", 1 - sender, target, why)
    if not why:
        _agree(draft, option, face_to_face=False)


def press(draft: Draft, technique: Technique, target: str) -> None:
    """Push for a yes. Worn people give one; it does not last."""
    option = draft.case.dispute.options[draft.case.index["option"][target]]
    pushed = True
    for party in (0, 1):
        if _unwilling(draft, party, option, CALM) and draft.strained(party) < 2:
            pushed = False
            draft.warm(party)
            draft.lose_trust(party)
            draft.tell("refuses", party, target, "pressed")
        else:
            draft.tell("pressed", party, target)
    if pushed:
        draft.flags |= Flag.PRESSED
        _agree(draft, option, face_to_face=True)


def _unwilling(draft: Draft, party: int, option: Option, most_heat: int) -> str:
    """Why this side would not agree to the option as things are, or "" if it would."""
    if draft.heat[party] > most_heat:
        return "heat"
    if draft.suspicion[party] >= 2:
        return "suspicion"
    if draft.case.on[party][option.issue] & ~draft.answered:
        return "barrier"
    steps = (draft.case.credence[party][option.issue] & draft.shared).bit_count()
    if option.worth[party] < draft.case.truth.floors[party][option.issue] - steps:
        return "floor"
    return ""


def _agree(draft: Draft, option: Option, face_to_face: bool) -> None:
    """A gain: it relieves everybody. A yes from people who are spent is only a wish to go home."""
    place = draft.case.index["option"][option.id]
    agreed = list(draft.agreed)
    agreed[option.issue] = place
    draft.agreed = tuple(agreed)
    if draft.strained(0) == 3 or draft.strained(1) == 3:
        draft.flags |= Flag.WEARY
    if face_to_face:
        draft.flags |= Flag.FACE
    for party in (0, 1):
        draft.cool(party)
        draft.rest(party)
    draft.tell("agreed", about=draft.case.dispute.issues[option.issue].id, why=option.id)
