"""The pages with a kernel for each visitor: `caucusroom demo`."""

from __future__ import annotations

import os
import sys

from ..words import of_the_house

_ADDRESSES = "rfc3987_syntax"
"""A grammar of web addresses, which every reader of notebooks builds (seconds) in case it is asked about one."""


def serve(port: int, no_browser: bool, base_path: str, kernels: int, address: str) -> None:
    """Serve the pages on this machine until it is told to stop; ValueError, with a sentence, where that cannot be.

    `base_path` is where they are on their site, such as `/caucusroom/`; `kernels` how many visitors there may be.
    """
    if not hasattr(os, "fork"):
        raise ValueError(of_the_house()["no_fork"])
    sys.modules.setdefault(_ADDRESSES, None)  # type: ignore[arg-type]  # None: cannot be imported
    from .house import House
    from .limits import Room

    base = f"/{base_path.strip('/')}/".replace("//", "/")
    house = House(
        Room(kernels, min(4, kernels)), address=address, port=port, open_browser=not no_browser, base_url=base
    )
    house.initialize([])
    house.start()
