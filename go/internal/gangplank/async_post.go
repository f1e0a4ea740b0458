package gangplank

import (
	"sync/atomic"
	"unsafe"
)

// The post (clause 11.8): calls that Rust pushes on a list of native memory.
//
// Rust pushes a block with a compare-and-swap. The runner takes the whole list
// with one swap; nobody pops a single block, so there is no ABA. A block belongs
// to Go then, which reads the arguments and gives it back on the return list.
//
// When there is no runner the word sleeping is 1. Who pushes swaps it for 0, and
// if it was 1, wakes Go with a crossing. Go writes the 1 and then looks at the
// list again, Rust pushes and then looks at the word, all sequentially
// consistent: one of them sees the other.
//
// The block of a call that is over carries its result back (clause 11.9): Go
// pushes it on a list whose head is in Rust, and which Rust takes when it next
// polls a call, or when Go crosses. So as long as both sides are at work nobody
// crosses. Rust need not look: who pushed a block crosses before it waits for
// anything, unless the list is empty by then.
var post struct {
	head, sleeping *uint64
	// filed is where Rust puts the address of its list of results.
	filed *uint64
	serve []func(c *Call)
}

// Words of a posted block. Its first two are those of clause 4.4.
const (
	postWord3  = 1
	postNumber = 2
	postFrame  = 4
)

// Words of the block when it carries the result back, and where the result's
// bytes begin.
const (
	filedCall   = 2
	filedStatus = 3
	filedSize   = 7
	filedBytes  = 8
)

// keptBlock is how large a block may be that is kept while the method runs.
const keptBlock = 512

// StartPost hands over what serves posted calls, in the order of their numbers,
// which begin at 1. It comes after [StartValues].
func StartPost(serve ...func(c *Call)) {
	words := (*[7]uint64)(native(bridge.Keeper))
	post.serve = serve
	post.head, post.sleeping, post.filed = &words[3], &words[4], &words[6]
	atomic.StoreUint64(post.sleeping, 1)
}

// posted says whether calls were posted.
func posted() bool { return post.head != nil && atomic.LoadUint64(post.head) != 0 }

// sleep lets Rust wake Go. It is true if calls were posted meanwhile, and nobody
// has woken anybody for them.
func sleep() bool {
	if post.head == nil {
		return false
	}
	atomic.StoreUint64(post.sleeping, 1)
	return posted() && atomic.SwapUint64(post.sleeping, 0) == 1
}

// Wake is called by Rust when it has taken the 1 away.
func Wake() {
	calls.mu.Lock()
	calls.appoint()
	calls.mu.Unlock()
}

// takePosts queues what was posted, oldest first. For a holder of the lock.
func (p *pool) takePosts() {
	if !posted() {
		return
	}
	var oldest *run
	for address := atomic.SwapUint64(post.head, 0); address != 0; {
		block := native(address)
		frame := unsafe.Add(block, postFrame*wordSize)
		r := &run{call: *(*uint64)(unsafe.Add(frame, CallWord*wordSize)), post: address, next: oldest}
		oldest = r
		address = *(*uint64)(block)
	}
	for r := oldest; r != nil; {
		next := r.next
		r.next = nil
		p.running.insert(r)
		p.push(r)
		r.endIn(*(*int64)(unsafe.Add(native(r.post), (postFrame+LeftWord)*wordSize)))
		r = next
	}
}

// find finds the run of a call. What was posted before is found, too.
func (p *pool) find(call uint64) *run {
	p.mu.Lock()
	defer p.mu.Unlock()
	if r := p.running.find(call); r != nil {
		return r
	}
	p.takePosts()
	p.appoint()
	return p.running.find(call)
}

// all are all runs.
func (p *pool) all() []*run {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.takePosts()
	p.appoint()
	all := make([]*run, 0, p.running.n)
	for _, r := range p.running.buckets {
		for ; r != nil; r = r.other {
			all = append(all, r)
		}
	}
	return all
}

// servePost reads the arguments of a posted call, and runs its method.
func servePost(c *Call, r *run) {
	block := native(r.post)
	c.frame = unsafe.Add(block, postFrame*wordSize)
	number := *(*uint64)(unsafe.Add(block, postNumber*wordSize))
	post.serve[number-1](c)
}

// leavePost leaves the block of a posted call, whose arguments were read: it is
// kept for the result, or given back.
func (c *Call) leavePost() {
	r := c.later.posted
	if r == nil {
		return
	}
	c.later.posted = nil
	settled, word := c.settled, *(*[HeaderWords]uint64)(c.frame)
	c.later.worker.lend(c)
	if settled {
		*(*[HeaderWords]uint64)(c.frame) = word
	}
	address := r.post
	r.post = 0
	word3 := *(*uint64)(unsafe.Add(native(address), postWord3*wordSize))
	if word3>>6 <= keptBlock && atomic.LoadUint64(post.filed) != 0 {
		c.later.block = address
		return
	}
	Release(address, word3)
}

// file files the last record of a call in the call's block. It is false if there
// is no block, if the bytes of the result have no room in it, or if the call has an
// early record, which is in the outbox and must not be overtaken.
func (l *later) file(record *[recordWords]uint64, early bool) bool {
	if l.block == 0 {
		return false
	}
	block := native(l.block)
	word3 := *(*uint64)(unsafe.Add(block, postWord3*wordSize))
	if early || filedBytes*wordSize+len(l.bytes) > int(word3>>6) {
		Release(l.block, word3)
		return false
	}
	record[recordWords-1] = sizeWord(l.bytes, l.align)
	*(*[recordWords]uint64)(unsafe.Add(block, filedCall*wordSize)) = *record
	copy(unsafe.Slice((*byte)(unsafe.Add(block, filedBytes*wordSize)), len(l.bytes)), l.bytes)
	list := (*uint64)(native(*post.filed))
	for {
		head := atomic.LoadUint64(list)
		*(*uint64)(block) = head
		if atomic.CompareAndSwapUint64(list, head, l.block) {
			return true
		}
	}
}

// filed says whether results were filed that Rust has not taken.
func filed() bool {
	if post.filed == nil {
		return false
	}
	list := atomic.LoadUint64(post.filed)
	return list != 0 && atomic.LoadUint64((*uint64)(native(list))) != 0
}
