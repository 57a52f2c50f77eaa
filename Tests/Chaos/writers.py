#!/usr/bin/env python3
"""Tries whoever writes where something is already: audits in any layout, foreign files, two writers
of one file, and old runs that are cleared away."""

import sys

from support.audits import audit_trials
from support.retention import retention_trials
from support.specials import special_trials
from support.spellings import spelling_trials
from support.trials import Trials


def main():
    trials = Trials(__doc__)
    trials.run([
        *audit_trials(trials.is_short), *special_trials(), *spelling_trials(trials.is_short),
        *retention_trials(trials.is_short)])


if __name__ == "__main__":
    sys.exit(main())
