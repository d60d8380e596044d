package gallery

import (
	"fmt"

	"colloquy/engine/screen"
)

// stateScreens show the components of the other screens in their rarer states.
func stateScreens() []canned {
	return []canned{
		{"refused", "Every control refused", refusedScreen()},
		{"disabled", "Every control switched off", disabledScreen()},
		{"uploads", "Files, pictures and recordings", uploadScreen()},
		{"objects", "Choices that are objects, and further kinds", objectScreen()},
		{"labels", "Labels above, within and beside", labelScreen()},
		{"dropdown", "Multiple choice as a dropdown", oneChoiceScreen(screen.VarietyDropdown)},
		{"combobox", "Multiple choice as a combobox", oneChoiceScreen(screen.VarietyCombobox)},
		{"long", "Long lists", longScreen()},
		{"table", "A table to edit and put in order", tableScreen()},
		{"media", "Sound and film", mediaScreen()},
		{"signature-refused", "A signature that was refused", signatureRefused()},
		{"list-deleted", "List collect with a deleted part", listDeleted()},
		{"review-empty", "Review with nothing to review", reviewEmpty()},
		{"sections-across", "Sections across the page", sectionScreen(screen.Nav{Horizontal: true})},
		{"sections-folded", "Sections that fold on small screens", sectionScreen(screen.Nav{Small: "dropdown"})},
		{"notices", "Notices of every kind", noticeScreen()},
		{"sizes", "Large buttons in outline", sizeScreen("large")},
		{"small", "Small buttons, Continue switched off", sizeScreen("small")},
		{"special", "Buttons that leave or begin again", specialScreen()},
		{"brand", "An author's brand", brandScreen()},
		{"bare", "Without a header", bareScreen()},
		{"reload", "A page that loads itself again", reloadScreen()},
	}
}

// everyControl has one field for each control.
func everyControl(question string) *screen.Screen {
	s := base(screen.KindFields, question)
	choice := func(n int, label, datatype, input string) screen.Field {
		f := field(n, label, datatype)
		f.Input = input
		choicesOf(&f, "Clay", "Loam")
		for i := range f.Choices {
			f.Choices[i].Name = screen.Safeid(fmt.Sprintf("%s['v%d']", f.Variable, i))
		}
		return f
	}
	currency, slider := field(4, "Budget", "currency"), field(5, "Patience", "range")
	currency.Symbol, slider.Min, slider.Max, slider.Value = "€", "1", "10", "5"
	box, shed := field(9, "The plot is fenced", "boolean"), field(10, "Is there a shed?", "boolean")
	box.Input, box.Sign, shed.Input, shed.Sign = "yesnowide", 1, "yesnoradio", 1
	area := field(1, "Remarks", "text")
	area.Input = "area"
	s.Fields = []screen.Field{field(0, "Name", "text"), area, field(2, "Password", "password"), field(3, "Beds", "integer"), currency, slider,
		field(6, "First day", "date"), field(7, "Time of watering", "time"), field(8, "Frost expected", "datetime"), box, shed,
		choice(11, "Soil", "text", "dropdown"), choice(12, "Second soil", "text", "radio"), choice(13, "Soils", "checkboxes", ""),
		choice(14, "Several soils", "multiselect", ""), choice(15, "Any soil", "text", "combobox"), choice(16, "Soil by hand", "text", "datalist"),
		field(17, "Plan", "file")}
	return s
}

func refusedScreen() *screen.Screen {
	s := everyControl("Not one of these will do")
	s.Invalid = true
	for i := range s.Fields {
		s.Fields[i].Error = "You need to answer this."
		s.Fields[i].Under = "<p>As it is written in the lease.</p>"
	}
	return s
}

func disabledScreen() *screen.Screen {
	s := everyControl("These cannot be changed")
	for i := range s.Fields {
		f := &s.Fields[i]
		f.Disabled, f.Required = true, false
		if len(f.Choices) > 0 {
			f.Choices[1].Selected = true
		}
	}
	s.Fields[9].Value, s.Fields[10].Value = "True", "False"
	return s
}

func uploadScreen() *screen.Screen {
	s := base(screen.KindFields, "Show us the plot")
	for i, u := range []struct{ label, datatype string }{{"A plan", "file"}, {"Several pictures", "files"}, {"A photograph", "camera"}, {"A picture of yourself", "user"},
		{"A picture of the plot", "environment"}, {"A film", "camcorder"}, {"A recording", "microphone"}} {
		f := field(i, u.label, u.datatype)
		f.Multiple, f.Required = u.datatype == "files", i == 0
		f.Capture = map[string]string{"user": "user", "environment": "environment"}[u.datatype]
		s.Fields = append(s.Fields, f)
	}
	s.Fields[0].Accept, s.Fields[0].Under = "image/png, application/pdf", "<p>PNG or PDF.</p>"
	return s
}

func objectScreen() *screen.Screen {
	s := base(screen.KindFields, "Who waters, and how?")
	people := func(n int, label, datatype string) screen.Field {
		f := field(n, label, datatype)
		choicesOf(&f, "Ada", "Charles")
		for i := range f.Choices {
			f.Choices[i].Name = screen.Safeid(fmt.Sprintf("%s['v%d']", f.Variable, i))
		}
		return f
	}
	first, second := people(0, "On Mondays", "object"), people(1, "On Tuesdays", "object_radio")
	second.NoneOf = &screen.Choice{Label: "Someone new", Text: "Someone new"}
	ajax := field(4, "Street", "text")
	ajax.Input, ajax.Ajax, ajax.Under = "ajax", &screen.Ajax{URL: "/interview?i=gallery&action=streets", Trigger: 3}, "<p>Suggestions come after three letters.</p>"
	steep := field(5, "Slope in per mille", "range")
	steep.Min, steep.Max, steep.Step, steep.Scale, steep.Value, steep.Required = "1", "1000", "1", "logarithmic", "30", false
	words := field(6, "What goes wrong?", "mlarea")
	number := field(7, "Acidity", "number")
	number.Min, number.Max, number.Step, number.Value = "0", "14", "0.1", "6.5"
	note := screen.Field{Row: screen.RowNote, Note: "<p>The <strong>soil test</strong> of last year counts.</p>"}
	aside := field(8, "Rain in the barrel", "float")
	aside.Note = "<p>In litres, after the last rain.</p>"
	maybe := field(9, "Is the barrel full?", "threestate")
	maybe.Input, maybe.Sign, maybe.Required = "noyesmaybe", -1, false
	s.Fields = []screen.Field{first, second, people(2, "On weekends", "object_checkboxes"), people(3, "In summer", "object_multiselect"), ajax, steep, words, number, note, aside, maybe,
		{ID: "field-10", Number: "10", Name: "aGlkZGVu", Variable: "hidden", Input: "hidden", Value: "kept"}}
	return s
}

func labelScreen() *screen.Screen {
	s := base(screen.KindFields, "Labels in every place")
	floating, above, hint := field(0, "Floating label", "text"), field(1, "Label above", "text"), field(2, "With a hint", "text")
	floating.Floating, above.LabelAbove, hint.Hint = true, true, "e.g. the south bed"
	note := field(3, "A label that is so long that it needs more than one line, because somebody who writes interviews had a lot to say about it", "text")
	note.Help = "<p>Help that is <em>formatted</em> and has a <a href='https://example.com/'>link</a>.</p>"
	grid := field(4, "Beside each other", "text")
	grid.Input, grid.ItemGrid, grid.Required = "radio", &screen.Grid{Width: 4}, false
	choicesOf(&grid, "North", "East", "South", "West")
	boxes := field(5, "With colours and pictures", "checkboxes")
	choicesOf(&boxes, "Leek", "Bean")
	for i := range boxes.Choices {
		c := &boxes.Choices[i]
		c.Name, c.Image = screen.Safeid(fmt.Sprintf("plot.f5['v%d']", i)), &screen.Image{URL: leaf}
	}
	boxes.Choices[0].Color, boxes.Choices[0].Selected, boxes.Choices[1].Help = "success", true, "<p>Climbs.</p>"
	s.Fields = []screen.Field{floating, above, hint, note, grid, boxes}
	return s
}

func oneChoiceScreen(variety string) *screen.Screen {
	s := radioScreen()
	s.Variety = variety
	s.Fields[0].Variety = variety
	return s
}

var plants = []string{"Artichoke", "Asparagus", "Beetroot", "Broad bean", "Broccoli", "Brussels sprout", "Cabbage", "Carrot", "Cauliflower", "Celery", "Chard", "Chicory", "Courgette",
	"Cucumber", "Fennel", "Garlic", "Kale", "Kohlrabi", "Leek", "Lettuce", "Onion", "Parsnip", "Pea", "Pepper", "Potato", "Pumpkin", "Radish", "Rhubarb", "Spinach", "Tomato"}

func longScreen() *screen.Screen {
	s := base(screen.KindFields, "Pick from long lists")
	one, drop, many := field(0, "Favourite", "text"), field(1, "Second best", "text"), field(2, "Also welcome", "multiselect")
	one.Input = "radio"
	choicesOf(&one, plants...)
	one.Choices[3].Selected, one.Choices[5].Help = true, "<p>Grows in winter.</p>"
	choicesOf(&drop, plants...)
	choicesOf(&many, plants...)
	for i := range many.Choices {
		many.Choices[i].Name = screen.Safeid(fmt.Sprintf("plot.f2['v%d']", i))
	}
	s.Fields = []screen.Field{one, drop, many}
	return s
}

func tableRow(n int, name, when string) string {
	act := func(icon, label, class string) string {
		return fmt.Sprintf(`<a href="/interview?i=gallery&amp;action=%s" class="btn btn-sm %s btn-darevisit" role="button" title="%s"><span class="fa-solid %s" aria-hidden="true"></span><span class="visually-hidden">%s %s</span></a> `,
			label, class, label, icon, label, name)
	}
	move := func(icon, label, class string) string {
		return fmt.Sprintf(`<a href="#" class="btn btn-sm btn-info btn-darevisit %s" role="button" data-tablename="beds" data-tableitem="%d" title="%s"><span class="fa-solid %s" aria-hidden="true"></span><span class="visually-hidden">%s: %s</span></a> `,
			class, n, label, icon, label, name)
	}
	return "<tr><td>" + name + "</td><td>" + when + "</td><td>Loam over clay, limed in autumn</td><td class=\"text-end\">12</td><td>" + move("fa-arrow-up", "Move up", "datableup") +
		move("fa-arrow-down", "Move down", "databledown") + act("fa-pencil-alt", "Edit", "btn-secondary") + act("fa-trash", "Delete", "btn-danger daremovebutton") + "</td></tr>"
}

func tableScreen() *screen.Screen {
	s := base(screen.KindContinue, "Your beds")
	const head = `<div class="table-responsive"><table class="table table-striped"><thead><tr><th>Bed</th><th>Sown</th><th>Soil</th><th class="text-end">Plants</th><th>Actions</th></tr></thead><tbody>`
	s.Subquestion = screen.HTML(head + tableRow(0, "North bed", "2031-03-01") + tableRow(1, "South bed", "2031-04-15") + tableRow(2, "Herbs", "2031-05-01") + `</tbody></table></div>
<p><a href="/interview?i=gallery&amp;action=add" class="btn btn-sm btn-success"><span class="fa-solid fa-plus-circle" aria-hidden="true"></span> Add another</a></p>
<h2>Tools</h2>` + head + `<tr><td colspan="5"></td></tr></tbody></table></div>`)
	s.Buttons = continueScreen().Buttons
	return s
}

const quiet = "data:audio/wav;base64,UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA="

func mediaScreen() *screen.Screen {
	s := continueScreen()
	s.Audio = []screen.Media{{URL: quiet, MIME: "audio/wav"}}
	s.Video = []screen.Media{{URL: "/files/plot.mp4", MIME: "video/mp4"}, {URL: "/files/plot.ogv", MIME: "video/ogg"}}
	s.Help = &screen.Help{Question: []screen.HelpText{{Heading: "Hear it", Content: "<p>The same, spoken.</p>", Audio: s.Audio}}}
	return s
}

func signatureRefused() *screen.Screen {
	s := signatureScreen()
	s.Invalid = true
	s.Fields[0].Required, s.Fields[0].Error = true, "You must sign your name to continue."
	return s
}

func listDeleted() *screen.Screen {
	s := listScreen()
	s.Invalid = true
	s.Rows.Rows[0].Fields[1].Error = "Please enter a whole number."
	s.Rows.Rows[1].Deleted = true
	s.Rows.AddLabel = "Add another bed"
	return s
}

func reviewEmpty() *screen.Screen {
	s := reviewScreen("")
	s.Subquestion, s.Fields = "<p>There is nothing to review yet.</p>", nil
	return s
}

func sectionScreen(n screen.Nav) *screen.Screen {
	s := continueScreen()
	n.Sections = partsScreen().Page.Nav.Sections
	s.Page.Nav = &n
	return s
}

func noticeScreen() *screen.Screen {
	s := continueScreen()
	for _, p := range []screen.Priority{"success", "info", "warning", "danger", "primary", "secondary", "light", "dark"} {
		s.Messages = append(s.Messages, screen.Message{Priority: p, Text: screen.HTML("A notice of the kind <strong>" + string(p) + `</strong> with a <a href="/about">link</a>.`)})
	}
	return s
}

func sizeScreen(size string) *screen.Screen {
	s := buttonScreen()
	s.Page.ButtonSize, s.Page.OutlineButtons = size, size == "large"
	if size == "small" {
		s.Buttons = continueScreen().Buttons
		s.Kind, s.Buttons[0].Disabled = screen.KindContinue, true
	}
	return s
}

func specialScreen() *screen.Screen {
	s := base(screen.KindMultipleChoice, "You are done")
	s.Variety = screen.VarietyButtons
	for _, b := range []struct{ label, color string }{{"Continue", "primary"}, {"Refresh", "primary"}, {"Start over", "warning"}, {"New session", "primary"}, {"Sign in", "info"},
		{"Register", "primary"}, {"Leave", "warning"}, {"Exit", "danger"}, {"Sign out", "danger"}} {
		s.Buttons = append(s.Buttons, screen.Button{Kind: screen.Submit, Name: "X", Value: b.label, Label: screen.HTML(b.label), Text: b.label, Color: b.color})
	}
	return s
}

// brandScreen has what administrators and authors may set for a page.
func brandScreen() *screen.Screen {
	s := continueScreen()
	p := &s.Page
	p.Brand, p.TitleURL, p.Inverse, p.ShowPercentage = "Green Fingers", "https://example.com/", true, true
	p.Logo = `<img src="` + leaf + `" alt="" width="32" height="32"> Green Fingers Garden Planner`
	p.ShortLogo = `<img src="` + leaf + `" alt="Green Fingers" width="32" height="32">`
	p.Footer = `<p><a href="https://example.com/privacy">Privacy</a> · Green Fingers, 1 High Street</p>`
	p.NavHTML = `<li><a class="bar-button" href="https://example.com/contact">Contact</a></li>`
	s.Styles = []screen.HTML{`<style>:root { --primary: #7a1f5c; --on-primary: #ffffff; --primary-text: #7a1f5c; --ring: #7a1f5c; } @media (prefers-color-scheme: dark) { :root { --primary: #f0a6d6; --on-primary: #2b0a20; --primary-text: #f0a6d6; --ring: #f0a6d6; } }</style>`}
	s.Page.Login = &screen.MenuItem{Text: "Sign in", URL: "/user/sign-in"}
	return s
}

func bareScreen() *screen.Screen {
	s := continueScreen()
	s.Page.HideBar, s.Page.LeftAligned = true, true
	return s
}

func reloadScreen() *screen.Screen {
	s := base(screen.KindDeadend, "We wait for the delivery")
	s.Subquestion, s.Reload = "<p>This page looks for news by itself.</p>", 600
	return s
}
