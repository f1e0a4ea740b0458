package handle

// state is the state word of a slot; see the protocol in doc.go. Its methods are the only code that knows its bits, and
// each gives the state to change to. Changes are made with the atomic word in slot.
type state uint64

func (s state) isFree() bool { return s&tagMask == 0 }

func (s state) isLive() bool { return s&tagMask > reservedTag }

// generation is the last one issued, or about to be: 0 if there was none.
func (s state) generation() uint64 { return uint64(s) >> genShift }

// The state words of slots that are not live hold the position inverted. A number made up to equal one of them names
// another slot, so no number whatever finds its own slot in such a state. (A slot that was never used has state 0, and the
// only slot that 0 names is given another state when its segment is made.)

// reserve is the state in which the slot of h belongs to whoever brought it there.
func (h Handle) reserve() state { return h.free() | reservedTag }

// free is the state of the slot after the life of h.
func (h Handle) free() state { return state(h)&^tagMask ^ positionMask }

// issue names the handle that a free slot has next. It is 0 for a retired slot.
func (s state) issue(position uint64, l *lineage) Handle {
	g := s.generation() + 1
	if g > l.last {
		return 0
	}
	if g < l.first {
		g = l.first
	}
	return Handle(g<<genShift | l.tag | position)
}
