package gangplank

// MaxDepth is how many levels of Box, list or map a value may have (clause
// 5.10). A value that contains itself would otherwise have no end, and a
// native stack is small.
const MaxDepth = 1000

// Depth counts how deep a recursive value nests while it is appended. After
// one place that was too deep it refuses all others: a value that contains
// itself twice would have more of them than can ever be visited.
type Depth struct {
	levels  int32
	tooDeep bool
}

// Enter is called where a recursive value begins. It says whether to go on.
func (d *Depth) Enter(limit int) bool {
	if d.tooDeep = d.tooDeep || d.levels >= int32(limit); d.tooDeep {
		return false
	}
	d.levels++
	return true
}

// Leave is called where a recursive value ends, if Enter said to go on.
func (d *Depth) Leave() { d.levels-- }
