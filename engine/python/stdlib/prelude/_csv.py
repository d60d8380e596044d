"""The classes of csv, by the name that they give their module."""

from csv import Error, reader, writer
