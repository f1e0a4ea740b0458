package gangplank

import "testing"

type packet struct {
	from, to string
	payload  []byte
}

//go:noinline
func appendPacket(b []byte, v *packet) []byte {
	b = AppendString(b, v.from)
	b = AppendString(b, v.to)
	return AppendBytes(b, v.payload)
}

//go:noinline
func readPacket(r *Reader, v *packet) {
	v.from = r.String()
	v.to = r.String()
	v.payload = r.Bytes()
}

var sunk packet

func BenchmarkRead(b *testing.B) {
	p := packet{"sixteen letters.", "thirty-two letters and no more..", make([]byte, 64)}
	message := appendPacket(nil, &p)
	b.ReportAllocs()
	for b.Loop() {
		var m Reader
		m.Message = message
		readPacket(&m, &sunk)
		if !m.End() {
			b.Fatal("not at the end")
		}
	}
}

func BenchmarkReadAllocation(b *testing.B) {
	p := packet{"sixteen letters.", "thirty-two letters and no more..", make([]byte, 64)}
	message := appendPacket(nil, &p)
	b.ReportAllocs()
	for b.Loop() {
		sunk.from = string(message)
	}
}

func BenchmarkAppend(b *testing.B) {
	p := packet{"sixteen letters.", "thirty-two letters and no more..", make([]byte, 64)}
	for b.Loop() {
		var space [144]byte
		if len(appendPacket(space[:0], &p)) != 136 {
			b.Fatal("another length")
		}
	}
}
