"""English."""

from collections.abc import Mapping

PAGES = {
    "gallery.title": "caucusroom: sit in the mediator's chair",
    "gallery.description": (
        "Mediate a dispute in two minutes or in an afternoon. Close a door, hear what nobody says at the table, carry "
        "out only what you may. Every decision is judged on what you could have known, with the reason in words."
    ),
    "no_address": "“{address}” is no address of a site: write it whole, such as https://example.org/mediate/",
    "scene.title": "{title} · two minutes in the mediator's chair",
    "play.title": "{title} · a whole mediation",
    "lesson.title": "{title} · a lesson in mediation",
    "lesson.description": (
        "What a mediator does, what a caucus is for and what it costs, how to read a room, and what may be carried "
        "out of it. Ten minutes."
    ),
    "work.title": "{title} · graded work",
    "work.description": (
        "Graded work of the course, without an installation: mediate, answer two questions, and hand in two files. "
        "Everything stays in your browser until you do."
    ),
    "judge.title": "Read journals · caucusroom",
    "judge.description": (
        "Drop the journals of one mediation or of a class: each decision is judged here, in your browser, with the reason "
        "and its source. Nothing is sent anywhere."
    ),
    "missing.title": "There is no such page",
    "missing.text": "It may have had another name. Shorten the address, part by part from its end, and you come to the gallery.",
}

SPOKEN: Mapping[str, str | Mapping[str, str]] = {
    "language": "en",
    "starting": "You can read and choose already. What you choose is answered as soon as everybody is seated.",
    "resuming": "You have been here before. Your mediation is opened where you left it.",
    "lost": "{why} What you decided is kept in this browser.",
    "lost.on": "Go on where you were",
    "closed": "The connection to the room is gone.",
    "unreached": "The room is not open yet. Wait a moment and try again.",
    "anew": "Begin a new one",
    "failed": "The room could not be opened: {why}",
    "elsewhere": "This mediation is open in another tab of this browser.",
    "elsewhere.here": "Go on here instead",
    "taken": "This mediation goes on in another tab of this browser.",
    "not_kept": "Not kept in this browser: {why} Download your mediation before you leave.",
    "no_memory": "this browser keeps nothing for this page.",
    "kept": {
        "one": "{n} decision is kept in this browser.",
        "other": "{n} decisions are kept in this browser.",
    },
    "too_large": "{name} has {size} kB; a mediation that was downloaded here has at most {most}. Choose another file.",
    "replace": {
        "one": "This page keeps a mediation of {n} decision. What you open takes its place.",
        "other": "This page keeps a mediation of {n} decisions. What you open takes its place.",
    },
    "afresh": {
        "one": "This page keeps a mediation of {n} decision. A new one takes its place, with another truth.",
        "other": "This page keeps a mediation of {n} decisions. A new one takes its place, with another truth.",
    },
}

IN_PUBLIC = {
    "no_answer": (
        "No answer has come for ten seconds. What was decided is kept in this browser. If the people in the room are "
        "still taking their seats, wait; your choice is not lost. Otherwise try again."
    ),
}
"""In place of what the room says to somebody who has a kernel and a cell."""

HOUSE = {
    "open": "caucusroom is open at {address} for {kernels} visitors at once. Ctrl-C closes it.",
    "port_taken": "Port {port} is taken. Choose another one: --port {other}",
    "no_fork": "The demo needs Linux or macOS: its kernels are forked. `caucusroom site` works everywhere.",
    "full.title": "Every chair is taken",
    "full.text": "There is room here for {kernels} at a time, and all of it is taken. Most leave within some minutes: come back in five. To read takes no chair.",
    "full": "Every chair was taken a moment ago. Come back in five minutes.",
    "missing.title": "There is no such page",
    "missing.text": "Perhaps the address was cut off on its way. Everything there is stands in the gallery.",
    "broken.title": "This page could not be shown",
    "broken.text": "Something went wrong here, and not with what you did. What you decided earlier is kept in your browser.",
    "idle": "Nothing was decided for half an hour, so your chair was given up.",
    "gone": "The room was closed from this side.",
    "closing": "The server is being restarted.",
    "rude": "This page asked for what no page asks for.",
    "not_understood": "That question was not understood.",
    "went_wrong": "Something went wrong here. What you decided is kept; open the page again to go on.",
}
"""What the server of the demo says. What ends a connection has at most 123 bytes: more the protocol does not carry."""

SITE_COMMAND = {
    "fetching": "Fetching {package} with npm, once …",
    "making": "Making Python ready for the browser, because something of it is new …",
    "compressing": "Compressing what is new …",
    "no_program": (
        "Making the site needs {program}, which is not installed: install Node.js 18 or newer, which brings npm "
        "(Debian and Ubuntu: apt-get install nodejs npm)."
    ),
    "npm": (
        "npm could not fetch {package}: connect this machine to npm's registry, or put the package's file {file} into "
        "{folder}. npm said: {said}"
    ),
    "node": "Node.js could not do its part, and it is our fault. It said: {said}",
    "no_folder": "{out} is a file: name a folder for the site.",
    "not_empty": "{out} is not empty, and no site that was made before: name another folder, or empty it.",
    "made": (
        "{out} is a site of {pages} pages. A first visit to a room loads {br} MB (brotli; {gz} MB as gzip, {plain} MB from a "
        "server that compresses nothing), later visits nothing. All of it is {whole} MB."
    ),
    "notice": (
        "This site has Python in it: {package} {version}, as published by its authors under the Mozilla Public License "
        "2.0, which npm has with a way to its source. It contains CPython, under the license of the Python Software "
        "Foundation. Everything else is caucusroom, under the BSD 3-Clause license.\n"
    ),
    "altered": "{file} is not what was published: remove it, and it is fetched again.",
}
"""What the command that makes the site says."""

SITE = {
    "memory": "This browser had no memory left for Python.",
    "broken": "Python stopped in this browser.",
    "unreached": "A part of this site could not be loaded. Look whether you are connected, then load the page again.",
    "defect": "Something went wrong, and it is our fault. Load the page again: what you decided is kept.",
    "unknown": "The page and Python do not understand each other. Load the page again.",
    "answers.kept": "Kept in this browser.",
    "answers.taken": "These answers are being written in another tab of this browser. Close this one, or load it again.",
    "answers.not_kept": "Not kept in this browser: {why} Download the notebook before you leave.",
    "answer.none": "Your answer to question {n}: there is none.",
    "missing.none": "Nothing is missing: the mediation is over, and every question is answered. You can hand in both files.",
    "too_large": "{size} kB are more than a journal can have that is read here ({most} kB).",
    "judging": "Judging {name} …",
    "waiting": "Python is being loaded …",
    "not_ended": "not ended",
    "of": "{attempt} of {attempts}",
    "review": "Review",
    "save_page": "Save as a page",
    "save_report": "Save as JSON",
}
"""What the scripts of the site say beside those of every page."""
