package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"strings"

	"colloquy/engine/config"
)

// options are what the command line says.
type options struct {
	config, listen, data string
	packages             list
	debug, noWorkers     bool
	unconfigured         bool // no configuration file is named
	paths                []string
}

// list collects a flag that may be given more than once.
type list []string

func (l *list) String() string     { return strings.Join(*l, " ") }
func (l *list) Set(s string) error { *l = append(*l, s); return nil }

// where adds the flags by which every command finds its server.
func (o *options) where(fs *flag.FlagSet) {
	fs.StringVar(&o.config, "config", "", "the configuration `FILE`")
	fs.StringVar(&o.data, "data", "", "folder for database, files and keys (default $XDG_DATA_HOME/colloquy)")
}

func parse(name string, args []string, out io.Writer) (*options, error) {
	o := &options{}
	fs := flag.NewFlagSet(name, flag.ContinueOnError)
	fs.SetOutput(out)
	o.where(fs)
	fs.StringVar(&o.listen, "listen", "", "`HOST:PORT` to listen at (default 127.0.0.1:8080; port 0: any free one)")
	fs.Var(&o.packages, "packages", "`DIR` that holds packages or package checkouts; may be given more than once")
	fs.BoolVar(&o.noWorkers, "no-workers", false, "leave background actions to colloquy worker")
	fs.BoolVar(&o.debug, "debug", false, "show authors where mistakes are and why a question is asked")
	for { // flags may stand after paths, too
		if err := fs.Parse(args); err != nil {
			return nil, err
		}
		if fs.NArg() == 0 {
			return o, nil
		}
		o.paths = append(o.paths, fs.Arg(0))
		args = fs.Args()[1:]
	}
}

// serve runs the server until ctx ends. SIGHUP has it read its configuration
// again.
func serve(ctx context.Context, args, environ []string, out io.Writer) error {
	h, cfg, err := furnish(ctx, "colloquy serve", args, environ, out)
	if err != nil {
		return err
	}
	defer h.close()
	return h.run(ctx, cfg, out)
}

// furnish reads the command line and the configuration and builds the house.
func furnish(ctx context.Context, name string, args, environ []string, out io.Writer) (*house, *config.Config, error) {
	o, err := parse(name, args, out)
	if err != nil {
		return nil, nil, err
	}
	cfg, err := configure(o, environ)
	if err != nil {
		return nil, nil, err
	}
	log, err := openLog(cfg, out)
	if err != nil {
		return nil, nil, err
	}
	for _, w := range cfg.Warnings {
		log.Warn(w.String())
	}
	h, err := build(ctx, cfg, o, log)
	if err != nil {
		return nil, nil, err
	}
	h.reread = func() (*config.Config, error) { return configure(o, environ) }
	return h, cfg, nil
}

// configure reads the configuration and lays the flags over it.
func configure(o *options, environ []string) (*config.Config, error) {
	file := o.config
	if file == "" {
		file = environment(environ, "COLLOQUY_CONFIG")
	}
	o.unconfigured = file == ""
	cfg, err := config.Load(file, environ)
	if err != nil {
		return nil, fmt.Errorf("the configuration cannot be used:\n%w", err)
	}
	if o.listen != "" {
		cfg.Listen = o.listen
		cfg.Flagged("listen", "--listen")
		cfg.Flagged("port", "--listen")
	}
	if o.data != "" {
		cfg.Data = o.data
		cfg.Flagged("data", "--data")
	}
	if o.debug {
		cfg.Debug = true
		cfg.Flagged("debug", "--debug")
	}
	if o.noWorkers {
		cfg.Background.Workers = 0
		cfg.Flagged("background actions", "--no-workers")
	}
	if len(o.packages) > 0 {
		cfg.Packages = append(cfg.Packages, o.packages...)
		cfg.Flagged("packages", "--packages")
	}
	return cfg, nil
}

func environment(environ []string, name string) string {
	for _, pair := range environ {
		if value, ok := strings.CutPrefix(pair, name+"="); ok {
			return value
		}
	}
	return ""
}
