"""``python -m course.cli ...``, where the command ``course`` is on nobody's PATH."""

from __future__ import annotations

import sys

from course.cli.program import main

if __name__ == "__main__":
    sys.exit(main())
