#!/usr/bin/env python3
"""Lets everything hang that a run or a command may wait for, and tries to end it."""

import sys

from support.hanging import hanging_trials
from support.outputs import output_trials
from support.trials import Trials


def main():
    trials = Trials(__doc__)
    trials.run([*hanging_trials(trials.is_short), *output_trials(trials.is_short)])


if __name__ == "__main__":
    sys.exit(main())
