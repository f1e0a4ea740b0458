// Package crew is the crew of a ship.
package crew

import (
	"errors"
	"runtime"
	"sync"
	"sync/atomic"

	"gangplank.example/rust_host/bridge"
)

func init() { bridge.RegisterCrew(&crew{}) }

// crew implements bridge.Crew.
type crew struct {
	lock  sync.Mutex
	last  *sailor
	ship  *bridge.Ship
	order func(string) (string, error)
}

// reached counts sailors and orders that the collector has not found.
var reached atomic.Int64

// sailor implements bridge.Sailor.
type sailor struct{ name string }

func (s *sailor) Name() string { return s.name }

func (s *sailor) Sail(ship *bridge.Ship, miles uint64) (uint64, error) {
	defer ship.Close()
	return ship.Sail(miles), nil
}

func (c *crew) Hire(name string) (bridge.Sailor, error) {
	if name == "" {
		return nil, errors.New("a sailor has a name")
	}
	s := &sailor{name}
	reached.Add(1)
	runtime.AddCleanup(s, func(struct{}) { reached.Add(-1) }, struct{}{})
	c.lock.Lock()
	defer c.lock.Unlock()
	c.last = s
	return s, nil
}

func (c *crew) Knows(s bridge.Sailor) bool {
	c.lock.Lock()
	defer c.lock.Unlock()
	return s == bridge.Sailor(c.last)
}

func (*crew) Build(name string) *bridge.Ship {
	if name == "" {
		return nil
	}
	return bridge.NewShip(name)
}

func (c *crew) Keep(ship *bridge.Ship, order func(string) (string, error)) {
	c.lock.Lock()
	defer c.lock.Unlock()
	c.ship, c.order = ship, order
}

func (c *crew) Obey(text string) (string, error) {
	c.lock.Lock()
	order := c.order
	c.lock.Unlock()
	if order == nil {
		return "", errors.New("no order is kept")
	}
	return order(text)
}

func (c *crew) Kept() *bridge.Ship {
	c.lock.Lock()
	defer c.lock.Unlock()
	return c.ship
}

func (c *crew) Forget() {
	c.lock.Lock()
	c.ship, c.order, c.last = nil, nil, nil
	c.lock.Unlock()
	runtime.GC()
}

func (*crew) Order(mark string) func(string) (string, error) {
	token := &mark
	reached.Add(1)
	runtime.AddCleanup(token, func(struct{}) { reached.Add(-1) }, struct{}{})
	return func(text string) (string, error) {
		if text == "" {
			return "", errors.New("nothing to say")
		}
		return *token + text, nil
	}
}

func (*crew) Count(to uint64, each func(uint64) bool) uint64 {
	calls := uint64(0)
	for n := range to {
		calls++
		if !each(n) {
			break
		}
	}
	return calls
}

func (*crew) Reached() uint64 { return uint64(reached.Load()) }
