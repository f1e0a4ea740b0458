package handle

// What can be wrong with a handle. All but [ErrFull] also match [ErrInvalid] with errors.Is.
var (
	// ErrInvalid matches every error about a handle.
	ErrInvalid error = &fault{"gangplank: invalid handle"}
	// ErrZero says that the handle is zero, which is never a value's.
	ErrZero error = &fault{"gangplank: the handle is zero: it was never set"}
	// ErrStale says that the handle's value was deleted or taken.
	ErrStale error = &fault{"gangplank: the handle is stale: its value was deleted"}
	// ErrForeign says that the handle is not of this table.
	ErrForeign error = &fault{"gangplank: the handle belongs to another table"}
	// ErrForged says that the table has not issued such a handle.
	ErrForged error = &fault{"gangplank: the handle was never issued: it is damaged or made up"}
	// ErrFull says that the table has no room for another handle.
	ErrFull error = &full{}
)

type fault struct{ text string }

func (f *fault) Error() string        { return f.text }
func (f *fault) Is(target error) bool { return target == ErrInvalid }

type full struct{}

func (*full) Error() string {
	return "gangplank: the handle table is full: delete handles that are no longer needed"
}
