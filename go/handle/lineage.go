package handle

import "sync/atomic"

// lineage tells the handles of one table from those of others: by tag, and when the tags are used up also by where
// generations begin.
type lineage struct {
	tag         uint64 // in place
	first, last uint64 // generations
}

var lineages atomic.Uint64

// newLineage gives each of the first 1,022 tables a tag of its own. Later tables share tags. Their generations begin
// elsewhere, so that a handle of a table with the same tag is most likely one of a generation that the slot does not have.
func newLineage() lineage {
	n := lineages.Add(1) - 1
	round := n / tags
	const half = generationLimit / 2
	return lineage{
		tag:   (firstTag + n%tags) << tagShift,
		first: 1 + round*scatterFactor>>(64-genBits+1)%half,
		last:  generationLimit,
	}
}
