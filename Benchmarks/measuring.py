"""What the comparisons of this folder share: building both sides, measuring, showing medians."""

import os
import statistics
import subprocess
import sys


def built_in_c(source, target, *flags):
    """Compiles a C program; its path."""
    subprocess.run(["cc", "-O2", "-Wall", "-o", target, source, *flags], check=True)
    return target


def built_in_swift(package, product):
    """Builds a product of a Swift package; its path."""
    swift = ["swift", "build", "-c", "release", "--package-path", package]
    subprocess.run(swift + ["--product", product], check=True, stdout=sys.stderr)
    path = subprocess.run(swift + ["--show-bin-path"], check=True, capture_output=True, text=True)
    return os.path.join(path.stdout.strip(), product)


def measured(command):
    """Runs a command; its own seconds, CPU seconds and peak memory in MiB."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{command} failed: {output}")
    peak = usage.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    return float(output.split()[0]), usage.ru_utime + usage.ru_stime, peak


def show_medians(figures, count, unit):
    """Prints the medians of each side, and how fast the second one is by the first."""
    speeds = []
    for name, values in figures.items():
        seconds, cpu, peak = (statistics.median(column) for column in zip(*values))
        speeds.append((name, count / seconds))
        print(
            f"  {name:4}  {seconds:6.2f} s  {count / seconds:8.0f} {unit}/s"
            f"  CPU {cpu:6.2f} s  peak {peak:6.1f} MiB"
        )
    (first, its_speed), (second, other) = speeds
    print(f"  speed of the {second}: {other / its_speed:.2f} of {first}")
