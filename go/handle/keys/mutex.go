package keys

import "sync"

// Mutex is a counter under a lock. The zero Mutex is ready.
type Mutex struct {
	lock sync.Mutex
	last uint64
}

// Next counts.
func (m *Mutex) Next() uint64 {
	m.lock.Lock()
	defer m.lock.Unlock()
	m.last++
	return m.last
}
