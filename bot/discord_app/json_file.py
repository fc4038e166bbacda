"""What the bot remembers in a small JSON file of its own: read if it can be, written whole."""

import json
import os
import tempfile
from pathlib import Path
from typing import Any


def read_json(file: Path) -> Any:
    """What the file holds; None where that is nothing, or unreadable."""
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def write_json(file: Path, value: object) -> None:
    """Write the file whole or not at all. Raises OSError."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", dir=file.parent, prefix=f".{file.stem}-", delete=False
    ) as draft:
        json.dump(value, draft, indent=2, sort_keys=True)
        draft.flush()
        os.fsync(draft.fileno())
    Path(draft.name).replace(file)
