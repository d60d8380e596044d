package python

import (
	"runtime"
	"runtime/metrics"
)

// Small objects are counted as they are made ([Thread.small]), but most of them
// do not live long. When the count has grown by some part of the budget, the
// heap of the process is looked at: only if it has grown by more than the
// budget since the thread began to use memory, and stays so after garbage was
// collected, the budget is exhausted.

// What objects take, approximately, in bytes.
const (
	sizeObject    = 48   // a header, an interface to it, what allocation rounds up to
	sizeElement   = 16   // of a list or tuple
	sizeFunction  = 256  // a closure
	sizeGenerator = 320  // one that has not begun
	sizeCoroutine = 8192 // the stack of one that has
)

// weigh looks at the heap, to which n bytes are about to be added.
func (th *Thread) weigh(n int64) error {
	limit := th.opts.Limits.Bytes
	th.weighed = th.small + limit/32
	if int64(len(th.gens))*sizeCoroutine > limit {
		return &BudgetError{Kind: "memory"}
	}
	objects, live := heap()
	if th.base == 0 {
		th.base = live
		return nil
	}
	if objects-th.base+n <= limit {
		return nil
	}
	runtime.GC()
	if _, live = heap(); live-th.base+n > limit {
		return &BudgetError{Kind: "memory"}
	}
	return nil
}

// heap returns how many bytes are in use, garbage included, and how many were
// alive when garbage was collected last.
func heap() (objects, live int64) {
	s := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}, {Name: "/gc/heap/live:bytes"}}
	metrics.Read(s)
	return int64(s[0].Value.Uint64()), int64(s[1].Value.Uint64())
}
