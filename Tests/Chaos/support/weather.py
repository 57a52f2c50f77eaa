"""A clock that is stepped and a disk that is slow or fails, put under the program by `weather.c`."""

import os
import shutil
import subprocess
import sys

SOURCE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "weather.c")


def build(folder):
    """The library to preload, or an end with the reason."""
    compiler = shutil.which("cc") or shutil.which("clang")
    if not compiler:
        sys.exit("neither cc nor clang is here to build the weather with")
    library = os.path.join(folder, "weather.so")
    subprocess.run(
        [compiler, "-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o", library, SOURCE, "-ldl"], check=True)
    return library


def variables(library, seed, **weather):
    """What the program is started with: `step` in milliseconds, `slow` in microseconds, `fail` in calls."""
    return {
        "LD_PRELOAD": library, "WEATHER_SEED": str(seed),
        **{f"WEATHER_{name.upper()}": str(value) for name, value in weather.items()}}
