package markup

import "testing"

const screen = `Thank you, **«Ann Bell»**. You told us that you live in «Springfield» and
that your landlord is [Acme](https://acme.example). Before we go on:

* read the [guide](/packagestatic/p/guide.pdf),
* have your "lease" at hand, and
* if you like, [change your vegetable](/interview?action=abc&i=x).

It's not hard... we think it takes 10 minutes -- at most.

Fruit | How many
------|---------
Apple | «4»
Pear  | 5
`

func BenchmarkRender(b *testing.B) {
	for _, bm := range []struct {
		name string
		text Text
		opts Options
	}{
		{"plain", marked("Hello, «Ann», what's your favorite fruit?"), Options{Trim: true}},
		{"label", marked("What is *your* fruit, «Ann»?"), Options{Trim: true}},
		{"screen", marked(screen), Options{}},
		{"screen with terms and icons", marked(screen), testOptions()},
	} {
		b.Run(bm.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Render(bm.text, bm.opts)
			}
		})
	}
}

func BenchmarkToText(b *testing.B) {
	text := marked(screen)
	b.ReportAllocs()
	for b.Loop() {
		ToText(text, Options{})
	}
}
