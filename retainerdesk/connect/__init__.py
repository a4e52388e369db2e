"""Conversations with other machines: mail servers, calendars, providers."""
