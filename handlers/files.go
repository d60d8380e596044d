package handlers

import (
	"io/fs"
	"mime"
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

// uploaded sends a file of a session to somebody who can open the session.
//
//	GET /uploadedfile/:session/:number
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
	kind := "application/octet-stream"
	for _, start := range []string{"\x89PNG", "\xff\xd8\xff", "GIF8", "%PDF-"} {
		if strings.HasPrefix(string(content), start) {
			kind = map[string]string{"\x89PNG": "image/png", "\xff\xd8\xff": "image/jpeg", "GIF8": "image/gif", "%PDF-": "application/pdf"}[start]
		}
	}
	return sendFile(c, "", kind, content)
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
