package gallery

import (
	"fmt"

	"colloquy/engine/screen"
)

func screens() []canned {
	return []canned{
		{"continue", "One button", continueScreen()},
		{"text", "Text fields", textScreen(false)},
		{"errors", "A form that was refused", textScreen(true)},
		{"choices", "Things to pick from", choiceScreen()},
		{"boxes", "Boxes and yes-no fields", boxScreen()},
		{"kinds", "Numbers, dates, files", kindScreen()},
		{"conditions", "Conditional fields", conditionScreen()},
		{"grid", "Fields side by side and within text", gridScreen()},
		{"yesno", "Yes or no", yesNoScreen()},
		{"buttons", "Buttons to choose from", buttonScreen()},
		{"images", "Buttons with pictures", imageScreen()},
		{"radio", "Multiple choice", radioScreen()},
		{"signature", "Signature", signatureScreen()},
		{"review", "Review", reviewScreen("")},
		{"review-table", "Review as a table", reviewScreen("table table-borderless")},
		{"list", "List collect", listScreen()},
		{"markup", "What authors write", markupScreen()},
		{"tasks", "Waiting for work in the background", taskScreen()},
		{"deadend", "The end, with documents", documentScreen()},
		{"parts", "All parts of a screen", partsScreen()},
		{"rtl", "From right to left", rtlScreen()},
		{"debug", "For the author", debugScreen()},
	}
}

func taskScreen() *screen.Screen {
	s := base(screen.KindDeadend, "We are measuring your plot")
	s.Subquestion = `<p>This takes a minute. The page goes on by itself.</p>`
	s.Awaits = true
	s.Tasks = []screen.Task{{ID: "a", Known: true, Share: 0.25, Text: "Reading maps"}, {ID: "b", Known: true, Share: -1}, {ID: "c"}}
	return s
}

func continueScreen() *screen.Screen {
	s := base(screen.KindContinue, "Welcome to the garden planner")
	s.Subquestion = `<p>In about <strong>five minutes</strong> we find out what grows well on your plot.</p><p>You can stop at any time. Your answers are kept.</p>`
	s.Buttons = []screen.Button{{Kind: screen.Submit, Name: "d2VsY29tZWQ", Value: "True", Label: "Continue", Text: "Continue"}}
	return s
}

func field(n int, label, datatype string) screen.Field {
	number := fmt.Sprint(n)
	name := "plot.f" + number
	return screen.Field{ID: "field-" + number, Number: number, Name: screen.Safeid(name), Variable: name, Datatype: datatype,
		Label: screen.HTML(label), LabelText: label, Required: true}
}

func textScreen(wrong bool) *screen.Screen {
	s := base(screen.KindFields, "Tell us about your plot")
	name, mail, remark := field(0, "Name of the plot", "text"), field(1, "E-mail address", "email"), field(2, "Remarks", "text")
	name.Help = "<p>As your neighbours call it.</p>"
	mail.Under = "<p>We write once, when the plan is ready.</p>"
	remark.Input, remark.Required, remark.Hint = "area", false, "Soil, shade, slugs…"
	secret := field(3, "Password for the gate", "password")
	loose := field(4, "", "text")
	loose.NoLabel, loose.Required, loose.Hint = true, false, "Without a label"
	off := field(5, "Area in the land register", "text")
	off.Disabled, off.Required, off.Value = true, false, "412 m²"
	if wrong {
		s.Invalid = true
		s.Problems = []string{"These answers do not fit together."}
		name.Error, mail.Error, mail.Value = "You need to fill this in.", "You need to enter a complete e-mail address.", "ada@"
	}
	s.Fields = []screen.Field{name, mail, remark, secret, loose, off}
	s.BackButton = &screen.Back{}
	return s
}

func choicesOf(f *screen.Field, labels ...string) {
	for i, l := range labels {
		f.Choices = append(f.Choices, screen.Choice{Value: fmt.Sprint("v", i), Label: screen.HTML(l), Text: l})
	}
}

func choiceScreen() *screen.Screen {
	s := base(screen.KindFields, "What shall grow there?")
	drop := field(0, "Main crop", "text")
	choicesOf(&drop, "Potatoes", "Beans", "Pumpkins")
	grouped := field(1, "Second crop", "text")
	choicesOf(&grouped, "Apple", "Pear", "Mint")
	grouped.Choices[0].Group, grouped.Choices[1].Group, grouped.Choices[2].Group = "Trees", "Trees", "Herbs"
	grouped.Choices[1].Selected = true
	radio := field(2, "Watering", "text")
	radio.Input, radio.Help = "radio", "<p>How water comes to the beds.</p>"
	choicesOf(&radio, "By hand", "Drip hose", "Rain only")
	radio.Choices[1].Selected, radio.Choices[1].Help = true, "<p>Saves a third of the water.</p>"
	boxes := field(3, "Animals", "checkboxes")
	choicesOf(&boxes, "Bees", "Chickens", "Hedgehogs")
	for i := range boxes.Choices {
		c := &boxes.Choices[i]
		c.Variable = fmt.Sprintf("plot.f3['v%d']", i)
		c.Name = screen.Safeid(c.Variable)
	}
	boxes.AllOf = &screen.Choice{Name: "_ignore_aota3", Label: "All of the above", Text: "All of the above"}
	boxes.NoneOf = &screen.Choice{Name: "_ignore3", Label: "None of the above", Text: "None of the above"}
	many := field(4, "Months of harvest", "multiselect")
	choicesOf(&many, "June", "July", "August", "September")
	for i := range many.Choices {
		many.Choices[i].Name = screen.Safeid(fmt.Sprintf("plot.f4['v%d']", i))
	}
	many.Choices[2].Selected = true
	combo := field(5, "Variety", "text")
	combo.Input, combo.Required = "combobox", false
	choicesOf(&combo, "Linda", "Bamberger Hörnchen", "Blue Anneliese")
	data := field(6, "Supplier", "text")
	data.Input, data.Required = "datalist", false
	choicesOf(&data, "Market", "Neighbour")
	s.Fields = []screen.Field{drop, grouped, radio, boxes, many, combo, data}
	return s
}

func boxScreen() *screen.Screen {
	s := base(screen.KindFields, "What is there already?")
	s.Subquestion = "<p>Tick what you have.</p>"
	var fs []screen.Field
	for i, l := range []string{"A compost heap", "A water butt", "None of these"} {
		f := field(i, l, "boolean")
		f.Input, f.Sign, f.Required = "yesnowide", 1, false
		fs = append(fs, f)
	}
	fs[0].Value = "True"
	fs[1].Help = "<p>A barrel that catches rain.</p>"
	fs[2].UncheckOthers = &screen.Others{All: true}
	shed := field(3, "Is there a shed?", "boolean")
	shed.Input, shed.Sign = "yesnoradio", 1
	sun := field(4, "Does the sun reach the south bed?", "threestate")
	sun.Input, sun.Sign, sun.Value = "yesnomaybe", 1, "None"
	s.Fields = append(fs, shed, sun)
	return s
}

func kindScreen() *screen.Screen {
	s := base(screen.KindFields, "Numbers, days and papers")
	count := field(0, "Number of beds", "integer")
	count.Value = "6"
	money := field(1, "Budget", "currency")
	money.Symbol = "€"
	after := field(2, "Rent", "currency")
	after.Symbol, after.SymbolAfter, after.Value = "kr", true, "1,200.00"
	mood := field(3, "Patience", "range")
	mood.Min, mood.Max, mood.Value, mood.Required = "1", "10", "6", false
	day, hour, both := field(4, "First day", "date"), field(5, "Time of watering", "time"), field(6, "Frost expected", "datetime")
	day.Min = "2031-01-01"
	paper := field(7, "Plan of the plot", "file")
	paper.Accept = "image/png, application/pdf"
	sent := field(8, "Pictures of the plot", "files")
	sent.Multiple, sent.Held = true, []screen.Held{{Name: "beds in spring.png", Size: 5120, Picture: dot, Token: "token", Key: "k1"},
		{Name: "a letter about the fence.pdf", Size: 1_250_000, Token: "token", Key: "k2"}}
	s.Fields = []screen.Field{count, money, after, mood, day, hour, both, paper, sent}
	return s
}

// dot is a picture of one pixel.
const dot = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="

func conditionScreen() *screen.Screen {
	s := base(screen.KindFields, "Water")
	kind := field(0, "Where does the water come from?", "text")
	kind.Input = "radio"
	choicesOf(&kind, "A well", "The mains")
	depth := field(1, "Depth of the well", "number")
	depth.Conditions = []screen.Condition{{ID: "c1", Effect: screen.Show, Variable: kind.Variable, Value: "v0", Words: "Only if “Where does the water come from?” is “A well”."}}
	meter := field(2, "Number of the meter", "text")
	meter.Conditions = []screen.Condition{{ID: "c2", Effect: screen.Hide, Variable: kind.Variable, Value: "v0", Words: "Not if “Where does the water come from?” is “A well”."}}
	note := field(3, "Why is the well so deep?", "text")
	note.Conditions = []screen.Condition{{ID: "c3", Effect: screen.Show, Script: `val("plot.f1") > 20`, Vars: []string{depth.Variable}, Words: "Only if the author's condition on “Depth of the well” holds."}}
	s.Fields = []screen.Field{kind, depth, meter, note}
	return s
}

func gridScreen() *screen.Screen {
	s := base(screen.KindFields, "Where is the plot?")
	wide, unit, town, zip := field(0, "Street", "text"), field(1, "Plot", "text"), field(2, "Town", "text"), field(3, "Postcode", "text")
	wide.Grid, unit.Grid = &screen.Grid{Width: 8}, &screen.Grid{Width: 4, End: true}
	town.Grid, zip.Grid = &screen.Grid{Width: 8}, &screen.Grid{Width: 4}
	unit.Required = false
	in := field(4, "years", "integer")
	in.Embedded, in.InlineWidth = true, "5rem"
	s.Subquestion = `<p>We have had it for ` + screen.Embed("4") + ` years.</p>`
	s.Fields = []screen.Field{wide, unit, town, zip, in}
	return s
}

func yesNoScreen() *screen.Screen {
	s := base(screen.KindYesNoMaybe, "Do you already own a spade?")
	name := screen.Safeid("owns_spade")
	s.Buttons = []screen.Button{
		{Kind: screen.Submit, Name: name, Value: "True", Label: "Yes", Text: "Yes", Color: "primary"},
		{Kind: screen.Submit, Name: name, Value: "False", Label: "No", Text: "No", Color: "secondary"},
		{Kind: screen.Submit, Name: name, Value: "None", Label: "I don’t know", Text: "I don’t know", Color: "warning"},
	}
	return s
}

func buttonScreen() *screen.Screen {
	s := base(screen.KindMultipleChoice, "How shall we plan?")
	s.Variety = screen.VarietyButtons
	for i, c := range []string{"primary", "secondary", "success", "danger", "warning", "info", "light", "dark", "link"} {
		s.Buttons = append(s.Buttons, screen.Button{Kind: screen.Submit, Name: "X", Value: fmt.Sprint(i), Label: screen.HTML("By " + c), Text: "By " + c, Color: c})
	}
	s.Buttons[1].Help = "<p>The second way to plan.</p>"
	s.ActionButtons = []screen.Button{
		{Kind: screen.Action, Label: "Change the plot", Text: "Change the plot", Color: "outline-secondary", Icon: "pencil", URL: "/interview?i=gallery&action=x", Before: true},
		{Kind: screen.Link, Label: "Read more", Text: "Read more", Color: "link", URL: "https://example.com/", Target: "_blank"},
	}
	return s
}

const leaf = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Cpath fill='%232f8f5b' d='M4 28C4 12 14 4 28 4c0 14-8 24-20 22z'/%3E%3C/svg%3E"

func imageScreen() *screen.Screen {
	s := base(screen.KindMultipleChoice, "Which shape has the leaf?")
	s.Variety = screen.VarietyButtons
	for i, l := range []string{"Oval", "Pointed", "Lobed"} {
		s.Buttons = append(s.Buttons, screen.Button{Kind: screen.Submit, Name: "X", Value: fmt.Sprint(i), Label: screen.HTML(l), Text: l, Color: "light", Image: &screen.Image{URL: leaf}})
	}
	s.Attributions = []screen.HTML{`Leaf drawn by the gallery`}
	return s
}

func radioScreen() *screen.Screen {
	s := base(screen.KindMultipleChoice, "Which soil is it?")
	s.Variety = screen.VarietyRadio
	f := field(0, "", "")
	f.Type, f.Variety = "multiple_choice", screen.VarietyRadio
	choicesOf(&f, "Sand", "Loam", "Clay, heavy and wet, such as one finds near the river after the winter floods")
	f.Choices[0].Help = "<p>Runs through the fingers.</p>"
	s.Fields = []screen.Field{f}
	return s
}

func signatureScreen() *screen.Screen {
	s := base(screen.KindSignature, "Sign the lease")
	s.Subquestion, s.Under = "<p>With your signature you agree to the rules of the garden.</p>", "<p>Ada Lovelace</p>"
	f := field(0, "", "signature")
	f.NoLabel = true
	s.Fields = []screen.Field{f}
	return s
}

func reviewScreen(table string) *screen.Screen {
	s := base(screen.KindReview, "Your answers so far")
	s.Tabular = table
	to := func(label string) *screen.Button {
		return &screen.Button{Kind: screen.Action, URL: "/interview?i=gallery&action=" + label}
	}
	edit := to("size")
	edit.Icon = "pencil"
	s.Fields = []screen.Field{
		{Row: screen.RowButton, Label: "Edit", Help: "<p><strong>Size:</strong> 20 × 12 m</p>", Action: edit},
		{Row: screen.RowReview, Label: "Main crop", Help: "<p>Potatoes</p>", Action: to("crop")},
		{Row: screen.RowReview, Label: "Watering", Note: "<p>Drip hose</p>", Action: to("water")},
		{Row: screen.RowNote, Note: "<p>Prices are those of last spring.</p>", Class: "bg-secondary-subtle"},
	}
	return s
}

func listScreen() *screen.Screen {
	s := base(screen.KindFields, "Your beds")
	s.Hidden = []screen.Hidden{{Name: "_rows", Value: "2"}}
	s.Rows = &screen.Rows{CanAppend: true, AddName: "_add_row", AddValue: "4"}
	for i := range 4 {
		r := screen.ListRow{Number: i, ID: fmt.Sprint("row-", i), Label: screen.HTML(fmt.Sprint("Bed ", i+1)), Spare: i > 1, Delete: i > 0, Marker: fmt.Sprint("_delete_row_", i)}
		for j, l := range []string{"Plant", "Stems"} {
			f := field(10*i+j, l, []string{"text", "integer"}[j])
			f.Number = fmt.Sprintf("%d_%d", i, j)
			if i == 0 {
				f.Value = []string{"Leek", "30"}[j]
			}
			r.Fields = append(r.Fields, f)
		}
		s.Rows.Rows = append(s.Rows.Rows, r)
	}
	return s
}
