package ports_test

import (
	"testing"

	"colloquy/engine/ports"
)

func TestParseMailbox(t *testing.T) {
	for _, tt := range []struct{ text, name, address string }{
		{"ada@example.org", "", "ada@example.org"},
		{" <ada@example.org> ", "", "ada@example.org"},
		{`"Lovelace, Ada" <ada@example.org>`, "Lovelace, Ada", "ada@example.org"},
		{"Ada Lövelace <ada@example.org>", "Ada Lövelace", "ada@example.org"},
		{"=?utf-8?q?Ad=C3=A4?= <ada@example.org>", "Adä", "ada@example.org"},
		{"ada@Bücher.example", "", "ada@xn--bcher-kva.example"},
		{"用户@例子.测试", "", "用户@xn--fsqu00a.xn--0zwm56d"},
		{"ada@[192.0.2.1]", "", "ada@[192.0.2.1]"},
		{"root@localhost", "", "root@localhost"},
		{`"a b"@example.org`, "", "a b@example.org"},
		{"=?utf-8?q?A=0D=0ABcc:_x?= <ada@example.org>", "", ""}, // a break hidden in a name
		{"ada", "", ""}, {"ada@", "", ""}, {"@example.org", "", ""}, {"", "", ""},
		{"ada@example.org, bob@example.org", "", ""},
		{"ada@example.org>\r\nRCPT TO:<x@example.org", "", ""},
		{"ada@exa mple.org", "", ""}, {"ada@-example.org", "", ""}, {"ada@example..org", "", ""},
		{"\"a\r\nb\"@example.org", "", ""},
	} {
		a, err := ports.ParseMailbox(tt.text)
		if tt.address == "" {
			if err != ports.ErrAddress {
				t.Errorf("%q: got %v, %v", tt.text, a, err)
			}
			continue
		}
		if err != nil || a.Name != tt.name || a.Address != tt.address {
			t.Errorf("%q: got %+v, %v, want %q %q", tt.text, a, err, tt.name, tt.address)
		}
	}
}
