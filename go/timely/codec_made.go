package timely

import (
	"encoding/binary"
	"fmt"
	"math"
	"reflect"
)

// madeCodec is a codec for a type, made of codecs for its parts when a program is laid out.
//
// Numbers are varints, floats their bits, strings and lists have their length in front, pointers a byte that says whether there is anything.
type madeCodec struct {
	append func(to []byte, v reflect.Value) []byte
	read   func(from []byte, v reflect.Value) ([]byte, error)
}

// reflected is a made codec for its type.
type reflected[T any] struct{ made *madeCodec }

func (c reflected[T]) Append(to []byte, message T) ([]byte, error) {
	return c.made.append(to, reflect.ValueOf(&message).Elem()), nil
}

func (c reflected[T]) Read(from []byte) (message T, rest []byte, err error) {
	rest, err = c.made.read(from, reflect.ValueOf(&message).Elem())
	return message, rest, err
}

// makeCodec makes the codec of a type; known are those that are being made, for types that contain themselves.
func makeCodec(t reflect.Type, known map[reflect.Type]*madeCodec) (*madeCodec, error) {
	if made := known[t]; made != nil {
		return made, nil
	}
	made := &madeCodec{}
	known[t] = made
	var err error
	switch kind := t.Kind(); {
	case kind == reflect.Bool:
		made.append = func(to []byte, v reflect.Value) []byte {
			if v.Bool() {
				return append(to, 1)
			}
			return append(to, 0)
		}
		made.read = func(from []byte, v reflect.Value) ([]byte, error) {
			if len(from) == 0 || from[0] > 1 {
				return nil, fmt.Errorf("%w: no bool", ErrMalformed)
			}
			v.SetBool(from[0] == 1)
			return from[1:], nil
		}
	case kind >= reflect.Int && kind <= reflect.Int64:
		made.append = func(to []byte, v reflect.Value) []byte { return binary.AppendVarint(to, v.Int()) }
		made.read = func(from []byte, v reflect.Value) ([]byte, error) {
			n, size := binary.Varint(from)
			if size <= 0 || v.OverflowInt(n) {
				return nil, fmt.Errorf("%w: no %s", ErrMalformed, t)
			}
			v.SetInt(n)
			return from[size:], nil
		}
	case kind >= reflect.Uint && kind <= reflect.Uintptr:
		made.append = func(to []byte, v reflect.Value) []byte { return binary.AppendUvarint(to, v.Uint()) }
		made.read = func(from []byte, v reflect.Value) ([]byte, error) {
			n, size := binary.Uvarint(from)
			if size <= 0 || v.OverflowUint(n) {
				return nil, fmt.Errorf("%w: no %s", ErrMalformed, t)
			}
			v.SetUint(n)
			return from[size:], nil
		}
	case kind == reflect.Float32 || kind == reflect.Float64:
		made.append = func(to []byte, v reflect.Value) []byte {
			return binary.LittleEndian.AppendUint64(to, math.Float64bits(v.Float()))
		}
		made.read = func(from []byte, v reflect.Value) ([]byte, error) {
			if len(from) < 8 {
				return nil, fmt.Errorf("%w: no %s", ErrMalformed, t)
			}
			v.SetFloat(math.Float64frombits(binary.LittleEndian.Uint64(from)))
			return from[8:], nil
		}
	case kind == reflect.String:
		made.append = func(to []byte, v reflect.Value) []byte {
			return append(binary.AppendUvarint(to, uint64(v.Len())), v.String()...)
		}
		made.read = func(from []byte, v reflect.Value) ([]byte, error) {
			n, from, err := readLength(from, 1)
			if err == nil {
				v.SetString(string(from[:n]))
				from = from[n:]
			}
			return from, err
		}
	case kind == reflect.Slice:
		err = made.slice(t, known)
	case kind == reflect.Array:
		err = made.array(t, known)
	case kind == reflect.Map:
		err = made.table(t, known)
	case kind == reflect.Pointer:
		err = made.pointer(t, known)
	case kind == reflect.Struct:
		err = made.structure(t, known)
	default:
		err = fmt.Errorf("a %s cannot be written as bytes", t)
	}
	if err != nil {
		return nil, err
	}
	return made, nil
}

// readLength reads the length of something whose elements take at least so many bytes.
func readLength(from []byte, least int) (int, []byte, error) {
	n, from, err := readUvarint(from)
	if err == nil && n > uint64(len(from)/max(least, 1)) {
		err = fmt.Errorf("%w: %d elements in %d bytes", ErrMalformed, n, len(from))
	}
	return int(n), from, err
}

func (made *madeCodec) slice(t reflect.Type, known map[reflect.Type]*madeCodec) error {
	if t.Elem().Kind() == reflect.Uint8 {
		made.append = func(to []byte, v reflect.Value) []byte {
			return append(binary.AppendUvarint(to, uint64(v.Len())), v.Bytes()...)
		}
		made.read = func(from []byte, v reflect.Value) ([]byte, error) {
			n, from, err := readLength(from, 1)
			if err == nil {
				v.SetBytes(from[:n:n])
				from = from[n:]
			}
			return from, err
		}
		return nil
	}
	element, err := makeCodec(t.Elem(), known)
	if err != nil {
		return err
	}
	if t.Elem().Size() == 0 {
		return fmt.Errorf("a slice of %s, which has no size, cannot be written as bytes", t.Elem())
	}
	made.append = func(to []byte, v reflect.Value) []byte {
		to = binary.AppendUvarint(to, uint64(v.Len()))
		for i := range v.Len() {
			to = element.append(to, v.Index(i))
		}
		return to
	}
	made.read = func(from []byte, v reflect.Value) ([]byte, error) {
		n, from, err := readLength(from, 1)
		if err != nil {
			return nil, err
		}
		list := reflect.MakeSlice(t, n, n)
		for i := 0; i < n && err == nil; i++ {
			from, err = element.read(from, list.Index(i))
		}
		v.Set(list)
		return from, err
	}
	return nil
}

func (made *madeCodec) array(t reflect.Type, known map[reflect.Type]*madeCodec) error {
	element, err := makeCodec(t.Elem(), known)
	if err != nil {
		return err
	}
	made.append = func(to []byte, v reflect.Value) []byte {
		for i := range t.Len() {
			to = element.append(to, v.Index(i))
		}
		return to
	}
	made.read = func(from []byte, v reflect.Value) (_ []byte, err error) {
		for i := 0; i < t.Len() && err == nil; i++ {
			from, err = element.read(from, v.Index(i))
		}
		return from, err
	}
	return nil
}

func (made *madeCodec) table(t reflect.Type, known map[reflect.Type]*madeCodec) error {
	key, err := makeCodec(t.Key(), known)
	if err != nil {
		return err
	}
	element, err := makeCodec(t.Elem(), known)
	if err != nil {
		return err
	}
	made.append = func(to []byte, v reflect.Value) []byte {
		to = binary.AppendUvarint(to, uint64(v.Len()))
		for entries := v.MapRange(); entries.Next(); {
			to = element.append(key.append(to, entries.Key()), entries.Value())
		}
		return to
	}
	made.read = func(from []byte, v reflect.Value) ([]byte, error) {
		n, from, err := readLength(from, 1)
		if err != nil {
			return nil, err
		}
		table := reflect.MakeMap(t)
		for i := 0; i < n; i++ {
			k, e := reflect.New(t.Key()).Elem(), reflect.New(t.Elem()).Elem()
			if from, err = key.read(from, k); err != nil {
				return nil, err
			}
			if from, err = element.read(from, e); err != nil {
				return nil, err
			}
			table.SetMapIndex(k, e)
		}
		v.Set(table)
		return from, nil
	}
	return nil
}

func (made *madeCodec) pointer(t reflect.Type, known map[reflect.Type]*madeCodec) error {
	element, err := makeCodec(t.Elem(), known)
	if err != nil {
		return err
	}
	made.append = func(to []byte, v reflect.Value) []byte {
		if v.IsNil() {
			return append(to, 0)
		}
		return element.append(append(to, 1), v.Elem())
	}
	made.read = func(from []byte, v reflect.Value) ([]byte, error) {
		if len(from) == 0 || from[0] > 1 {
			return nil, fmt.Errorf("%w: no pointer", ErrMalformed)
		}
		if from[0] == 0 {
			return from[1:], nil
		}
		v.Set(reflect.New(t.Elem()))
		return element.read(from[1:], v.Elem())
	}
	return nil
}

func (made *madeCodec) structure(t reflect.Type, known map[reflect.Type]*madeCodec) error {
	fields := make([]*madeCodec, t.NumField())
	for i := range fields {
		field := t.Field(i)
		if !field.IsExported() {
			return fmt.Errorf("field %s of %s is not exported", field.Name, t)
		}
		made, err := makeCodec(field.Type, known)
		if err != nil {
			return fmt.Errorf("field %s of %s: %w", field.Name, t, err)
		}
		fields[i] = made
	}
	made.append = func(to []byte, v reflect.Value) []byte {
		for i, field := range fields {
			to = field.append(to, v.Field(i))
		}
		return to
	}
	made.read = func(from []byte, v reflect.Value) (_ []byte, err error) {
		for i := 0; i < len(fields) && err == nil; i++ {
			from, err = fields[i].read(from, v.Field(i))
		}
		return from, err
	}
	return nil
}
