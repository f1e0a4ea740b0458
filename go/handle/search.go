package handle

import (
	"math/rand/v2"
	"sync/atomic"
	"unsafe"
)

const (
	nearby  = 32 // slots to try after the cursor
	places  = 8  // elsewhere in the shard, at random
	atPlace = 16 // slots to try there
	spare   = 8  // a shard grows when fewer than one in so many slots are free
)

// claim reserves the slot at the cursor position c of shard n, if it is free. On success the caller owns the slot until
// it finishes it with the handle.
func (t *Table[T]) claim(n, c uint64) (*slot[T], Handle) {
	position := n<<shardShift | c
	s := t.slot(position)
	if s == nil {
		return nil, 0
	}
	from := s.load()
	if !from.isFree() {
		return nil, 0
	}
	h := from.issue(position, &t.lineage)
	if h == 0 || !s.become(from, h.reserve()) {
		return nil, 0
	}
	return s, h
}

// search reserves a slot when the one under the cursor of shard n is taken, and moves the cursor there. The result is nil
// if no shard has room.
func (t *Table[T]) search(n uint64) (*slot[T], Handle) {
	for range shards {
		if s, h := t.searchShard(n); s != nil {
			return s, h
		}
		n = (n + 1) % shards
	}
	return nil, 0
}

func (t *Table[T]) searchShard(n uint64) (*slot[T], Handle) {
	c := t.shards[n].cursor.Load()
	if s, h := t.walk(n, c, nearby); s != nil {
		return s, h
	}
	for range places {
		if s, h := t.walk(n, t.randomPosition(n), atPlace); s != nil {
			return s, h
		}
	}
	// Others may take what grow finds, but then they have got on.
	for {
		c, ok := t.makeRoom(n)
		if !ok {
			return nil, 0
		}
		if s, h := t.walk(n, c, atPlace); s != nil {
			return s, h
		}
	}
}

// walk tries some slots from c on.
func (t *Table[T]) walk(n, c uint64, tries int) (*slot[T], Handle) {
	for range tries {
		if s, h := t.claim(n, c); s != nil {
			t.shards[n].cursor.Store(c)
			return s, h
		}
		c = t.next(n, c)
	}
	return nil, 0
}

// next is the position after c: in its segment, in the segment after it, or at the beginning again.
func (t *Table[T]) next(n, c uint64) uint64 {
	k, offset := c>>offsetBits, c&offsetMask
	if offset < t.entry(n, k).mask {
		return c + 1
	}
	if k+1 < segments && atomic.LoadPointer(&t.entry(n, k+1).base) != nil {
		return (k + 1) << offsetBits
	}
	return 0
}

func (t *Table[T]) entry(n, k uint64) *segment { return &t.directory[n*segments+k] }

// segmentCount is the number of segments of shard n. It rises.
func (t *Table[T]) segmentCount(n uint64) (count uint64) {
	for count < segments && atomic.LoadPointer(&t.entry(n, count).base) != nil {
		count++
	}
	return count
}

// randomPosition picks a position in shard n. Half of all slots are in the last segment, a quarter in the one before.
func (t *Table[T]) randomPosition(n uint64) uint64 {
	r := rand.Uint64()
	k := t.segmentCount(n)
	for k > 1 && r>>63 == 0 {
		r <<= 1
		k--
	}
	if k == 0 {
		return 0
	}
	k--
	return k<<offsetBits | r&t.entry(n, k).mask
}

// makeRoom finds a free slot in shard n by looking at all, and adds a segment if there are few. Both cost time in
// proportion to the slots there are; after it, a good part of as many handles can be created without.
func (t *Table[T]) makeRoom(n uint64) (position uint64, ok bool) {
	t.shards[n].grow.Lock()
	defer t.shards[n].grow.Unlock()
	position, free, all := t.survey(n)
	if free > all/spare {
		return position, true
	}
	k := t.segmentCount(n)
	if k == segments {
		return position, free > 0
	}
	entry := t.entry(n, k)
	slots := make([]slot[T], entry.mask+1)
	if n == 0 && k == 0 {
		slots[0].finish(Handle(0).free())
	}
	atomic.StorePointer(&entry.base, unsafe.Pointer(&slots[0]))
	return k << offsetBits, true
}

// survey counts the slots of shard n and the free ones, and finds where the longest run of free slots begins.
func (t *Table[T]) survey(n uint64) (position, free, all uint64) {
	var run, longest uint64
	for k := range t.segmentCount(n) {
		run = 0
		mask := t.entry(n, k).mask
		for offset := range mask + 1 {
			all++
			c := k<<offsetBits | offset
			s := t.slot(n<<shardShift | c).load()
			if !s.isFree() || s.generation() >= t.lineage.last {
				run = 0
				continue
			}
			free++
			if run++; run > longest {
				longest, position = run, c+1-run
			}
		}
	}
	return position, free, all
}
