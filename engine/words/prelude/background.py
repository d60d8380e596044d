"""Background actions, as the answers hold them."""

import _words


class TaskResult:
    """What became of a background action: value, error_type, error_message, error_trace, variables."""

    def __init__(self, value, error_type, error_message, error_trace, variables):
        self.value = value
        self.error_type = error_type
        self.error_message = error_message
        self.error_trace = error_trace
        self.variables = variables


class BackgroundTask:
    """A background action that was started. It holds its number and what it was found to have come to, nothing else."""

    def __init__(self, number):
        self.id = number

    def _outcome(self):
        if not hasattr(self, 'outcome'):
            self.outcome = _words.task_outcome(self.id)
        return self.outcome

    def ready(self):
        """Whether it is over. This never waits."""
        return hasattr(self, 'outcome') or _words.task_phase(self.id) not in ('waiting', 'running')

    def wait(self):
        """Waits until it is over."""
        self._outcome()
        return True

    def get(self):
        """Waits, and gives the value of its background_response(); None after an error."""
        outcome = self._outcome()
        return outcome['value'] if outcome['error_type'] is None else None

    def failed(self):
        """Waits, and says whether it ended with an error."""
        return self._outcome()['error_type'] is not None

    def result(self):
        """Waits, and gives value and error."""
        outcome = self._outcome()
        return TaskResult(outcome['value'], outcome['error_type'], outcome['error_message'], outcome['error_trace'],
                          outcome['variables'])

    def revoke(self, terminate=True):
        """Calls it off; with terminate=False only if nobody works at it yet."""
        _words.task_revoke(self.id, bool(terminate))

    def status(self):
        """PENDING, STARTED, SUCCESS, FAILURE or REVOKED."""
        phase = self.outcome['phase'] if hasattr(self, 'outcome') else _words.task_phase(self.id)
        return {'waiting': 'PENDING', 'running': 'STARTED', 'done': 'SUCCESS', 'revoked': 'REVOKED'}.get(phase, 'FAILURE')

    state = status

    def date_done(self):
        """When it ended; None before."""
        return _words.task_ended(self.id)

    def __repr__(self):
        return '<BackgroundTask ' + self.id + '>'
