package timely

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// Roles are functions, sources and sinks by name, for a layout in Rust: each is registered with its types, a layout names it, and what it is laid out as is compared with what it is.
//
//	func init() {
//		roles := timely.NewRoles()
//		timely.RegisterFlatMap(roles, "split", split)
//		timely.RegisterKey(roles, "by word", func(word string) string { return word })
//		timely.Serve(roles, engine.RegisterProgram)
//	}
//
// A role may be used in several layouts, and several times in one. Roles are registered by one goroutine, before a layout is made.
type Roles struct {
	roles    map[string]*role
	types    map[string]*typed
	codecs   map[reflect.Type]any
	problems []error
}

// NewRoles has no roles yet.
func NewRoles() *Roles {
	return &Roles{roles: map[string]*role{}, types: map[string]*typed{}, codecs: map[reflect.Type]any{}}
}

// The kinds of roles, as Rust names them.
const (
	sourceRole   = "source"
	decoderRole  = "decoder"
	computeRole  = "computation"
	multiRole    = "multi computation"
	keyRole      = "partition function"
	routeRole    = "route"
	stateRole    = "state computation"
	encoderRole  = "encoder"
	sinkRole     = "sink"
	mergeRole    = "merge"
	outsideRole  = "operator in Rust"
	outsideBegin = "source in Rust"
	outsideEnd   = "sink in Rust"
)

// role is a role with its types; those that it has not are nil.
type role struct {
	name, kind        string
	takes, key, sends reflect.Type
	// build adds it to a layout as a node of that name: a Stream or a Keyed, or nothing.
	build func(app *App, as string, in anyStream, args []string) (anyStream, error)
}

// anyStream is a Stream or a Keyed whose types are known when the program runs.
type anyStream interface {
	from() *node
	sends() reflect.Type
	keys() reflect.Type
	plain() any
	merged(name string, rest []anyStream) anyStream
}

func (s Stream[T]) from() *node         { return s.node }
func (s Stream[T]) sends() reflect.Type { return reflect.TypeFor[T]() }
func (s Stream[T]) keys() reflect.Type  { return nil }
func (s Stream[T]) plain() any          { return s }
func (s Stream[T]) merged(name string, rest []anyStream) anyStream {
	others := make([]Stream[T], len(rest))
	for i, other := range rest {
		others[i] = other.plain().(Stream[T])
	}
	return Merge(name, s, others...)
}

func (k Keyed[K, T]) keys() reflect.Type { return reflect.TypeFor[K]() }

// typed is a type that a role has: Rust names it.
type typed struct {
	is reflect.Type
	// stream makes a stream of what Rust sends.
	stream func(app *App, n *node) (anyStream, error)
}

func (r *Roles) add(name, kind string, takes, key, sends reflect.Type, build func(app *App, as string, in anyStream, args []string) (anyStream, error)) {
	if name == "" || strings.ContainsAny(name, "\n\r") {
		r.problems = append(r.problems, fmt.Errorf("a %s is registered as %q: a name is one line of text", kind, name))
	}
	if r.roles[name] != nil {
		r.problems = append(r.problems, fmt.Errorf("`%s` is registered twice: as a %s and as a %s", name, r.roles[name].kind, kind))
	}
	r.roles[name] = &role{name, kind, takes, key, sends, build}
}

// know makes a type one that Rust may name.
func know[T any](r *Roles) reflect.Type {
	t := reflect.TypeFor[T]()
	known := r.types[typeName[T]()]
	if known == nil {
		r.types[typeName[T]()] = &typed{t, func(app *App, n *node) (anyStream, error) {
			h := &home[T]{}
			n.decode = h.decode
			return newStream(n, h), h.ready(app)
		}}
	} else if known.is != t {
		r.problems = append(r.problems, fmt.Errorf("two types are named %s, of %s and of %s: Rust cannot tell them apart", typeName[T](), known.is.PkgPath(), t.PkgPath()))
	}
	return t
}

// names are the roles of a kind, or all.
func (r *Roles) names(kind string) string {
	var names []string
	for name, role := range r.roles {
		if kind == "" || role.kind == kind {
			names = append(names, "`"+name+"`")
		}
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}

// RegisterCodec is [SetCodec] for layouts in Rust.
func RegisterCodec[T any](r *Roles, codec Codec[T]) { r.codecs[reflect.TypeFor[T]()] = codec }

// RegisterSource registers a source, which begins a stream as in [From]. open gets the arguments that the layout gives to this role, and its error is one of the layout.
func RegisterSource[T any](r *Roles, name string, open func(args []string) (Source[T], error), options ...Option) {
	r.add(name, sourceRole, nil, nil, know[T](r), func(app *App, as string, _ anyStream, args []string) (anyStream, error) {
		source, err := open(args)
		if err != nil {
			return nil, err
		}
		return From(app, as, source, options...), nil
	})
}

// RegisterDecoder registers a decoder: see [Decode].
func RegisterDecoder[T any](r *Roles, name string, f func(frame []byte) (T, error), options ...Option) {
	register(r, name, decoderRole, func(in Stream[[]byte], as string) Stream[T] { return Decode(in, as, f, options...) })
}

// RegisterMap registers a computation: see [Map].
func RegisterMap[T, U any](r *Roles, name string, f func(T) U, options ...Option) {
	register(r, name, computeRole, func(in Stream[T], as string) Stream[U] { return Map(in, as, f, options...) })
}

// RegisterCompute registers a computation: see [Compute].
func RegisterCompute[T, U any](r *Roles, name string, f func(T) (U, bool), options ...Option) {
	register(r, name, computeRole, func(in Stream[T], as string) Stream[U] { return Compute(in, as, f, options...) })
}

// RegisterFilter registers a computation: see [Filter].
func RegisterFilter[T any](r *Roles, name string, f func(T) bool, options ...Option) {
	register(r, name, computeRole, func(in Stream[T], as string) Stream[T] { return Filter(in, as, f, options...) })
}

// RegisterFlatMap registers a multi computation: see [FlatMap].
func RegisterFlatMap[T, U any](r *Roles, name string, f func(message T, out *Out[U]), options ...Option) {
	register(r, name, multiRole, func(in Stream[T], as string) Stream[U] { return FlatMap(in, as, f, options...) })
}

// RegisterEncoder registers an encoder: see [Encode].
func RegisterEncoder[T any](r *Roles, name string, f func(to []byte, message T) []byte, options ...Option) {
	register(r, name, encoderRole, func(in Stream[T], as string) Stream[[]byte] { return Encode(in, as, f, options...) })
}

// RegisterRoute registers a route: see [Route].
func RegisterRoute[T any](r *Roles, name string, f func(message T, workers int) int, options ...Option) {
	register(r, name, routeRole, func(in Stream[T], as string) Stream[T] { return Route(in, as, f, options...) })
}

// RegisterKey registers a partition function: see [Key].
func RegisterKey[K comparable, T any](r *Roles, name string, key func(T) K, options ...Option) {
	registerKey(r, name, func(in Stream[T], as string) Keyed[K, T] { return Key(in, as, key, options...) })
}

// RegisterKeyHash registers a partition function with its hash: see [KeyHash].
func RegisterKeyHash[K comparable, T any](r *Roles, name string, key func(T) K, hash func(K) uint64, options ...Option) {
	registerKey(r, name, func(in Stream[T], as string) Keyed[K, T] { return KeyHash(in, as, key, hash, options...) })
}

// RegisterState registers a state computation: see [State]. The type of its keys is written down, because the function does not show it: RegisterState[string](roles, ..).
func RegisterState[K comparable, S, T, U any](r *Roles, name string, f func(state *S, message T, out *Out[U]), options ...Option) {
	registerState(r, name, func(in Keyed[K, T], as string) Stream[U] { return State(in, as, f, options...) })
}

// RegisterFold registers a state computation that speaks at the end: see [Fold].
func RegisterFold[K comparable, S, T, U any](r *Roles, name string, step func(state *S, message T), end func(key K, state *S, out *Out[U]), options ...Option) {
	registerState(r, name, func(in Keyed[K, T], as string) Stream[U] { return Fold(in, as, step, end, options...) })
}

// RegisterSink registers a sink, which ends a stream as in [To]. open gets the arguments that the layout gives to this role, and its error is one of the layout.
func RegisterSink[T any](r *Roles, name string, open func(args []string) (Sink[T], error), options ...Option) {
	r.add(name, sinkRole, know[T](r), nil, nil, func(app *App, as string, in anyStream, args []string) (anyStream, error) {
		sink, err := open(args)
		if err != nil {
			return nil, err
		}
		To(in.plain().(Stream[T]), as, sink, options...)
		return nil, nil
	})
}

// register registers what reads a stream and sends one, and takes no arguments.
func register[T, U any](r *Roles, name, kind string, build func(in Stream[T], as string) Stream[U]) {
	r.add(name, kind, know[T](r), nil, know[U](r), func(_ *App, as string, in anyStream, _ []string) (anyStream, error) {
		return build(in.plain().(Stream[T]), as), nil
	})
}

func registerKey[K comparable, T any](r *Roles, name string, build func(in Stream[T], as string) Keyed[K, T]) {
	r.add(name, keyRole, know[T](r), know[K](r), know[T](r), func(_ *App, as string, in anyStream, _ []string) (anyStream, error) {
		return build(in.plain().(Stream[T]), as), nil
	})
}

func registerState[K comparable, T, U any](r *Roles, name string, build func(in Keyed[K, T], as string) Stream[U]) {
	r.add(name, stateRole, know[T](r), know[K](r), know[U](r), func(_ *App, as string, in anyStream, _ []string) (anyStream, error) {
		return build(in.(Keyed[K, T]), as), nil
	})
}
