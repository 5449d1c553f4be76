"""English."""

from __future__ import annotations

REASONS = {
    # role
    "stated_the_role": "You said what you are there for and what you are not, and let each side speak first for itself.",
    "met_beforehand": "You met {party} before anything was at stake, to listen; the first word they had from you was not about an offer.",
    "explained_in_time": "No door had been closed yet. You said what a caucus is for, what stays private in it and that both sides have the same offer.",
    "explained_late": "You explained the caucus after the first door had closed: better than never, but then it sounds like an excuse.",
    "explained_again": "Everybody there knew already what a caucus is, and nobody had shown you a doubt about it.",
    "explained_to_the_wrong_side": "{party} had begun to wonder what goes on in the other room, and was not there to hear this.",
    "closed_an_unexplained_door": "A door closed before anybody had heard from you what a caucus is for and what stays private in it.",
    # forum
    "tested_in_front_of_the_other": "You went into this with each side in front of the other: “{technique}” is heard there as a threat, and to give way would have cost each of them its face.",
    "threatened_at_the_table": "You asked at the table what not settling would cost: {mood}; asked like that, it is heard as a threat.",
    "kept_the_other_waiting": "{party} had been alone in the other room for {waited} and you stayed on with {other}.",
    "met_again_beforehand": "You had met {party} already; a second meeting beforehand has nothing to bring that the table would not.",
    "closed_a_door_on_heat": "{party} was hot, and a door that closes takes away the audience.",
    "closed_a_door_for_a_cause": "You had found something in {party} ({cause}) that is better dealt with when {other} is not listening.",
    "closed_a_door_for_consent": "{party} had told you something in confidence, and whether it may be carried can only be asked in private.",
    "closed_a_door_for_balance": "{other} had been seen alone; it was the turn of {party}.",
    "closed_a_door_to_ask": "{party} had let something show ({cue}) that was not understood yet; alone it can be asked about.",
    "closed_a_door_on_a_wall": "At the table {party} had met your question with a wall; alone, the same question can have another answer.",
    "closed_a_door_on_a_question": "What lies under the position of {party} on {issue} was not known; that is more easily said alone.",
    "closed_a_door_on_a_no": "{party} had said no to terms on {issue}, and nothing had been found or told in it since; what is behind a no is more easily said alone.",
    "closed_a_door_to_carry": "You had something that could be carried to {party}, though it could have been said at the table as well.",
    "closed_a_door_for_nothing": "{party} was not hot and was owed no turn, and you knew of nothing on {issue} that needed a closed door.",
    "came_back_calm": "Nobody was known to be hot when you brought both sides back to one table.",
    "came_back": "Both sides are at one table again, which counts, though {party} was still hot.",
    "carried_between_the_angry": "{party} was hot. A proposal that is carried can be answered without an audience.",
    "carried_what_could_be_said": "Neither side was hot; the proposal could have been put with both at the table.",
    "took_the_next": "There was agreement on {issue}; you turned to what was still open.",
    "parked_at_once": "You had only just turned to {issue}, and left it again at once.",
    "parked_everything": "You had left an issue {times} times already: at some point each of them has to be worked through.",
    "parked_in_anger": "{party} was hot; another issue changes what they argue about and not how.",
    "parked_the_stuck": "You knew of something in the way of {party} on {issue} ({cause}); you left it for now and took up another.",
    "turned_to_the_unasked": "You turned to {target}, on which you did not know yet what each side needs.",
    "parked_the_easy": "You left {issue} for {target}. What each side needs on {target} was known, and nothing found on {issue} called for leaving it.",
    "adjourned_for_a_cause": "What stood in the way of {party} ({cause}) can be met by another day.",
    "adjourned_for_the_unready": "{party} was not ready, and you knew it; another day leaves the time that nothing else can give.",
    "adjourned_at_the_end": "Of the day {left} was left; what is begun so late has to be broken off.",
    "adjourned_for_the_tired": "{party} was worn out; what people agree to in that state they regret.",
    "put_off_the_hard_talk": "With {left} left today, nobody known to be worn out and nothing known that another day would bring, the hard talk was put off.",
    "staged_for_a_cause": "{party} had a reason not to do all of this in one day ({cause}); you planned it in stages with them.",
    "staged_for_the_tired": "{party} was worn out; shorter stages on different days take the dead time and the long evening away.",
    "staged_with_them": "You had met both sides beforehand and planned the stages with them before the work began.",
    "staged_beforehand": "You planned the stages before the work began. That takes the waiting away and costs days; which of the two weighs more here, nothing had shown yet.",
    "staged_for_nothing": "Nothing found in {sides} called for more days, and nobody there was worn out; while a dispute goes on outside, each day has a price.",
    # confidentiality
    "passed_on_a_confidence": "You passed on what {party} had told you in confidence and had not cleared.",
    "carried_what_was_cleared": "{party} had cleared this, and the words for it; you carried it in that form.",
    "asked_for_consent_early": "You asked {party} what may leave the room. {party} did not trust you enough yet to let anything go; it can be asked again.",
    "asked_what_may_be_carried": "{party} had told you something in confidence about {issue}; you asked whether it may be carried, and in which words.",
    "talked_through_the_fear": "You had found that {party} was keeping something back; you talked through what would happen if it were known.",
    "asked_about_the_unknown": "You asked {party} what might be shared. Something had shown ({cue}) that can come from keeping information back; it can come from other things as well, and was not understood yet.",
    "asked_at_the_door": "You asked {party} what may leave the room, though you knew of nothing on {issue} that was still to be cleared: a good habit at every door, and here it had nothing to settle.",
    # honesty
    "said_who_is_right": "You said that {party} was in the right. That makes you a judge, and to {other} no mediator any more.",
    "sent_to_the_qualified": "There was a question of law or fact between them; you sent it to somebody who is qualified to answer it, and kept your own opinion out of it.",
    # balance
    "coached_in_front_of_the_other": "You helped both sides with their case in front of each other; each of them saw you helping the other.",
    "met_one_side_twice": "You went to {party} a second time before you had been to {other} at all.",
    "opened_with_one_side_met": "You had met {party} beforehand and {other} not: one side came to the table knowing you.",
    "expert_of_one_side": "Only {party} was there when the expert was chosen; to {other} that is an expert for {party}.",
    "second_turn_first": "It was the turn of {other} to have a word alone with you, and you went to {party}.",
    "came_back_unbalanced": "Everybody came back to the table while it was the turn of {party} to have a word alone with you.",
    "gave_the_same": "You had seen {other} alone; now {party} had its turn.",
    "met_the_other_too": "You had been to {other}; {party} got the same visit before anybody could count.",
    "met_a_doubt": "{party} had begun to wonder what goes on in the other room; you said what stays private and that both have the same offer.",
    # questions
    "asked_without_trust": "{party} was closed to you; asked what lies underneath, people who do not trust you stay polite.",
    "asked_the_same_again": "You had asked this before in this room and nothing came of it; since then nothing had been learnt, and {sides} trusted you no more than then.",
    "asked_about_the_agreed": "There was agreement on {issue} already; asking on about it can only undo it.",
    "followed_what_was_heard": "{party} had let something show ({cue}); you went after that, and offered nothing.",
    "followed_what_was_explained": "What you had found in {party} ({cause}) explained this already ({cue}); that there was more to it, nothing had shown.",
    "followed_what_was_done": "You had gone after this with {party} already ({cue}), and nothing had lain behind it.",
    "misread_them": "Nobody in the room had shown you this ({cue}); asked about it, people wonder whom you have been listening to.",
    "fished": "Nothing that {sides} had let show was still to be followed, and what lay under the position on {issue} had been told: a question without an aim.",
    "asked_under_the_position": "You did not know yet what {unasked} needed on {issue}; you asked, and offered nothing.",
    "asked_on_what_was_heard": "{party} had let something show ({cue}) that was not understood yet; you asked somebody there, alone, what they need.",
    "asked_about_their_no": "{party} had said no to terms on {issue}, and nothing had been found or told in it since; you asked it alone what is behind that.",
    "asked_round_what_was_heard": "What {party} wanted with {issue} was known. Something else had shown ({cue}), and this question went round it.",
    "asked_what_is_in_the_way": "You asked {party}, alone, what stands in its way at all, while nothing had shown that was still to be followed: a wide question.",
    "put_a_position": "“{target}” lies on the line between the two positions; it was made from no interest of anybody's.",
    "invented_without_interests": "What {party} needs on {issue} was not known yet, so there was nothing to measure an idea by.",
    # tension
    "let_them_vent_at_each_other": "You asked for everything they have against each other while both sat there, and it could be seen that it would not clear the air: {mood}.",
    "cleared_the_air": "Both sides trusted you, nobody was boiling and not both were hot: what {party} had to say could be said to the other side, and heard.",
    "came_back_boiling": "{party} was boiling when you opened the doors, and took it along to the table.",
    "came_back_hot": "{party} was still hot when you brought everybody back to the table.",
    "looked_ahead_in_anger": "{party} was {heat}; people in that state hear talk of the future as a way round what they are angry about.",
    "skipped_the_anger": "What you had found in {party} ({cause}) was not answered yet; looking ahead skips it, and it comes back.",
    "reprimanded_the_boiling": "{party} was boiling; at the boil, being led back to the problem sounds like a reprimand.",
    "turned_attacks_into_the_problem": "{party} was {heat}; you turned the talk to what has to be solved.",
    "asked_reasons_of_the_angry": "{party} was {heat} and you went to the matter all the same; angry people answer that with an attack.",
    "tested_before_hearing": "What you had found in {party} ({cause}) was not answered yet; reasons come after that.",
    "heard_the_angry": "{party} was {heat}; you let it say all of it where the other side could not hear.",
    "heard_what_was_known": "You had found this in {party} ({cause}), and you made room for it to be said.",
    "listened_to_an_attack": "What {party} had let show ({cue}) could come from anger or from something colder. You listened, where it did no harm, to find out which.",
    "listened_all_the_same": "Nobody in the room had been heard out yet, and none of them was hot; it did no harm.",
    "listened_again": "{party} had been heard out already, and sat there {heat}: whoever has been heard need not say it twice.",
    "took_the_angry_aside": "{party} was {heat}; you went with {party} where {other} could not hear.",
    "paused_in_time": "{party} was {mood}; a pause lets people rest and think.",
    "paused_for_the_spent": "You had found that {party} had no strength left; a pause is an answer to that.",
    "paused_early": "{party} had begun to tire; a pause this early was no loss and no need.",
    "paused_without_need": "Nobody in the room was hot or tired; the pause stopped people who were at work.",
    "named_the_gains": "{gain} and had not been named as a gain yet; hearing it said gives people heart for the next step.",
    "summed_up_nothing": "Nothing had been agreed, and nothing shared, that had not been named already, and a summary shows it.",
    # fit
    "tried_it_again": "This had been tried on {party} without effect, and nothing had been learnt of {party} since.",
    "tried_what_does_not_reach_them": "You had found what stood in the way of {party} ({cause}); this answers it in others, and you had seen that it does not reach {party}.",
    "too_early_for_trust": "You had found what stood in the way of {party} ({cause}), and this may answer it; but {party} did not trust you enough yet to take it from you.",
    "too_early_for_heat": "You had found what stood in the way of {party} ({cause}), and this may answer it; but {party} was too heated to take it in.",
    "answered_a_known_cause": "You had found what stood in the way of {party} ({cause}); this is an answer to that, and {party} was neither too heated nor too distrustful for it.",
    "met_a_known_cause": "You had found what stood in the way of {party} ({cause}), and this is an answer to that.",
    "shared_what_answers": "You had found what stood in the way of {party} ({cause}); what was shared now can answer it.",
    "saw_that_nothing_works": "You had found that {party} was not ready, and that nothing a mediator does changes that in a day.",
    "invited_past_a_cause": "You asked for offers while you knew that something stood in the way of {party} ({cause}).",
    "built_on_the_agreed": "There was agreement on {issue} already; more ideas on it can only undo it.",
    "built_on_interests": "What both sides need on {issue} was known, so there was something to measure ideas by, and they were to come from the sides.",
    "built_with_one_side": "What both sides need on {issue} was known; with {sides} alone you looked for what could serve both.",
    "collected_more_ideas": "Options on {issue} had been developed already; you asked for more of them.",
    "invited_without_interests": "You asked for offers where others ask for concessions; but what {party} needs on {issue} was not known, so nobody could tell what an offer would have to answer.",
    "guessed": "It was a guess: what {party} had let show ({cue}) can come from what this answers ({causes}) and from other things ({others}). A question could have told which.",
    "linked_to_nothing": "Nothing you knew of {whom} on {issue} pointed to anything that “{technique}” answers.",
    # closing
    "pushed_for_a_yes": "You pushed for a yes. A yes that is pushed out of somebody is yours and not theirs, and is regretted.",
    "asked_the_spent": "{party} was at the end of its strength when you asked for a yes; such a yes is a wish to go home.",
    "asked_past_a_cause": "You asked for a yes to this while you knew what stood in the way of {party} ({cause}).",
    "asked_the_doubting": "{party} doubted that you are even-handed when you asked it for a yes.",
    "asked_again": "{party} had said no to this, and nothing had been learnt, shared or answered since.",
    "asked_with_something_unheard": "You asked for an answer while something that {party} had let show ({cue}) was not understood; whether it stood in the way, you did not know.",
    "let_them_weigh_it": "What both sides need on {issue} was known and you knew of nothing that stood in the way; you put a possible answer to them and left it to them.",
    "sounded_it_out": "You sounded it out with {party} alone, where a maybe binds nobody.",
    "carried_their_proposal": "You had found nothing in the way that was not answered; you carried the proposal as theirs, not as yours.",
    "wrote_up_what_was_only_carried": "They had agreed to all of it by messenger, which is common; but not once had they said a yes to each other.",
    "wrote_it_up": "Everything was agreed; you had it written down in their own words, with who does what by when.",
    "wrote_up_for_the_unready": "{party} was not ready, and you knew it. {open_issues} stayed open; what was agreed was written down.",
    "wrote_up_at_the_end": "The last day was nearly over. {open_issues} stayed open; what was agreed was written down.",
    "wrote_up_what_could_be_had": "You knew why {open_issues} stayed open; what was agreed was written down.",
    "wrote_up_too_soon": "{open_issues} stood open, with {left} left, and you wrote up the rest.",
    "stopped_with_respect": "{party} was not ready to settle, and you knew it; you stopped, with what was gained and a way back.",
    "stopped_on_what_was_heard": "{party} had let show what can come from not being ready ({cue}), and had met your question about it with a wall.",
    "ended_before_the_clock": "The last day was nearly over; you ended it in words rather than by the clock.",
    "ended_before_the_door": "{party} was boiling and was worn out; you ended it before somebody walked out.",
    "left_it_unwritten": "Everything was agreed, and you ended it without having it written down.",
    "gave_up_early": "You ended it with {left} left, and nobody was known not to be ready.",
    "adjourned_for_good_reason": "What stood in the way of {party} ({cause}) is something that a later date leaves time for, and the decision stays with them.",
    "adjourned_into_nothing": "With no other day to come this ended the mediation with {left} left, and you knew of nothing that a later date would bring.",
}
"""What a rule says of a decision, by its id. Names in it: {party} and {other} (sides), {sides} (those in the room), {issue},
{target}, {technique}, and whatever the rule gives."""

QUESTIONS = {
    "unmet_beforehand": (
        "What do people need from you before they sit down opposite each other?",
        "Who in this dispute has never heard your voice?",
        "What could {party} learn about you, and you about {party}, while nothing is at stake yet?",
    ),
    "nobody_at_the_table": (
        "What is still missing before this can begin?",
        "Who ought to hear from you, and from each other, what today is for?",
        "Both sides know you now. Where would they have to be for the talk itself to start?",
    ),
    "somebody_hot": (
        "Look at them before you look at the papers. How are they?",
        "Whose anger have you not heard yet?",
        "{party} is {heat}. What does {party} need before a reason can reach it, and who should not be listening?",
    ),
    "not_ready": (
        "Is there anything you can do today that would change this?",
        "Who has told you that it cannot be now, whatever the terms are?",
        "If {party} cannot do it today, what is the best that can be kept of what you have gained?",
    ),
    "somebody_worn": (
        "How much have they got left?",
        "Who in this room would say yes to anything, just to go home?",
        "{party} is worn. What would a yes be worth that {party} gave you now, and what would make it worth more?",
    ),
    "agreed_all": (
        "What will each of them say at home about today?",
        "Would both sides tell you the same if you asked who does what, and by when?",
        "Everything is agreed. Where is it written, and in whose words?",
    ),
    "somebody_waiting": (
        "Who is not in this room?",
        "What do you think the other side is telling itself by now?",
        "{party} has been waiting for {waited}. Is what you are doing here worth what it costs over there?",
    ),
    "something_confided": (
        "What do you know that only one room knows?",
        "To whom does the thing you were told belong?",
        "{party} has told you something on {issue}. Would it help if it were known, and who decides that?",
    ),
    "something_known_in_the_way": (
        "What is it, as far as you have found out, that holds them back?",
        "What have you been told by {party} that you have done nothing about yet?",
        "In the way of {party} stands this: {cause}. What answers that, and is this the room and the time for it?",
    ),
    "somebody_doubting": (
        "What do they think of you just now?",
        "Who might be wondering what goes on behind the other door?",
        "{party} is not sure of you. What would {party} have to hear or see to be sure again?",
    ),
    "unexplained": (
        "If you had to close a door now, what would people make of it?",
        "What do the two sides know about your talking to one of them alone?",
        "Suppose you need a private word about {issue}. What would both of them have to know before that?",
    ),
    "something_to_carry": (
        "What may leave the room it was said in?",
        "What have you been given leave to use, and not used?",
        "{party} has let you have something, in its own words. Who ought to hear it, and where?",
    ),
    "agreed_here": (
        "What is left on the list?",
        "This one is agreed. Have they noticed, and what is not agreed yet?",
        "With {issue} out of the way, which of the open issues are they readiest for?",
    ),
    "interest_unknown": (
        "Do you know what they want, or only what they ask for?",
        "Whose position on {issue} can you repeat without being able to say what it is for?",
        "If {party} got just what it asks for on {issue}, what would that do for it? Do you know, or guess?",
    ),
    "something_unspoken": (
        "Has everything been said?",
        "What did you hear from {party} that can mean more than one thing?",
        "{party} let this show: {cue}. What can be behind it, how could you tell, and who should be listening?",
    ),
    "something_left_next_door": (
        "What did you hear before you came into this room?",
        "Which of the things that were shown to you today have you never come back to?",
        "{party} let this show: {cue}. It is not in this room. When will you ask what is behind it?",
    ),
    "wall_at_the_table": (
        "What does a wall tell you?",
        "Who would have to be out of the room for that question to have another answer?",
        "{party} met your question with a wall while {other} was listening. What could you do about the listening?",
    ),
    "turn_owed": (
        "Has everybody had the same from you?",
        "Who is counting the minutes?",
        "{other} has had time with you alone. When does {party} get the same?",
    ),
    "still_apart": (
        "Why is this door still closed?",
        "Is there anything left in here that could not be said at the table?",
        "If what you came in for is done, what would they now be better told by each other than by you?",
    ),
    "nothing_to_weigh_yet": (
        "You know what each of them needs. What follows from that?",
        "Whose ideas are on the table, and whose should be?",
        "On {issue} you can say in one sentence what each side needs. Who could say what serves both?",
    ),
    "ready_to_weigh": (
        "What have they not decided yet that they could?",
        "Which answer to {issue} would serve what both of them have told you?",
        "Nothing you know of stands in the way on {issue}. What would it take for them to say yes or no to it?",
    ),
}
"""What a supervising mediator asks about a concern, by its name, from wide to near."""

OCCASIONS = {
    # role
    "table": {
        "met": "The sides came to one table, and heard from you what you are there for.",
        "missed": "The sides were not brought to one table to hear what a mediator is there for.",
    },
    "first_door": {
        "met": "Before the first door closed both sides had heard what a caucus is for and what stays private in it.",
        "worse": "The first door closed, and nobody had been told what a caucus is for and what stays private in it.",
    },
    "wondering": {
        "met": "{party} was seen to wonder about the other room, and was told how that works.",
        "missed": "{party} was seen to wonder about the other room, and nothing was said to it about that afterwards.",
    },
    "wondering_over": {
        "met": "{party} was seen to wonder about the other room, and was later seen to wonder no more.",
    },
    # forum
    "wall": {
        "met": "At the table {party} met a question with a wall; later {party} was asked alone.",
        "missed": "At the table {party} met a question with a wall, and was asked nothing alone after that.",
    },
    "private_matter": {
        "met": "What was found in {party} ({cause}) is better dealt with in private, and was.",
        "missed": "What was found in {party} ({cause}) is better dealt with in private; nothing was done about it there.",
    },
    "door": {
        "met": "You closed a door with {party} for a reason, and put it to use.",
        "missed": "You closed a door with {party} for a reason, and nothing sound was done about anything behind it.",
        "worse": "You closed a door with {party} that nothing called for.",
    },
    "left_alone": {
        "missed": "{party} had been left alone for two hours.",
        "worse": "{party} had been left alone for two hours, and you stayed with {other}.",
    },
    "back": {
        "met": "After the work in private the sides came back to one table while nobody was known to be hot, and went on there.",
        "missed": "After the first closed door the sides were not brought back to one table.",
        "worse": "After the work in private the sides came back to one table only while somebody was hot.",
    },
    "back_for_nothing": {
        "missed": "After the work in private the sides came back to one table, and nothing was brought forward there.",
    },
    # confidentiality
    "needed_there": {
        "met": "{party} had told you something that bears on what was found in {other} ({cause}); you asked whether it may be carried.",
        "missed": "{party} had told you something that bears on what was found in {other} ({cause}); whether it may be carried was not asked.",
    },
    "leave_asked": {
        "met": "{party} had told you something in confidence, and was asked what may be carried of it, and how."
    },
    "carried": {"met": "What {party} had cleared was carried, in the words agreed."},
    # honesty
    "law_or_fact": {
        "met": "In the way of {party} stood a question of law or fact ({cause}); it was met, and by no opinion of yours.",
        "missed": "In the way of {party} stood a question of law or fact ({cause}), and it was not met.",
    },
    "terms": {
        "met": "What was put on {issue} had come from the work on it.",
        "worse": "Something that was put on {issue} lies on the line between the two positions, and came from no interest.",
    },
    # balance
    "turn": {
        "met": "You had seen {other} alone; {party} got its turn.",
        "missed": "You had seen {other} alone; {party} did not get its turn.",
        "worse": "You had seen {other} alone; both sides came to the table before {party} had its turn.",
    },
    "both_asked": {
        "met": "On {issue} you listened to both sides.",
        "missed": "On {issue} you listened to {other} and not to {party}.",
    },
    # questions
    "interest": {
        "met": "What {party} wants with {issue} was asked for and said.",
        "missed": "What {party} wants with {issue} was not said, though the issue was on the table.",
    },
    "interest_unopened": {"missed": "What {party} wants with {issue} was not said: the issue was not taken up."},
    "sign": {
        "met": "{party} let something show ({cue}), and what was found explains it.",
        "missed": "{party} let something show ({cue}), and nobody followed it.",
    },
    "sign_followed": {
        "met": "{party} let something show ({cue}), and it was followed to its end.",
    },
    "sign_walled": {
        "missed": "{party} let something show ({cue}); asking about it met a wall, and it was left at that."
    },
    # tension
    "hot": {
        "met": "{party} was seen to be hot, and within two decisions something was done that cools.",
        "missed": "{party} was seen to be hot, and within two decisions nothing was done that cools.",
    },
    "worn": {
        "met": "{party} was seen to be worn out, and was given relief within two decisions.",
        "missed": "{party} was seen to be worn out, and was given no relief within two decisions.",
    },
    "anger": {
        "met": "An anger was found in {party} ({cause}); it was met, and no reasons were asked of {party} before that.",
        "missed": "An anger was found in {party} ({cause}), and it was not met.",
    },
    "anger_passed_over": {
        "missed": "An anger was found in {party} ({cause}), and the talk went to the matter before it was met.",
    },
    # fit
    "cause": {
        "met": "What was found in {party} ({cause}) was met by something that answers it.",
        "missed": "What was found in {party} ({cause}) was not met by anything that answers it.",
    },
    "cause_too_soon": {
        "missed": "What was found in {party} ({cause}) was met by something that answers it, though at no moment that could take it.",
    },
    "cause_resisted": {
        "met": "What was found in {party} ({cause}) was met by something that answers it in others; it did not reach {party}, and nothing else did.",
        "missed": "What was found in {party} ({cause}) was met by something that answers it in others and did not reach {party}; “{technique}” answers it as well, was open to you, and was not tried.",
    },
    "not_ready": {
        "met": "{party} was known not to be ready; it was left the time it needs.",
        "missed": "{party} was known not to be ready, and neither a stop nor a recess gave it time.",
    },
    "nothing_found": {
        "missed": "{party} let something show that was not understood, and nothing was found in its way.",
    },
    "not_understood": {"missed": "{party} let something show that was not understood to the end."},
    "belief": {
        "met": "Of {party} you noted: {causes}. That is what could be concluded from what had been heard, and nothing that came later says otherwise.",
    },
    "belief_incomplete": {
        "missed": "Of {party} you noted: {causes}. That leaves out what had been found ({left_out}).",
    },
    "belief_unfounded": {
        "missed": "Of {party} you noted: {causes}. Nothing that had been heard pointed to this: {unfounded}.",
    },
    "belief_not_revised": {
        "missed": "Of {party} you noted: {causes}. What was found afterwards ({left_out}) is not in it, and you did not write it anew.",
    },
    "belief_overtaken": {
        "missed": "Of {party} you noted: {causes}. By what was heard afterwards nothing points to this any more ({unfounded}), and you did not write it anew.",
    },
    "belief_guessed": {
        "met": "Of {party} you noted: {causes}. Other causes sounded the same, and which of them it was, you did not know yet: a guess."
    },
    # closing
    "yes": {
        "met": "Terms on {issue} were put. {reason}",
        "missed": "Terms on {issue} were put. {reason}",
        "worse": "Terms on {issue} were put. {reason}",
    },
    "issue": {
        "met": "There is agreement on {issue}.",
        "missed": "On {issue} nothing was decided, and nothing that was found stood in the way.",
    },
    "issue_blocked": {
        "missed": "On {issue} nothing was decided: what was found in the way of {party} ({cause}) was left standing.",
    },
    "issue_refused": {"met": "On {issue} there is no agreement: terms were put and refused."},
    "issue_stuck": {
        "met": "On {issue} there is no agreement: what was found in the way of {party} ({cause}) did not give way.",
    },
    "issue_unopened": {"missed": "On {issue} nothing was decided, and what anybody needs there you did not learn."},
    "written": {
        "met": "What was agreed was written up.",
        "missed": "Something was agreed, and it was not written up.",
    },
    "end": {
        "met": "It was brought to an end. {reason}",
        "worse": "It was brought to an end. {reason}",
    },
    "end_walked_out": {"missed": "A side walked out; nobody brought it to an end in words."},
    "end_out_of_time": {"missed": "The last day ran out; nobody brought it to an end in words."},
}
"""What is said of an occasion, by its id and by what became of it. Names in it: {party} and {other} (sides), {issue}, {cue},
{cause} or {causes}, {left_out} and {unfounded} (causes), and {reason}, what a rule said."""

CAPS = {
    "passed_on_a_confidence": "Something said in confidence was passed on without consent",
    "said_who_is_right": "You said who is right",
    "pushed_for_a_yes": "You pushed for a yes",
    "gave_up_early": "You ended it with time left and not everything decided",
    "wrote_up_too_soon": "You ended it with time left and not everything decided",
    "adjourned_into_nothing": "You ended it with time left and not everything decided",
    "left_it_unwritten": "What was agreed was not written down",
}
"""What limits the total, by the id of the rule that says so."""
CAPPED = "{what}: the total cannot be above {total}."

GAINED = {"agreed": "An issue had been agreed", "shared": "Something new had been shared"}
"""What can be named as a gain, by the kind of its event."""
AGAINST = {
    "trust": "{name} did not trust you enough for that",
    "boiling": "{name} was boiling",
    "suspicion": "{name} doubted that you are even-handed",
    "heat": "{name} was hot",
}
"""What shows of a side that speaks against doing something private in front of both."""
WORN_OUT = "worn out"

NEVER_DONE = "It came of something that a mediator never does, and earns nothing."
UNTESTED = (
    "Nothing in this mediation put it to the test: it has no level, "
    "and its part of the points is the average of the others'."
)
NOT_ENDED = "The mediation has not ended, and therefore it has no total and no points."


NUMERALS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

SCENE = {
    "decision": "decision",
    "decisions": "decisions",
    "judged": "Only your own decisions are judged, on what could be known at the time. There is no total and no level: the rest was not yours.",
    "both": "both {label}",
    "all": "all {label}",
    "lasted": "{ending}, and it lasted",
    "did_not_last": "{ending}, and it did not last",
    "yours": "Your decisions",
    "which": "Decision {number} of {made}",
    "known": "What could be known then, and how it looked afterwards",
    "left": "{count} things that called for a decision were left open or made worse.",
    "left_one": "One thing that called for a decision was left open or made worse.",
    "called": "What called for a decision",
    "met": "Met",
    "open": "Left open, or made worse",
    "nothing_met": "Nothing that called for a decision was met.",
    "nothing_open": "Nothing that you could still have met was left open.",
    "more": "And {count} more",
    "before": "Before you sat down: {count}",
    "not_yours": "These decisions were not yours and are not judged here.",
    "sources": "The sources, by their letters",
    "none": "You have not decided anything yet, so there is nothing to judge.",
}
"""The review of a guided scene."""
