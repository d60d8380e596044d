package markup

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf16"
)

// This file escapes typed text for the places where an author can put it.

var textEscaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "'", "&#39;")

// scriptText escapes typed text for JavaScript and JSON strings. Outside of a
// string the result is at most one name or number.
func scriptText(s string) string {
	if number.MatchString(s) {
		return s
	}
	var b strings.Builder
	for _, c := range s {
		if c < 0x80 && (unicode.IsLetter(c) || unicode.IsDigit(c)) {
			b.WriteRune(c)
			continue
		}
		for _, u := range utf16.Encode([]rune{c}) {
			fmt.Fprintf(&b, `\u%04x`, u)
		}
	}
	return b.String()
}

var (
	number = regexp.MustCompile(`^-?[0-9]{1,15}(\.[0-9]{1,15})?$`)
	plain  = regexp.MustCompile(`^(#[0-9A-Fa-f]{3,8}|-?[0-9]{1,9}(\.[0-9]{1,9})?(%|px|em|rem|pt|in|cm|mm|vh|vw)?)$`)
)

// styleText escapes typed text for a style sheet: colours and lengths work,
// anything else is at most one word.
func styleText(s string) string {
	if plain.MatchString(s) {
		return s
	}
	var b strings.Builder
	for _, c := range s {
		if unicode.IsLetter(c) || unicode.IsDigit(c) || c == '-' || c == '_' {
			b.WriteRune(c)
		} else {
			fmt.Fprintf(&b, `\%x `, c)
		}
	}
	return b.String()
}

// urlText escapes typed text that is a whole address or the start of one.
func urlText(s string) string {
	return encode(strings.TrimSpace(s), "\"<>\\^`{|}")
}

// urlPart escapes typed text that stands behind before in an address, so that
// it begins no further part of it. Escapes it already has are kept.
func urlPart(s, before string) string {
	s = encode(s, "\"<>\\^`{|}?#&=;'")
	if before == "/" && strings.HasPrefix(s, "/") {
		s = "%2F" + s[1:] // not another host
	}
	return s
}

// encode percent-encodes blanks, control characters and those listed, and
// percent signs that begin no escape.
func encode(s, chars string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		bad := c <= ' ' || c == 0x7F || strings.IndexByte(chars, c) >= 0 ||
			c == '%' && !(i+2 < len(s) && hex(s[i+1]) && hex(s[i+2]))
		if bad {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

func hex(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'f'
}

// scheme returns the scheme of an address as a browser reads it, lower case,
// and where it ends; 0 if there is none.
func scheme(s string) (string, int) {
	end := strings.IndexAny(s, ":/?#")
	if end <= 0 || s[end] != ':' {
		return "", 0
	}
	name := strings.Map(func(c rune) rune {
		if c <= ' ' || c == 0x7F {
			return -1
		}
		return unicode.ToLower(c)
	}, s[:end])
	return name, end
}

// safeSchemes may be chosen by people.
var safeSchemes = set("http https mailto tel sms")

// unescapeURL undoes percent-encoding where it is sound.
func unescapeURL(s string) string {
	if u, err := url.PathUnescape(s); err == nil {
		return u
	}
	return s
}
