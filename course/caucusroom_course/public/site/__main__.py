"""python -m caucusroom_course.public.site OUT"""

import sys
from pathlib import Path

from . import build

try:
    build(Path(sys.argv[1]))
except ValueError as error:
    sys.exit(f"caucusroom: {error}")
