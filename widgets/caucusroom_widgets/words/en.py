"""English."""

from __future__ import annotations

# what the desk tells

ROOMS = {"before": "Before the session", "joint": "Joint session", "caucus": "Caucus with {party}"}

SAID = {
    "accepts": "{party} said yes",
    "refuses": "{party} said no",
    "open_to": "{party} could see it",
    "not_open_to": "{party} could not see it",
}
"""What a side said to an option, by event."""

STANDING = {"confided": "in confidence", "cleared": "may be carried", "shared": "on the table"}

GROUPS = {
    "open": "Open",
    "listen": "Listen",
    "explore": "Explore",
    "test": "Test",
    "build": "Build",
    "share": "Share",
    "process": "Process",
    "close": "Close",
}

POSTURES = {
    "heat": (
        "They sit back and speak evenly",
        "They sit upright and answer curtly",
        "They lean in and their voices are raised",
        "They are on their feet and shouting",
    ),
    "trust": (
        "closed to you",
        "polite with you and no more",
        "open with you",
        "frank with you, as with somebody they trust",
    ),
    "strain": ("", "a little tired", "worn, with an eye on the clock", "at the end of their strength"),
    "suspicion": (
        "",
        "wondering about the other room",
        "doubtful that you are even-handed",
        "saying aloud that you favor the other side",
    ),
}
"""How each level of a mood shows."""

CHANGES = {
    "heat": ("calmer", "angrier"),
    "trust": ("more guarded with you", "more open with you"),
    "strain": ("fresher", "more tired"),
    "suspicion": ("easier about the other room", "more suspicious"),
}
"""What a fall and a rise of a mood are called."""

NOTES = {
    "found": "Now you know: {barrier}",
    "interest": "Under the position of {party}: {interest}",
    "confided": "{party} told you in confidence: {fact}",
    "cleared": "You may carry this: {carried}",
    "shared": "On the table now: {carried}",
    "developed": "There are new options on this issue.",
    "agreed": "Agreed: {option}",
    "homework": "{party} has something to find out before the next session.",
    "decider_came": "Whoever decides for {party} has joined.",
    "waited": "{party} had been waiting for {waited}.",
    "breach": "Something told in confidence has been passed on.",
    "walked_out": "{party} walks out.",
}
"""What came of a decision, by event."""

READINGS = {
    "cue": "A cue from {party}: {cue}",
    "helped": "That met what stood in the way of {party}.",
    "missed": "That met nothing in {party}: nothing that it answers is known to stand in the way here.",
    "resisted": "That did not reach {party}: what stood in the way still does.",
    "early": "Too early for {party}: {early}.",
    "hurt": "{goes_wrong}",
    "nothing_more": "There is no more under this with {party}.",
    "wall": "{party} did not go into it.",
    "misheard": "{party} had shown nothing of the kind.",
    "no_basis": "Options need an interest on each side first.",
    "spiral": "An attack draws the next one.",
    "boiling": "{party} is still heated as the door opens.",
    "owed": "{party} has not had its turn alone with you.",
    "pressed": "That yes was pushed for.",
}
"""What guided mode adds: readings of what happened, which assessment mode leaves to the trainee."""

EARLY = {
    "trust": "they do not trust you enough yet",
    "heat": "they are too heated",
    "heard": "their anger has not been heard",
}

SHORT = {
    "left": "{time} left today",
    "rest_of_the_day": "rest of the day",
    "answered": "answered",
    "nothing_told": "Nobody has told you anything yet that this could be about.",
    "posture": "{sits}; {seems}.",
    "changed": "{who}: {how}.",
    "list": ", ",
    "and": " and ",
}

# what cannot be done

REFUSED = {
    "not_open": "The room is not open: nothing was changed.",
    "no_mode": "There is no mode “{mode}”: choose guided or assessment.",
    "no_decision": "The page sent something that is no decision; nothing was changed. Load the page or run the cell again.",
    "too_long": "The page sent {size:,} characters where a decision has at most {longest:,}; nothing was changed.",
    "gone_on": "The mediation has gone on since that page was drawn; it is shown as it is now. Choose again.",
    "not_over": "This mediation is not over. Bring it to an end first; ending without agreement is one.",
    "nothing_yet": "There is no decision to look at yet.",
    "other_scene": "What is kept here is not of the scene “{scene}”. Play it from its beginning.",
    "scene_over": "The scene is over: its last decision is made. Look at your decisions, or play it again.",
    "before_the_scene": "That was decided before you sat down. You can go back to your own first decision.",
    "no_branch": "There is nothing yet in which this attempt parts from attempt {parent}.",
    "over": "This mediation is over: there is no decision left to ask about.",
    "all_asked": "Your supervisor has asked all there is to ask about this decision. It is yours now.",
    "not_next": "The questions come one after another, from wide to near: the next is number {next}.",
}

VISIT = {
    "saved": "Saved in this browser.",
    "no_page": "There is no such page here: go back to the start and choose again.",
    "no_dispute": "There is no such dispute here: go back to the start and choose again.",
    "no_scene": "There is no such scene here: go back to the start and choose again.",
    "no_assignment": "There is no such assignment: its name is a line of 1 to {longest} characters.",
    "no_name": "Your name is missing, or no journal can hold it: write it in one line of 1 to {longest} characters.",
    "no_text": "What was kept cannot be read: choose another journal, or begin anew.",
    "nothing_open": "No room is open here: load the page again.",
}
"""What a public page is told, where nobody has a notebook."""

GRADED = {
    "review": "This is graded work: its decisions are looked at once it has been graded.",
    "compare": "This is graded work: there are no branches to compare.",
    "back": "This is graded work: a decision once made stands.",
    "hint": "This is graded work: the supervising mediator is for practice.",
    "again": "This is graded work: there is one attempt at it.",
}

# what stands where no widget runs

PLAIN = {
    "not_opened": "The room cannot be opened.",
    "truth": "What was true in this case",
    "goes_on": "The mediation goes on where the room itself can be shown.",
}

# what the page says by itself

PAGE: dict[str, str | dict[str, str]] = {
    "language": "en",
    # the letter that opens each list of moves: one that stands in its name; the other letters choose moves
    "key.now": "n",
    "key.open": "o",
    "key.listen": "l",
    "key.explore": "e",
    "key.test": "t",
    "key.build": "b",
    "key.share": "s",
    "key.process": "p",
    "key.close": "c",
    "list": "; ",
    # the heading
    "room": "The mediation room",
    "attempt": "Attempt {attempt}",
    "attempt.branch": "Attempt {attempt}, from decision {decision} of attempt {parent}",
    "day": "Day {day} of {days}",
    "stage": "Stage {day} of {days}",
    "saved": "Saved",
    # who is where
    "plan": "The room",
    "plan.you": "You",
    "plan.waiting": "waiting {time}",
    "where.before": "Nobody has met yet. Each side is in its own room.",
    "where.joint": "Joint session. The doors are open.",
    "where.caucus": "Caucus with {party}. The doors are closed.",
    "place.caucus": "with you, behind the closed door",
    "place.table": "at the table",
    "place.own": "in their own room",
    "place.waiting": "waiting in their own room for {time}",
    "place.away": "Not in the building: {people}.",
    # a guided scene
    "scene": "The scene",
    "scene.told": "Where you are",
    "scene.asks": "Try this:",
    "scene.left": {"one": "One decision is left.", "other": "{number} decisions are left."},
    "scene.first": {"one": "One decision is yours.", "other": "{number} decisions are yours."},
    "scene.numbers": "One Two Three Four Five Six Seven Eight",
    "scene.over": "The scene ends here",
    "scene.again": "Play this scene again",
    "scene.kept": "What you did stays in the record; another try begins beside it.",
    # what is said
    "now": "Just now",
    "arriving": "What you know on arriving",
    "arrived": "What you knew on arriving",
    "earlier": {"one": "Earlier: {n} turn", "other": "Earlier: {n} turns"},
    "earlier.label": "Earlier in this mediation",
    "moment": "One moment.",
    "supervisor": "Your supervisor",
    "supervisor.how": ", who asks and does not answer",
    "supervisor.asks": "Your supervisor: {text}",
    # the choice
    "choice": "Your move",
    "choice.title": "What will you do?",
    "choice.tabs": "Moves, by what they are for",
    "choice.now": "Now",
    "choice.count": {"one": "{n} move", "other": "{n} moves"},
    "choice.words": "“{words}”",
    "choice.aims": {"one": "Choose what.", "other": "Choose which of {n}."},
    "choice.more": "More can be done: it is under the headings above.",
    "choice.none": "Nothing here can be done at this moment.",
    "choice.refused": "Not now",
    "ask": "Ask a supervising mediator",
    "ask.closer": "Ask more closely",
    "ask.over": "The decision is yours.",
    "retry": "Try again",
    "reopen": "Open the journal again",
    "refusal": "The room cannot be opened",
    "refusal.title": "The room cannot be opened.",
    "refusal.offer": "You can begin a new mediation here. What is there now is kept beside it, under another name.",
    "refusal.fresh": "Set it aside and begin afresh",
    "no_answer": (
        "No answer has come for ten seconds. What was shown as saved is safe. If the kernel was restarted, run this "
        "cell again and go on where you were; if it is only busy, try again."
    ),
    # the papers
    "issues": "The issues",
    "status.open": "open",
    "status.topic": "being discussed",
    "status.agreed": "agreed",
    "issue.agreed": "Agreed",
    "issue.underneath": "Underneath",
    "issue.options": "Options so far",
    "alternatives": "If nothing is agreed",
    "alternatives.tested": "As it is, tested in private",
    "alternatives.believed": "As they see it",
    "notebook": "Your notebook",
    "notebook.empty": ("What you hear and find out is written down here, with what may be carried and what may not."),
    "entry.cause": "In the way",
    "entry.fact": "Told to you",
    "entry.cue": "Heard",
    "thought": "What I think stands in the way",
    "thought.none": "Nothing written yet.",
    "thought.heard": {
        "one": "{n} answer says so: to decision {heard}.",
        "other": "{n} answers say so: to decisions {heard}.",
    },
    "thought.when": "{day}, {time}.",
    "thought.open": "Write about {party}",
    "thought.causes": "In the way, one to four",
    "thought.says": "What they said that says so",
    "thought.silent": "They have not said anything yet.",
    "thought.write": "Write it down",
    "thought.done": "Written down.",
    # the end
    "ending": "How it ended",
    "ending.later": "Three weeks later",
    "ending.review": "Look at your decisions",
    "ending.again": "Mediate again",
    "ending.kept": "This attempt stays in the record. Another begins beside it.",
    "ending.graded": (
        "This was graded work: your decisions are kept as they stand. What had been hidden, and how each decision is "
        "judged, comes back with the grade."
    ),
    "ending.back": "Go back to a decision",
    "ending.truth": "What was true in this case",
    "ending.spoils": " (to open this gives the case away)",
    # decisions looked at
    "review": "Review so far",
    "review.label": "Your decisions, looked at",
    "review.room": "Back to the room",
    "review.alone": "This attempt alone",
    "compare": "Compare with attempt {attempt}",
    "compare.label": "Two attempts, side by side",
}
"""All that `room.js` says; the host hands it this table once."""
