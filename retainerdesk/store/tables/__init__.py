"""The tables of a book, a module an area. `schema_build` knows them all; a query imports those it reads."""
