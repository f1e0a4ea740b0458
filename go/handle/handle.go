package handle

import "fmt"

// Handle stands for a value in a [Table]. It is a number, not an address: native code may keep it as long as it likes.
// The zero Handle is not valid.
//
// From the low bits: position in the segment (20), segment (4), shard (6), table tag (10), generation (24).
type Handle uint64

const (
	offsetBits  = 20
	segmentBits = 4
	shardBits   = 6
	tagBits     = 10
	genBits     = 24

	shardShift = offsetBits + segmentBits
	tagShift   = shardShift + shardBits
	genShift   = tagShift + tagBits

	shards          = 1 << shardBits
	segments        = 1 << segmentBits // of one shard
	firstSegment    = 64               // slots
	offsetMask      = 1<<offsetBits - 1
	positionMask    = 1<<tagShift - 1
	directoryMask   = shards*segments - 1
	tagMask         = (1<<tagBits - 1) << tagShift
	reservedTag     = 1 << tagShift
	firstTag        = 2
	tags            = 1<<tagBits - firstTag
	generationLimit = 1<<genBits - 1
)

// Handles and the words of values have 64 bits: on a machine with smaller words this does not compile.
const _ = uint(^uintptr(0)>>63) - 1

func (h Handle) generation() uint64 { return uint64(h) >> genShift }

// String names the parts of the handle, for logs.
func (h Handle) String() string {
	if h == 0 {
		return "handle(zero)"
	}
	return fmt.Sprintf("handle(table %d, shard %d, slot %d.%d, generation %d)",
		uint64(h)&tagMask>>tagShift, h>>shardShift&(shards-1), h>>offsetBits&(segments-1), h&offsetMask, h.generation())
}
