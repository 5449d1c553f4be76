"""The pages with a kernel for each visitor: `caucusroom demo`."""

from __future__ import annotations

import os
import sys

from ..words import of_the_house

_ADDRESSES = "rfc3987_syntax"
"""A grammar of web addresses, which every reader of notebooks builds (seconds) in case it is asked about one."""


def serve(port: int = 8866, no_browser: bool = False, base_path: str = "/", kernels: int = 100) -> None:
    """Show the course to the public: a gallery, guided scenes, whole mediations; each visitor has a kernel.

    port: where it listens, on this machine only; a proxy brings the public
    no_browser: do not open the gallery in a browser
    base_path: where the pages are on that site, such as /caucusroom/
    kernels: how many visitors may mediate at once, at 15 MB each
    """
    if not hasattr(os, "fork"):
        raise SystemExit(of_the_house()["no_fork"])
    sys.modules.setdefault(_ADDRESSES, None)  # type: ignore[arg-type]  # None: cannot be imported
    from .house import House
    from .limits import Room

    base = f"/{base_path.strip('/')}/".replace("//", "/")
    house = House(Room(kernels, min(4, kernels)), port=port, open_browser=not no_browser, base_url=base)
    house.initialize([])
    house.start()
