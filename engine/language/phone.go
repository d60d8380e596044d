package language

import (
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// whatsapp is a prefix of numbers that stays in front of them.
const whatsapp = "whatsapp:"

// PhoneE164 returns a phone number in international form ("+12025551234"), or
// false if it is not valid. country is an ISO code, such as "US". The prefix
// "whatsapp:" is kept.
func PhoneE164(number, country string) (string, bool) {
	bare, marked := strings.CutPrefix(strings.TrimSpace(number), whatsapp)
	n, ok := parsePhone(bare, country)
	if !ok {
		return "", false
	}
	text := phonenumbers.Format(n, phonenumbers.E164)
	if marked {
		text = whatsapp + text
	}
	return text, true
}

// PhoneFormatted returns a phone number as people of its country write it
// ("(202) 555-1234"), or false if it is not valid.
func PhoneFormatted(number, country string) (string, bool) {
	n, ok := parsePhone(number, country)
	if !ok {
		return "", false
	}
	return phonenumbers.Format(n, phonenumbers.NATIONAL), true
}

// PhoneIsValid reports whether a phone number can exist.
func PhoneIsValid(number, country string) bool {
	_, ok := parsePhone(number, country)
	return ok
}

// PhonePart returns the group of digits with index i of the national form
// ("202", "555", "1234"), or nothing.
func PhonePart(number string, i int, country string) string {
	text, ok := PhoneFormatted(number, country)
	if !ok {
		return ""
	}
	return at(strings.FieldsFunc(text, func(r rune) bool { return r < '0' || r > '9' }), i)
}

func parsePhone(number, country string) (*phonenumbers.PhoneNumber, bool) {
	n, err := phonenumbers.Parse(number, strings.ToUpper(country))
	if err != nil || !phonenumbers.IsValidNumber(n) {
		return nil, false
	}
	return n, true
}
