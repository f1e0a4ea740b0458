package errors_test

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"

	"gangplank.example/e2e/errors/bridge"
)

// pilot implements bridge.Pilot.
type pilot struct{}

func (pilot) Guide(answer bridge.Answer) (uint32, error) {
	err := failure(answer)
	return 7, err
}

func (pilot) Steer(answer bridge.Answer) error { return failure(answer) }

func failure(answer bridge.Answer) error {
	switch answer {
	case bridge.AnswerFine:
		return nil
	case bridge.AnswerFull:
		return bridge.ErrFull
	case bridge.AnswerTooLong:
		return &bridge.TooLongError{Name: "Gorch Fock", By: 1.5}
	case bridge.AnswerClosed:
		return fmt.Errorf("on Sundays: %w", bridge.ErrClosed)
	case bridge.AnswerWrapped:
		return fmt.Errorf("reading the chart: %w", &fs.PathError{Op: "open", Path: "chart", Err: fs.ErrNotExist})
	case bridge.AnswerJoined:
		return errors.Join(io.EOF, fmt.Errorf("second: %w", io.ErrUnexpectedEOF), nil)
	case bridge.AnswerTypedNil:
		var none *fs.PathError
		return none
	default:
		return errors.New("fog")
	}
}

func TestMain(m *testing.M) {
	bridge.RegisterPilot(pilot{})
	os.Exit(m.Run())
}

func TestNoErrorIsNil(t *testing.T) {
	n, err := bridge.Enter(bridge.AnswerFine)
	if n != 7 || err != nil {
		t.Error(n, err)
	}
	if err := bridge.Sail(8); err != nil {
		t.Error(err)
	}
	if n, err := bridge.PassOn(bridge.AnswerFine); n != 7 || err != nil {
		t.Error(n, err)
	}
}

func TestAsFindsTheVariant(t *testing.T) {
	n, err := bridge.Enter(bridge.AnswerTooLong)
	var long *bridge.TooLongError
	if !errors.As(err, &long) || long.Name != "Seute Deern" || long.By != 2.5 || err.Error() != "Seute Deern is 2.5 m too long" || n != 0 {
		t.Errorf("%v %#v", n, err)
	}
	var any bridge.HarbourError
	if !errors.As(fmt.Errorf("entering: %w", err), &any) || any != err {
		t.Error("the sealed interface is not found")
	}
	if errors.Is(err, bridge.ErrFull) {
		t.Error("one variant is taken for another")
	}
}

func TestIsFindsTheSentinel(t *testing.T) {
	_, full := bridge.Enter(bridge.AnswerFull)
	if !errors.Is(full, bridge.ErrFull) || errors.Is(full, bridge.ErrClosed) || full.Error() != "no berth is free" {
		t.Error(full)
	}
	// The text that comes from Rust wins, and the sentinel is found all the same.
	_, closed := bridge.Enter(bridge.AnswerClosed)
	if !errors.Is(closed, bridge.ErrClosed) || errors.Is(closed, bridge.ErrFull) || closed.Error() != "closed since 1999" {
		t.Error(closed)
	}
}

func TestErrorStruct(t *testing.T) {
	for force, place := range map[uint8]string{9: "", 12: "Biscay"} {
		var storm *bridge.StormError
		err := bridge.Sail(force)
		if !errors.As(err, &storm) || storm.Force != force || err.Error() != fmt.Sprintf("storm of force %d", force) {
			t.Errorf("%#v", err)
		} else if (storm.Place == nil) != (place == "") || place != "" && *storm.Place != place {
			t.Error(force, storm.Place)
		}
	}
}

func TestOtherValuesAsErrors(t *testing.T) {
	var record *bridge.ErrorValue[bridge.Refusal]
	if s, err := bridge.Apply(3); !errors.As(err, &record) || record.Value.Code != 3 || !slices.Equal(record.Value.Reasons, []string{"late", ""}) || s != "" {
		t.Errorf("%#v", err)
	}
	var text *bridge.ErrorValue[string]
	if err := bridge.Say("größe"); !errors.As(err, &text) || text.Value != "größe" || err.Error() != "größe" {
		t.Errorf("%#v", err)
	}
	var number *bridge.ErrorValue[int64]
	if err := bridge.Number(-5); !errors.As(err, &number) || number.Value != -5 {
		t.Errorf("%#v", err)
	}
	var nothing *bridge.ErrorValue[struct{}]
	if _, err := bridge.Nothing(); !errors.As(err, &nothing) {
		t.Errorf("%#v", err)
	}
}

func TestAnyRustErrorKeepsItsChain(t *testing.T) {
	if port, err := bridge.Parse("8080"); port != 8080 || err != nil {
		t.Error(port, err)
	}
	_, err := bridge.Parse("x")
	var top *bridge.ForeignError
	if !errors.As(err, &top) || err.Error() != `"x" is no port` || !strings.HasSuffix(top.Type, "NoPort") {
		t.Fatalf("%#v", err)
	}
	causes := top.Unwrap()
	if len(causes) != 1 || causes[0].Error() != "invalid digit found in string" {
		t.Errorf("%v", causes)
	}
}

func TestRustSeesAGoErrorWithItsChain(t *testing.T) {
	for answer, want := range map[bridge.Answer]string{
		bridge.AnswerFine:     "7",
		bridge.AnswerPlain:    "fog <*errors.errorString> []",
		bridge.AnswerWrapped:  "reading the chart: open chart: file does not exist <*fmt.wrapError> [open chart: file does not exist <*fs.PathError> [file does not exist <*errors.errorString> []]]",
		bridge.AnswerJoined:   "EOF\nsecond: unexpected EOF <*errors.joinError> [EOF <*errors.errorString> []; second: unexpected EOF <*fmt.wrapError> [unexpected EOF <*errors.errorString> []]]",
		bridge.AnswerTypedNil: "<nil> <*fs.PathError> []",
		bridge.AnswerTooLong:  "too long <*bridge.TooLongError> []",
	} {
		if got := bridge.Seen(answer); got != want {
			t.Errorf("%v: %s", answer, got)
		}
	}
	if got := bridge.Sources(bridge.AnswerWrapped); !slices.Equal(got, []string{"reading the chart: open chart: file does not exist", "open chart: file does not exist", "file does not exist"}) {
		t.Errorf("%q", got)
	}
}

func TestRustGetsItsOwnTypeFromGo(t *testing.T) {
	for answer, want := range map[bridge.Answer]string{
		bridge.AnswerFine:     "ok",
		bridge.AnswerFull:     "own: Full",
		bridge.AnswerTooLong:  `own: TooLong { name: "Gorch Fock", by: 1.5 }`,
		bridge.AnswerClosed:   "own: Closed", // found below another error
		bridge.AnswerPlain:    "pilot: fog",
		bridge.AnswerTypedNil: "pilot: <nil>",
	} {
		if got := bridge.Variant(answer); got != want {
			t.Errorf("%v: %s", answer, got)
		}
	}
}

func TestAGoErrorComesBack(t *testing.T) {
	_, err := bridge.PassOn(bridge.AnswerWrapped)
	var path *fs.PathError
	if !errors.Is(err, fs.ErrNotExist) || !errors.As(err, &path) || path.Path != "chart" || err.Error() != "reading the chart: open chart: file does not exist" {
		t.Fatalf("%#v", err)
	}

	_, err = bridge.Wrap(bridge.AnswerPlain)
	var pilot *bridge.PilotError
	if !errors.As(err, &pilot) || err.Error() != "the pilot refused: fog" || pilot.Value.Error() != "fog" || errors.Unwrap(err) != pilot.Value {
		t.Errorf("%#v", err)
	}
}

func TestErrorsAreValues(t *testing.T) {
	for text, err := range map[string]bridge.HarbourError{
		"no berth is free":          bridge.ErrFull,
		"Rickmer is 3.5 m too long": &bridge.TooLongError{Name: "Rickmer", By: 3.5},
		"the pilot refused: fog":    &bridge.PilotError{Value: errors.New("fog")},
	} {
		if got := bridge.Describe(err); got != text {
			t.Errorf("%v: %s", err, got)
		}
	}
	got := bridge.Collect([]bridge.HarbourError{bridge.ErrFull, &bridge.TooLongError{By: 1}}, &bridge.StormError{Force: 10})
	if len(got) != 3 || got["no berth is free"] != bridge.ErrFull || got[" is 1 m too long"].(*bridge.TooLongError).By != 1 || got["storm of force 10"] != bridge.ErrFull {
		t.Errorf("%v", got)
	}
	if got := bridge.Collect(nil, nil); got == nil || len(got) != 0 {
		t.Errorf("%#v", got)
	}
	if got := bridge.MessageOf(io.EOF, nil); got != "EOF, none" {
		t.Error(got)
	}
	if got := bridge.MessageOf(io.EOF, fmt.Errorf("more: %w", io.EOF)); got != "EOF, more: EOF" {
		t.Error(got)
	}
}
