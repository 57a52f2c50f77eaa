"""Does with the official SDK what agents' desktops and wallboards do, and what their tests need.

Usage: desktop.py BASE_URL
The sandbox must have been started with the organisation of organization.json and admit any number
of requests. Prints one line for each check and exits with 1 at the first that fails.
"""

from desk import calls, directory, figures, handing_over, listening, steering, support

PARTS = [
    directory.queues,
    directory.members,
    directory.codes_and_skills,
    directory.presences,
    directory.users,
    directory.authorization,
    directory.lacking,
    listening.topics,
    listening.by_socket,
    calls.call_to_user,
    calls.who_may,
    calls.call_to_queue,
    calls.longest_idle,
    calls.no_answer,
    calls.abandon,
    handing_over.transfers,
    handing_over.after_call_work,
    handing_over.two_calls,
    handing_over.media,
    figures.figures,
    figures.observations,
    steering.journal,
    steering.next_faults,
    steering.snapshots,
    steering.sockets_close,
]

for part in PARTS:
    part()
print(f"{support.calls} checks")
