"""Input fields that know one kind of value: money, durations, decimals, optional dates."""
