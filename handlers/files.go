package handlers

import (
	"io/fs"
	"mime"
	"net/url"
	"path"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"colloquy/engine/fault"
	"colloquy/engine/packages"
	"colloquy/static"
)

// static sends the embedded files. Their addresses change with their content.
//
//	GET /static/*
func (s *site) static(c *fiber.Ctx) error {
	name := path.Clean(c.Params("*"))
	content, err := fs.ReadFile(static.Files(), name)
	if err != nil {
		return fault.New(fault.NotFound, "There is no such file.", err)
	}
	if c.Query("v") != "" || strings.HasPrefix(name, "fonts/") {
		c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
	}
	return sendFile(c, name, "", content)
}

// packageStatic sends a static file of a package.
//
//	GET /packagestatic/:package/*
func (s *site) packageStatic(c *fiber.Ctx) error {
	name, err := packages.Parse(c.Params("package")+":data/static/"+c.Params("*"), "", packages.Static)
	if err != nil {
		return fault.New(fault.NotFound, "There is no such file.", err)
	}
	content, _, err := s.Programs.Packages().ReadFile(name)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderCacheControl, "private, max-age=300")
	c.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; font-src 'self'")
	return sendFile(c, name.Path, "", content)
}

// uploaded sends a file of a session to somebody who can open the session. What
// a browser need not show, because nobody knows what is in it, it downloads,
// under the name at the end of the address.
//
//	GET /uploadedfile/:session/:number/:name?attachment=1
func (s *site) uploaded(c *fiber.Ctx) error {
	b, err := s.browserOf(c)
	if err != nil {
		return err
	}
	n, err := strconv.ParseInt(c.Params("number"), 10, 64)
	if err != nil {
		return fault.New(fault.NotFound, "There is no such file.", err)
	}
	content, err := s.Runner.ReadFile(c.UserContext(), c.Params("session"), n, b.keys())
	if err != nil {
		return err
	}
	c.Set("Content-Security-Policy", "sandbox; default-src 'none'")
	kind := shownKind(content)
	if name := c.Params("name"); kind == "" || c.Query("attachment") != "" {
		disposition := "attachment"
		if name, err := url.PathUnescape(name); err == nil && name != "" {
			disposition = mime.FormatMediaType(disposition, map[string]string{"filename": name})
		}
		c.Set(fiber.HeaderContentDisposition, disposition)
	}
	return sendFile(c, "", kind, content)
}

// shownKind is the media type of content that a browser may show, as its first
// bytes tell it, or "".
func shownKind(content []byte) string {
	for start, kind := range map[string]string{"\x89PNG": "image/png", "\xff\xd8\xff": "image/jpeg", "GIF8": "image/gif", "%PDF-": "application/pdf"} {
		if strings.HasPrefix(string(content), start) {
			return kind
		}
	}
	return ""
}

func sendFile(c *fiber.Ctx, name, kind string, content []byte) error {
	if kind == "" {
		kind = mime.TypeByExtension(path.Ext(name))
	}
	if kind == "" {
		kind = fiber.MIMEOctetStream
	}
	c.Set(fiber.HeaderContentType, kind)
	return c.Send(content)
}
