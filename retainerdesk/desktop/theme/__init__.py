"""Colours, fonts and icons: one token table, and everything built from it."""
