"""The classes of io, by the name that they give their module."""

from io import BytesIO, StringIO, TextIOWrapper
