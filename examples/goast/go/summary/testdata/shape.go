// Package geometry is a fixture: every kind of declaration once.
package geometry

const (
	Pi, Tau = 3.14, 6.28
	small   = 1
)

var Origin, hidden Point

// Point is exported.
type Point struct{ X, Y float64 }

type circle struct{ r float64 }

// func NotAFunction() {}

func (p *Point) Add(q Point) {
	p.X, p.Y = p.X+q.X, p.Y+q.Y
}

// List is generic.
type List[K comparable, V any] map[K]V

func (l List[_, V]) Len() int { return len(l) }

// Area is exported, its type is not.
func (c circle) Area() float64 { return Pi * c.r * c.r }

// Area is a function.
func Area(
	c circle,
) float64 {
	return c.Area()
}

func Scale[T ~float64](t T) T {
	return t * small
}

func helper() func() {
	text := `
func InsideAString() {
`
	_ = text
	return func() {}
}
