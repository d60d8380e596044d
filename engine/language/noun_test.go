package language

import "testing"

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
