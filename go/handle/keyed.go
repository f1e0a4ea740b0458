package handle

import (
	"math/bits"
	"runtime"
	"sync"
	"sync/atomic"
)

// Keyed keeps values under keys that they bring: an id, a connection number, an address. Make one with [NewKeyed]. All methods
// may be called from any number of goroutines at once. Get takes no lock and writes nothing; what changes the table locks the
// key's shard.
//
// Keys that are given out for the purpose are better served by [Table], which needs to search nothing.
//
// The keys and values are in a [Table]. A shard has an index: an open hash table of words, each a handle with bits of the hash in the
// place of the table's tag. A reader looks through the words, and where the bits fit asks the Table. If the Table says that the
// handle is stale, then the word has changed meanwhile, because writers change the word first, and the reader begins again. A word does
// not move in its index. An index that is full is copied to a new one; who still reads the old one sees the state before.
type Keyed[K comparable, V any] struct {
	scatterer scatterer[K]
	shards    []keyedShard
	shardBits int // of a scattered key, the topmost
	table     *Table[pair[K, V]]
}

type pair[K comparable, V any] struct {
	key   K
	value V
}

// keyedShard has cache lines of its own, two because processors fetch them in pairs.
type keyedShard struct {
	index atomic.Pointer[index]
	lock  sync.Mutex // of those who change the index
	live  int
	used  int // words that are not empty
	_     [128 - 32]byte
}

var _ Map[int, int] = (*Keyed[int, int])(nil)

// NewKeyed makes an empty table that scatters its keys itself: with [Scatter] if they are integers, pointers or channels,
// else with [maphash.Comparable].
func NewKeyed[K comparable, V any]() *Keyed[K, V] { return newKeyed[K, V](scattererOf[K]()) }

// NewKeyedBy makes an empty table that scatters its keys with a function. All bits of its results should depend on all of
// the key.
func NewKeyedBy[K comparable, V any](scatter func(K) uint64) *Keyed[K, V] {
	return newKeyed[K, V](scatterer[K]{custom: scatter})
}

// newKeyed makes 16 shards per processor, so that two goroutines that change different keys seldom meet.
func newKeyed[K comparable, V any](s scatterer[K]) *Keyed[K, V] {
	n := bits.Len(uint(min(max(16*runtime.GOMAXPROCS(0), 64), 4096) - 1))
	t := &Keyed[K, V]{scatterer: s, shards: make([]keyedShard, 1<<n), shardBits: n, table: NewTable[pair[K, V]]()}
	none := &index{} // Put makes another before it writes
	for i := range t.shards {
		t.shards[i].index.Store(none)
	}
	return t
}

// Shards is the number of shards.
func (t *Keyed[K, V]) Shards() int { return len(t.shards) }

// locate says which shard a key is in, and what is left of the hash for its index.
func (t *Keyed[K, V]) locate(key K) (s *keyedShard, hash uint64) {
	hash = t.scatterer.scatter(key)
	return &t.shards[hash>>((64-t.shardBits)&63)], hash << (t.shardBits & 63)
}

// Get gives the value of a key.
func (t *Keyed[K, V]) Get(key K) (v V, ok bool) {
	s, hash := t.locate(key)
again:
	words, i := s.index.Load().search(hash)
	for range words {
		w := words[i&(len(words)-1)].Load()
		i++
		if w == emptyWord {
			break
		}
		if !hasHash(w, hash) {
			continue
		}
		p, err := t.table.Get(t.handle(w))
		if err != nil {
			goto again // the word is another now
		}
		if p.key == key {
			return p.value, true
		}
	}
	return v, false
}

// find looks for a key, for the holder of the lock. If it is there, word leads to it, else word is where it could be put, or nil
// if the index has no room.
func (t *Keyed[K, V]) find(s *keyedShard, key K, hash uint64) (v V, word *atomic.Uint64, ok bool) {
	words, i := s.index.Load().search(hash)
	for range words {
		at := &words[i&(len(words)-1)]
		w := at.Load()
		i++
		if w == emptyWord || w == deletedWord {
			if word == nil {
				word = at
			}
			if w == emptyWord {
				break
			}
			continue
		}
		if !hasHash(w, hash) {
			continue
		}
		if p, err := t.table.Get(t.handle(w)); err == nil && p.key == key {
			return p.value, at, true
		}
	}
	return v, word, false
}

func (t *Keyed[K, V]) handle(w uint64) Handle { return Handle(w&^tagMask | t.table.lineage.tag) }

// Put sets the value of a key and tells whether it had one already.
func (t *Keyed[K, V]) Put(key K, v V) (replaced bool) {
	s, hash := t.locate(key)
	s.lock.Lock()
	defer s.lock.Unlock()
	_, word, ok := t.find(s, key, hash)
	if !ok && (word == nil || word.Load() == emptyWord && s.index.Load().isCrowded(s.used+1)) {
		t.rebuild(s)
		_, word, _ = t.find(s, key, hash)
	}
	w := indexWord(t.table.New(pair[K, V]{key, v}), hash)
	old := word.Load()
	word.Store(w)
	if ok {
		t.table.Delete(t.handle(old))
		return true
	}
	if old == emptyWord {
		s.used++
	}
	s.live++
	return false
}

// rebuild makes a new index for a shard, with room for as many again. The caller has the lock.
func (t *Keyed[K, V]) rebuild(s *keyedShard) {
	x := newIndex(max(minIndex, 1<<bits.Len(uint(2*s.live))))
	for i := range s.index.Load().words {
		w := s.index.Load().words[i].Load()
		if w == emptyWord || w == deletedWord {
			continue
		}
		p, err := t.table.Get(t.handle(w))
		if err != nil {
			continue // not possible: only the holder of the lock deletes
		}
		_, hash := t.locate(p.key)
		x.add(w, hash)
	}
	s.used = s.live
	s.index.Store(x)
}

// Take gives the value of a key and deletes the key. Of several goroutines that take the same key, one succeeds.
func (t *Keyed[K, V]) Take(key K) (v V, ok bool) {
	s, hash := t.locate(key)
	s.lock.Lock()
	defer s.lock.Unlock()
	v, word, ok := t.find(s, key, hash)
	if ok {
		old := word.Load()
		word.Store(deletedWord)
		s.live--
		t.table.Delete(t.handle(old))
	}
	return v, ok
}

// Delete ends a key and tells whether it had a value.
func (t *Keyed[K, V]) Delete(key K) (ok bool) {
	_, ok = t.Take(key)
	return ok
}

// Len counts the keys, shard by shard.
func (t *Keyed[K, V]) Len() (n int) {
	for i := range t.shards {
		s := &t.shards[i]
		s.lock.Lock()
		n += s.live
		s.lock.Unlock()
	}
	return n
}

// Range calls yield for keys and their values until it returns false. It copies one shard at a time, so the loop may use
// the table as it likes.
func (t *Keyed[K, V]) Range(yield func(K, V) bool) {
	var pairs []pair[K, V]
	for i := range t.shards {
		pairs = t.appendPairs(pairs[:0], &t.shards[i])
		for _, p := range pairs {
			if !yield(p.key, p.value) {
				return
			}
		}
	}
}

func (t *Keyed[K, V]) appendPairs(pairs []pair[K, V], s *keyedShard) []pair[K, V] {
	s.lock.Lock()
	defer s.lock.Unlock()
	words := s.index.Load().words
	for i := range words {
		if w := words[i].Load(); w != emptyWord && w != deletedWord {
			if p, err := t.table.Get(t.handle(w)); err == nil {
				pairs = append(pairs, p)
			}
		}
	}
	return pairs
}
