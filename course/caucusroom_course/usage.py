"""How commands are used: what each takes, how that is read from words, and the help that tells of it. By argparse."""

from __future__ import annotations

from argparse import SUPPRESS, ArgumentError, ArgumentParser, ArgumentTypeError, RawDescriptionHelpFormatter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from math import inf
from typing import Any, NamedTuple, TypeAlias

PROGRAM = "caucusroom"
WIDTH = 80
"""Characters in a line of help, where the terminal is not narrower."""
MARGIN = 32
"""What is said of an argument begins here at the latest."""


Does: TypeAlias = Callable[..., int | None]
"""A function that is a command; it returns its status, or none for 0."""


class Misused(Exception):
    """What was written is not how a command is used: one sentence."""


class Argument(NamedTuple):
    """An option, or a word in its place: its names, and what argparse's `add_argument` is told of it."""

    names: tuple[str, ...]
    settings: Mapping[str, Any]

    @property
    def is_option(self) -> bool:
        return self.names[0].startswith("-")

    @property
    def place(self) -> str:
        """How a word that is no option stands in the line of usage."""
        form = {"?": "[{}]", "*": "[{}]..."}.get(self.settings.get("nargs", ""), "{}")
        return form.format(self.settings["metavar"])


def argument(*names: str, **settings: Any) -> Argument:
    """As argparse's `add_argument` takes it."""
    return Argument(names, settings)


HELP = argument("-h", "--help", action="store_true", help="Show this message and exit.")
VERSION = argument("--version", action="store_true", help="Show the version.")


class Whole(NamedTuple):
    """Reads a whole number within bounds."""

    least: float = -inf
    most: float = inf

    def __call__(self, text: str) -> int:
        with suppress(ValueError):
            if self.least <= (number := int(text)) <= self.most:
                return number
        raise ArgumentTypeError(f"'{text}' is not a whole number {self}".rstrip())

    def __str__(self) -> str:
        if self.least == -inf:
            return ""
        return f"from {self.least} to {self.most}" if self.most < inf else f"from {self.least} on"


class Command(NamedTuple):
    """What it does, as the docstring of its function tells, and what that is given, by name."""

    name: str
    does: Does
    options: Sequence[Argument]
    places: Sequence[Argument]

    @property
    def paragraphs(self) -> list[str]:
        """What is said of it; the first is one line."""
        return [" ".join(one.split()) for one in (self.does.__doc__ or "").split("\n\n")]

    def run(self, words: Sequence[str]) -> int:
        """Do what these words ask for, or show the help; Misused if they ask for nothing that it does."""
        given = self._read(words)
        if given is None:
            print(self._help(), end="")
            return 0
        return self.does(**given) or 0

    def _read(self, words: Sequence[str]) -> dict[str, Any] | None:
        """What is given, by name; None where the help is asked for.

        Options are read first, wherever they stand: argparse by itself takes a place that may be empty for empty as
        soon as it meets an option.
        """
        end = words.index("--") if "--" in words else len(words)
        try:
            given, others = _parser("Options", self.options).parse_known_args(words[:end])
        except ArgumentError as wrong:
            raise Misused(_sentence(wrong)) from wrong
        for word in others:
            if word.startswith("-") and word != "-":
                raise Misused(_no_option(word, self.options))
        if vars(given).pop("help"):
            return None
        others += words[end + 1 :]
        needed = [one for one in self.places if "nargs" not in one.settings]
        if len(others) < len(needed):
            raise Misused(f"Missing argument '{needed[len(others)].place}'.")
        if (extra := others[len(self.places) :]) and all(one.settings.get("nargs") != "*" for one in self.places):
            raise Misused(f"Got unexpected extra argument(s) ({' '.join(extra)}).")
        return vars(_parser("Arguments", self.places).parse_known_args(["--", *others], given)[0])

    def _help(self) -> str:
        usage = " ".join([self.name, "[OPTIONS]", *(one.place for one in self.places)])
        parsers = _parser("Arguments", self.places), _parser("Options", self.options)
        return _set_out(usage, self.paragraphs, parsers)


class Commands(dict[str, Command]):
    """The commands by name, in the order in which the help lists them; `about` says what they all are for."""

    def __init__(self, about: str) -> None:
        super().__init__()
        self.about = about

    def add(self, name: str, *takes: Argument) -> Callable[[Does], Does]:
        """Makes a command of the function below it."""

        def declare(does: Does) -> Does:
            options = [*(one for one in takes if one.is_option), HELP]
            self[name] = Command(name, does, options, [one for one in takes if not one.is_option])
            return does

        return declare

    def run(self, words: Sequence[str]) -> int:
        """Do what these words ask for, and return the status; Misused if they ask for nothing that there is."""
        match words:
            case [] | ["-h" | "--help", *_]:
                print(self._help(), end="")
            case ["--version", *_]:
                from importlib.metadata import version

                print(f"{PROGRAM} {version(PROGRAM)}")
            case [name, *others] if name in self:
                return self[name].run(others)
            case [name, *_] if name.startswith("-"):
                raise Misused(_no_option(name, (VERSION, HELP)))
            case [name, *_]:
                near = ", ".join(map(repr, _near(name, self)))
                raise Misused(f"No such command '{name}'." + (f" Did you mean {near}?" if near else ""))
        return 0

    def _help(self) -> str:
        column = max(map(len, self)) + 2
        lines = [f"  {name:<{column}}{one.paragraphs[0]}" for name, one in self.items()]
        after = "\n".join(["Commands:", *lines])
        return _set_out("[OPTIONS] COMMAND [ARGS]...", [self.about], [_parser("Options", (VERSION, HELP))], after)


def _parser(title: str, takes: Iterable[Argument]) -> ArgumentParser:
    parser = ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    group = parser.add_argument_group(title)
    for names, settings in takes:
        group.add_argument(*names, **settings)
    return parser


def _set_out(usage: str, paragraphs: Iterable[str], parsers: Sequence[ArgumentParser], after: str = "") -> str:
    from shutil import get_terminal_size
    from textwrap import fill

    width = min(WIDTH, get_terminal_size().columns) - 2
    return ArgumentParser(
        usage=SUPPRESS,
        description="\n\n".join(fill(one, width) for one in (f"Usage: {PROGRAM} {usage}", *paragraphs)),
        epilog=after,
        parents=parsers,
        add_help=False,
        formatter_class=partial(RawDescriptionHelpFormatter, max_help_position=MARGIN, width=width),
    ).format_help()


def _sentence(wrong: ArgumentError) -> str:
    """What argparse found wrong with the value of an option."""
    name = str(wrong.argument_name).rpartition("/")[2]
    if wrong.message == "expected one argument":
        return f"Option '{name}' requires an argument."
    if wrong.message.startswith("ignored explicit argument"):
        return f"Option '{name}' does not take a value."
    return f"Invalid value for '{name}': {wrong.message.removeprefix('invalid choice: ')}."


def _no_option(word: str, options: Iterable[Argument]) -> str:
    name = word.partition("=")[0]
    near = ", ".join(_near(name, (name for one in options for name in one.names)))
    return f"No such option: {name}" + (f" (Possible options: {near})." if near else ".")


def _near(word: str, words: Iterable[str]) -> list[str]:
    """The words that may have been meant."""
    from difflib import get_close_matches

    return get_close_matches(word, list(words))
