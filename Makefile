# Thin aliases: the work is in packaging/dev.py, which needs nothing but Python 3.11.
.PHONY: help run test check format bench

help:
	@python3 packaging/dev.py --help

run test check format bench:
	@python3 packaging/dev.py $@ $(ARGS)
