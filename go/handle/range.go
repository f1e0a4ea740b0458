package handle

// Len counts the live handles. It looks at every slot: a million take about a millisecond.
func (t *Table[T]) Len() (live int) {
	t.eachLive(func(Handle) bool {
		live++
		return true
	})
	return live
}

// Range calls yield for live handles and their values until it returns false:
//
//	for h, v := range table.Range {
//
// Handles that are created or deleted meanwhile may or may not be among them. The loop may use the table as it likes.
func (t *Table[T]) Range(yield func(Handle, T) bool) {
	t.eachLive(func(h Handle) bool {
		v, err := t.Get(h)
		return err != nil || yield(h, v)
	})
}

func (t *Table[T]) eachLive(yield func(Handle) bool) {
	for n := range uint64(shards) {
		for k := range t.segmentCount(n) {
			for offset := range t.entry(n, k).mask + 1 {
				s := t.slot(n<<shardShift | k<<offsetBits | offset).load()
				if s.isLive() && !yield(Handle(s)) {
					return
				}
			}
		}
	}
}
