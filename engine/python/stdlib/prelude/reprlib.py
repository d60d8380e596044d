"""Texts of objects that may contain themselves."""


def recursive_repr(fillvalue='...'):
    def decorate(user_function):
        def wrapper(self):
            return _once(self, fillvalue, user_function)
        wrapper.__module__ = user_function.__module__
        wrapper.__doc__ = user_function.__doc__
        wrapper.__name__ = user_function.__name__
        wrapper.__qualname__ = user_function.__qualname__
        return wrapper
    return decorate
