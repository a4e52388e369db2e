# Thin aliases: the work is in packaging/dev.py, which needs nothing but Python 3.11.
.PHONY: help run test check format bench faults

help:
	@python3 packaging/dev.py --help

run test check format bench faults:
	@python3 packaging/dev.py $@ $(ARGS)
