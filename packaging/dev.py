"""One command for everything: run, test, check, format, bench, faults, lock.

Needs nothing but Python 3.11 or newer. This file is in the Python of long ago, so that an old one can read
far enough to be told.
"""

import sys

if sys.version_info < (3, 11):
    sys.exit("RetainerDesk needs Python 3.11 or newer; this is Python %d.%d." % sys.version_info[:2])

from dev_commands import main

if __name__ == "__main__":
    main()
