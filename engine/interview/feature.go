package interview

// Features are the switches of an interview. Pointers are nil where the
// author said nothing and the server's configuration decides.
type Features struct {
	All *Node // every feature as written, merged; a Map

	Debug                *bool
	Centered             *bool
	ProgressBar          bool
	ProgressPercentage   bool
	ProgressStepped      bool
	ProgressMultiplier   float64
	ProgressBackwards    bool
	Navigation           string // "", "vertical" or "horizontal"
	QuestionBackButton   bool
	NavigationBackButton *bool
	QuestionHelpButton   bool
	LabelsAbove          bool
	FloatingLabels       bool
	HideNavbar           bool
	HideStandardMenu     bool
	JavaScript, CSS      []string // as written
	TableWidth           int
	CacheDocuments       bool
	LoopLimit            int // 0: as the server has it
	RecursionLimit       int // 0: as the server has it
	ReviewButtonColor    string
	ReviewButtonIcon     string
	UseCatchall          bool
	DefaultDateMin       string
	DefaultDateMax       string
	CheckinInterval      int    // milliseconds; -1: the server's default
	MaxImageSize         int    // of uploaded pictures, in pixels; 0: any
	ImageUploadType      string // jpeg, png or bmp; "": as they are
}
