package gangplank

import (
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"unsafe"
)

// heap stands in for native memory: it keeps alive what only addresses point at.
type heap struct {
	mu     sync.Mutex
	blocks [][]uint64
}

// put copies b into memory of its own and returns its address.
func (h *heap) put(b []byte) uint64 {
	address := h.alloc(uint64(len(b)))
	copy(nativeBytes(address, uint64(len(b))), b)
	return address
}

func (h *heap) alloc(size uint64) uint64 {
	block := make([]uint64, size/8+4)
	h.mu.Lock()
	h.blocks = append(h.blocks, block)
	h.mu.Unlock()
	return uint64(uintptr(unsafe.Pointer(&block[0])))
}

// use makes h the library, and a variable its return list, for one test.
func (h *heap) use(t testing.TB) *uint64 {
	list := new(uint64)
	start := func(l Library) {
		cycle.Lock()
		defer cycle.Unlock()
		Start(l)
	}
	start(Library{
		ReturnList: list,
		Alloc:      func(size, align uint64) uint64 { return h.alloc(size) },
		Goexit:     func(frames unsafe.Pointer) {},
	})
	t.Cleanup(func() {
		start(Library{})
		runtime.KeepAlive(h)
	})
	return list
}

// returned takes the whole return list: the address and word 3 of each block, the last one first.
func returned(list *uint64) [][2]uint64 {
	var blocks [][2]uint64
	for address := *list; address != 0; {
		block := (*[3]uint64)(native(address))
		blocks = append(blocks, [2]uint64{address, block[1]})
		address = block[0]
	}
	*list = 0
	return blocks
}

// word3 of a block (clause 4.3).
func blockWord(capacity uint64) uint64 { return capacity<<6 | 3 }

func TestHeaderIsFourWords(t *testing.T) {
	// Clauses 1.2, 1.4 and 3.
	if HeaderWords != 4 || unsafe.Sizeof(Result{}) != 32 || wordSize != unsafe.Sizeof(uint64(0)) {
		t.Error("the header has another size than clause 1.2 says")
	}
	if WordStatus != 0 || WordA != 1 || WordB != 2 || WordC != 3 {
		t.Error("the words of the header stand in another order than clause 1.4 says")
	}
	statuses := []int{OK, Failed, Panicked, Rejected, Exited, Unavailable, Foreign}
	for want, got := range statuses {
		if want != got {
			t.Errorf("status %d is %d in clause 3", got, want)
		}
	}
	if maxChainDepth != 64 || maxChainCauses != 1024 || minBlock != 24 || MaxDepth != 1000 || NilTag != 1<<32-1 {
		t.Error("a limit is another one than the boundary says")
	}
}

// swap takes the list as native code does.
func swap(list *uint64) uint64 { return atomic.SwapUint64(list, 0) }
