"""Runs a program where there is no network beyond this machine and no file can be written but in one
folder, and tells whether it sent a datagram or a byte to a port that listens: started by IsolationTests
in namespaces of its own (unshare --net --mount).

Usage: isolated.py FOLDER PORT COMMAND [ARGUMENT...]
"""

import fcntl
import os
import select
import socket
import struct
import subprocess
import sys

SIOCSIFFLAGS, IFF_UP = 0x8914, 0x1

folder, port, command = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as plain:
    fcntl.ioctl(plain, SIOCSIFFLAGS, struct.pack("16sH14x", b"lo", IFF_UP))
for arguments in (
    ["--make-rprivate", "/"],
    ["--bind", folder, folder],
    ["-o", "remount,ro,bind", "/"],
    ["-o", "remount,rw,bind", folder],
):
    subprocess.run(["mount", *arguments], check=True)
try:
    open("/written", "w")
    sys.exit("the file system can be written")
except OSError:
    pass

datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
datagrams.bind(("127.0.0.1", port))
connections = socket.create_server(("127.0.0.1", port))
os.chdir(folder)
code = subprocess.run(command, env={**os.environ, "TMPDIR": folder}).returncode
heard = select.select([datagrams, connections], [], [], 0.2)[0]
if heard:
    sys.exit("something was sent")
sys.exit(code)
