package timely

import (
	"encoding"
	"encoding/binary"
	"errors"
	"fmt"
	"reflect"
)

// Codec writes messages of a type as bytes, for other processes, and reads them back.
type Codec[T any] interface {
	// Append appends a message to what it is given.
	Append(to []byte, message T) ([]byte, error)
	// Read reads a message from the beginning of the bytes, and returns the rest. It may keep parts of the bytes.
	Read(from []byte) (message T, rest []byte, err error)
}

// SetCodec gives a type a codec. Call it before a stream of the type is keyed.
//
// Without it, a type that is an encoding.BinaryAppender or BinaryMarshaler and whose pointer is an encoding.BinaryUnmarshaler uses these; a
// type made of strings, numbers, bools, slices, arrays, maps, pointers and structs whose fields are exported gets a codec that is made when the program is laid out.
func SetCodec[T any](app *App, codec Codec[T]) { app.codecs[reflect.TypeFor[T]()] = codec }

// ErrMalformed is what bytes are that no codec wrote.
var ErrMalformed = errors.New("gangplank: malformed bytes")

// batchCodec writes and reads whole batches.
type batchCodec[T any] interface {
	appendAll(to []byte, items []T) ([]byte, error)
	readAll(to []T, from []byte) ([]T, error)
}

// codecOf is the codec of a type: the user's, the type's own, or a made one.
func codecOf[T any](app *App) (batchCodec[T], error) {
	t := reflect.TypeFor[T]()
	if codec, ok := app.codecs[t].(Codec[T]); ok {
		return each[T]{codec}, nil
	}
	if codec, ok := any(stringCodec{}).(batchCodec[T]); ok {
		return codec, nil
	}
	if ok, err := hasOwn(t); ok || err != nil {
		return each[T]{ownCodec[T]{}}, err
	}
	made, err := makeCodec(t, map[reflect.Type]*madeCodec{})
	if err != nil {
		return nil, err
	}
	return each[T]{reflected[T]{made}}, nil
}

// each is a codec for single messages.
type each[T any] struct{ codec Codec[T] }

func (c each[T]) appendAll(to []byte, items []T) (_ []byte, err error) {
	to = binary.AppendUvarint(to, uint64(len(items)))
	for _, item := range items {
		if to, err = c.codec.Append(to, item); err != nil {
			return nil, fmt.Errorf("message %s cannot be encoded: %w", text(item), err)
		}
	}
	return to, nil
}

func (c each[T]) readAll(to []T, from []byte) ([]T, error) {
	count, from, err := readUvarint(from)
	if err != nil {
		return nil, err
	}
	for range count {
		item, rest, err := c.codec.Read(from)
		if err != nil {
			return nil, err
		}
		to, from = append(to, item), rest
	}
	if len(from) > 0 {
		return nil, fmt.Errorf("%w: %d bytes are left over", ErrMalformed, len(from))
	}
	return to, nil
}

// stringCodec reads many strings with one allocation: they are parts of one.
type stringCodec struct{}

func (stringCodec) appendAll(to []byte, items []string) ([]byte, error) {
	size := 0
	for _, s := range items {
		size += len(s) + 2
	}
	if to == nil {
		to = make([]byte, 0, size+binary.MaxVarintLen64)
	}
	to = binary.AppendUvarint(to, uint64(len(items)))
	for _, s := range items {
		to = append(binary.AppendUvarint(to, uint64(len(s))), s...)
	}
	return to, nil
}

func (stringCodec) readAll(to []string, from []byte) ([]string, error) {
	count, from, err := readUvarint(from)
	if err != nil {
		return nil, err
	}
	whole, left := string(from), from
	for range count {
		length, rest, err := readUvarint(left)
		if err != nil {
			return nil, err
		}
		if length > uint64(len(rest)) {
			return nil, fmt.Errorf("%w: a string of %d bytes in %d", ErrMalformed, length, len(rest))
		}
		at := len(whole) - len(rest)
		to, left = append(to, whole[at:at+int(length)]), rest[length:]
	}
	if len(left) > 0 {
		return nil, fmt.Errorf("%w: %d bytes are left over", ErrMalformed, len(left))
	}
	return to, nil
}

func readUvarint(from []byte) (uint64, []byte, error) {
	n, size := binary.Uvarint(from)
	if size <= 0 {
		return 0, nil, fmt.Errorf("%w: a number does not end", ErrMalformed)
	}
	return n, from[size:], nil
}

// ownCodec uses the methods of the type.
type ownCodec[T any] struct{}

var (
	appender    = reflect.TypeFor[encoding.BinaryAppender]()
	marshaler   = reflect.TypeFor[encoding.BinaryMarshaler]()
	unmarshaler = reflect.TypeFor[encoding.BinaryUnmarshaler]()
)

// hasOwn is whether a type has its own codec.
func hasOwn(t reflect.Type) (bool, error) {
	writes := t.Implements(appender) || t.Implements(marshaler)
	reads := reflect.PointerTo(t).Implements(unmarshaler)
	if writes && !reads {
		return false, fmt.Errorf("it has a method to write itself as bytes, but *%s has no UnmarshalBinary", t)
	}
	return writes && reads, nil
}

func (ownCodec[T]) Append(to []byte, message T) ([]byte, error) {
	// The length is not known before: two bytes are enough for most.
	var bytes []byte
	var err error
	if a, ok := any(message).(encoding.BinaryAppender); ok {
		bytes, err = a.AppendBinary(nil)
	} else {
		bytes, err = any(message).(encoding.BinaryMarshaler).MarshalBinary()
	}
	return append(binary.AppendUvarint(to, uint64(len(bytes))), bytes...), err
}

func (ownCodec[T]) Read(from []byte) (message T, rest []byte, err error) {
	length, from, err := readUvarint(from)
	if err == nil && length > uint64(len(from)) {
		err = fmt.Errorf("%w: %d bytes in %d", ErrMalformed, length, len(from))
	}
	if err != nil {
		return message, nil, err
	}
	err = any(&message).(encoding.BinaryUnmarshaler).UnmarshalBinary(from[:length])
	return message, from[length:], err
}
