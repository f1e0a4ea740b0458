// Package impl implements what the Rust program asks for. It is linked into the program, where its init runs at the start.
package impl

import (
	"gangplank.example/goast/bridge"
	"gangplank.example/goast/summary"
)

func init() {
	bridge.RegisterParser(parser{})
}

// parser implements bridge.Parser. It has no state.
type parser struct{}

// Parse keeps nothing of source, which is lent by Rust for the call.
func (parser) Parse(path string, source bridge.BorrowedBytes) (bridge.FileSummary, error) {
	file, err := summary.Parse(path, source)
	if err != nil {
		return bridge.FileSummary{}, err
	}
	functions := make([]bridge.Function, len(file.Functions))
	for i, f := range file.Functions {
		functions[i] = bridge.Function(f)
	}
	return bridge.FileSummary{Package: file.Package, Lines: file.Lines, Exported: file.Exported, Functions: functions}, nil
}
