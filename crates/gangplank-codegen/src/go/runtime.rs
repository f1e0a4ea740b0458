//! The Go runtime, which travels with the generator: its sources are written into the generated package.

use super::GeneratedFile;
use super::sources::{Sources, sources, written};

const RUNTIME: Sources = sources! {
    "internal/gangplank":
    "append.go" "async.go" "async_context.go" "async_pool.go" "async_post.go" "async_settle.go" "batch.go" "block.go" "blocking.go" "borrowed.go" "call.go" "chain.go" "depth.go" "doc.go" "entry.go" "errors.go" "feed.go" "frame.go" "iterate.go" "keeper.go" "leak.go"
    "native.go" "nursery.go" "object.go" "reader.go" "result.go" "scratch.go" "serving.go" "slot.go" "start.go" "task.go" "taskbox.go" "taskwaiters.go" "trap.go" "tuple.go" "unlink.go"
    "unlink_amd64.s" "unlink_arm64.s" "unlink_other.go" "values.go" "watch.go"
};

/// The tables of values, without what is for keys and for tests.
const HANDLE: Sources = sources! {
    "handle":
    "doc.go" "errors.go" "handle.go" "layout.go" "leak.go" "lineage.go" "range.go" "search.go" "shard.go" "slot.go" "state.go"
    "table.go"
};

/// Where the tables are in the Go module.
const HANDLE_PATH: &str = "\"gangplank.dev/go/handle\"";

/// The files of `internal/gangplank` and `internal/handle`.
pub(super) fn write_runtime(import_path: &str) -> Vec<GeneratedFile> {
    let own = format!("\"{import_path}/internal/handle\"");
    let adapt = |text: &str| text.replace(HANDLE_PATH, &own);
    written("gangplank", RUNTIME, adapt).chain(written("handle", HANDLE, adapt)).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_source_is_embedded() {
        super::super::sources::assert_complete("internal/gangplank", &[], super::RUNTIME);
    }
}
