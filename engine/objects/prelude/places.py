"""Where things are: addresses, cities, points on the map."""

import _colloquy as engine
from .base import DAObject

__all__ = ['LatitudeLongitude', 'Address', 'City']

UNIT_WORDS = ('apartment', 'apt', 'basement', 'bsmt', 'building', 'bldg', 'department', 'dept', 'floor', 'fl',
              'front', 'frnt', 'hanger', 'hngr', 'key', 'lobby', 'lbby', 'lot', 'lower', 'lowr', 'office', 'ofc',
              'penthouse', 'ph', 'pier', 'rear', 'room', 'rm', 'side', 'slip', 'space', 'spc', 'stop', 'suite',
              'ste', 'trailer', 'trlr', 'unit', 'upper', 'uppr')


def line_break():
    if engine.inside() == 'docx':
        return '\n'
    return ' [NEWLINE] '


def marker(item, info):
    """What a map shows of a place: where it is, what it is, and the icon its owner has."""
    if not item.location.gathered or not item.location.known:
        return None
    shown = {'latitude': item.location.latitude, 'longitude': item.location.longitude, 'info': info}
    if hasattr(item, 'icon'):
        shown['icon'] = item.icon
    return [shown]


class LatitudeLongitude(DAObject):
    """A point on the map, as the browser or a geocoder tells it."""

    gathered = False
    known = False
    _shown = ('gathered', 'known')

    def status(self):
        """Whether the browser is still to be asked where it is."""
        if self.gathered:
            return False
        answer = engine.info('location')
        if answer is None:
            return True
        self.gathered = True
        if 'error' in answer:
            self.error = answer['error']
            self.known = False
        else:
            self.latitude = answer['latitude']
            self.longitude = answer['longitude']
            self.description = str(self)
            self.known = True
        return False

    def __str__(self):
        if hasattr(self, 'latitude') and hasattr(self, 'longitude'):
            return str(self.latitude) + ', ' + str(self.longitude)
        if hasattr(self, 'error'):
            return str(self.error)
        return 'Unknown'


class Address(DAObject):
    """A postal address. Only its street and its city are sought by themselves."""

    city_only = False
    geolocated = False
    _geocoded = False
    _on_demand = (('location', LatitudeLongitude),)
    _shown = ('location', 'city_only', 'geolocated', '_geocoded')

    __delattr__ = engine.forget

    def __str__(self):
        return self.block()

    def _part(self, *names):
        """The first of some attributes that is defined and not empty, or ''."""
        for name in names:
            value = getattr(self, name, None)
            if value is not None and str(value) != '':
                return str(value)
        return ''

    def _street(self):
        if not hasattr(self, 'address') and hasattr(self, 'street_number') and hasattr(self, 'street'):
            return str(self.street_number) + ' ' + str(self.street)
        return str(self.address)

    def _city_line(self):
        line = str(self.city)
        state, code = self._part('state'), self._part('zip', 'postal_code')
        if state:
            line += ', ' + state
        if code:
            line += ' ' + code
        return line

    def _country_code(self):
        country = self._part('country')
        return engine.country_code(country if country else engine.country())

    def country_name(self, language=None):
        return engine.country_name(self._country_code(), language=language)

    def _names_country(self, show_country):
        if show_country is not None:
            return bool(show_country)
        return bool(self._part('country')) and self._country_code() != engine.country_code(engine.country())

    def formatted_unit(self, language=None, require=False):
        if require and not any(hasattr(self, name) for name in ('unit', 'floor', 'room')):
            return self._unit(str(self.unit))
        if self._part('unit'):
            return self._unit(self._part('unit'))
        for name, label in (('floor', 'Floor'), ('room', 'Room')):
            if self._part(name):
                return engine.word(label) + ' ' + self._part(name)
        return ''

    def _unit(self, unit):
        known = any(word in unit.lower() for word in UNIT_WORDS)
        return unit if known or unit == '' else engine.word('Unit') + ' ' + unit

    def _street_lines(self, language):
        """The lines above the city: none of a city without an address."""
        if self.city_only:
            return []
        lines = [self._street(), self.formatted_unit(language=language), self._part('sublocality_level_1')]
        return [line for line in lines if line]

    def block(self, language=None, international=False, show_country=None):
        lines = self._street_lines(language)
        if international:
            lines += engine.international_lines(self._country_code(), str(self.city), self._part('state'),
                                                self._part('zip', 'postal_code'))
            lines.append(self.country_name(language).upper())
        else:
            lines.append(self._city_line())
            if self._names_country(show_country):
                lines.append(self.country_name(language))
        return line_break().join(lines)

    def on_one_line(self, include_unit=True, omit_default_country=True, language=None, show_country=None):
        lines = []
        if not self.city_only:
            unit = self.formatted_unit(language=language) if include_unit else ''
            lines = [line for line in (self._street(), unit, self._part('sublocality_level_1')) if line]
        lines.append(self._city_line())
        if show_country is None and not omit_default_country:
            show_country = True
        if self._names_country(show_country):
            lines.append(self.country_name(language))
        return ', '.join(lines)

    def line_one(self, language=None):
        if self.city_only:
            return ''
        unit = self.formatted_unit(language=language)
        return self._street() + (', ' + unit if unit else '')

    def line_two(self, language=None):
        return self._city_line()

    # Geocoding: there is no geocoder, and that is said, not hidden.

    def geocode(self, address=None, reset=False):
        if reset:
            self.reset_geocoding()
        if not self._geocoded:
            self._geocoded = True
            self.geolocated = True
            self.geolocate_success = False
            self.geolocate_response = 'No geocoder is configured.'
        return self.was_geocoded_successfully()

    geolocate = geocode

    def normalize(self, long_format=False):
        return self.geocode()

    def was_geocoded(self):
        return self._geocoded

    def was_geocoded_successfully(self):
        return getattr(self, 'geolocate_success', False)

    def get_geocode_response(self):
        return getattr(self, 'geolocate_response', None)

    def reset_geocoding(self):
        self.delattr('_geocoded', 'geolocated', 'geolocate_success', 'geolocate_response', 'norm', 'norm_long')

    reset_geolocation = reset_geocoding

    def _map_info(self):
        if not self.location.gathered:
            self.geocode()
        return marker(self, getattr(self.location, 'description', ''))


class City(Address):
    """An address that is a city, and no more."""

    city_only = True
