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
var post struct {
	head, sleeping *uint64
	serve          []func(c *Call)
}

// Words of a posted block. Its first two are those of clause 4.4.
const (
	postWord3  = 1
	postNumber = 2
	postFrame  = 4
)

// StartPost hands over what serves posted calls, in the order of their numbers,
// which begin at 1. It comes after [StartValues].
func StartPost(serve ...func(c *Call)) {
	words := (*[5]uint64)(native(bridge.Keeper))
	post.serve = serve
	post.head, post.sleeping = &words[3], &words[4]
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

// leavePost gives back the block of a posted call, whose arguments were read.
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
	Release(address, *(*uint64)(unsafe.Add(native(address), postWord3*wordSize)))
}
