package interview

import (
	"strings"

	"colloquy/engine/packages"
)

// featureKeys are the switches that are known.
var featureKeys = []string{
	"debug", "centered", "wide side by side", "progress bar", "show progress bar percentage", "progress bar method",
	"progress bar multiplier", "progress can go backwards", "navigation", "small screen navigation", "question back button",
	"navigation back button", "question help button", "labels above fields", "floating labels", "suppress autofill",
	"hide navbar", "hide standard menu", "hide corner interface", "inverse navbar", "javascript", "css", "bootstrap theme",
	"disable analytics", "table width", "cache documents", "pdf/a", "tagged pdf", "pdftk", "maximum image size",
	"image upload type", "go full screen", "loop limit", "recursion limit", "review button color", "review button icon",
	"use catchall", "default date min", "default date max", "send question data", "popover trigger",
	"custom datatypes to load", "auto jinja filter", "checkin interval", "user markdown",
}

func defaultFeatures() Features {
	return Features{
		All: &Node{Kind: Map}, ProgressMultiplier: 0.05, TableWidth: 65, CacheDocuments: true,
		ReviewButtonIcon: "pencil", CheckinInterval: -1,
	}
}

// features reads switches; later blocks override earlier ones.
func (b *builder) features(_ *reader, n *Node) {
	if n.Kind != Map {
		b.errorf(n.Pos, "features must be a mapping, not %s", n.Kind)
		return
	}
	for i, k := range n.Keys {
		if word := k.Written(); !contains(featureKeys, word) {
			b.unknown(k.Pos, word, featureKeys, "the feature %s is not known and has no effect", word)
			continue
		}
		b.feature(k.Written(), n.Items[i])
	}
	mergeInto(b.in.Features.All, n)
}

func (b *builder) feature(key string, n *Node) {
	f := &b.in.Features
	flags := map[string]*bool{
		"progress bar": &f.ProgressBar, "show progress bar percentage": &f.ProgressPercentage,
		"progress can go backwards": &f.ProgressBackwards, "question back button": &f.QuestionBackButton,
		"question help button": &f.QuestionHelpButton, "labels above fields": &f.LabelsAbove,
		"floating labels": &f.FloatingLabels, "hide navbar": &f.HideNavbar, "hide standard menu": &f.HideStandardMenu,
		"cache documents": &f.CacheDocuments, "use catchall": &f.UseCatchall,
	}
	if flag := flags[key]; flag != nil {
		b.featureFlag(key, n, flag)
		return
	}
	switch key {
	case "debug":
		f.Debug = b.featurePointer(key, n)
	case "centered":
		f.Centered = b.featurePointer(key, n)
	case "navigation back button":
		f.NavigationBackButton = b.featurePointer(key, n)
	case "navigation":
		b.featureNavigation(n)
	case "progress bar method":
		f.ProgressStepped = n.Written() == "stepped"
	case "progress bar multiplier":
		m, ok := number(n)
		if !ok || m <= 0 || m >= 1 {
			b.errorf(n.Pos, "the progress bar multiplier must be a number between 0 and 1")
			return
		}
		f.ProgressMultiplier = m
	case "table width":
		b.featureInt(key, n, &f.TableWidth, 1)
	case "maximum image size":
		if n.Kind != Null {
			b.featureInt(key, n, &f.MaxImageSize, 1)
		}
	case "image upload type":
		if f.ImageUploadType = n.Written(); n.Kind != Null && !contains([]string{"jpeg", "png", "bmp"}, f.ImageUploadType) {
			b.errorf(n.Pos, "the image upload type must be jpeg, png or bmp")
		}
	case "loop limit":
		b.featureInt(key, n, &f.LoopLimit, 1)
	case "recursion limit":
		b.featureInt(key, n, &f.RecursionLimit, 1)
	case "checkin interval":
		b.featureInt(key, n, &f.CheckinInterval, 0)
		if f.CheckinInterval > 0 && f.CheckinInterval < 1000 {
			b.errorf(n.Pos, "the checkin interval must be 0 or at least 1000 milliseconds")
		}
	default:
		b.featureText(key, n)
	}
}

func (b *builder) featureText(key string, n *Node) {
	f := &b.in.Features
	switch key {
	case "javascript":
		f.JavaScript = append(f.JavaScript, b.staticFiles(n)...)
	case "css":
		f.CSS = append(f.CSS, b.staticFiles(n)...)
	case "review button color":
		f.ReviewButtonColor = n.Written()
	case "review button icon":
		f.ReviewButtonIcon = n.Written()
	case "default date min":
		f.DefaultDateMin = n.Written()
	case "default date max":
		f.DefaultDateMax = n.Written()
	case "custom datatypes to load":
		b.in.customDatatypes = append(b.in.customDatatypes, b.plains(n, key)...)
	}
}

// staticFiles makes names of files in the static folder full references;
// addresses stay as they are.
func (b *builder) staticFiles(n *Node) []string {
	var out []string
	for _, item := range listOf(n) {
		f := strings.TrimSpace(item.Written())
		if strings.HasPrefix(f, "http://") || strings.HasPrefix(f, "https://") || strings.HasPrefix(f, "/") {
			out = append(out, f)
		} else if ref := b.ref(item, packages.Static); ref != "" {
			out = append(out, ref)
		}
	}
	return out
}

func (b *builder) featureFlag(key string, n *Node, flag *bool) {
	if p := b.featurePointer(key, n); p != nil {
		*flag = *p
	}
}

// featurePointer reads a switch. One of the wrong type is ignored with a
// warning, following docassemble's documented leniency.
func (b *builder) featurePointer(key string, n *Node) *bool {
	if n.Kind != Bool {
		b.warnf(n.Pos, "write True or False", "the feature %s is %s and is ignored", key, n.Kind)
		return nil
	}
	v := n.Bool
	return &v
}

func (b *builder) featureInt(key string, n *Node, to *int, least int64) {
	if n.Kind != Int || !n.Int.IsInt64() || n.Int.Int64() < least || n.Int.Int64() > 1<<30 {
		b.errorf(n.Pos, "the feature %s must be a whole number, at least %d", key, least)
		return
	}
	*to = int(n.Int.Int64())
}

func (b *builder) featureNavigation(n *Node) {
	switch {
	case n.Kind == Bool && n.Bool:
		b.in.Features.Navigation = "vertical"
	case n.Kind == Bool || n.Kind == Null:
		b.in.Features.Navigation = ""
	case n.Written() == "horizontal":
		b.in.Features.Navigation = "horizontal"
	default:
		b.warnf(n.Pos, "write True, False or horizontal", "the feature navigation cannot be %s and is ignored", n.Written())
	}
}

// number gives the value of a number.
func number(n *Node) (float64, bool) {
	switch n.Kind {
	case Int:
		f, _ := n.Int.Float64()
		return f, true
	case Float:
		return n.Float, true
	default:
		return 0, false
	}
}
