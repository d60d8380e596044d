package views

var iconPaths = map[string]string{
	"back":    "M10 3.5 5.5 8l4.5 4.5",
	"forward": "M6 3.5 10.5 8 6 12.5",
	"menu":    "M2.5 4.5h11M2.5 8h11M2.5 11.5h11",
	"help":    "M8 14.25a6.25 6.25 0 1 0 0-12.5 6.25 6.25 0 0 0 0 12.5ZM6.2 6.3a1.85 1.85 0 1 1 2.6 1.7c-.5.25-.8.6-.8 1.1v.2M8 11.4v.05",
	"check":   "M3.5 8.5 6.5 11.5 12.5 5",
	"alert":   "M8 2 14.5 13.5h-13ZM8 6.5v3M8 11.6v.05",
	"file":    "M4 1.75h5l3.25 3.25v9.25H4ZM9 1.75V5h3.25",
	"plus":    "M8 3v10M3 8h10",
	"down":    "M3.5 6 8 10.5 12.5 6",
	"pen":     "M2.5 13.5 3 10.75 10.75 3 13 5.25 5.25 13Z",
}

func iconPath(name string) string { return iconPaths[name] }
