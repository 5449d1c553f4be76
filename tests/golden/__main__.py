"""Write the golden plays anew."""

from tests.golden.plays import FOLDER, golden_plays
from tests.golden.written import written

for path in FOLDER.glob("*.txt"):
    path.unlink()
for name, play in golden_plays().items():
    (FOLDER / name).write_text("\n".join(written(*play)) + "\n", encoding="utf-8")
    print(f"written: {name}")
