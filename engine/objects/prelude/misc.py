"""Smaller things: links, texts for contexts, nothing at all, and the way through an interview."""

import _colloquy as engine
from .base import DAObject, DAError, mailbox
from .dicts import DADict
from .lists import DAList

__all__ = ['DALink', 'DAContext', 'DAEmpty', 'DACatchAll', 'DABreadCrumbs', 'DANav', 'DAModel',
           'BackgroundAction', 'DAEmailRecipient', 'DAEmailRecipientList', 'DAEmail']


class DALink(DAObject):
    """A link with a text."""

    def show(self):
        text = str(self.anchor_text)
        return '[' + text + '](' + str(self.url) + ')'

    def __str__(self):
        return self.show()


class DAContext(DADict):
    """Texts by where they appear: in a question, in a document, in a kind of document."""

    def init(self, *pargs, **kwargs):
        texts = {}
        if len(pargs) == 1:
            texts = {'question': pargs[0], 'document': pargs[0]}
        elif len(pargs) > 1:
            texts = {'question': pargs[0], 'document': pargs[1]}
        for key in ('question', 'document', 'docx', 'pdf', 'pandoc'):
            if key in kwargs:
                texts[key] = kwargs.pop(key)
        super().init(**kwargs)
        self.elements.update(texts)
        self.gathered = True

    def __str__(self):
        where = engine.inside().split(' ')[0]
        if where == 'standard':
            return str(self.elements['question'])
        return str(self.elements.get(where, self.elements.get('document', '')))

    def __hash__(self):
        return hash(self.instanceName)

    def __repr__(self):
        texts = [repr(self.instanceName)]
        texts += [key + '=' + repr(value) for key, value in self.elements.items()]
        return 'DAContext(' + ', '.join(texts) + ')'


class DAEmpty:
    """Nothing, that goes along with everything."""

    def __init__(self, *pargs, **kwargs):
        self.str = str(kwargs.get('str', ''))

    def as_dict(self):
        return {'_class': 'docassemble.base.util.DAEmpty', 'str': self.str}

    def __getattr__(self, name):
        if name.startswith('__'):
            raise AttributeError("'DAEmpty' object has no attribute '" + name + "'")
        return DAEmpty()

    def __call__(self, *pargs, **kwargs):
        return DAEmpty()

    def __str__(self):
        return self.str

    def __repr__(self):
        return repr('')

    def __format__(self, spec):
        return format(self.str, spec)

    def __bool__(self):
        return False

    def __len__(self):
        return 0

    def __iter__(self):
        return iter(())

    def __reversed__(self):
        return iter(())

    def __contains__(self, item):
        return False

    def __getitem__(self, index):
        return DAEmpty()

    def __setitem__(self, index, value):
        pass

    def __delitem__(self, index):
        pass

    def _other(self, other):
        return other

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _other
    __truediv__ = __rtruediv__ = __floordiv__ = __rfloordiv__ = __mod__ = __rmod__ = _other
    __pow__ = __rpow__ = __and__ = __rand__ = __or__ = __ror__ = __xor__ = __rxor__ = _other
    __lshift__ = __rlshift__ = __rshift__ = __rrshift__ = __divmod__ = __rdivmod__ = _other

    def __neg__(self):
        return 0

    def __pos__(self):
        return 0

    def __abs__(self):
        return 0

    def __invert__(self):
        return 0

    def __int__(self):
        return 0

    def __index__(self):
        return 0

    def __float__(self):
        return 0.0

    def __complex__(self):
        return complex(0)

    def __lt__(self, other):
        return True

    def __le__(self, other):
        return True

    def __gt__(self, other):
        return False

    def __ge__(self, other):
        return other is self

    def __eq__(self, other):
        return other is self

    def __ne__(self, other):
        return other is not self

    def __hash__(self):
        return hash('')


class DACatchAll(DAObject):
    """A variable nobody defines, which notes what is done with it before its value is sought."""

    def _used(self, context, *operand):
        self.context = context
        if operand:
            self.operand = operand[0]
        return self.value

    def data_type_guess(self):
        if self.context == 'bool':
            return 'bool'
        if self.context in ('hex', 'int', 'oct', 'index', 'lshift', 'rshift', 'round'):
            return 'int'
        if self.context in ('neg', 'pos', 'abs', 'invert', 'float'):
            return 'float'
        if self.context in ('complex', 'callable'):
            return self.context
        if self.context in ('add', 'sub', 'mul', 'truediv', 'floordiv', 'mod', 'pow', 'divmod', 'eq', 'ne', 'lt',
                            'le', 'gt', 'ge', 'and', 'or', 'xor') and hasattr(self, 'operand'):
            return type(self.operand).__name__
        return 'str'

    def __str__(self):
        return str(self._used('str'))

    def __int__(self):
        return int(self._used('int'))

    def __index__(self):
        return int(self._used('index'))

    def __float__(self):
        return float(self._used('float'))

    def __complex__(self):
        return complex(self._used('complex'))

    def __round__(self, *digits):
        return round(self._used('round'), *digits)

    def __bool__(self):
        return bool(self._used('bool'))

    def __call__(self, *pargs, **kwargs):
        return self._used('callable')(*pargs, **kwargs)

    def __len__(self):
        return len(self._used('len'))

    def __iter__(self):
        return iter(self._used('iter'))

    def __reversed__(self):
        return reversed(self._used('reversed'))

    def __contains__(self, item):
        return item in self._used('contains', item)

    def __getitem__(self, key):
        return self._used('getitem', key)[key]

    def __setitem__(self, key, value):
        self._used('setitem', key)[key] = value

    def __delitem__(self, key):
        del self._used('delitem', key)[key]

    def __neg__(self):
        return -self._used('neg')

    def __pos__(self):
        return +self._used('pos')

    def __abs__(self):
        return abs(self._used('abs'))

    def __invert__(self):
        return ~self._used('invert')

    def __eq__(self, other):
        return self._used('eq', other) == other

    def __ne__(self, other):
        return self._used('ne', other) != other

    def __lt__(self, other):
        return self._used('lt', other) < other

    def __le__(self, other):
        return self._used('le', other) <= other

    def __gt__(self, other):
        return self._used('gt', other) > other

    def __ge__(self, other):
        return self._used('ge', other) >= other

    def __hash__(self):
        return hash(self.instanceName)

    def __add__(self, other):
        return self._used('add', other) + other

    def __radd__(self, other):
        return other + self._used('add', other)

    def __sub__(self, other):
        return self._used('sub', other) - other

    def __rsub__(self, other):
        return other - self._used('sub', other)

    def __mul__(self, other):
        return self._used('mul', other) * other

    def __rmul__(self, other):
        return other * self._used('mul', other)

    def __truediv__(self, other):
        return self._used('truediv', other) / other

    def __rtruediv__(self, other):
        return other / self._used('truediv', other)

    def __floordiv__(self, other):
        return self._used('floordiv', other) // other

    def __rfloordiv__(self, other):
        return other // self._used('floordiv', other)

    def __mod__(self, other):
        return self._used('mod', other) % other

    def __rmod__(self, other):
        return other % self._used('mod', other)

    def __pow__(self, other):
        return self._used('pow', other) ** other

    def __rpow__(self, other):
        return other ** self._used('pow', other)

    def __and__(self, other):
        return self._used('and', other) & other

    def __or__(self, other):
        return self._used('or', other) | other

    def __xor__(self, other):
        return self._used('xor', other) ^ other

    def __lshift__(self, other):
        return self._used('lshift', other) << other

    def __rshift__(self, other):
        return self._used('rshift', other) >> other

    def __divmod__(self, other):
        return divmod(self._used('divmod', other), other)


class DABreadCrumbs(DAObject):
    """The actions somebody is in the middle of, as a trail."""

    def get_crumbs(self):
        return [label if label is not None else action for action, label in reversed(engine.pending_actions())
                if label is not None or not action.startswith('_da_')]

    def container(self, items):
        return ('<nav class="da-breadcrumb mt-2" aria-label="breadcrumb"><ol class="breadcrumb">' + ''.join(items) +
                '</ol></nav>')

    def inner(self, label, active):
        css = 'breadcrumb-item active' if active else 'breadcrumb-item'
        return '<li class="' + css + '">' + str(label) + '</li>'

    def show(self):
        crumbs = self.get_crumbs()
        if len(crumbs) < 2:
            return ''
        last = len(crumbs) - 1
        return self.container([self.inner(label, index < last) for index, label in enumerate(crumbs)])

    def __str__(self):
        return self.show()


class DANav(DAObject):
    """The sections of the interview: where the user is and where he was."""

    current = None
    progressive = True
    hidden = False
    disabled = False
    sections = None

    def init(self, *pargs, **kwargs):
        self.past = set()
        super().init(*pargs, **kwargs)

    def as_dict(self):
        return {'past': sorted(self.past), 'current': self.current, 'hidden': self.hidden,
                'progressive': self.progressive}

    def set_section(self, section):
        """Makes a section the current one; says whether it was not so already."""
        if self.current == section:
            return False
        self.current = section
        self.past.add(section)
        return True

    def get_section(self, display=False):
        if not display or self.current is None:
            return self.current
        for key, title in self._flat(self.get_sections()):
            if key == self.current:
                return title
        return self.current

    def get_sections(self, language=None):
        own = self.sections
        if own is None:
            return engine.sections()
        return own.get(language, own.get('*', []))

    def set_sections(self, sections, language='*'):
        if self.sections is None:
            self.sections = {}
        self.sections[language if language is not None else '*'] = sections if sections is not None else []

    def _flat(self, sections):
        """Pairs of the key and the title of every section, those inside of others after them."""
        for section in sections:
            if not isinstance(section, dict):
                yield str(section), str(section)
                continue
            inner = section.get('subsections', [])
            for key, title in section.items():
                if key == 'subsections':
                    continue
                if isinstance(title, list):
                    inner, title = title, key
                yield str(key), str(title)
            yield from self._flat(inner)

    def section_ids(self, language=None):
        return [key for key, _ in self._flat(self.get_sections(language))]

    def show_sections(self, style='inline', show_links=None):
        items = []
        for key, title in self._flat(self.get_sections()):
            active = ' active' if key == self.current else ''
            label = engine.html(title, trim=True)
            if key in self.past or not self.progressive:
                linked = show_links is not False and self.enabled() and key != self.current
            else:
                linked = False
            if linked:
                items.append('<a class="nav-link' + active + '" href="' + engine.url_action(key) + '">' + label + '</a>')
            else:
                state = active if active else ' disabled'
                items.append('<span class="nav-link' + state + '">' + label + '</span>')
        css = 'danavlinks dainline' if style == 'inline' else 'danavlinks'
        return '<div class="' + css + '">' + ''.join(items) + '</div>' if items else ''

    def hide(self):
        self.hidden = True

    def unhide(self):
        self.hidden = False

    def visible(self, language=None):
        return not self.hidden

    def disable(self):
        self.disabled = True

    def enable(self):
        self.disabled = False

    def enabled(self, language=None):
        return not self.disabled

    def __str__(self):
        return self.show_sections()


class DAModel(DAObject):
    """What a machine learnt to make of a text. Nothing was learnt here: it repeats the text."""

    def init(self, *pargs, **kwargs):
        if pargs:
            kwargs['text'] = pargs[0]
        super().init(**kwargs)
        if 'text' in kwargs and 'prediction' not in kwargs:
            self.prediction = self.text
            self.probability = 1.0
            self.predictions = [{'prediction': self.text, 'probability': 1.0}]

    def __str__(self):
        return str(self.prediction)


class BackgroundAction(DAObject):
    """An action that is carried out in the background while the user waits for it."""

    def init(self, *pargs, **kwargs):
        self.refresh_seconds = 4
        super().init(*pargs, **kwargs)

    def run(self, action, **kwargs):
        """Starts the action, waits until it is over, and gives its value. The code that calls it starts over meanwhile."""
        if engine.interface() == 'worker':
            raise DAError('You cannot run a BackgroundAction inside of a background action')
        task = engine.library('background_action_of')(self.instanceName, action, **kwargs)
        if not task.ready():
            if self.running() and self.task.id == task.id:
                self.wait()
            self.task = task
            self.initial_wait()
        if self.running():
            del self.task
        result = task.result()
        if result.error_type is not None:
            return self.on_failure(result)
        return self.process_response(result)

    def running(self):
        """Whether the action was started and its value was not fetched yet."""
        return hasattr(self, 'task')

    def ready(self):
        """Whether the action is over and its value can be fetched."""
        return self.running() and self.task.ready()

    def initial_wait(self):
        """Shows that the user waits, the first time. What was answered is saved."""
        engine.library('command')('wait', sleep=self.refresh_seconds)

    def wait(self):
        """Shows that the user goes on waiting. Nothing is saved."""
        engine.library('set_save_status')('ignore')
        engine.library('command')('wait', sleep=self.refresh_seconds)

    def process_response(self, result):
        """Makes the value of run() of the result of the action."""
        return result.value

    def on_failure(self, result):
        """Makes the value of run() where the action failed; by default an error of its own."""
        raise DAError('The background action failed: ' + str(result.error_type) + ': ' + str(result.error_message))


class DAEmailRecipient(DAObject):
    """Somebody with an e-mail address."""

    def email_address(self, include_name=None):
        if getattr(self, 'empty', False):
            return ''
        if include_name or (include_name is None and str(self.name)):
            return mailbox(self.name, self.address)
        return str(self.address)

    def exists(self):
        return hasattr(self, 'address')

    def __str__(self):
        name, address = str(getattr(self, 'name', '') or ''), str(self.address or '')
        if not address:
            return name if name else 'EMAIL NOT DEFINED'
        if engine.inside() == 'docx':
            return address
        return '[' + (name if name else address) + '](mailto:' + address + ')'


class DAEmailRecipientList(DAList):
    """Those who get an e-mail. Dictionaries with a name and an address become recipients."""

    object_type = DAEmailRecipient

    def init(self, *pargs, **kwargs):
        super().init(**kwargs)
        for given in pargs:
            for entry in given if isinstance(given, list) else [given]:
                self.appendObject(DAEmailRecipient, **entry)


class DAEmail(DAObject):
    """An e-mail that came in."""

    def __str__(self):
        return 'This is an e-mail'
