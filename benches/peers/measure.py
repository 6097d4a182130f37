"""Runs one command and prints what it cost: wall seconds, CPU seconds, peak memory in KiB, exit code.

    python3 -I -S measure.py STDOUT STDERR COMMAND...

A process of its own, because the kernel counts the memory of the process that starts a command as memory of the command, until
the command takes more. This one is small, and its floor can be measured with a command that does nothing.
"""

import os
import sys
import time

stdout, stderr, *command = sys.argv[1:]
write = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
streams = [
    (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
    (os.POSIX_SPAWN_OPEN, 1, stdout, write, 0o644),
    (os.POSIX_SPAWN_OPEN, 2, stderr, write, 0o644),
]
begin = time.perf_counter()
child = os.posix_spawn(command[0], command, os.environ, file_actions=streams)
_, status, used = os.wait4(child, 0)
wall = time.perf_counter() - begin
print(wall, used.ru_utime + used.ru_stime, used.ru_maxrss, os.waitstatus_to_exitcode(status))
