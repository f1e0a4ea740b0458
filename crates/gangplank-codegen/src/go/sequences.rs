//! Iterators and streams (clause 12): those of Rust as Go ranges over them in `sequences.go`, those of Go as Rust pulls them in `values.go`.

use super::Package;
use super::codec::{ARGUMENT, Codec, Purpose};
use super::file::File;
use super::text::line;
use crate::ir::{SequenceForm, SequenceKind, SequenceType, Type, TypeKind};

/// The value of an item, and its error if it is a `Result`.
fn item(of: &SequenceType) -> (&Type, Option<&Type>) {
    match &of.item.kind {
        TypeKind::Result(value, error) => (value, Some(error)),
        _ => (&of.item, None),
    }
}

/// Does Rust make it, and Go wait for its items?
fn is_stream_of_rust(of: &SequenceType) -> bool {
    of.kind == SequenceKind::Stream && of.form != SequenceForm::Go
}

impl Package<'_> {
    /// Does Rust pull sequences of Go: as arguments of what it offers, or as results of what Go does?
    pub(super) fn pulls(&self) -> bool {
        let value = |ty: &Type| match &ty.kind {
            TypeKind::Result(value, _) => value.as_sequence().is_some(),
            _ => ty.as_sequence().is_some(),
        };
        let methods = self.interface.imports.iter().flat_map(|import| &import.methods);
        self.interface.exported().flat_map(|function| &function.params).any(|param| value(&param.ty))
            || methods.into_iter().any(|method| value(&method.result))
    }

    pub(super) fn write_sequences(&mut self) -> Option<File> {
        let mut file = File::new("sequences.go");
        Codec::write(&self.codec, &mut file.body, &[Purpose::Iterate]);
        file.if_any()
    }

    /// `iter.Seq[T]`, or `iter.Seq2[T, error]`.
    pub(super) fn go_sequence(&self, of: &SequenceType) -> String {
        let (value, error) = item(of);
        match error {
            None if is_stream_of_rust(of) => format!("iter.Seq2[{}, error]", self.go_type(value)),
            None => format!("iter.Seq[{}]", self.go_type(value)),
            Some(_) => format!("iter.Seq2[{}, error]", self.go_type(value)),
        }
    }

    /// What is equal for sequences with the same Go type whose items travel the same way.
    pub(super) fn sequence_wire(&self, of: &SequenceType) -> String {
        let kind = match of.kind {
            SequenceKind::Iterator => "seq",
            SequenceKind::Stream => "stream",
        };
        let form = if is_stream_of_rust(of) { "rust " } else { "" };
        format!("{form}{kind}({})", self.wire(&of.item))
    }

    /// `HitSeq` for `iter.Seq[Hit]`.
    pub(super) fn sequence_base(&mut self, of: &SequenceType) -> String {
        let (value, error) = item(of);
        let two = if error.is_some() { "2" } else { "" };
        let kind = match of.kind {
            SequenceKind::Iterator => "Seq",
            SequenceKind::Stream => "Stream",
        };
        format!("{}{kind}{two}", self.base(value))
    }

    /// The function that makes a Go iterator of a pair that Rust gave.
    pub(super) fn need_iterate(&mut self, ty: &Type, of: &SequenceType) -> String {
        self.need(Purpose::Iterate, ty, |package, name| {
            let (value, error) = item(of);
            let go = package.go_type(ty);
            let least = package.least_size(value);
            let read = package.read_items(value);
            let mut out = String::new();
            if is_stream_of_rust(of) {
                let fail = match error {
                    Some(error) => package.failing(error),
                    None => "(*gangplank.Result).Err".to_owned(),
                };
                line!(out, "func {name}(ctx context.Context, keeper, handle uint64) {go} {{");
                line!(out, "\treturn gangplank.Stream(ctx, keeper, handle, {least}, {read}, {fail})\n}}");
                return out;
            }
            line!(out, "func {name}(keeper, handle uint64) {go} {{");
            match error {
                None => line!(out, "\treturn gangplank.Iterate(keeper, handle, {least}, {read})\n}}"),
                Some(error) => {
                    let fail = package.failing(error);
                    line!(out, "\treturn gangplank.Iterate2(keeper, handle, {least}, {read}, {fail})\n}}");
                }
            }
            out
        })
    }

    /// A function that reads the error of an item.
    fn failing(&mut self, error: &Type) -> String {
        match self.failure(error, "r", "scratch").strip_suffix("(r, scratch)") {
            Some(name) => name.to_owned(),
            None => "(*gangplank.Result).Err".to_owned(),
        }
    }

    /// A function that reads items into a slice.
    fn read_items(&mut self, value: &Type) -> String {
        let go = self.go_element(value);
        if self.interface.is_pod(value) {
            return format!("gangplank.ReadArray[{go}]");
        }
        match self.read_into(value, ARGUMENT, "v[i]") {
            none if none.is_empty() => format!("func(*gangplank.Reader, []{go}) {{}}"),
            statement => format!(
                "func(r *gangplank.Reader, v []{go}) {{\n\t\tfor i := range v {{\n\t\t\t{statement}\n\t\t}}\n\t}}"
            ),
        }
    }

    /// The function that makes a Go iterator one that Rust pulls.
    pub(super) fn need_serve_sequence(&mut self, ty: &Type, of: &SequenceType) -> String {
        self.need(Purpose::Serve, ty, |package, name| {
            let (value, error) = item(of);
            let go = package.go_type(ty);
            let append = package.append_items(value);
            let feed = match of.kind {
                SequenceKind::Iterator => "Feed",
                SequenceKind::Stream => "FeedStream",
            };
            let mut out = String::new();
            line!(out, "func {name}(seq {go}) gangplank.Server {{");
            match error {
                None => line!(out, "\treturn gangplank.{feed}(seq, {append})\n}}"),
                Some(error) => {
                    let settle = match package.settlement(error, "c").strip_suffix("(c, err)") {
                        Some(name) => name.to_owned(),
                        None => "(*gangplank.Call).Error".to_owned(),
                    };
                    line!(out, "\treturn gangplank.{feed}2(seq, {append}, {settle})\n}}");
                }
            }
            out
        })
    }

    /// A function that appends the items of a slice.
    fn append_items(&mut self, value: &Type) -> String {
        let go = self.go_element(value);
        if self.interface.is_pod(value) {
            return format!("gangplank.AppendArray[{go}]");
        }
        let depth = if self.is_deep(value) { "\t\tvar depth gangplank.Depth\n" } else { "" };
        let append = self.with_giving(true, |package| package.append(value, "b", "v[i]", "&depth"));
        if append == "b" {
            return format!("func(b []byte, v []{go}) []byte {{ return b }}");
        }
        format!(
            "func(b []byte, v []{go}) []byte {{\n{depth}\t\tfor i := range v {{\n\t\t\tb = {append}\n\t\t}}\n\t\treturn b\n\t}}"
        )
    }
}
