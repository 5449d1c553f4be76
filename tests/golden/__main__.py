"""Write the golden plays and the golden reports anew; refused where they change and the edition does not."""

import json
import sys

from tests.golden.editions import FILE, present, recorded, renewed
from tests.golden.plays import FOLDER, REPORTS, golden_plays, golden_reports
from tests.golden.reported import shortened
from tests.golden.written import written

try:
    record = renewed(recorded(), present())
except ValueError as refusal:
    sys.exit(str(refusal))
FILE.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
REPORTS.mkdir(exist_ok=True)
for path in (*FOLDER.glob("*.txt"), *REPORTS.glob("*.json")):
    path.unlink()
for name, play in golden_plays().items():
    (FOLDER / name).write_text("\n".join(written(*play)) + "\n", encoding="utf-8")
    print(f"written: {name}")
for name, play in golden_reports().items():
    (REPORTS / name).write_text(shortened(*play), encoding="utf-8")
    print(f"written: reports/{name}")
