package objects_test

import (
	"testing"

	"colloquy/engine/python"
)

func TestNames(t *testing.T) {
	s := open(t)
	s.run(`
n = IndividualName('n', first=' J ', middle='Quincy', last='A', suffix='Jr')
bare = IndividualName('bare', first='Al')
two = IndividualName('two', first='Ana', last='', paternal_surname='Gil', maternal_surname='Paz')
whole = Individual('whole', name='Jo Bl')
late = Individual('late')
late.name = 'Jo Bl'
thing = Thing('thing', name='spoon')
acme = Person('acme', name='Acme')
0`)
	s.said([][2]string{
		{"n.full()", "J Q. A Jr"}, {"n.full(middle=True)", "J Quincy A Jr"}, {"n.full(middle=False)", "J A Jr"},
		{"n.full(middle=None, use_suffix=False)", "J A"}, {"str(n)", "J Q. A Jr"},
		{"bare.full()", "Al"}, {"two.full()", "Ana Gil Paz"},
		{"n.middle_initial()", "Q."}, {"n.middle_initial(with_period=False)", "Q"}, {"bare.middle_initial()", "wants bare.middle"},
		{"bare.firstlast()", "wants bare.last"}, {"two.firstlast()", "Ana "},
		{"IndividualName('m', first='A', last='B', middle='C', suffix='III').lastfirst()", "B III, A C."},
		{"IndividualName('m', first='A', last='B').lastfirst()", "B, A"},
		{"bare.lastfirst()", "wants bare.last"}, {"IndividualName('m', last='B').lastfirst()", "wants m.first"},
		{"IndividualName('m').full()", "wants m.first"}, {"IndividualName('m').defined()", "False"}, {"bare.defined()", "True"},
		{"Name('m').full()", "wants m.text"}, {"Name('m', text='x').lastfirst()", "x"}, {"Name('m').middle_initial()", ""},
		{"str(whole)", "Jo Bl"}, {"whole.name.uses_parts", "False"}, {"str(late)", "Jo Bl"}, {"whole.familiar()", "Jo Bl"},
		{"whole.name.lastfirst()", "Jo Bl"}, {"whole.name.middle_initial()", ""},
		{"str(thing)", "spoon"}, {"thing.name.text", "spoon"}, {"str(Thing('x'))", "wants x.name.text"},
		{"str(acme)", "Acme"}, {"str(Person('x'))", "wants x.name.text"}, {"str(Individual('x'))", "wants x.name.first"},
		{"str(Event('x'))", "wants x.address.city"}, {"acme.identified()", "True"}, {"Individual('x').identified()", "False"},
	})
}

func TestPeople(t *testing.T) {
	s := open(t)
	s.run(john + `
john.address.address = '1 Main St'
john.address.city = 'Boston'
john.email = 'j@x.com'
john.mobile_number = '202-555-1234'
0`)
	s.said([][2]string{
		{"john.address_block()", "[FLUSHLEFT] John Smith [NEWLINE] 1 Main St [NEWLINE] Boston"},
		{"john.email_address()", `"John Smith" <j@x.com>`}, {"john.email_address(include_name=False)", "j@x.com"},
		{"jane.email_address()", "wants jane.email"},
		{"john.sms_number()", "+12025551234"}, {"jane.sms_number()", "wants jane.phone_number"},
		{"jane.facsimile_number()", "wants jane.fax_number"},
		{"john.salutation()", "Mr."}, {"jane.salutation()", "Ms."}, {"kim.salutation()", "Mr."},
		{"john.salutation(with_name=True)", "Mr. Smith"}, {"kim.salutation(with_name=True)", "Kim"},
		{"john.salutation(with_name_and_punctuation=True)", "Mr. Smith:"},
		{"Individual('x').salutation()", "wants x.gender"}, {"Individual('x', is_doctor=True).salutation()", "Dr."},
		{"Individual('x', is_judge=True).salutation()", "Judge"}, {"Individual('x', salutation_to_use='Sir').salutation()", "Sir"},
		{"Individual('x', age='52').age_in_years()", "52"}, {"Individual('x', age='52').age_in_years(decimals=True)", "52.0"},
		{"Individual('x').age_in_years()", "wants x.birthdate"},
		{"Individual('x', birthdate='2000-02-29').age_in_years()", "24"},
		{"Individual('x', birthdate='2000-02-29').age_in_years(as_of='2020-02-28')", "19"},
		{"Individual('x', birthdate='2000-02-29').age_in_months(as_of='2020-03-01')", "240"},
		{"Individual('x', birthdate='2000-01-01').age_in_years(decimals=True, as_of='2000-07-01')", "0.5"},
		{"jane.first_name_hint()", ""}, {"jane.familiar()", "Jane"},
		{"acme.will_handle(problem='Tax')", "False"}, {"acme.will_handle()", "True"},
		{"Organization('o', handles=['Tax'], serves=['Kent']).will_handle(problem='Tax', county='Kent')", "True"},
		{"len(Organization('o', offices=[{'city': 'Rome'}]).office)", "1"},
		{"ChildList('c').object_type is Individual", "True"},
		{"ChildList('c', object_type=Thing).object_type is Thing", "True"},
	})
	s.run("john.use_familiar = True\n0")
	s.said([][2]string{{"str(john)", "John"}})
	s.visitor.UserID, s.visitor.FirstName, s.visitor.LastName = 7, "Johnny", "Smythe"
	user, _ := s.answers.Get("john")
	s.place.Facts = map[string]python.Value{"user": user}
	s.said([][2]string{{"john.first_name_hint()", "Johnny"}, {"john.last_name_hint()", "Smythe"}, {"jane.last_name_hint()", ""}})
}

func TestAddresses(t *testing.T) {
	s := open(t)
	s.run(`
a = Address('a', address='1 Main St', unit='3B', city='Boston', state='MA', zip='02110')
bare = Address('bare', address='1 Main St', city='Boston')
apt = Address('apt', address='1 Main St', unit='Apt 3', city='Boston')
floor = Address('floor', street_number='5', street='High St', floor='2', city='Lyon', country='FR', zip='69001')
boston = City('boston', city='Boston', state='MA')
0`)
	s.said([][2]string{
		{"a.block()", "1 Main St [NEWLINE] Unit 3B [NEWLINE] Boston, MA 02110"}, {"str(a)", "1 Main St [NEWLINE] Unit 3B [NEWLINE] Boston, MA 02110"},
		{"a.block(show_country=True)", "1 Main St [NEWLINE] Unit 3B [NEWLINE] Boston, MA 02110 [NEWLINE] United States"},
		{"a.on_one_line()", "1 Main St, Unit 3B, Boston, MA 02110"}, {"a.on_one_line(include_unit=False)", "1 Main St, Boston, MA 02110"},
		{"a.on_one_line(omit_default_country=False)", "1 Main St, Unit 3B, Boston, MA 02110, United States"},
		{"a.line_one()", "1 Main St, Unit 3B"}, {"a.line_two()", "Boston, MA 02110"},
		{"a.formatted_unit()", "Unit 3B"}, {"apt.formatted_unit()", "Apt 3"}, {"floor.formatted_unit()", "Floor 2"},
		{"bare.formatted_unit()", ""}, {"bare.formatted_unit(require=True)", "wants bare.unit"},
		{"bare.block()", "1 Main St [NEWLINE] Boston"}, {"str(Address('x'))", "wants x.address"},
		{"str(Address('x', address='1'))", "wants x.city"},
		{"floor.block()", "5 High St [NEWLINE] Floor 2 [NEWLINE] Lyon 69001 [NEWLINE] France"},
		{"floor.block(show_country=False)", "5 High St [NEWLINE] Floor 2 [NEWLINE] Lyon 69001"},
		{"floor.block(international=True)", "5 High St [NEWLINE] Floor 2 [NEWLINE] 69001 LYON [NEWLINE] FRANCE"},
		{"a.block(international=True)", "1 Main St [NEWLINE] Unit 3B [NEWLINE] BOSTON, MA 02110 [NEWLINE] UNITED STATES"},
		{"str(boston)", "Boston, MA"}, {"boston.line_one()", ""}, {"str(City('c'))", "wants c.city"},
		{"a.geocode()", "False"}, {"a.was_geocoded()", "True"}, {"a.was_geocoded_successfully()", "False"},
		{"a.get_geocode_response()", "No geocoder is configured."}, {"bare.was_geocoded()", "False"},
		{"a.reset_geocoding()\na.was_geocoded()", "False"},
		{"str(a.location)", "Unknown"}, {"a.location.instanceName", "a.location"},
		{"LatitudeLongitude('l').status()", "True"}, {"str(LatitudeLongitude('l', latitude=1.5, longitude=2))", "1.5, 2"},
	})
}

// TestPartsOnDemand: a person has a name and an address from the start, though
// they are made when first looked at.
func TestPartsOnDemand(t *testing.T) {
	s := open(t)
	s.run("p = Individual('p')\n0")
	s.said([][2]string{
		{"list(p.__dict__)", "['instanceName']"},
		{"p.as_serializable()['address']['_class']", "docassemble.base.util.Address"}, {"list(p.__dict__)", "['instanceName']"},
		{"hasattr(p, 'address')", "True"}, {"p.address is p.address", "True"}, {"p.name.instanceName", "p.name"},
		{"del p.address\nhasattr(p, 'address')", "False"}, {"p.address", "wants p.address"},
		{"p.address = City()\np.address.instanceName", "p.address"},
		{"type(Individual('q', address=City('x')).address).__name__", "City"},
	})
}
