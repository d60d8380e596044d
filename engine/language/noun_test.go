package language

import (
	"strings"
	"testing"
)

func TestNounPlural(t *testing.T) {
	for _, tt := range []struct{ noun, want string }{
		{"apple", "apples"}, {"friend", "friends"}, {"child", "children"}, {"person", "people"},
		{"man", "men"}, {"woman", "women"}, {"mouse", "mice"}, {"ox", "oxen"},
		{"fruit", "fruit"}, {"fish", "fish"}, {"series", "series"}, {"species", "species"}, {"news", "news"},
		{"moose", "moose"}, {"box", "boxes"}, {"city", "cities"}, {"party", "parties"}, {"potato", "potatoes"},
		{"hero", "heroes"}, {"photo", "photos"}, {"tax", "taxes"},
		{"wife", "wives"}, {"knife", "knives"}, {"leaf", "leaves"},
		{"attorney-in-fact", "attorneys-in-fact"}, {"mother-in-law", "mothers-in-law"},
		{"piece of evidence", "pieces of evidence"}, {"attorney general", "attorneys general"},
		{"child of mine", "children of mine"}, {"credit card", "credit cards"}, {"child_support", "child_support"},
		{"child_supporter", "child_supporters"},
		{"plaintiffs", "plaintiffs"}, {"allergies", "allergies"}, {"properties", "properties"},
		{"people", "people"}, {"children", "children"},
		{"address", "addresses"}, {"witness", "witnesses"}, {"dress", "dresses"}, {"class", "classes"},
		{"boss", "bosses"}, {"case", "cases"}, {"hour", "hours"},
		{"bus", "buses"}, {"status", "statuses"}, {"axis", "axes"}, {"lens", "lenses"},
		{"brother", "brothers"}, {"cow", "cows"}, {"money", "monies"}, {"schema", "schemas"},
		{"index", "indices"}, {"stadium", "stadiums"},
		{"half", "halves"}, {"scarf", "scarves"}, {"belief", "beliefs"}, {"roof", "roofs"},
		{"zero", "zeroes"}, {"piano", "pianos"},
		{"taxes", "taxes"}, {"addresses", "addresses"}, {"houses", "houses"}, {"spouse", "spouses"},
		{"policeman", "policemen"}, {"grandchild", "grandchildren"}, {"housewife", "housewives"},
		{"salesperson", "salespeople"}, {"human", "humans"}, {"German", "Germans"},
		{"quiz", "quizzes"}, {"church", "churches"}, {"monarch", "monarchs"}, {"wish", "wishes"},
		{"day", "days"}, {"boy", "boys"}, {"Kennedy", "Kennedys"}, {"County", "Counties"},
		{"Child", "Children"}, {"CHILD", "CHILDREN"}, {"LLC", "LLCs"}, {"witness's", "witnesses'"},
		{"child's", "children's"}, {"", ""}, {"vegetable", "vegetables"}, {"turnip", "turnips"}, {"legume", "legumes"},
		{"shoe", "shoes"}, {"horse", "horses"}, {"analysis", "analyses"}, {"bill", "bills"}, {"lease", "leases"},
		{"debt", "debts"}, {"menu", "menus"}, {"employee", "employees"}, {"video", "videos"}, {"expense", "expenses"},
	} {
		if got := (Speaker{}).NounPlural(tt.noun); got != tt.want {
			t.Errorf("NounPlural(%q) = %q, want %q", tt.noun, got, tt.want)
		}
	}
}

func TestNounSingular(t *testing.T) {
	for _, tt := range []struct{ noun, want string }{
		{"taxes", "tax"}, {"witness", "witness"}, {"witnesses", "witness"}, {"address", "address"}, {"gas", "gas"},
		{"children", "child"}, {"people", "person"}, {"feet", "foot"}, {"leaves", "leaf"}, {"wives", "wife"},
		{"cookies", "cookie"}, {"movies", "movie"}, {"parties", "party"}, {"potatoes", "potato"}, {"shoes", "shoe"},
		{"buses", "bus"}, {"mice", "mouse"}, {"boxes", "box"}, {"churches", "church"}, {"dishes", "dish"},
		{"hours", "hour"}, {"hour", "hour"}, {"analyses", "analysis"}, {"matrices", "matrix"}, {"criteria", "criterion"},
		{"series", "series"}, {"status", "status"}, {"houses", "house"}, {"cases", "case"}, {"expenses", "expense"},
		{"apples", "apple"}, {"apple", "apple"}, {"attorneys-in-fact", "attorney-in-fact"},
		{"pieces of evidence", "piece of evidence"}, {"Plaintiffs", "Plaintiff"}, {"policemen", "policeman"},
		{"data", "datum"}, {"pianos", "piano"}, {"heroes", "hero"}, {"zeroes", "zero"}, {"employees", "employee"},
		{"lenses", "lens"}, {"axes", "axe"}, {"knives", "knife"}, {"beliefs", "belief"}, {"loss", "loss"},
	} {
		if got := (Speaker{}).NounSingular(tt.noun); got != tt.want {
			t.Errorf("NounSingular(%q) = %q, want %q", tt.noun, got, tt.want)
		}
	}
}

// Ordinary nouns (not "basis", which shares its plural with "base") survive the way to the plural and back.
func TestNounsThereAndBack(t *testing.T) {
	const list = `
	account acre ache address affidavit agency aide alibi alien allegation alley alumnus ambulance analysis animal
	annex appeal applicant apprentice archive arch area army arrest asset attorney aunt authority automobile baby
	bachelor bail bank base bath battery beach bench beneficiary benefit birth bill body bond book boss bottle
	box boy branch breach bribe bridge brush budget building bus business buy cabinet calf calendar camera campus
	canal candidate canoe car card care caregiver case cash catalogue cause cave ceiling cell certificate chair
	chapel charge chassis check cheese chef chief child choice church cipher circus city class clause client cliff
	cloth coach code coin cold college comma commission committee company computer condition consensus contact
	cookie copy cost couch county coupon court couple cousin crash creditor crime crisis crutch cuff curve daughter
	day death debt debtor decision deed defendant defense degree deposit device dish disability disease dispute
	divorce doctor document dog domino dose dozen dress drug dwarf duty echo edge employee employer enemy entity
	essay estate event evidence exam example exception excuse expense eye face factory family father fax fee fence
	field file filing fine fix flea fly foe folder form fox fraud freeze frog garage gas gift glass goal goods grade
	grief grandmother guardian guess guest guide gulf half handkerchief hearing heir helper hoax hobby home hoof
	horse hospital hostage house household husband image inch income index injury inquiry instance interest invoice
	issue item jail jewel job judge judgment juror jury key kiss kitchen knife lamp landlord language law lawyer
	leaf league lease leg legume letter liability license lie lien life limit line list loaf loan loss lot loser
	lunch machine mall manager march marriage match matter maze meal measure medicine meeting member menu message
	method microbe minor minute mistake mix monkey month mortgage mother motion mouse move movie mug name nanny
	nephew news niece night noise nose notary note notice nurse oath object obligation occupant offense office
	officer oil order organization orphan owner page pain paint parent park party pass passport path patient pause
	payment pencil penalty pension person petition petitioner phase phone photo phrase piano piece place plaintiff
	plan plate plea pledge poem police policy pony porch prefix pregnancy premise price prince princess prison prize
	problem process product program proof property prosecutor proxy purchase purse puppy quality question queue quiz
	race radio raise range rate ray reason rebate receipt recess record reef referee refuge relative release remedy
	rent response rhythm ring risk robe role roof room rose route rule safe sale sandwich sash scarf scene schedule
	school search season seat secret sentence separation series serf service shelf ship shoe shop sibling sign
	signature sister size skill sky slice smoke solo son source space spouse spy stage star state statue statute
	stepchild stereo stimulus stitch stomach store story street student studio suffix suit summons surface survey
	switch synagogue table tariff tattoo tax taxi teacher team tenant terminus theme thesis thief tie tile toe
	tomato tooth tornado tower toy track trade treaty tree trial trophy truce trustee tune turnip twin type uncle
	union unit use utility vacancy vaccine valley value vase vegetable vehicle venue verb verse veto victim video
	view village virus visa voice volcano vote voucher wage wall warranty wash watch wave way week wharf whale wife
	will wish witness wolf woman word worker wreath wrench year yes youth zebra zero zone`
	s := Speaker{}
	for _, noun := range strings.Fields(list) {
		plural := s.PluralOf(noun)
		if got := s.NounSingular(plural); got != noun {
			t.Errorf("%q has the plural %q, and that the singular %q", noun, plural, got)
		}
		if got := s.NounSingular(noun); got != noun {
			t.Errorf("NounSingular(%q) = %q", noun, got)
		}
	}
}
