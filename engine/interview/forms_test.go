package interview

import (
	"slices"
	"testing"
)

func TestForms(t *testing.T) {
	for _, tt := range []struct {
		name string
		want []string // form, then "; x=" what x is, then "; i=" the iterators
	}{
		{"boat", []string{"boat"}},
		{"park.rides[3].name", []string{
			"park.rides[3].name", "park.rides[i].name; i=3", "x.rides[3].name; x=park",
			"x.rides[i].name; x=park; i=3", "x[3].name; x=park.rides", "x[i].name; x=park.rides; i=3",
			"x.name; x=park.rides[3]",
		}},
		{"a[0].b['q'].c", []string{
			"a[0].b['q'].c", "a[i].b['q'].c; i=0", "a[0].b[i].c; i='q'", "a[i].b[j].c; i=0; j='q'",
			"x[0].b['q'].c; x=a", "x[i].b['q'].c; x=a; i=0", "x[0].b[i].c; x=a; i='q'", "x[i].b[j].c; x=a; i=0; j='q'",
			"x.b['q'].c; x=a[0]", "x.b[i].c; x=a[0]; i='q'", "x['q'].c; x=a[0].b", "x[i].c; x=a[0].b; i='q'",
			"x.c; x=a[0].b['q']",
		}},
		{"a['x].y'].z", []string{
			"a['x].y'].z", "a[i].z; i='x].y'", "x['x].y'].z; x=a", "x[i].z; x=a; i='x].y'", "x.z; x=a['x].y']",
		}},
		{"a[b[0]]", []string{"a[b[0]]", "a[i]; i=b[0]", "x[b[0]]; x=a", "x[i]; x=a; i=b[0]"}},
		{"broken[0", []string{"broken[0"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, f := range Forms(tt.name) {
				s := f.Text
				if f.X != "" {
					s += "; x=" + f.X
				}
				for i, v := range f.Iterators {
					s += "; " + iterators[i:i+1] + "=" + v
				}
				got = append(got, s)
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("Forms(%q) =\n%q, want\n%q", tt.name, got, tt.want)
			}
		})
	}
}

func TestFormsStaysSmall(t *testing.T) {
	name := "a"
	for range 40 {
		name += "[0]"
	}
	if n := len(Forms(name)); n > 50_000 {
		t.Errorf("Forms of 40 brackets gives %d forms", n)
	}
}
