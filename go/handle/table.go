package handle

import (
	"sync/atomic"
	"unsafe"
)

// Table keeps values of type T under handles. Make one with [NewTable]. All methods may be called from any number of
// goroutines at once. A table has about 20 KiB of its own and, per value, the value's size and 8 bytes, at most about
// twice over; it does not give memory back before it is collected itself.
type Table[T any] struct {
	directory [shards * segments]segment // first: Get finds an entry by one addition
	layout    layout
	lineage   lineage
	leaks     tracked
	shards    [shards]shard
}

// segment is an entry of the directory: where its slots are (nil: not yet anywhere), and their number less one, which is
// the same for ever.
type segment struct {
	base unsafe.Pointer
	mask uint64
}

// NewTable makes an empty table.
func NewTable[T any]() *Table[T] {
	t := &Table[T]{layout: layoutOf[T](), lineage: newLineage()}
	for i := range t.directory {
		t.directory[i].mask = min(uint64(firstSegment)<<(i%segments), offsetMask+1) - 1
	}
	return t
}

// New files a value. The handle is valid until it is deleted or taken. New allocates only to grow. It panics with
// [ErrFull] if there are about 200 million live handles already; TryNew does not.
func (t *Table[T]) New(v T) Handle {
	h, err := t.TryNew(v)
	if err != nil {
		panic(err)
	}
	return h
}

// TryNew is New, but returns [ErrFull] where New panics.
func (t *Table[T]) TryNew(v T) (Handle, error) { return t.create(pickShard(), v) }

func (t *Table[T]) create(n uint64, v T) (Handle, error) {
	s, h := t.claim(n, t.shards[n].cursor.Load())
	if s == nil {
		if s, h = t.search(n); s == nil {
			return 0, ErrFull
		}
	}
	s.write(&t.layout, v)
	s.finish(state(h))
	if tracking.Load() {
		t.leaks.add(h, any(v))
	}
	return h, nil
}

// Get gives the value of a live handle. It takes no lock, writes nothing and allocates nothing. A goroutine that deletes
// the handle meanwhile does not disturb it: the value is then the one that was deleted.
func (t *Table[T]) Get(h Handle) (v T, err error) {
	// The body is one piece, and calls nothing on its way, because it is here that the nanoseconds are.
	entry := &t.directory[h>>offsetBits&directoryMask]
	base := atomic.LoadPointer(&entry.base)
	if base == nil {
		return v, t.explainMissing(h)
	}
	s := (*slot[T])(unsafe.Add(base, uint64(h)&entry.mask*uint64(unsafe.Sizeof(slot[T]{}))))
	if s.load() != state(h) {
		goto invalid
	}
	// The sizes are known when the method is compiled for a T, so of the first two only one is there.
	if unsafe.Sizeof(v) == wordSize && t.layout.kind == pointer {
		p := atomic.LoadPointer((*unsafe.Pointer)(unsafe.Pointer(&s.value)))
		if s.load() != state(h) {
			goto invalid
		}
		return *(*T)(unsafe.Pointer(&p)), nil
	}
	if unsafe.Sizeof(v) == 2*wordSize && t.layout.kind == interface_ {
		w := (*interfaceWords)(unsafe.Pointer(&s.value))
		i := interfaceWords{atomic.LoadPointer(&w.typ), atomic.LoadPointer(&w.data)}
		if s.load() != state(h) {
			goto invalid
		}
		return *(*T)(unsafe.Pointer(&i)), nil
	}
	if c := s.readWords(&t.layout); s.load() == state(h) {
		return c, nil
	}
invalid:
	return v, t.explain(h, s.load())
}

// Take gives the value of a live handle and deletes the handle. Of several goroutines that take or delete the same handle,
// one succeeds.
func (t *Table[T]) Take(h Handle) (v T, err error) {
	v, err = t.Get(h)
	if err != nil {
		return v, err
	}
	// If this succeeds, v is still the handle's: generations do not come back.
	if err = t.Delete(h); err != nil {
		var zero T
		return zero, err
	}
	return v, nil
}

// Delete ends a handle. The table no longer refers to its value. A second Delete returns [ErrStale].
func (t *Table[T]) Delete(h Handle) error {
	s := t.slot(uint64(h))
	if s == nil {
		return t.explainMissing(h)
	}
	if t.layout.clear {
		if !s.become(state(h), h.reserve()) {
			return t.explain(h, s.load())
		}
		s.clear(&t.layout)
		s.finish(h.free())
	} else if !s.become(state(h), h.free()) {
		return t.explain(h, s.load())
	}
	if t.leaks.some.Load() {
		t.leaks.remove(h)
	}
	return nil
}

// slot finds the slot that a handle or a state word names, or nil if there is no such segment yet.
func (t *Table[T]) slot(h uint64) *slot[T] {
	entry := &t.directory[h>>offsetBits&directoryMask]
	base := atomic.LoadPointer(&entry.base)
	if base == nil {
		return nil
	}
	return (*slot[T])(unsafe.Add(base, h&entry.mask*uint64(unsafe.Sizeof(slot[T]{}))))
}

// explain names what is wrong with a handle that its slot does not have.
func (t *Table[T]) explain(h Handle, s state) error {
	beyond := uint64(h)&offsetMask > t.directory[h>>offsetBits&directoryMask].mask
	if uint64(h)&tagMask != t.lineage.tag || beyond || h.generation() > s.generation() || h.generation() < t.lineage.first {
		return t.explainMissing(h)
	}
	return ErrStale
}

// explainMissing does so for a handle that cannot have been issued by this table.
func (t *Table[T]) explainMissing(h Handle) error {
	if h == 0 {
		return ErrZero
	}
	if tag := uint64(h) & tagMask; tag != t.lineage.tag && tag > reservedTag {
		return ErrForeign
	}
	return ErrForged
}
