package gangplank

// The words of a frame's header (clause 1.4), and where its arguments begin.
const (
	WordStatus = iota
	WordA
	WordB
	WordC
	HeaderWords
)

// What word 0 holds when a shim is back (clause 3).
const (
	OK          = 0
	Failed      = 1
	Panicked    = 2
	Rejected    = 3
	Exited      = 4
	Unavailable = 5
	Foreign     = 6
	Busy        = 9
)

// wordSize is the size of a word in bytes (clause 1.1).
const wordSize = 8

// Result is the header that a shim left.
type Result [HeaderWords]uint64
