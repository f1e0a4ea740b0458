package byhand

/*
#include "byhand.h"
*/
import "C"

import (
	"encoding/binary"
	"unsafe"

	"gangplank.dev/go/fastcall"
	"gangplank.dev/go/handle"
	"gangplank.dev/go/handle/keys"
	"gangplank.dev/go/handle/plain"
)

// The user's logic: votes for letters are counted.

const (
	letters    = 26
	messageLen = 5
	answerLen  = 9
)

type vote struct {
	letter byte
	votes  uint32
}

type total struct {
	letter byte
	votes  uint64
}

func decode(message []byte) vote {
	return vote{message[0], binary.LittleEndian.Uint32(message[1:messageLen])}
}

func (v *vote) partition() uint64 { return uint64(v.letter - 'a') }

func (t *total) add(v *vote) { t.votes += uint64(v.votes) }

func (t *total) encode(answer []byte) int {
	answer[0] = t.letter
	binary.LittleEndian.PutUint64(answer[1:answerLen], t.votes)
	return answerLen
}

// keeper keeps Go's values for native code, which knows their ids.
type keeper interface {
	put(value any) uint64
	get(id uint64) any
	take(id uint64) any
}

// maps is Wallaroo's way: sharded maps, ids from a counter.
type maps struct{ plain.Numbered[any] }

func (m maps) put(value any) uint64 { return uint64(m.New(value)) }
func (m maps) get(id uint64) any    { return must(m.Get(handle.Handle(id))) }
func (m maps) take(id uint64) any   { return must(m.Take(handle.Handle(id))) }

// tables is gangplank's.
type tables struct{ *handle.Table[any] }

func (t tables) put(value any) uint64 { return uint64(t.New(value)) }
func (t tables) get(id uint64) any    { return must(t.Get(handle.Handle(id))) }
func (t tables) take(id uint64) any   { return must(t.Take(handle.Handle(id))) }

func must(value any, err error) any {
	if err != nil {
		panic(err)
	}
	return value
}

// application is the user's program: what it keeps for the engine, and its state.
type application struct {
	kept   keeper
	totals [letters]total
}

func newApplication(kept keeper) *application {
	a := &application{kept: kept}
	a.reset()
	return a
}

func (a *application) reset() {
	for i := range a.totals {
		a.totals[i] = total{letter: 'a' + byte(i)}
	}
}

func (a *application) decode(message *C.uint8_t, n C.size_t) C.uint64_t {
	v := decode(unsafe.Slice((*byte)(message), int(n)))
	return C.uint64_t(a.kept.put(&v))
}

func (a *application) partition(id C.uint64_t) C.uint64_t {
	return C.uint64_t(a.kept.get(uint64(id)).(*vote).partition())
}

func (a *application) compute(id, letter C.uint64_t) C.uint64_t {
	t := &a.totals[letter]
	t.add(a.kept.take(uint64(id)).(*vote))
	return C.uint64_t(a.kept.put(t))
}

func (a *application) encode(id C.uint64_t, answer *C.uint8_t, room C.size_t) C.size_t {
	t := a.kept.take(uint64(id)).(*total)
	return C.size_t(t.encode(unsafe.Slice((*byte)(answer), int(room))))
}

var (
	withMaps   = newApplication(maps{plain.Numbered[any]{Map: plain.NewModulo[uint64, any](64), Keys: &keys.Atomic{}}})
	withTables = newApplication(tables{handle.NewTable[any]()})
)

//export engine_go_map_decode
func engine_go_map_decode(message *C.uint8_t, n C.size_t) C.uint64_t {
	return withMaps.decode(message, n)
}

//export engine_go_map_partition
func engine_go_map_partition(vote C.uint64_t) C.uint64_t { return withMaps.partition(vote) }

//export engine_go_map_compute
func engine_go_map_compute(vote, letter C.uint64_t) C.uint64_t { return withMaps.compute(vote, letter) }

//export engine_go_map_encode
func engine_go_map_encode(total C.uint64_t, answer *C.uint8_t, room C.size_t) C.size_t {
	return withMaps.encode(total, answer, room)
}

//export engine_go_table_decode
func engine_go_table_decode(message *C.uint8_t, n C.size_t) C.uint64_t {
	return withTables.decode(message, n)
}

//export engine_go_table_partition
func engine_go_table_partition(vote C.uint64_t) C.uint64_t { return withTables.partition(vote) }

//export engine_go_table_compute
func engine_go_table_compute(vote, letter C.uint64_t) C.uint64_t {
	return withTables.compute(vote, letter)
}

//export engine_go_table_encode
func engine_go_table_encode(total C.uint64_t, answer *C.uint8_t, room C.size_t) C.size_t {
	return withTables.encode(total, answer, room)
}

// slot is a message and the room for its answer.
type slot struct {
	message [8]byte
	answer  [16]byte
}

// States lie in a table, where native code or any goroutine can find them by handle; a message never leaves Go, and needs none.
var (
	states  = handle.NewTable[*total]()
	handles [letters]handle.Handle
)

func init() {
	for i := range handles {
		handles[i] = states.New(&total{letter: 'a' + byte(i)})
	}
}

func answerVotes(slots []slot) {
	for i := range slots {
		v := decode(slots[i].message[:messageLen])
		t, err := states.Get(handles[v.partition()])
		if err != nil {
			panic(err)
		}
		t.add(&v)
		t.encode(slots[i].answer[:])
	}
}

//export engine_go_votes
func engine_go_votes(slots unsafe.Pointer, n C.size_t) {
	answerVotes(unsafe.Slice((*slot)(slots), int(n)))
}

var votes = uintptr(fastcall.Register(func(slots, n uintptr) uintptr {
	answerVotes(unsafe.Slice(*(**slot)(unsafe.Pointer(&slots)), n))
	return 0
}))

// VotesMaps lets n messages through, four callbacks each, with sharded maps of ids. All of these return a digest of the answers.
func VotesMaps(n int) uint64 { return uint64(C.byhand_votes(C.BYHAND_FOUR_MAPS, C.uint64_t(n), 1)) }

// VotesTables is VotesMaps with gangplank's table instead of the maps.
func VotesTables(n int) uint64 { return uint64(C.byhand_votes(C.BYHAND_FOUR_TABLES, C.uint64_t(n), 1)) }

// VotesTogether lets n messages through, batch of them in each callback.
func VotesTogether(n, batch int) uint64 {
	return uint64(C.byhand_votes(C.BYHAND_TOGETHER, C.uint64_t(n), C.uint64_t(batch)))
}

// VotesFast is VotesTogether on the fast lane.
func VotesFast(n, batch int) uint64 {
	asked := struct {
		callback uintptr
		n, batch uint64
	}{votes, uint64(n), uint64(batch)}
	return uint64(enter(addressOfVotes, unsafe.Pointer(&asked)))
}

// ForgetVotes begins anew, for tests.
func ForgetVotes() {
	withMaps.reset()
	withTables.reset()
	for i, h := range handles {
		if t, err := states.Get(h); err == nil {
			*t = total{letter: 'a' + byte(i)}
		}
	}
}
