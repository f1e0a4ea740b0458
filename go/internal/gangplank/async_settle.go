package gangplank

import (
	"math/bits"
	"sync"
	"unsafe"
)

// Results of runs go over in records (clause 11.3).
//
// Any goroutine adds its record and then crosses, unless another one is
// crossing: then that one takes the record along on its next way (flat combining).
// So under load many results share a crossing, and a single one does not wait.
// Whoever crosses goes on until there are no records, and nobody waits for it.

// recordWords is how long a record is.
const recordWords = 6

// outbox are results that did not go over yet.
type outbox struct {
	mu       sync.Mutex
	records  []uint64
	bytes    []byte
	crossing bool
	// spare are the slices of the last crossing.
	spareRecords []uint64
	spareBytes   []byte
}

var results outbox

// keepBytes is how much memory for results is used again.
const keepBytes = 1 << 20

// add adds a record and the bytes of its result.
func (o *outbox) add(record [recordWords]uint64, b []byte, align int) {
	record[recordWords-1] = sizeWord(b, align)
	o.mu.Lock()
	o.records = append(o.records, record[:]...)
	if len(b) > 0 {
		o.bytes = append(o.bytes, b...)
		var padding [wordSize]byte
		o.bytes = append(o.bytes, padding[:-len(b)&(wordSize-1)]...)
	}
	o.mu.Unlock()
}

// sizeWord is the last word of a record whose result has these bytes.
func sizeWord(b []byte, align int) uint64 {
	if len(b) == 0 {
		return 0
	}
	return uint64(len(b))<<6 | uint64(bits.TrailingZeros(uint(align)))
}

// cross hands over what was added, and has Rust take what was filed in blocks
// (async_post.go).
func (o *outbox) cross() {
	o.mu.Lock()
	if o.crossing {
		o.mu.Unlock()
		return
	}
	o.crossing = true
	done := false
	defer func() {
		// A waker called a Go function, and that runtime.Goexit.
		if !done {
			o.mu.Lock()
			o.crossing = false
			o.mu.Unlock()
			go o.cross()
		}
	}()
	for len(o.records) > 0 || filed() {
		records, b := o.records, o.bytes
		o.records, o.bytes = o.spareRecords[:0], o.spareBytes[:0]
		o.spareRecords, o.spareBytes = nil, nil
		o.mu.Unlock()
		library.Settle(unsafe.SliceData(records), len(records)/recordWords, unsafe.SliceData(b))
		o.mu.Lock()
		if cap(b) <= keepBytes {
			o.spareRecords, o.spareBytes = records, b
		}
	}
	o.crossing = false
	done = true
	o.mu.Unlock()
}
