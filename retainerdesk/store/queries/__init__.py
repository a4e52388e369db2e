"""Questions answered straight from SQL, each named by its condition, each a tuple of frozen values."""
