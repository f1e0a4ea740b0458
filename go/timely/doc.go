// Package timely lays out programs whose logic is plain typed Go and whose engine is timely dataflow, in Rust: workers,
// progress, exchange between workers, processes and machines are the engine's; what is done with a message is yours.
//
//	app := timely.New("wordcount")
//	lines := timely.From(app, "lines", timely.Lines(files))
//	words := timely.FlatMap(lines, "split", func(line string, out *timely.Out[string]) {
//		for word := range strings.FieldsSeq(line) {
//			out.Send(word)
//		}
//	})
//	counts := timely.Fold(timely.Key(words, "by word", func(word string) string { return word }), "count",
//		func(n *int, word string) { *n++ },
//		func(word string, n *int, out *timely.Out[Count]) { out.Send(Count{word, *n}) })
//	timely.To(counts, "print", sink)
//
// A stream is a Stream[T]; the roles are functions of this package, because a method of a generic type cannot have type
// parameters of its own: [From] a source, [Decode], [Map], [Filter], [Compute] and [FlatMap], [Key], [Route], [State] and
// [Fold], [Merge], [Encode], [To] a sink. Go's compiler checks most of a layout; [App.Check] says the rest.
//
// [Main] runs a program in the engine, [Local] in plain Go, with the same results.
//
// # What runs where
//
// Each worker is one thread with one goroutine, and has an instance of every node. Functions of different workers run at
// the same time, so what they share needs a lock; state behind [Key] needs none, because all messages of a key go to the
// same worker. A function may block (a slow sink should): its worker then waits, and the sources behind it, too.
//
// # Ownership and cost
//
// Messages are Go values and stay in Go's memory; only messages that go to another process are encoded, once, by the
// type's [Codec]. Nodes are called for a batch at a time: one crossing for each batch and node, none for each message, and
// the slices of batches are used again. So a slice that a function is given (in [Writer], [Reader]) is its own only until it
// returns. Values in it may be kept, but two nodes that read one stream see the same values: do not change what a
// message points to.
package timely
