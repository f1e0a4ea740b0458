package gangplank

import (
	"slices"
	"sync"
	"sync/atomic"
	"unsafe"

	"gangplank.dev/go/handle"
)

// Values of Go that Rust holds: functions, implementations of imported traits,
// errors. Each kind has a table of its own, so that no value has to be asked for
// its type when Rust calls it; a handle says which table it is of. Rust knows a
// value as a pair: the package's keeper, and the handle (clause 8.2).
//
// What is lent is deleted by the goroutine that filed it, when the call is
// back. What is given belongs to Rust. Rust releases it by pushing a block on
// the keeper's release list, without a crossing. Parties: any native thread
// pushes, with a compare-and-swap, release; any goroutine takes the whole list
// with one swap, acquire. Nobody pops singly, so there is no ABA. The list is
// taken before another value is filed, so it is never longer than what was
// filed since; in calls from Rust; and once per garbage collection.
//
// A value that Rust sent back may still be on its way when Rust releases it.
// Both sides count: a value is deleted when it was released and has arrived as
// often as it was sent (clause 8.5). Only values that come back are counted, in
// receipts.

// Values is what the runtime needs of a library that holds values of Go, or
// whose values Go holds.
type Values struct {
	// Keeper is the address of this package's keeper, or 0.
	Keeper uint64
	// Release calls the shim of a keeper with n = 0: handles leads to a count
	// and as many handles.
	Release func(keeper uint64, handles *uint64)
	// Share calls it with n = 1 (clause 8.6).
	Share func(keeper, handle uint64) Result
	// Pull pulls a sequence (clause 12.2), and lends scratch.
	Pull func(keeper, handle, most uint64, scratch []uint64) Result
	// Poll pulls a stream (clause 12.6), and lends scratch.
	Poll func(keeper, handle, mailbox, ticket, most uint64, scratch []uint64) Result
}

var (
	bridge Values
	// releases is the head of the keeper's release list; nil without a keeper.
	releases *uint64

	functions *handle.Table[Server]
	givenErrs *handle.Table[error]
	// tables are these, and those of the imported traits. The slice is replaced,
	// and not changed.
	tables     atomic.Pointer[[]deleter]
	tablesLock sync.Mutex
)

// deleter is a table of whatever type.
type deleter interface {
	Delete(h handle.Handle) error
}

// newTable makes a table whose handles Rust can release.
func newTable[T any]() *handle.Table[T] {
	t := handle.NewTable[T]()
	tablesLock.Lock()
	defer tablesLock.Unlock()
	var all []deleter
	if p := tables.Load(); p != nil {
		all = *p
	}
	all = append(slices.Clone(all), t)
	tables.Store(&all)
	return t
}

// forget deletes a value that Rust released, whatever it is. What is no live
// handle is passed over.
func forget(h uint64) {
	for _, t := range *tables.Load() {
		if t.Delete(handle.Handle(h)) == nil {
			return
		}
	}
}

// StartValues hands them over, after [Start].
func StartValues(v Values) {
	bridge = v
	if v.Keeper != 0 {
		functions, givenErrs = newTable[Server](), newTable[error]()
		releases = &(*[2]uint64)(native(v.Keeper))[1]
	}
	eachCycle()
}

// KeeperAddress is the first word of a pair that Go makes.
func KeeperAddress() uint64 { return bridge.Keeper }

// Keep files a function and returns its handle.
func Keep(f Server) uint64 {
	drain()
	return uint64(functions.New(f))
}

// Forget deletes a function that was lent, when the call is back.
func Forget(h uint64) { functions.Delete(handle.Handle(h)) }

// keepError files an error.
func keepError(err error) uint64 {
	drain()
	return uint64(givenErrs.New(err))
}

// drain takes the release list, deletes the values on it, and gives the blocks
// back on the return list.
func drain() {
	if releases != nil && atomic.LoadUint64(releases) != 0 {
		drainAll()
	}
}

func drainAll() {
	for address := atomic.SwapUint64(releases, 0); address != 0; {
		block := (*[5]uint64)(native(address))
		next, word3, h, sent := block[0], block[1], block[2], block[3]
		Release(address, word3)
		released(h, sent)
		address = next
	}
}

var receipts struct {
	sync.Mutex
	// open has how much oftener a value has arrived than it was known to be sent.
	open map[uint64]receipt
}

type receipt struct {
	arrived  int64
	released bool
}

// released deletes a value that Rust released and had sent so often, unless
// it is still on its way.
func released(h, sent uint64) {
	if sent == 0 {
		forget(h)
		return
	}
	count(h, -int64(sent), true)
}

func count(h uint64, n int64, isReleased bool) {
	receipts.Lock()
	defer receipts.Unlock()
	r := receipts.open[h]
	r.arrived += n
	r.released = r.released || isReleased
	if r.released && r.arrived == 0 {
		delete(receipts.open, h)
		forget(h)
		return
	}
	if receipts.open == nil {
		receipts.open = map[uint64]receipt{}
	}
	receipts.open[h] = r
}

// arrived returns the value of a pair that Rust sent (clause 8.4), if it is one
// of this table.
func arrived[T any](t *handle.Table[T], keeper, h uint64) (v T, ok bool) {
	if keeper != bridge.Keeper {
		// It is of another package, which waits for it to arrive.
		if bridge.Release != nil {
			bridge.Release(keeper, &[]uint64{1, h}[0])
		}
		return v, false
	}
	if t == nil {
		return v, false
	}
	v, err := t.Get(handle.Handle(h))
	if err != nil {
		return v, false
	}
	count(h, 1, false)
	return v, true
}

// Arrived counts values of this package that arrived in another one: frames
// leads to a count, and as many handles (clause 8.4).
func Arrived(frames unsafe.Pointer) {
	for _, h := range unsafe.Slice((*uint64)(unsafe.Add(frames, wordSize)), *(*uint64)(frames)) {
		count(h, 1, false)
	}
}

// Server is a function value. Serve serves the call whose frame is there, and
// nothing leaves it but by a return.
type Server interface {
	Serve(frame unsafe.Pointer)
}

// HandleWord is the word that says which value is called (clauses 8.7, 8.8).
const HandleWord = HeaderWords

// Dispatch serves a call of a function value.
func Dispatch(frame unsafe.Pointer) {
	drain()
	c := CallAt(frame)
	if f, err := functions.Get(handle.Handle(c.Word(HandleWord))); err == nil {
		f.Serve(frame)
		return
	}
	c.Reject("gangplank: the Go function is gone: it was lent for a call that is over, or released")
}

// AppendPair appends a function value or an implementation that was filed; two
// zeros, which Rust refuses, if it is nil: if h is 0.
func AppendPair(b []byte, h uint64) []byte {
	if h == 0 {
		return AppendUint64(AppendUint64(b, 0), 0)
	}
	return AppendUint64(AppendUint64(b, bridge.Keeper), h)
}

// Handle reads the handle of an object. It is 0 after a fault.
func (r *Reader) Handle() uint64 {
	h := r.Uint64()
	if h == 0 {
		r.fail()
	}
	return h
}

// Pair reads a function value or an implementation. The handle is 0 after a fault.
func (r *Reader) Pair() (keeper, h uint64) {
	keeper, h = r.Uint64(), r.Uint64()
	if keeper == 0 || h == 0 {
		r.fail()
		return 0, 0
	}
	return keeper, h
}
