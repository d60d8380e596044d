package language

import (
	"strings"
	"testing"
)

func TestVerbForm(t *testing.T) {
	for _, tt := range []struct{ verb, tense, want string }{
		{"helped", "3sg", "helps"}, {"helped", "1sg", "help"}, {"helped", "pl", "help"},
		{"help", "3sgp", "helped"}, {"help", "ppl", "helped"}, {"is", "1sg", "am"}, {"is", "pl", "are"},
		{"be", "3sg", "is"}, {"be", "3sgp", "was"}, {"be", "ppl", "were"}, {"been", "part", "being"},
		{"have", "3sg", "has"}, {"has", "3sgp", "had"}, {"do", "3sg", "does"}, {"did", "3sg", "does"},
		{"go", "3sg", "goes"}, {"goes", "ppart", "gone"}, {"went", "inf", "go"},
		{"stop", "3sgp", "stopped"}, {"visit", "3sgp", "visited"}, {"open", "3sgp", "opened"},
		{"offer", "3sgp", "offered"}, {"file", "3sgp", "filed"}, {"carry", "3sgp", "carried"}, {"carry", "3sg", "carries"},
		{"panic", "3sgp", "panicked"}, {"panicked", "inf", "panic"}, {"die", "part", "dying"}, {"whiz", "3sg", "whizzes"},
		{"dancing", "3sg", "dances"}, {"generated", "3sg", "generates"}, {"chopping", "3sg", "chops"},
		{"take", "3sgp", "took"}, {"taken", "3sg", "takes"}, {"writing", "3sgp", "wrote"},
		{"accept service", "3sg", "accepts service"}, {"accept service", "3sgp", "accepted service"},
		{"help", "3gp", "help"}, {"Live", "3sgp", "Lived"}, {"", "3sg", ""}, {"address", "3sgp", "addressed"},
		{"pays", "3sgp", "paid"}, {"studies", "3sgp", "studied"}, {"try", "part", "trying"}, {"passes", "3sgp", "passed"},
		{"need", "3sg", "needs"}, {"needed", "3sg", "needs"}, {"agree", "3sgp", "agreed"}, {"agreed", "3sg", "agrees"},
	} {
		if got := (Speaker{}).VerbForm(tt.verb, tt.tense); got != tt.want {
			t.Errorf("VerbForm(%q, %q) = %q, want %q", tt.verb, tt.tense, got, tt.want)
		}
	}
}

// Every form of an ordinary verb leads back to its infinitive.
func TestVerbBaseOfRegularForms(t *testing.T) {
	const verbs = `accept accuse achieve acquire add address admit adopt advise agree allege allow amend announce answer
	appeal appear apply appoint appraise approve argue arrange arrest arrive ask assign assist assume attach attend
	authorize avoid award bake beg believe belong benefit bill borrow call cancel care carry cause certify challenge
	change charge check choose claim clean clear close collect combine commit communicate compare compel compete
	complain complete comply compute conclude condone confirm consent consider contact contain continue contribute
	control convince cook copy correct cover create credit cross cry damage dance date decide declare decline
	decrease defend defer define delay delete deliver demand deny depend deposit describe deserve design determine
	develop die differ direct disagree discharge discover discuss dismiss dispute distribute divide divorce document
	drop earn edit eliminate employ enclose encourage end enforce engage enjoy enter equip escape establish estimate
	evict examine exchange exclude excuse execute exempt exhibit exist expect expire explain explore expose express
	extend face fail file fill finance find finish fire fix focus follow force format foster garnish gather generate
	grant guarantee guess guide handle happen harass harm help hire hope house hug identify ignore imagine import
	improve include incorporate increase incur indicate inform inherit initiate injure inquire inspect instruct insure
	intend interview introduce invest invite involve issue join judge jump justify kick kill knock label lack last
	laugh launch learn license like limit list listen live load locate lock look love lower mail maintain manage
	mark marry match matter measure meet mention merge mind minimize miss mistreat modify monitor mortgage move
	name narrate need neglect negotiate notice notify object obtain occupy occur offer omit open operate oppose order
	organize owe own pack paint park pass pause perform permit persuade petition phone pick place plan plant play
	plead please point possess postpone prefer prepare present preserve press prevent proceed process produce
	program prohibit promise promote propose protect provide publish pull punish purchase push qualify question
	quote raise reach realize receive recognize recommend record recover reduce refer refund refuse regard register
	regret regulate reimburse reject relate release rely remain remember remove renew rent repair repeat replace reply
	report represent request require resemble reserve reside resign resolve respond rest restore result retain retire
	return reveal revenge reverse review revoke reward rob row rule sail satisfy save schedule score search seem seize
	select separate serve settle share shop shout sign slip slow smile smoke solve sort spell start state stay steal
	stop store study submit succeed suffer suggest supply support suppose surprise surrender surround survive suspect
	suspend talk target tax terminate test testify thank threaten tie touch trace trade train transfer translate
	travel treat try turn type unite urge use vacate value verify visit vote wait walk want warn wash waste watch
	welcome whisper wish witness wonder work worry worship wrap yell yield`
	s := Speaker{}
	for _, base := range strings.Fields(verbs) {
		for _, tense := range []string{"3sg", "3sgp", "part"} {
			form := s.VerbForm(base, tense)
			if got := verbBase(form); got != base {
				t.Errorf("base of %q = %q, want %q", form, got, base)
			}
		}
	}
}
