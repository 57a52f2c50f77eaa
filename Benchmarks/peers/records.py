"""Writes agent-desktop events as JSON lines of 282 bytes: 500 agents, each with one interaction after the
other. The same number gives the same file."""

import datetime
import random
import sys

STATES = [
    "routing/agent/available",
    "routing/agent/busy",
    "interaction/media/connected",
    "interaction/media/disconnected",
    "routing/agent/wrapping",
    "routing/agent/available",
]
LENGTH = 282


def write(path, count):
    draws = random.Random(1)

    def uuid():
        digits = "%032x" % draws.getrandbits(128)
        return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-a{digits[17:20]}-{digits[20:]}"

    agents = [[uuid(), uuid(), 0] for _ in range(500)]
    start = datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc)
    with open(path, "w") as file:
        for number in range(count):
            agent = agents[number % len(agents)]
            moment = start + datetime.timedelta(milliseconds=number)
            line = (
                '{"sequence_id":"seq-%012d","timestamp":"%sZ","interaction_id":"%s","agent_id":"%s",'
                '"state":"%s","event_type":"routing/agent/state","note":"'
                % (
                    number,
                    moment.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3],
                    agent[1],
                    agent[0],
                    STATES[agent[2]],
                )
            )
            file.write(line + "x" * (LENGTH - len(line) - 2) + '"}\n')
            agent[2] += 1
            if agent[2] == len(STATES):
                agent[1:] = [uuid(), 0]


if __name__ == "__main__":
    write(sys.argv[1], int(sys.argv[2]))
