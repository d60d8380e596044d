package python

func osErrorText(i *Instance) (string, bool) { return "", false }
func (th *Thread) formatPercent(s *Str, b Value) (Value, error) {
	return nil, Errorf(TypeError, "percent")
}
