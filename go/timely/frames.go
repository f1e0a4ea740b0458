package timely

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"sync"
)

// longestFrame is the length of a frame that is taken for a mistake.
const longestFrame = 1 << 24

// ListenFrames is a source of frames from TCP connections: four bytes, the length, most significant first, then so many bytes. It listens on worker 0. When as many
// connections were made and closed as it was told, the source ends; with 0 it never does. ready, if not nil, is told where it listens.
//
// A frame longer than 16 MiB, or one that is cut off, is a failure of the connection, and so of the source: it ends the program, or with [Skip] and [DeadLetters] the connection alone.
func ListenFrames(address string, connections int, ready func(net.Addr)) Source[[]byte] {
	return SourceFunc[[]byte](func(w *Worker) (Reader[[]byte], error) {
		if w.Index != 0 {
			return nil, nil
		}
		listener, err := net.Listen("tcp", address)
		if err != nil {
			return nil, err
		}
		if ready != nil {
			ready(listener.Addr())
		}
		f := &framed{worker: w, listener: listener, batches: make(chan [][]byte, 16), closed: make(chan struct{})}
		go f.accept(connections)
		return f, nil
	})
}

// framed is a source of frames. Its goroutines, one for each connection, fill batches; a full channel makes them wait, and so those who send to them.
type framed struct {
	worker   *Worker
	listener net.Listener
	batches  chan [][]byte
	closed   chan struct{}
	readers  sync.WaitGroup
	lock     sync.Mutex
	failures []error
	open     []net.Conn
	left     [][]byte
}

func (f *framed) accept(connections int) {
	for n := 0; connections == 0 || n < connections; n++ {
		conn, err := f.listener.Accept()
		if err != nil {
			break
		}
		f.lock.Lock()
		f.open = append(f.open, conn)
		f.lock.Unlock()
		f.readers.Add(1)
		go f.read(conn)
	}
	f.listener.Close()
	f.readers.Wait()
	close(f.batches)
	f.worker.Wake()
}

func (f *framed) read(conn net.Conn) {
	defer f.readers.Done()
	defer conn.Close()
	r := bufio.NewReaderSize(conn, 1<<16)
	for {
		frames, err := readFrames(r)
		if len(frames) > 0 {
			select {
			case f.batches <- frames:
				f.worker.Wake()
			case <-f.closed:
				return
			}
		}
		if err != nil {
			if err != io.EOF && !f.isClosed() {
				f.lock.Lock()
				f.failures = append(f.failures, fmt.Errorf("connection from %s: %w", conn.RemoteAddr(), err))
				f.lock.Unlock()
				f.worker.Wake()
			}
			return
		}
	}
}

// readFrames reads a frame and all that are there already. One allocation for many.
func readFrames(r *bufio.Reader) (frames [][]byte, err error) {
	var buffer []byte
	for len(frames) < batchSize {
		if len(frames) > 0 && r.Buffered() < 4 {
			return frames, nil
		}
		head, err := r.Peek(4)
		if err != nil {
			if len(head) > 0 && err == io.EOF {
				err = fmt.Errorf("a frame is cut off: %w", io.ErrUnexpectedEOF)
			}
			return frames, err
		}
		length := int(binary.BigEndian.Uint32(head))
		if length > longestFrame {
			return frames, fmt.Errorf("a frame says that it has %d bytes: more than 16 MiB is no frame", length)
		}
		if len(frames) > 0 && r.Buffered() < 4+length {
			return frames, nil
		}
		r.Discard(4)
		if cap(buffer)-len(buffer) < length {
			buffer = make([]byte, 0, max(length, r.Buffered()))
		}
		begin := len(buffer)
		buffer = buffer[:begin+length]
		if n, err := io.ReadFull(r, buffer[begin:]); err != nil {
			return frames, fmt.Errorf("a frame of %d bytes is cut off after %d: %w", length, n, io.ErrUnexpectedEOF)
		}
		frames = append(frames, buffer[begin:len(buffer):len(buffer)])
	}
	return frames, nil
}

func (f *framed) isClosed() bool {
	select {
	case <-f.closed:
		return true
	default:
		return false
	}
}

// Read takes what the connections have read.
func (f *framed) Read(into [][]byte) (int, error) {
	n := 0
	for n < len(into) {
		if len(f.left) > 0 {
			k := copy(into[n:], f.left)
			n, f.left = n+k, f.left[k:]
			continue
		}
		select {
		case frames, ok := <-f.batches:
			if !ok {
				if err := f.failure(); err != nil {
					return n, err
				}
				return n, io.EOF
			}
			f.left = frames
			continue
		default:
		}
		return n, f.failure()
	}
	return n, nil
}

func (f *framed) failure() error {
	f.lock.Lock()
	defer f.lock.Unlock()
	if len(f.failures) == 0 {
		return nil
	}
	err := f.failures[0]
	f.failures = f.failures[1:]
	return &connectionError{err}
}

// connectionError ends a connection, but not the source.
type connectionError struct{ error }

func (e *connectionError) Unwrap() error { return e.error }

func (f *framed) Close() error {
	close(f.closed)
	f.listener.Close()
	f.lock.Lock()
	defer f.lock.Unlock()
	for _, conn := range f.open {
		conn.Close()
	}
	return nil
}

// AppendFrame appends a frame, as [ListenFrames] reads it.
func AppendFrame(to []byte, bytes []byte) []byte {
	return append(binary.BigEndian.AppendUint32(to, uint32(len(bytes))), bytes...)
}

// DialFrames is a sink that sends frames over TCP, as [ListenFrames] reads them, on a connection of its own for each worker.
func DialFrames(address string) Sink[[]byte] {
	return SinkFunc[[]byte](func(*Worker) (Writer[[]byte], error) {
		conn, err := net.Dial("tcp", address)
		if err != nil {
			return nil, err
		}
		return &framing{conn: conn}, nil
	})
}

type framing struct {
	conn   net.Conn
	buffer []byte
}

func (f *framing) Write(frames [][]byte) error {
	f.buffer = f.buffer[:0]
	for _, frame := range frames {
		f.buffer = AppendFrame(f.buffer, frame)
	}
	_, err := f.conn.Write(f.buffer)
	return err
}

func (f *framing) Close() error { return f.conn.Close() }
