package words

import (
	"encoding/base64"

	"colloquy/engine/evaluation"
	"colloquy/engine/language"
	"colloquy/engine/objects"
	"colloquy/engine/python"
)

// placeFunctions are about countries and their parts, and about maps.
var placeFunctions = []function{
	{"countries_list", countriesList},
	{"country_name", countryName},
	{"iso_country", isoCountry},
	{"states_list", statesList},
	{"state_name", stateName},
	{"subdivision_type", subdivisionType},
	{"map_of", mapOf},
	{"location_known", locationKnown},
	{"location_returned", locationReturned},
	{"user_lat_lon", userLatLon},
}

// located is what the browser said when it was asked where it is; nil if it
// said nothing.
func located(th *python.Thread, a *python.Args, fn string) (*python.Dict, error) {
	ev, err := running(th, fn)
	if err != nil {
		return nil, err
	}
	d, _ := ev.Place().Facts[evaluation.LocationFact].(*python.Dict)
	return d, a.Exactly(fn, 0)
}

// location_known() is whether the browser said where it is.
func locationKnown(th *python.Thread, a *python.Args) (python.Value, error) {
	d, err := located(th, a, "location_known")
	if err != nil || d == nil {
		return python.False, err
	}
	_, ok := d.GetStr("latitude")
	return python.Bool(ok), nil
}

// location_returned() is whether the browser said anything, be it that it will
// not say.
func locationReturned(th *python.Thread, a *python.Args) (python.Value, error) {
	d, err := located(th, a, "location_returned")
	return python.Bool(d != nil), err
}

// user_lat_lon() is (latitude, longitude), the error twice, or None twice.
func userLatLon(th *python.Thread, a *python.Args) (python.Value, error) {
	d, err := located(th, a, "user_lat_lon")
	if err != nil || d == nil {
		return python.NewTuple(python.None, python.None), err
	}
	if why, ok := d.GetStr("error"); ok {
		return python.NewTuple(why, why), nil
	}
	lat, _ := d.GetStr("latitude")
	lon, _ := d.GetStr("longitude")
	return python.NewTuple(optional(lat), optional(lon)), nil
}

// countries_list() is a list of one-entry dictionaries.
func countriesList(th *python.Thread, a *python.Args) (python.Value, error) {
	list := python.NewList()
	for _, c := range speaker(th).Countries() {
		d := python.NewDict()
		d.SetStr(c.Code, python.NewStr(c.Name))
		list.Elems = append(list.Elems, d)
	}
	return list, a.Exactly("countries_list", 0)
}

// country_name(code)
func countryName(th *python.Thread, a *python.Args) (python.Value, error) {
	var code python.Value
	if err := a.Unpack("country_name", "country_code", &code); err != nil {
		return nil, err
	}
	s, err := th.Str(code)
	if err != nil {
		return nil, err
	}
	name, ok := speaker(th).CountryName(s.String())
	if !ok {
		return nil, python.Errorf(objects.DAError, "country_name: %s is not the code of a country", quoted(s.String()))
	}
	return python.NewStr(name), nil
}

// iso_country(text, part='alpha_2')
func isoCountry(_ *python.Thread, a *python.Args) (python.Value, error) {
	part := "alpha_2"
	var text string
	if err := a.Unpack("iso_country", "country", &text, "part?", &part); err != nil {
		return nil, err
	}
	c, err := language.FindCountry(text)
	if err != nil {
		return nil, python.Errorf(objects.DAError, "Invalid country: %s", text)
	}
	switch part {
	case "alpha_2":
		return python.NewStr(c.Alpha2), nil
	case "alpha_3":
		return python.NewStr(c.Alpha3), nil
	case "numeric":
		return python.NewStr(c.Numeric), nil
	case "name":
		return python.NewStr(c.Name), nil
	case "official_name":
		return nil, python.Errorf(objects.DAError, "iso_country: official names of countries are not known")
	}
	return nil, python.Errorf(objects.DAError, "iso_country: unknown part")
}

// states_list(country_code=None, abbreviate=False)
func statesList(th *python.Thread, a *python.Args) (python.Value, error) {
	var code python.Value
	var abbreviate bool
	if err := a.Unpack("states_list", "country_code?", &code, "abbreviate?", &abbreviate); err != nil {
		return nil, err
	}
	d := python.NewDict()
	for _, s := range speaker(th).States(country(th, code)) {
		name := s.Name
		if abbreviate {
			name = s.Code
		}
		d.SetStr(s.Code, python.NewStr(name))
	}
	return d, nil
}

// state_name(code, country_code=None)
func stateName(th *python.Thread, a *python.Args) (python.Value, error) {
	var code, where python.Value
	if err := a.Unpack("state_name", "state_code", &code, "country_code?", &where); err != nil {
		return nil, err
	}
	s, err := th.Str(code)
	if err != nil {
		return nil, err
	}
	name := speaker(th).StateName(s.String(), country(th, where))
	if name == s.String() {
		return s, nil
	}
	return python.NewStr(name), nil
}

// subdivision_type(country_code)
func subdivisionType(th *python.Thread, a *python.Args) (python.Value, error) {
	var code python.Value
	if err := a.Unpack("subdivision_type", "country_code", &code); err != nil {
		return nil, err
	}
	name, ok := speaker(th).SubdivisionType(country(th, code))
	if !ok {
		return python.None, nil
	}
	return python.NewStr(name), nil
}

// map_of(*objects, center=None) is the markup of a map. Objects give their
// points by _map_info().
func mapOf(th *python.Thread, a *python.Args) (python.Value, error) {
	var args []python.Value
	var center python.Value
	if err := a.Unpack("map_of", "*objects", &args, "center?", &center); err != nil {
		return nil, err
	}
	var markers []python.Value
	for _, v := range args {
		points, err := pointsOf(th, v)
		if err != nil {
			return nil, err
		}
		markers = append(markers, points...)
	}
	if len(markers) == 0 {
		return python.NewStr(speaker(th).Word("(Unable to display map)")), nil
	}
	the := python.NewDict()
	the.SetStr("markers", python.NewList(markers...))
	if !isNone(center) {
		points, err := pointsOf(th, center)
		if err != nil {
			return nil, err
		}
		if len(points) > 0 {
			the.SetStr("center", points[0])
		}
	}
	if _, ok := the.GetStr("center"); !ok {
		the.SetStr("center", markers[0])
	}
	text, err := callModule(th, "json", "dumps", []python.Value{the}, nil)
	if err != nil {
		return nil, err
	}
	s, _ := python.StringOf(text)
	return python.NewStr("[MAP " + base64.StdEncoding.EncodeToString([]byte(s)) + "]"), nil
}

// pointsOf are the points that an object has on a map; none if it has none.
func pointsOf(th *python.Thread, v python.Value) ([]python.Value, error) {
	if isGroup(v) || isCollection(v) {
		var all []python.Value
		err := th.Each(v, func(v python.Value) error {
			points, err := pointsOf(th, v)
			all = append(all, points...)
			return err
		})
		return all, err
	}
	if _, ok := v.Class().Lookup("_map_info"); !ok {
		return nil, nil
	}
	info, err := th.CallMethod(v, "_map_info")
	if err != nil || isNone(info) {
		return nil, err
	}
	return th.Elems(info)
}
