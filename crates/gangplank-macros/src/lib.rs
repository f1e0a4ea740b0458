//! The attributes of gangplank: shims of `gangplank_codegen::rust`, nothing else. Use them through the `gangplank` crate.

use gangplank_codegen::rust::{self, Expand};
use proc_macro::TokenStream;

fn run(expand: Expand, arguments: TokenStream, item: TokenStream) -> TokenStream {
    // The package's name, not the crate's: the same for a library and its tests, and what the command reads from Cargo.toml.
    let package = std::env::var("CARGO_PKG_NAME").unwrap_or_default();
    let version = std::env::var("CARGO_PKG_VERSION").unwrap_or_default();
    rust::expand(expand, &rust::Package { name: &package, version: &version }, arguments.into(), item.into())
        .into()
}

/// Lets Go call a function.
///
/// Arguments and result are of the types in the table of the README. `&str`, `&[u8]` and slices of numbers are borrowed from Go's memory for the call, without a copy. A `Result`
/// becomes `(T, error)`. A panic arrives in Go as an error, or as a panic where the function returns no `Result`.
///
/// `#[go(name = "Other")]` gives the Go function another name.
///
/// `#[export(batch)]` adds `NameBatch`, which takes slices and makes many calls in one crossing, each with its own error. Objects, function values and parameters marked `#[shared]` are
/// the same for all items. Where the results are numbers there is `NameBatchInto` too, which writes them into memory of its caller.
///
/// `#[export(batch, batcher)]` adds `NewNameBatcher`: what gathers the calls of many goroutines into batches.
///
/// `#[export(fast)]` calls without a cgo crossing. It is for functions that are short: the goroutine keeps its processor. With `checkpoints` a longer one calls `gangplank::checkpoint()` in its loop.
///
/// An `async fn` is a Go function with `ctx context.Context` first, which waits without a thread; so has a function with a `&gangplank::Context`. `#[export(blocking)]` is for one that holds its thread: a limit keeps many such calls at once from making many threads.
///
/// `impl Iterator` and `impl Stream` are Go iterators, whose items cross in batches; one by one with `#[export(unbuffered)]`.
///
/// # Cost
/// One crossing a call, result included. In Go no allocation for scalars, one for a returned string or slice.
#[proc_macro_attribute]
pub fn export(arguments: TokenStream, item: TokenStream) -> TokenStream {
    run(Expand::Export, arguments, item)
}

/// Lets Rust call a trait that Go implements: in Go an interface `Trait` and `func RegisterTrait(impl Trait)`.
///
/// `gangplank::imported::<dyn Trait>()` gets the implementation. The trait gets `Send + Sync + 'static` as supertraits. The error type of a method must be able to hold any Go error: `GoError`, or a type with `From<GoError>`.
/// `&str` and `&[u8]` reach Go as copies; `#[borrow]` on the parameter lends them, and the Go type's name then says that they die with the call.
///
/// `#[import(batch)]`, on the trait or on a method of it, adds `fn method_batch`, which takes slices and returns a result for each item: one crossing to Go, a loop in an implementation in Rust.
///
/// `#[import(fast)]` lets functions of the fast lane and hosted threads call Go without a cgo crossing.
///
/// An `async fn` is a Go method with `ctx context.Context` first, which runs on a goroutine while Rust awaits it. `#[import(nonblocking)]` on it is Go's promise not to wait: it then runs in the call. `#[import(blocking)]` on a method that is not async tells a tokio runtime that its
/// thread may wait in it.
///
/// # Cost
/// One crossing a call, result included; a result above half a KiB may take a second one the first time.
#[proc_macro_attribute]
pub fn import(arguments: TokenStream, item: TokenStream) -> TokenStream {
    run(Expand::Import, arguments, item)
}

/// Makes a struct or an enum cross by value: a Go struct, typed constants, or a sealed interface with a struct for each variant.
///
/// A struct of numbers written `#[repr(C)]` is plain old data: slices of it cross as they are.
#[proc_macro_attribute]
pub fn record(arguments: TokenStream, item: TokenStream) -> TokenStream {
    run(Expand::Record, arguments, item)
}

/// Makes a struct or an enum cross by value and be a Go `error`: `errors.As` finds `*BadPatternError`, `errors.Is` finds `ErrClosed`. Needs `Display`, as `thiserror` writes it.
#[proc_macro_attribute]
pub fn error(arguments: TokenStream, item: TokenStream) -> TokenStream {
    run(Expand::Error, arguments, item)
}

/// Makes values stay in Rust and Go hold them: on a struct, on its one inherent `impl` block, and on a trait.
///
/// In Go it is `*Type` with the `pub` functions of the impl block as methods, functions and constructors (`#[constructor]`), and `Close`. `&self` methods may run at the same time, `&mut self` methods
/// wait for all others; a call that would wait for itself is refused. `self` methods end the object. `S`, `Arc<S>` and `Box<dyn Trait>` can be returned, passed to Go, and stand in records; `&S`, `&mut S`, `Arc<S>` and `S`
/// can be arguments. `#[go(skip)]` keeps a function from Go.
///
/// A trait gets `Send + Sync + 'static` as supertraits; any type that implements it is then an object of that trait.
///
/// # Who waits for whom
/// `&mut self` needs to be the only reference: while Go has another handle, or Rust an `Arc` or a `Weak` of the object, such a call is refused. So is one that comes from inside another method of the same object
/// (through a callback). Calls on other threads wait. A method that panics lets go of the object, which stays as the panic left it.
///
/// # Cycles
/// An object that keeps a Go function or implementation which keeps the object lives for ever: neither collector sees the other's half. Keep a [`std::sync::Weak`] on the Rust side (a method that takes
/// `self: Arc<Self>` can make it), or let Go call `Close`.
///
/// # Cost
/// A method call is a call of an exported function and two atomic operations; two more where the type has `&mut self` methods.
#[proc_macro_attribute]
pub fn object(arguments: TokenStream, item: TokenStream) -> TokenStream {
    run(Expand::Object, arguments, item)
}
