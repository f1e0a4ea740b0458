//! Batches without Go.

mod answers;
mod batcher;
mod items;
