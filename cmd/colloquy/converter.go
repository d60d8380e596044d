package main

import (
	"colloquy/engine/config"
	"colloquy/engine/outside/libreoffice"
)

// converter is what makes PDF files of Word documents: the program that the
// configuration names ("libreoffice"), else the one on the path; nil if there
// is none, or if the key is there and empty.
func converter(cfg *config.Config) *libreoffice.Converter {
	v, ok, err := cfg.Get("libreoffice")
	program, _ := v.(string)
	if err != nil || ok && program == "" {
		return nil
	}
	return libreoffice.Find(program)
}
