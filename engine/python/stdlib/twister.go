package stdlib

import "math/big"

// twister is the Mersenne Twister MT19937 of Matsumoto and Nishimura, which
// programs know the numbers of: the same seed gives the same ones everywhere.
type twister struct {
	state [twisterSize]uint32
	at    int // next word; twisterSize: all are used
}

const (
	twisterSize  = 624
	twisterShift = 397
)

// plant starts the generator from one word.
func (t *twister) plant(seed uint32) {
	t.state[0] = seed
	for i := 1; i < twisterSize; i++ {
		before := t.state[i-1]
		t.state[i] = 1812433253*(before^before>>30) + uint32(i)
	}
	t.at = twisterSize
}

// plantWords starts the generator from a key of one word or more.
func (t *twister) plantWords(key []uint32) {
	t.plant(19650218)
	i, j := 1, 0
	step := func() {
		if i++; i == twisterSize {
			t.state[0], i = t.state[twisterSize-1], 1
		}
	}
	for range max(twisterSize, len(key)) {
		before := t.state[i-1]
		t.state[i] = (t.state[i] ^ (before^before>>30)*1664525) + key[j] + uint32(j)
		step()
		j = (j + 1) % len(key)
	}
	for range twisterSize - 1 {
		before := t.state[i-1]
		t.state[i] = (t.state[i] ^ (before^before>>30)*1566083941) - uint32(i)
		step()
	}
	t.state[0] = 1 << 31
}

// plantNumber starts the generator from a number that is not negative.
func (t *twister) plantNumber(n *big.Int) {
	key := []uint32{}
	rest, word := new(big.Int).Set(n), big.NewInt(1<<32-1)
	for rest.Sign() > 0 {
		key = append(key, uint32(new(big.Int).And(rest, word).Uint64()))
		rest.Rsh(rest, 32)
	}
	if len(key) == 0 {
		key = []uint32{0}
	}
	t.plantWords(key)
}

// twist makes the next words.
func (t *twister) twist() {
	for i := range t.state {
		y := t.state[i]&(1<<31) | t.state[(i+1)%twisterSize]&(1<<31-1)
		t.state[i] = t.state[(i+twisterShift)%twisterSize] ^ y>>1 ^ -(y&1)&0x9908b0df
	}
	t.at = 0
}

// word gives 32 bits.
func (t *twister) word() uint32 {
	if t.at >= twisterSize {
		t.twist()
	}
	y := t.state[t.at]
	t.at++
	y ^= y >> 11
	y ^= y << 7 & 0x9d2c5680
	y ^= y << 15 & 0xefc60000
	return y ^ y>>18
}
