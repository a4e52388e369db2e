"""The index behind "search everything": SQLite's FTS5, and nothing of it outside this package.

`sources` says what is found, `definition` makes the tables and triggers, `filling` keeps the index in step,
`asking` looks for words, `soundness` compares the index with the book and makes it anew.
"""
