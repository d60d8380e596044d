package language

import "testing"

func TestTitleCase(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"the importance of being ernest", "The Importance of Being Ernest"},
		{"THE LAW OF THE SEA", "The Law of the Sea"},
		{"a tale of two cities: the sequel", "A Tale of Two Cities: The Sequel"},
		{"o'neil macdonald mcgregor", "O'Neil Macdonald McGregor"},
		{"what is AT&T's problem?", "What Is AT&T's Problem?"},
		{"small word at end is nothing to be afraid of", "Small Word at End Is Nothing to Be Afraid Of"},
		{"notice of motion/order to show cause", "Notice of Motion/Order to Show Cause"},
		{"step-by-step guide", "Step-by-Step Guide"},
		{"in-flight meal", "In-Flight Meal"},
		{"J.R. SMITH", "J.R. Smith"},
		{"mr smith and mrs jones", "Mr Smith and Mrs Jones"},
		{"the ftc vs. the bbc", "The FTC vs. The BBC"},
		{"iPhone for sale", "iPhone for Sale"},
		{"don't stop", "Don't Stop"},
		{"see www.example.com now", "See www.example.com Now"},
		{"(the end)", "(The End)"},
		{`"the end"`, `"The End"`},
		{"d'artagnan and l'amour", "d'Artagnan and l'Amour"},
		{"hr department pdf file", "Hr Department PDF File"},
		{"2nd edition of the book", "2nd Edition of the Book"},
		{"state of the union – a story", "State of the Union – A Story"},
		{"the  double  space", "The  Double  Space"},
		{"of mice\nand men", "Of Mice\nAnd Men"},
		{"HELLO, WORLD", "Hello, World"},
		{"a", "A"}, {"", ""}, {" ", " "},
	} {
		if got := TitleCase(tt.text); got != tt.want {
			t.Errorf("TitleCase(%q) = %q, want %q", tt.text, got, tt.want)
		}
	}
}

func TestIndefiniteArticle(t *testing.T) {
	for _, tt := range []struct{ noun, want string }{
		{"Apple", "an Apple"}, {"hour", "an hour"}, {"university", "a university"}, {"honest man", "an honest man"},
		{"e-mail", "an e-mail"}, {"MRI", "an MRI"}, {"8 foot", "an 8 foot"}, {"dog", "a dog"}, {"apple pie", "an apple pie"},
		{"x-ray", "an x-ray"}, {"f-16", "an f-16"}, {"U.S. citizen", "a U.S. citizen"}, {"European", "a European"},
		{"ewe", "a ewe"}, {"one-time fee", "a one-time fee"}, {"uninformed voter", "an uninformed voter"},
		{"unicorn", "a unicorn"}, {"umbrella", "an umbrella"}, {"useful thing", "a useful thing"}, {"uterus", "a uterus"},
		{"heir", "an heir"}, {"honor", "an honor"}, {"ytterbium rod", "an ytterbium rod"}, {"yard", "a yard"},
		{"unimportant fact", "an unimportant fact"}, {"unimodal curve", "a unimodal curve"},
		{"11 year old", "an 11 year old"}, {"12 pack", "a 12 pack"}, {"18th floor", "an 18th floor"}, {"100 words", "a 100 words"},
		{"LLC", "an LLC"}, {"NATO ally", "a NATO ally"}, {"école", "an école"}, {"äpple", "a äpple"}, {"", "a "},
	} {
		if got := (Speaker{}).IndefiniteArticle(tt.noun).String(); got != tt.want {
			t.Errorf("IndefiniteArticle(%q) = %q, want %q", tt.noun, got, tt.want)
		}
	}
}
