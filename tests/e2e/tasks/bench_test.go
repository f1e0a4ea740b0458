package tasks_test

import (
	"context"
	"testing"

	"gangplank.example/e2e/tasks/bridge"
)

func BenchmarkSync(b *testing.B) {
	for i := range b.N {
		bridge.SameButSync(uint64(i))
	}
}

func BenchmarkReady(b *testing.B) {
	ctx := context.Background()
	for i := range b.N {
		bridge.Ready(ctx, uint64(i))
	}
}

func BenchmarkReadyCancellable(b *testing.B) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	for i := range b.N {
		bridge.Ready(ctx, uint64(i))
	}
}

func BenchmarkReady64(b *testing.B) {
	ctx := context.Background()
	b.SetParallelism(32)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			bridge.Ready(ctx, 1)
		}
	})
}

func BenchmarkHop(b *testing.B) {
	ctx := context.Background()
	for i := range b.N {
		bridge.Hop(ctx, uint64(i))
	}
}

func BenchmarkHop64(b *testing.B) {
	ctx := context.Background()
	b.SetParallelism(32)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			bridge.Hop(ctx, 1)
		}
	})
}

func BenchmarkHop64Cancellable(b *testing.B) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	b.SetParallelism(32)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			bridge.Hop(ctx, 1)
		}
	})
}
