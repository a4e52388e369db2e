"""Dialogs: each collects exactly one frozen value."""
