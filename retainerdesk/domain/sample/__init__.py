"""The sample business: a believable studio with fourteen months behind it, as of any date.

It lives in `domain` because it needs nothing else: values and the real rules, no file, no clock, no chance.
"""

from retainerdesk.domain.sample.studio import sample_book

__all__ = ["sample_book"]
