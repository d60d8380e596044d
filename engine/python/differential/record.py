"""Runs programs, each in a process of its own, and says what they did."""

import io
import json
import os
import signal
import sys
import tempfile
import traceback
import types


LONGEST = 10  # seconds that a program may take


def complaint(exc):
    if isinstance(exc, SyntaxError) and exc.lineno is not None:
        return f'{type(exc).__name__}: {exc.msg} (line {exc.lineno})'
    about = traceback.TracebackException(type(exc), exc, exc.__traceback__)
    return ''.join(about.format_exception_only()).rstrip('\n')


def run(job):
    main = types.ModuleType('__main__')
    sys.modules['__main__'] = main
    main.__dict__['__file__'] = job['name']
    main.__dict__['__package__'] = ''
    sys.stdout = out = io.StringIO()
    try:
        exec(compile(job['prelude'], 'prelude.py', 'exec'), main.__dict__)
        exec(compile(job['source'], job['name'], 'exec', dont_inherit=True), main.__dict__)
    except BaseException as exc:
        out.write('! ' + complaint(exc) + '\n')
    return out.getvalue()


def apart(job):
    with tempfile.TemporaryDirectory() as folder:
        for name, text in job['files'].items():
            path = os.path.join(folder, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, 'w', encoding='utf-8') as f:
                f.write(text)
        answer, question = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(answer)
            signal.alarm(LONGEST)
            sys.path.insert(0, folder)
            os.chdir(folder)
            text = run(job).encode('utf-8', 'backslashreplace')
            with os.fdopen(question, 'wb') as f:
                f.write(text)
            os._exit(0)
        os.close(question)
        with os.fdopen(answer, 'rb') as f:
            text = f.read().decode('utf-8').replace(folder + os.sep, '')
        if os.waitpid(child, 0)[1] != 0:
            sys.exit(f"{job['name']} did not end within {LONGEST} seconds, or ended Python")
        return text


if sys.version_info < (3, 12):
    sys.exit('CPython 3.12 or later is needed, this is ' + sys.version.split()[0])
jobs = json.load(sys.stdin)
json.dump({'version': sys.version.split()[0], 'outputs': [apart(j) for j in jobs]}, sys.stdout)
