package picture

import "image"

// shrink makes the longer side of a picture limit pixels long: each new pixel is
// the mean of those that it covers.
func shrink(img *image.RGBA, limit int) *image.RGBA {
	w, h := img.Bounds().Dx(), img.Bounds().Dy()
	longer := max(w, h)
	toW, toH := max(1, (w*limit+longer/2)/longer), max(1, (h*limit+longer/2)/longer)

	narrow := make([]float32, toW*h*4)
	across := cover(w, toW)
	for y := range h {
		line := img.Pix[y*img.Stride:]
		for x, c := range across {
			to := narrow[(y*toW+x)*4:]
			for i, weight := range c.weights {
				p := line[(c.first+i)*4:]
				for k := range 4 {
					to[k] += weight * float32(p[k])
				}
			}
		}
	}
	out := image.NewRGBA(image.Rect(0, 0, toW, toH))
	for y, c := range cover(h, toH) {
		for x := range toW {
			var sum [4]float32
			for i, weight := range c.weights {
				p := narrow[((c.first+i)*toW+x)*4:]
				for k := range 4 {
					sum[k] += weight * p[k]
				}
			}
			to := out.Pix[y*out.Stride+x*4:]
			for k := range 4 {
				to[k] = uint8(min(sum[k]+0.5, 255))
			}
		}
	}
	return out
}

// A covering is what a new pixel covers of old ones: from the first on, by share.
type covering struct {
	first   int
	weights []float32
}

// cover says for each of n new pixels in a line what it covers of old ones.
func cover(old, n int) []covering {
	all := make([]covering, n)
	size := float64(old) / float64(n)
	for i := range all {
		from, to := float64(i)*size, float64(i+1)*size
		c := covering{first: int(from)}
		for p := c.first; p < old && float64(p) < to-1e-9; p++ {
			share := min(to, float64(p+1)) - max(from, float64(p))
			c.weights = append(c.weights, float32(share/size))
		}
		all[i] = c
	}
	return all
}
