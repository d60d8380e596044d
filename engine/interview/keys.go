package interview

// topKeyList are the keys a block may have.
var topKeyList = []string{
	// what a block is
	"question", "code", "objects", "objects from file", "data", "data from code", "template", "table", "attachment",
	"attachments", "attachment code", "attachments code", "modules", "imports", "reset", "require", "orelse", "response",
	// logic
	"id", "comment", "mandatory", "initial", "event", "sets", "only sets", "if", "need", "depends on", "undefine",
	"reconsider", "scan for variables", "supersedes", "generic object", "generic list object", "role", "language",
	"allowed to set", "usedefs",
	// what a question takes
	"field", "fields", "choices", "buttons", "dropdown", "combobox", "yesno", "noyes", "yesnomaybe", "noyesmaybe",
	"signature", "review", "continue button field", "list collect", "validation code", "default", "datatype", "shuffle",
	"required", "pen color", "skip undefined", "tabular",
	// how a question looks
	"subquestion", "under", "pre", "post", "right", "submit", "help", "audio", "video", "decoration", "section",
	"breadcrumb", "progress", "terms", "auto terms", "script", "css", "css class", "table css class", "reload", "check in",
	"question metadata", "ga id", "segment id", "segment", "action buttons", "prevent going back", "back button",
	"back button label", "corner back button label", "continue button label", "continue button color",
	"resume button label", "resume button color", "hide continue button", "disable continue button",
	// documents
	"allow emailing", "allow downloading", "zip filename", "email subject", "email body", "email template",
	"email address default", "always include editable files", "include attachment notice", "include download tab",
	"describe file types", "manual attachment list",
	// values
	"variable name", "use objects", "gathered", "content", "content file", "subject", "target", "rows", "columns",
	"show if empty", "indent", "require gathered", "show incomplete", "not available label", "sort key", "sort reverse",
	"filter", "edit", "edit header", "delete buttons", "confirm", "read only", "allow reordering",
	// declarations
	"include", "metadata", "features", "images", "image sets", "def", "mako", "interview help", "default screen parts",
	"default validation messages", "default language", "default role", "translations", "order", "on change", "sections",
	"progressive", "auto open", "attachment options", "machine learning storage",
	// raw replies
	"content type", "binaryresponse", "all_variables", "response filename", "redirect url", "null response", "response code", "sleep",
}

var topKeys = setOf(topKeyList)

func setOf(list []string) map[string]bool {
	m := make(map[string]bool, len(list))
	for _, s := range list {
		m[s] = true
	}
	return m
}
