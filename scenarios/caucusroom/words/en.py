"""English."""

from __future__ import annotations

REASONS = {
    "over": "The mediation is over.",
    "no_such_move": "“{}” is not a move in this dispute.",
    "no_time": "There is not enough of the day left for that. You can adjourn, or end here.",
    "begun": "The joint session has begun; this belongs before it.",
    "nobody_yet": "Nobody has sat down yet. Meet the sides first, or open the joint session.",
    "takes_both": "That takes both sides at the table. Bring them back together first.",
    "takes_privacy": "That can only be asked in private. Call a caucus first.",
    "at_the_table": "You are all at the table already.",
    "in_that_room": "You are in that room already.",
    "not_in_the_room": "{} is not in the room.",
    "planned": "The mediation is already planned in stages.",
    "on_the_table": "That issue is on the table already.",
    "agreed": "That issue is agreed.",
    "still_open": "The issue on the table is still open. You can park it and take up this one.",
    "nothing_to_park": "The issue on the table is agreed; there is nothing to park. Take up the next one.",
    "another_issue": "That belongs to another issue: {}. Take it up first.",
    "not_thought_of": "Nobody has thought of that yet. Develop options once both sides' interests are known.",
    "rests_on_unsaid": "That rests on something that is not on the table.",
    "shared_already": "That is on the table already.",
    "not_told": "You do not know of that.",
    "told_you_so": "They told you so themselves; it is the other side that does not know.",
    "not_cleared": "That was said in confidence and is not cleared. Ask them first what may be carried, and how.",
    "cleared": "They have cleared it, so you may share it.",
    "nothing_agreed": "Nothing is agreed yet that could be written up.",
}
"""Why a move cannot be made now, by the key of the reason; {} is the name in it, if it has one."""

NOTING = {
    "no_side": "There is no side “{name}” to write about; there are: {known}.",
    "no_cause": "There is no cause “{name}” in the catalogue.",
    "how_many": "Name one to {most} causes that you think stand in the way.",
    "much_heard": "Name at most {most} answers that say so.",
    "not_heard": "There is no answer to decision {name}: decisions so far are {made}.",
    "twice": "Name each cause and each answer once.",
    "over": "The mediation is over, and what you thought stands as it was written.",
    "left_out": "A note in the journal names a side or a cause that this dispute does not have, and is left out.",
    "owed": "Before you end this, write down what you think stands in the way of {names}. It is in your notebook.",
    "and": " and of ",
}
"""Why what the mediator thinks cannot be noted, or has to be."""
