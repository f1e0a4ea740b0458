// Package handle keeps Go values for native code.
//
// Native code may not hold Go pointers, so it holds numbers, and something in Go must find the value behind a number. A
// [Table] does that: [Table.New] files a value and gives a 64-bit [Handle], [Table.Get] finds the value again without a
// lock, [Table.Delete] ends the handle. A handle that was deleted, that is another table's or that was made up is an
// error, never a crash and never another value.
//
//	table := handle.NewTable[*Logger]()
//	h := table.New(logger)
//	C.start(C.uint64_t(h))          // C keeps a number
//	...
//	logger, err := table.Get(handle.Handle(h))
//
// A table is for values that have no number of their own. For values that bring a key (an id, a connection number, an
// address) there is [Keyed]. The subpackage cgo replaces runtime/cgo.Handle by changing an import path; the subpackage
// plain holds the simpler designs that these are measured against.
//
// # Protocol
//
// The parties are goroutines that create, read and delete. They meet in slots. A slot is a state word and a value:
//
//	state          tag field   who may write the value words
//	free(g)        0           nobody; g is the last generation issued, 0 if none
//	reserved(g)    1           the one goroutine whose compare-and-swap made it so
//	live(g)        the table's nobody: between reserved(g) and the end of live(g) the value does not change
//
//	free(g) ──CAS, New──▶ reserved(g+1) ──store, New──▶ live(g+1) ──CAS, Delete──▶ reserved(g+1) ──store──▶ free(g+1)
//
// The state of a live slot is its handle, whole: one comparison checks table, position and generation. Generations of a
// slot only rise; a slot whose generations are used up stays free(last), is never claimed again and is called retired.
//
// Get reads the state, the value and the state again, and gives the value if both states were the handle. Nobody waits
// for it and it waits for nobody. Why the value is whole and is the handle's:
//
//   - All words of slots are read and written with sync/atomic, the value's words one by one, pointers as pointers (so
//     the collector sees them). Atomic operations have one order, so nothing here is a data race.
//   - The first state says that live(g) had begun, and it begins after the value's words were stored. The second says
//     that it had not ended, and words change only after its end. Generations do not come back, so between the two the
//     slot was live(g) throughout, and the words are those of g.
//   - Torn words of a value that did change are in a local variable that is thrown away. Each pointer word among them was
//     a real pointer when it was loaded as one.
//
// Delete and Take become the owner of the slot by compare-and-swap from live(g), so of two that delete the same handle
// one gets an error. The owner clears the pointers, so that the collector may have what they led to, and frees the slot.
//
// Slots lie in segments, which never move and are never given back while the table lives. A shard has up to 16 segments,
// each twice as large as the one before. The directory of segments has a fixed length and lies in the table. An entry
// goes from nil to its segment once; a reader that saw a handle also sees the entry, because New stored it first.
//
// New needs a free slot and has a cursor per shard to find one: it tries the slot under the cursor, and moves the cursor
// only if that slot is taken. There is no list of free slots, so Delete touches no word but the slot's own, and a
// goroutine that deletes does not meet the one that creates. A goroutine finds its shard by the address of its stack. Two
// that share one are slower, not wrong. Who finds no free slot nearby looks at random places, then counts, under the
// shard's lock, and adds a segment if fewer than one slot in eight is free (see search.go).
package handle
