package language

import (
	"sync"

	"github.com/gertd/go-pluralize"
)

var pluralizer = sync.OnceValue(pluralize.NewClient)

// NounPlural returns the plural of a noun given in either number.
func (s Speaker) NounPlural(noun string) string { return s.PluralOf(s.NounSingular(noun)) }

// PluralOf returns the plural of a noun given in the singular.
func (s Speaker) PluralOf(noun string) string { return pluralizer().Plural(noun) }

// NounSingular returns the singular of a noun given in either number.
func (s Speaker) NounSingular(noun string) string { return pluralizer().Singular(noun) }
