"""Measured speed on a ten-year book; run by `python3 packaging/dev.py bench`."""
