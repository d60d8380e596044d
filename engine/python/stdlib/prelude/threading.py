"""One thing happens after the other here; locks are always free."""


class Lock:
    def acquire(self, blocking=True, timeout=-1):
        return True

    def release(self):
        pass

    def locked(self):
        return False

    def __enter__(self):
        return True

    def __exit__(self, *info):
        pass


RLock = Semaphore = Lock


class local:
    """An object whose attributes belong to one thread."""


class Thread:
    def __init__(self, group=None, target=None, name=None, args=(), kwargs=None, *, daemon=None):
        raise PermissionError('threads cannot be started here; use a background action')


Timer = Thread
