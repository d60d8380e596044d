package gallery

import "colloquy/views"

func signIn(a views.Assets, refused bool) *views.AccountPage {
	mail := views.AccountField{Name: "email", Label: "E-mail address", Type: "email", Autocomplete: "username", Required: true}
	secret := views.AccountField{Name: "password", Label: "Password", Type: "password", Autocomplete: "current-password", Required: true}
	stay := views.AccountField{Name: "remember", Label: "Stay signed in on this device", Type: "checkbox", Value: "1"}
	f := views.AccountForm{Action: "/user/sign-in", CSRF: "token", Fields: []views.AccountField{mail, secret, stay}, Button: "Sign in",
		Links: []views.Link{{Text: "I forgot my password", URL: "/user/forgot-password"}, {Text: "Create an account", URL: "/user/register"}}}
	if refused {
		f.Wrong, f.Fields[1].Error, f.Fields[0].Value = "The e-mail address or the password is wrong.", "You need to fill this in.", "ada@example.com"
	}
	return &views.AccountPage{Frame: plainFrame(a, "Sign in"), Heading: "Sign in", Text: "Your answers wait for you.", Forms: []views.AccountForm{f}, Invalid: refused}
}

func account(a views.Assets) *views.AccountPage {
	zone := views.AccountField{Name: "zone", Label: "Time zone", Type: "select", Value: "utc", Options: []views.Option{{Value: "utc", Text: "UTC"}, {Value: "paris", Text: "Europe/Paris"}}}
	may := views.AccountField{Name: "may", Label: "Privileges", Type: "checkboxes", Values: []string{"user"}, Options: []views.Option{{Value: "user", Text: "user", Fixed: true}, {Value: "developer", Text: "developer"}}}
	about := views.AccountField{Name: "about", Label: "About you", Type: "area", Hint: "Shown to nobody."}
	return &views.AccountPage{Frame: plainFrame(a, "Profile"), Heading: "Profile", Said: "Your profile was changed.", Codes: []string{"ABCD-1234", "EFGH-5678", "JKLM-9012"},
		Facts: []views.Fact{{Name: "E-mail address", Value: "ada@example.com"}, {Name: "Since", Value: "March 1, 2031"}},
		Forms: []views.AccountForm{{Heading: "What we know of you", Action: "/user/profile", CSRF: "token", Fields: []views.AccountField{zone, may, about}, Button: "Save"},
			{ID: "delete", Heading: "Delete the account", Text: "Your answers are deleted with it.", Warning: "This cannot be undone.", Action: "/user/delete", CSRF: "token", Button: "Delete the account", Danger: true, Minor: true}},
		Links: []views.Link{{Text: "Change the password", URL: "/user/change-password"}}}
}

func sessions(a views.Assets, some bool) *views.SessionsPage {
	p := &views.SessionsPage{Frame: plainFrame(a, "My interviews"), Heading: "My interviews", Empty: "You have not begun an interview yet.", Begin: views.Link{Text: "See what there is", URL: "/list"}}
	if some {
		p.Search, p.Words = "/interviews", "garden"
		p.Cards = []views.SessionCard{
			{Title: "Garden planner", Subtitle: "The plot by the river", URL: "/interview?i=gallery", Begun: views.Moment{Text: "March 1, 2031", ISO: "2031-03-01"}, Changed: views.Moment{Text: "March 2, 2031", ISO: "2031-03-02"},
				Tags: []views.Link{{Text: "leek", URL: "/interviews?tag=leek"}}, Acts: []views.Link{{Text: "Delete", URL: "/interviews?delete=1"}}},
			{Title: "Lease", Why: "It was begun on another device, without an account.", Begun: views.Moment{Text: "April 1, 2031", ISO: "2031-04-01"}, Changed: views.Moment{Text: "April 1, 2031", ISO: "2031-04-01"}},
		}
	}
	return p
}

func users(a views.Assets) *views.UserList {
	return &views.UserList{Frame: plainFrame(a, "User list"), Heading: "User list", Said: "The account was changed.", Action: "/userlist", Query: "a", Later: "/userlist?page=2",
		Users: []views.User{{Name: "Ada Lovelace", Email: "ada@example.com", URL: "/user/1", Privilege: "admin"}, {Email: "a.very.long.address.of.somebody@subdomain.example.com", URL: "/user/2", Privilege: "user", Note: "not active"}},
		Links: []views.Link{{Text: "Invite somebody", URL: "/user/invite"}}}
}

func privileges(a views.Assets) *views.UserList {
	return &views.UserList{Frame: plainFrame(a, "Privileges"), Heading: "Privileges", Sections: []views.Section{{Heading: "Your own", Text: "They were added here.", Entries: []views.Entry{{Name: "notary", Text: "3 people", Links: []views.Link{{Text: "Delete", URL: "/privilege/notary/delete"}}}}},
		{Heading: "Of the server", Entries: []views.Entry{{Name: "admin", Text: "may do everything"}}}}}
}
