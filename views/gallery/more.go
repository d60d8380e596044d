package gallery

import (
	"github.com/a-h/templ"

	"colloquy/engine/screen"
	"colloquy/views"
)

const markup = `<p class="lead">A leading text with a <a href="https://example.com/">link</a>, a <span class="badge text-bg-success">badge</span>,
<code>code</code>, an icon <i class="fa-solid fa-seedling" aria-hidden="true"></i> and a <a class="daterm" href="#term-mulch">mulch</a>.</p>
<div class="alert alert-primary">Primary alert</div><div class="alert alert-success">Success alert</div><div class="alert alert-warning">Warning alert</div><div class="alert alert-danger">Danger alert</div><div class="alert alert-info">Info alert</div>
<h2>Buttons</h2><p><a href="#" class="btn btn-primary">Primary</a> <a href="#" class="btn btn-secondary btn-sm">Small</a> <a href="#" class="btn btn-outline-primary">Outline</a> <a href="#" class="btn btn-success btn-lg">Large</a> <a href="#" class="btn btn-link">Link</a></p>
<div class="row"><div class="col-md-6"><div class="card"><div class="card-header">Card</div><div class="card-body"><h3 class="card-title">Title</h3><p>Body of the card.</p></div></div></div><div class="col-md-6"><ul class="list-group"><li class="list-group-item active">Active</li><li class="list-group-item">Second</li><li class="list-group-item list-group-item-warning">Third</li></ul></div></div>
<div class="table-responsive"><table class="table table-striped"><thead><tr><th>Bed</th><th class="text-end">Plants</th><th>Actions</th></tr></thead><tbody><tr><td>North</td><td class="text-end">12</td><td><a href="#" class="btn btn-sm btn-secondary"><i class="fa-solid fa-pencil-alt" aria-hidden="true"></i> Edit</a> <a href="#" class="btn btn-sm btn-danger"><i class="fa-solid fa-trash" aria-hidden="true"></i> Delete</a></td></tr><tr><td>South</td><td class="text-end">7</td><td></td></tr></tbody></table></div>
<p class="text-danger">Danger</p><p class="text-success fw-bold">Success, bold</p><p class="text-muted small">Muted and small</p><p class="bg-warning-subtle p-3 rounded">A soft background</p><p class="bg-primary p-3 rounded">A full background</p>
<blockquote class="blockquote"><p>He who plants a garden plants happiness.</p></blockquote>
<ol><li>Dig</li><li>Sow<ul><li>Beans</li><li>Peas</li></ul></li></ol>
<div class="accordion" id="acc"><div class="accordion-item"><h2 class="accordion-header"><button class="accordion-button collapsed" type="button" data-bs-toggle="collapse" data-bs-target="#acc1" aria-expanded="false" aria-controls="acc1">More</button></h2><div id="acc1" class="accordion-collapse collapse" data-bs-parent="#acc"><div class="accordion-body">The body of an accordion.</div></div></div></div>
<div class="progress"><div class="progress-bar" style="width: 60%">60%</div></div>`

func markupScreen() *screen.Screen {
	s := base(screen.KindDeadend, "What authors write")
	s.Subquestion = markup
	s.Terms = []screen.Term{{ID: "term-mulch", Name: "mulch", Definition: "<p>A cover of straw or leaves that keeps the soil moist.</p>"}}
	return s
}

func documentScreen() *screen.Screen {
	s := base(screen.KindDeadend, "Your plan is ready")
	s.Attachments = &screen.Attachments{Notice: true, Download: true, Describe: true, ZIP: &screen.ZIPForm{Editable: "Include DOCX file for editing"}, Email: &screen.EmailForm{Address: "ada@example.com", Editable: "Include DOCX file for editing"},
		Documents: []screen.Document{{Name: "Planting plan", NameText: "Planting plan", Description: "<p>What to plant, and when.</p>", Filename: "plan", Preview: "<h1>Plan</h1><p>Leek in the north bed.</p>",
			Formats: []screen.Format{{Kind: "pdf", URL: "/files/plan.pdf", Filename: "plan.pdf", Size: 48128}, {Kind: "docx", URL: "/files/plan.docx", Filename: "plan.docx", Size: 1310720}, {Kind: "jpg", URL: "/files/plan.jpg", Filename: "plan.jpg", Manual: true}, {Kind: "rtf", Filename: "plan.rtf", Failed: true}}}}}
	s.Messages = []screen.Message{{Priority: "success", Text: "Your documents will be e-mailed to ada@example.com."}}
	return s
}

func partsScreen() *screen.Screen {
	s := continueScreen()
	s.Pre, s.Post, s.Right = "<p>Above the question.</p>", "<p>Below everything.</p>", "<h2>Beside</h2><p>What stands at the side.</p>"
	s.Submit, s.Under = "<p>Above the buttons.</p>", "<p>Below the buttons.</p>"
	s.Decoration = &screen.Image{Icon: "seedling"}
	s.Help = &screen.Help{Label: "Help", Specific: true, Question: []screen.HelpText{{Heading: "How often to water?", Content: "<p>Every second day.</p>"}}, General: []screen.HelpText{{Heading: "About this interview", Content: "<p>It plans gardens.</p>"}}}
	s.HelpButton = true
	s.BackButton = &screen.Back{Label: "Go back"}
	s.Page.Footer = `<p>Made by the <a href="https://example.com/">gardeners</a>.</p>`
	s.Page.ShowPercentage = true
	s.Page.Login = &screen.MenuItem{Text: "Sign in", URL: "/user/sign-in"}
	s.Page.Nav = &screen.Nav{Sections: []screen.Section{
		{ID: "start", Label: "Getting started", URL: "/interview?action=start", Visited: true},
		{ID: "plot", Label: "Your plot", Current: true, Open: true, Sub: []screen.Section{{ID: "size", Label: "Size", Current: true}, {ID: "soil", Label: "Soil"}}},
		{ID: "end", Label: "The end"},
	}}
	s.Messages = []screen.Message{{Priority: "warning", Text: "Somebody changed this answer in the meantime."}}
	return s
}

func rtlScreen() *screen.Screen {
	s := textScreen(true)
	s.Lang, s.RTL = "ar", true
	s.Question, s.QuestionText = "أخبرنا عن حديقتك", "أخبرنا عن حديقتك"
	s.Page.Title, s.Page.ShortTitle = "مخطط الحديقة", "الحديقة"
	return s
}

func debugScreen() *screen.Screen {
	s := yesNoScreen()
	s.Debug = &screen.Debug{File: "gallery:data/questions/garden.yml", Line: 12, Source: "question: |\n  Do you already own a spade?\nyesnomaybe: owns_spade\n",
		Chain: []screen.Why{{Name: "plan", Text: "is what the mandatory block wants", File: "garden.yml", Line: 3}, {Name: "owns_spade", Text: "is missing in the code that makes plan", File: "garden.yml", Line: 8}}}
	return s
}

func pages() []Entry {
	return []Entry{
		{"interviews", "List of interviews", func(a views.Assets) templ.Component { return views.ListPage(listing(a)) }},
		{"interviews-empty", "A list without interviews", func(a views.Assets) templ.Component {
			l := listing(a)
			l.Groups = nil
			return views.ListPage(l)
		}},
		{"sign-in", "Signing in", func(a views.Assets) templ.Component { return views.AccountView(signIn(a, false)) }},
		{"sign-in-refused", "Signing in, refused", func(a views.Assets) templ.Component { return views.AccountView(signIn(a, true)) }},
		{"account", "An account", func(a views.Assets) templ.Component { return views.AccountView(account(a)) }},
		{"my-interviews", "Interviews that were begun", func(a views.Assets) templ.Component { return views.SessionsView(sessions(a, true)) }},
		{"my-interviews-empty", "No interview was begun", func(a views.Assets) templ.Component { return views.SessionsView(sessions(a, false)) }},
		{"users", "People with accounts", func(a views.Assets) templ.Component { return views.UserListPage(users(a)) }},
		{"privileges", "Privileges", func(a views.Assets) templ.Component { return views.PrivilegeListPage(privileges(a)) }},
		{"message", "A message", func(a views.Assets) templ.Component {
			return views.NoticePage(&views.Notice{Frame: plainFrame(a, "Continue"), Heading: "Continue with this answer?", Text: "The link you followed changes an answer.\n\nPress Continue if that is what you want.",
				Action: "/interview", Hidden: []views.Hidden{{Name: "action", Value: "x"}}, Links: []views.Link{{Text: "No, go back", URL: "/"}}})
		}},
		{"error", "An error, for users", func(a views.Assets) templ.Component { return views.FailurePage(failure(a, false)) }},
		{"error-debug", "An error, for authors", func(a views.Assets) templ.Component { return views.FailurePage(failure(a, true)) }},
	}
}

func listing(a views.Assets) *views.Listing {
	return &views.Listing{Frame: plainFrame(a, "Interviews"), Heading: "Interviews", Intro: "Choose one to begin.", Groups: []views.Group{{Heading: "Demonstrations", Cards: []views.Card{
		{Title: "Vegetables and legumes", Text: "Asks for a vegetable and a legume. While it asks for the legume, a link changes the vegetable.", URL: "/interview?i=demo:vegetable.yml", Note: "demo:vegetable.yml"},
		{Title: "People", Text: "Gathers a list of people, with a table to edit it.", URL: "/interview?i=demo:people.yml", Note: "demo:people.yml", Tags: []string{"lists"}},
	}}}, Empty: "There is no interview here yet."}
}

func failure(a views.Assets, author bool) *views.Failure {
	f := &views.Failure{Frame: plainFrame(a, "Error"), Status: 500, Heading: "Something went wrong",
		Text: "This interview has a mistake that keeps us from showing the next question. Your answers are safe.\n\nYou can go back, or try again later.", Links: []views.Link{{Text: "Try again", URL: "/interview"}, {Text: "Start over", URL: "/interview?reset=1"}}}
	if author {
		f.Detail = &views.Detail{Kind: "NameError", Message: "name 'vegetable' is not defined, and no block offers to define it", File: "garden:data/questions/garden.yml", Line: 14, Column: 9, Block: "final screen",
			Excerpt: []views.Line{{Number: 13, Text: "question: |"}, {Number: 14, Text: "  You like ${ vegetabel }.", Here: true}, {Number: 15, Text: "event: final"}},
			Hint:    "Did you mean “vegetable”? A question in line 3 defines it.",
			Chain:   []views.Cause{{Text: "the mandatory block wants final", File: "garden.yml", Line: 14}, {Text: "its text uses vegetabel", File: "garden.yml", Line: 14}}}
	}
	return f
}
