"""Names that switch on what this dialect does anyway."""

annotations = division = absolute_import = print_function = unicode_literals = True
generators = nested_scopes = with_statement = barry_as_FLUFL = generator_stop = True
