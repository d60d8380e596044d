package language

// A Period is how often money comes or goes.
type Period struct {
	PerYear int
	Label   string
}

// Periods returns the choices of a period, in the speaker's language.
func (s Speaker) Periods() []Period {
	return []Period{
		{12, s.Word("Per Month")}, {1, s.Word("Per Year")}, {52, s.Word("Per Week")},
		{24, s.Word("Twice Per Month")}, {26, s.Word("Every Two Weeks")},
	}
}

// NameSuffixes returns what may follow a name.
func NameSuffixes() []string {
	return []string{"Jr", "Sr", "II", "III", "IV", "V", "VI"}
}
