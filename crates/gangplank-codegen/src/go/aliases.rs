//! `gangplank.go`: the runtime's types that a program meets, under names of the package.

use super::Package;
use super::file::File;
use super::graph::inner;
use super::text::line;
use crate::ir::{Type, TypeKind};
use std::collections::BTreeSet;

impl Package<'_> {
    pub(super) fn write_aliases(&mut self) -> Option<File> {
        let mut file = File::new("gangplank.go");
        let uses = self.find_uses();
        let mut alias = |used: bool, docs: &str, name: &str| {
            if used {
                line!(file.body, "\n{docs}\ntype {name} = gangplank.{name}");
            }
        };
        let calls = self.interface.exported().next().is_some();
        alias(
            calls || uses.chain,
            "// PanicError is a panic of Rust, with its message and stack. A function without an error panics with it.",
            "PanicError",
        );
        alias(
            calls || uses.chain,
            "// ArgumentError says which argument Rust refused, and why. A function without an error panics with it.",
            "ArgumentError",
        );
        alias(
            calls || uses.chain,
            "// UnavailableError says that there was nothing to call.",
            "UnavailableError",
        );
        let batches =
            self.interface.exported().any(|f| f.batch_of.is_some() && super::batch::batch(f).error.is_some());
        alias(
            batches,
            "// BatchError says which items of a batch failed: it has an error for each, and unwraps to them.",
            "BatchError",
        );
        alias(
            !self.interface.objects.is_empty(),
            "// ClosedError says that an object was used after Close. It is an fs.ErrClosed for errors.Is.",
            "ClosedError",
        );
        alias(
            uses.chain,
            "// GoexitError says that a Go function called by Rust ended with runtime.Goexit.",
            "GoexitError",
        );
        alias(
            uses.chain,
            "// ForeignError is an error that has no type of its own here. It unwraps to its causes.",
            "ForeignError",
        );
        alias(
            uses.borrowed_string,
            "// BorrowedString is a string in memory of Rust. It dies when the method that got it returns: call Clone to keep it.",
            "BorrowedString",
        );
        alias(
            uses.borrowed_bytes,
            "// BorrowedBytes are bytes in memory of Rust. They die when the method that got them returns: call Clone to keep them.",
            "BorrowedBytes",
        );
        if uses.error_value {
            line!(
                file.body,
                "\n// ErrorValue is the error of a function that fails with a value that is no error by itself."
            );
            line!(file.body, "type ErrorValue[T any] = gangplank.ErrorValue[T]");
        }
        if self.holds_values() {
            line!(
                file.body,
                "\n// ReleasePending releases what waits to be released together with others, and returns when that is done: values of"
            );
            line!(
                file.body,
                "// Rust that the collector has found, and values of Go that Rust has dropped. Nothing else does it when the program"
            );
            line!(
                file.body,
                "// ends: call it last where dropping them has to do something. Do not call it from what it drops."
            );
            line!(file.body, "func ReleasePending() {{ gangplank.ReleasePending() }}");
        }
        if self.has_blocking() {
            line!(
                file.body,
                "\n// SetBlockingLimit says how many calls that may block run at once, each of which holds a thread; 64 if nobody does."
            );
            line!(file.body, "// Others wait for their turn without one. It panics if limit is less than 1.");
            line!(file.body, "func SetBlockingLimit(limit int) {{ gangplank.SetBlockingLimit(limit) }}");
        }
        if self.has_tasks() {
            line!(
                file.body,
                "\n// ShutdownTasks ends all calls of async functions of the Rust library that wait, and all its streams, with an [*UnavailableError];"
            );
            line!(
                file.body,
                "// later ones fail with it too. It returns when none of this package waits any more, or when ctx ends, with its"
            );
            line!(file.body, "// error.");
            line!(
                file.body,
                "func ShutdownTasks(ctx context.Context) error {{ return gangplank.ShutdownTasks(ctx) }}"
            );
        }
        if self.interface.has_async_import() || self.pulls() {
            line!(
                file.body,
                "\n// ShutdownCalls ends what Rust waits for in Go, with an [*UnavailableError]: the contexts of all async methods, and"
            );
            line!(
                file.body,
                "// all sequences that it pulls. New calls are refused. It returns when the methods have returned, or with the error"
            );
            line!(file.body, "// of ctx when that ends.");
            line!(
                file.body,
                "func ShutdownCalls(ctx context.Context) error {{ return gangplank.ShutdownCalls(ctx) }}"
            );
        }
        if self.pulls() {
            line!(
                file.body,
                "\n// ChanSeq ranges over what comes out of a channel, until it is closed or ctx ends, so that Rust can. When Rust drops\n// it, it ends at once."
            );
            line!(file.body, "func ChanSeq[T any](ctx context.Context, ch <-chan T) iter.Seq[T] {{");
            line!(file.body, "\treturn gangplank.ChanSeq(ctx, ch)\n}}");
        }
        for n in uses.tuples {
            let letters: Vec<String> = ('A'..).take(n).map(String::from).collect();
            let letters = letters.join(", ");
            line!(
                file.body,
                "\n// Tuple{n} is a tuple of {n} values.\ntype Tuple{n}[{letters} any] = gangplank.Tuple{n}[{letters}]"
            );
        }
        file.if_any()
    }

    fn find_uses(&self) -> Uses {
        let mut uses = Uses::default();
        let interface = self.interface;
        let methods = interface.imports.iter().flat_map(|i| &i.methods);
        for function in interface.exported().chain(methods) {
            for param in function.arguments() {
                uses.borrowed_string |= param.borrow && matches!(param.ty.kind, TypeKind::Str);
                uses.borrowed_bytes |= param.borrow && matches!(param.ty.kind, TypeKind::Slice(_));
                self.find_in(&param.ty, &mut uses);
            }
            self.find_in_result(&function.result, &mut uses);
        }
        let named = interface
            .records
            .iter()
            .map(|r| &r.head.name)
            .chain(interface.enums.iter().map(|e| &e.head.name));
        named.flat_map(|name| self.field_types(name)).for_each(|ty| self.find_in(ty, &mut uses));
        uses
    }

    fn find_in_result(&self, ty: &Type, uses: &mut Uses) {
        let returns = super::functions::returns(ty);
        // A tuple is several results.
        returns.values.iter().for_each(|ty| self.find_in(ty, uses));
        if let Some(error) = returns.error {
            self.find_in(error, uses);
            uses.error_value |= self.wraps_error(error);
        }
    }

    fn find_in(&self, ty: &Type, uses: &mut Uses) {
        match &ty.kind {
            TypeKind::Tuple(items) => {
                uses.tuples.insert(items.len());
            }
            TypeKind::Error(_) => uses.chain = true,
            TypeKind::Function(of) => {
                of.params.iter().for_each(|ty| self.find_in(ty, uses));
                return self.find_in_result(&of.result, uses);
            }
            TypeKind::Sequence(of) => {
                if let TypeKind::Result(_, error) = &of.item.kind {
                    uses.error_value |= self.wraps_error(error);
                }
            }
            _ => {}
        }
        inner(ty).into_iter().for_each(|ty| self.find_in(ty, uses));
    }
}

#[derive(Default)]
struct Uses {
    tuples: BTreeSet<usize>,
    chain: bool,
    error_value: bool,
    borrowed_string: bool,
    borrowed_bytes: bool,
}
