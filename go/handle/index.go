package handle

import (
	"math/bits"
	"sync/atomic"
)

// index is an open hash table of words, for the readers and the writers of a shard of a [Keyed].
type index struct {
	words []atomic.Uint64 // a power of two
	shift int
}

const (
	minIndex = 8

	// What is in a word that is not a handle. (Handles have a generation.)
	emptyWord   = 0 // and never was: a search ends here
	deletedWord = 1
)

func newIndex(words int) *index {
	return &index{make([]atomic.Uint64, words), 64 - bits.Len(uint(words-1))}
}

// search gives the words and where among them the search for a hash begins.
func (x *index) search(hash uint64) ([]atomic.Uint64, int) {
	return x.words, int(hash >> (x.shift & 63))
}

// isCrowded says whether searches would take long with so many words in use.
func (x *index) isCrowded(used int) bool { return used*4 > len(x.words)*3 }

// add puts a word into an index that nobody reads yet.
func (x *index) add(w, hash uint64) {
	words, i := x.search(hash)
	for words[i&(len(words)-1)].Load() != emptyWord {
		i++
	}
	words[i&(len(words)-1)].Store(w)
}

// indexWord is a handle with bits of the hash in the place of the tag, which is the same for all handles of a table.
func indexWord(h Handle, hash uint64) uint64 { return uint64(h)&^tagMask | hashBits(hash) }

// hasHash says whether the word may lead to a key with the hash. A deleted word does not.
func hasHash(w, hash uint64) bool { return w&tagMask == hashBits(hash) }

// hashBits are not those that search uses, unless the index is very large, and not all zero.
func hashBits(hash uint64) uint64 { return hash<<(tagShift-16)&tagMask | reservedTag }
