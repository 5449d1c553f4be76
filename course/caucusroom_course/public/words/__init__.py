"""What the public pages say by themselves, apart from what disputes, lessons and the room say."""

from collections.abc import Mapping

from . import en


def words(language: str = "en") -> Mapping[str, str]:
    """The sentences of the pages, by key."""
    return {"en": en.PAGES}[language]


def spoken(language: str = "en") -> Mapping[str, str | Mapping[str, str]]:
    """What the script of a page says, by key; a text that depends on a number {n} by the category of that number."""
    tables: Mapping[str, Mapping[str, str | Mapping[str, str]]] = {"en": en.SPOKEN}
    return tables[language]


def in_public(language: str = "en") -> Mapping[str, str]:
    """What the room says otherwise than in a notebook."""
    return {"en": en.IN_PUBLIC}[language]


def of_the_house(language: str = "en") -> Mapping[str, str]:
    """What the server of the demo says, by key."""
    return {"en": en.HOUSE}[language]


def of_the_site(language: str = "en") -> Mapping[str, str]:
    """What the scripts of the site say, by key."""
    return {"en": en.SITE}[language]


def of_making_it(language: str = "en") -> Mapping[str, str]:
    """What is said while the site is made, by key."""
    return {"en": en.SITE_COMMAND}[language]
