package config

import (
	"strings"
)

// Sample writes a configuration with one key that is set, the secret one, and
// all others as examples behind a # that is to be removed. It is the
// documentation of the keys.
func Sample(secretkey string) string {
	var b strings.Builder
	b.WriteString(`# The configuration of Colloquy. Every key has a default: a server needs none of them.
# Lines with #key: value are examples; remove the # in front to set a key.
# "colloquy config check" says what is wrong with this file and what to do about it,
# "colloquy config show" what is in force and where it comes from. A server that is
# sent the signal HUP reads this file again.
#
# Every key can be set by the environment, too: "default interview" by
# COLLOQUY_DEFAULT_INTERVIEW, password in the section mail by COLLOQUY_MAIL_PASSWORD.
# In every value ${env:NAME} stands for an environment variable, ${file:PATH} for
# the content of a file, for secrets that are kept elsewhere.
# Other keys are your own; interviews read them with get_config().
`)
	for _, c := range chapters() {
		b.WriteString("\n\n# ---- " + c.title + " ----\n")
		for _, f := range c.fields {
			f.sample(&b, secretkey)
		}
	}
	return b.String()
}

// sample writes one key.
func (f field[T]) sample(b *strings.Builder, secretkey string) {
	if f.name != "secretkey" && f.example == "" {
		return // an older spelling
	}
	if f.about != "" {
		b.WriteString("\n" + wrapped(f.about, "# ", 90))
	}
	if f.name == "secretkey" {
		b.WriteString("secretkey: " + secretkey + "\n")
		return
	}
	value := f.example
	if !strings.HasPrefix(value, "\n") {
		value = " " + value
	}
	b.WriteString("#" + strings.ReplaceAll(f.name+":"+value, "\n", "\n#") + "\n")
}

// wrapped breaks a text into lines of so many characters.
func wrapped(text, mark string, width int) string {
	var b strings.Builder
	line := mark
	for _, word := range strings.Fields(text) {
		if len(line)+len(word) > width && line != mark {
			b.WriteString(strings.TrimRight(line, " ") + "\n")
			line = mark
		}
		line += word + " "
	}
	b.WriteString(strings.TrimRight(line, " ") + "\n")
	return b.String()
}
