package batch

import (
	"context"
	"errors"
)

// Wrap makes a function for [New] of one that returns a single error: a
// generated function for batches, for example. If the error has a method
// ItemErrors() []error, as *BatchError of generated packages has, these are
// the errors of the items; any other error is that of every item.
//
//	parser := batch.New(batch.Wrap(func(_ context.Context, texts []string) ([]uint64, error) {
//		return search.ParseBatch(10, texts)
//	}), batch.Options{})
func Wrap[In, Out any](run func(context.Context, []In) ([]Out, error)) func(context.Context, []In) ([]Out, []error) {
	return func(ctx context.Context, items []In) ([]Out, []error) {
		outs, err := run(ctx, items)
		if err == nil {
			return outs, nil
		}
		var each interface{ ItemErrors() []error }
		if errors.As(err, &each) && len(each.ItemErrors()) == len(items) {
			return outs, each.ItemErrors()
		}
		errs := make([]error, len(items))
		for i := range errs {
			errs[i] = err
		}
		return make([]Out, len(items)), errs
	}
}
