"""How long the machine keeps a thread waiting that has nothing to do but wake up."""

import threading
import time


class Pulse:
    """Measures, while the `with` block runs, what a time limit has to forgive."""

    BEAT = 0.005

    def __init__(self):
        self.longest = 0.0
        self.is_over = threading.Event()
        self.thread = threading.Thread(target=self.beat, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.is_over.set()
        self.thread.join()

    def beat(self):
        while not self.is_over.is_set():
            before = time.monotonic()
            time.sleep(self.BEAT)
            self.longest = max(self.longest, time.monotonic() - before - self.BEAT)

    @property
    def forgiven(self):
        """In seconds: a program waits for the processor a few times on its way out."""
        return 3 * self.longest + 0.02
