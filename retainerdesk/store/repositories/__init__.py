"""Domain values in and out of the tables, a module a noun; every change goes into the audit chain."""
