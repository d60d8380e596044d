package assemble

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"colloquy/engine/pdf"
)

// Version is part of what files are recognised by: another version makes all
// documents anew. Raise it when a renderer writes other bytes.
const Version = "2"

// Render makes the bytes of one format of a plan: pdf, rtf, docx, "rtf to
// docx", md or raw. The error is *Unsupported if that cannot be done on this
// server whatever the content; from Word templates it may be one that seeks a
// name.
func Render(ctx context.Context, p *Plan, format string) ([]byte, error) {
	switch p.Kind {
	case Word:
		return p.fromWord(ctx, format)
	case Form:
		return p.fromForm(ctx, format)
	}
	switch format {
	case "md", "raw":
		return []byte(strings.TrimLeft(p.Content.String(), "\n")), nil
	}
	return p.fromMarkdown(ctx, format)
}

// fromForm fills in a PDF form.
func (p *Plan) fromForm(_ context.Context, format string) ([]byte, error) {
	if format != "pdf" {
		return nil, &Unsupported{Reason: fmt.Sprintf("a pdf template file cannot be made into %s on this server", format)}
	}
	return p.fillForm()
}

// Pages counts the pages of a PDF file; 0 if it is none or cannot be read.
func Pages(content []byte) int {
	if !bytes.HasPrefix(content, []byte("%PDF-")) {
		return 0
	}
	n, err := pdf.Pages(content)
	if err != nil {
		return 0
	}
	return n
}
