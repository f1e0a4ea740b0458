//! Batches of exported functions: a function that makes the crossing and returns what Rust did, and around it the one that programs call.

use super::Package;
use super::docs::comment;
use super::functions::Callee;
use super::locals::Locals;
use super::text::{line, quote};
use crate::ir::{Class, Function, Type, TypeKind};
use crate::names;

/// The parts of a batch's result.
pub(super) struct Batch<'t> {
    /// The type of one value.
    pub value: &'t Type,
    /// The function's own error type.
    pub error: Option<&'t Type>,
}

/// The list of the values.
fn batch_values(function: &Function) -> &Type {
    match &function.result.kind {
        TypeKind::Result(values, _) => values,
        _ => &function.result,
    }
}

/// What the items of a batch return.
pub(super) fn batch(function: &Function) -> Batch<'_> {
    let of = function.batch_of.as_deref().unwrap_or(function);
    let values = batch_values(function);
    let value = match &values.kind {
        TypeKind::Vec(value) => value,
        _ => values,
    };
    let error = match &of.result.kind {
        TypeKind::Result(_, error) => Some(&**error),
        _ => None,
    };
    Batch { value, error }
}

impl Package<'_> {
    /// The function that makes the crossing. It is unexported, and no type's functions begin like it.
    fn crossing_name(&self, function: &Function) -> String {
        format!("batch{}", self.function_name(function))
    }

    /// What batches are called that a parameter may not have as its name.
    pub(super) fn batch_names(&self) -> Vec<String> {
        let batches = self.interface.exported().filter(|function| function.batch_of.is_some());
        batches.map(|function| self.crossing_name(function)).collect()
    }

    pub(super) fn write_batch(&mut self, out: &mut String, function: &Function) {
        let Batch { value, error } = batch(function);
        let (name, crossing) = (self.function_name(function), self.crossing_name(function));
        let locals = Locals::new(self, function);
        let items: Vec<&str> = function.items().map(|(at, _)| locals.param(at)).collect();
        let (count, unit) = (format!("len({})", items[0]), value.kind == TypeKind::Unit);

        for line in self.batch_docs(function, &name, &items, error.is_some()) {
            line!(out, "{line}");
        }
        let list = format!("[]{}", self.go_element(value));
        let results = match (unit, error.is_some()) {
            (true, true) => " error".to_owned(),
            (true, false) => String::new(),
            (false, true) => format!(" ({list}, error)"),
            (false, false) => format!(" {list}"),
        };
        // Into memory of the caller, where results can be written as they are.
        let into = self.has_room(function).then(|| locals.own("dst"));
        let dst = into.as_ref().map(|dst| format!("{dst} {list}"));
        if let Some(dst_name) = &into {
            line!(out, "{}{results} {{", self.batch_head(function, &locals, &name, None));
            line!(out, "\treturn {}\n}}\n", call(function, &locals, &names::into(&name), Some("nil")));
            for line in into_docs(&name, dst_name) {
                line!(out, "{line}");
            }
        }
        let made = if into.is_some() { names::into(&name) } else { name.clone() };
        line!(out, "{}{results} {{", self.batch_head(function, &locals, &made, dst.as_deref()));
        if items.len() > 1 {
            let lengths: Vec<String> = items.iter().map(|item| format!("len({item})")).collect();
            line!(
                out,
                "\tif err := gangplank.SameLength({}, {}); err != nil {{",
                quote(&name),
                lengths.join(", ")
            );
            match (unit, error.is_some()) {
                (true, true) => line!(out, "\t\treturn err"),
                (false, true) => line!(out, "\t\treturn nil, err"),
                (_, false) => line!(out, "\t\tpanic(err)"),
            }
            line!(out, "\t}}");
        }
        let values = locals.own("values");
        line!(
            out,
            "\t{values}, err := {}",
            self.crossing(function, &locals, into.as_deref().unwrap_or_default())
        );
        let result = match error {
            None => format!("gangplank.MustItems({values}, err, {count})"),
            Some(_) => self.split(function, &values, &count),
        };
        match (unit, error.is_some()) {
            (true, true) => line!(out, "\t_, err = {result}\n\treturn err"),
            (true, false) => line!(out, "\t{result}"),
            (false, fails) => match (&into, fails) {
                (None, _) => line!(out, "\treturn {result}"),
                (Some(dst), false) => line!(out, "\treturn gangplank.Into({dst}, {result})"),
                (Some(dst), true) => {
                    line!(out, "\t{values}, err = {result}\n\treturn gangplank.Into({dst}, {values}), err");
                }
            },
        }
        line!(out, "}}\n");

        line!(
            out,
            "{}{} {{",
            self.batch_head(function, &locals, &crossing, dst.as_deref()),
            self.result_list(&function.result)
        );
        self.write_body(out, function, &locals, Callee::Exported);
        line!(out, "}}");
    }

    /// The call of the function that makes the crossing. `dst` is for the results, if they are POD.
    pub(super) fn crossing(&self, function: &Function, locals: &Locals, dst: &str) -> String {
        call(function, locals, &self.crossing_name(function), self.has_room(function).then_some(dst))
    }

    /// What makes an error of Go of a function's own.
    fn own_error(&mut self, error: &Type) -> String {
        let go = self.go_type(error);
        let own = match self.wraps_error(error) {
            true => format!("&ErrorValue[{go}]{{Value: e}}"),
            false => "e".into(),
        };
        format!("func(e {go}) error {{ return {own} }}")
    }

    /// The values and the error of a batch, from what the crossing returned.
    pub(super) fn split(&mut self, function: &Function, values: &str, count: &str) -> String {
        match batch(function).error {
            None => format!("gangplank.ItemsOf({values}, err, {count})"),
            Some(error) => format!("gangplank.Items({values}, err, {count}, {})", self.own_error(error)),
        }
    }

    /// Are the results of a batch POD? Then there is room for them in memory that the caller gets, and nothing is copied.
    pub(super) fn has_room(&self, function: &Function) -> bool {
        self.interface.has_room(function)
    }

    /// Makes that room, if there is any. Returns the expression for the lent memory.
    pub(super) fn write_room(
        &self,
        out: &mut String,
        function: &Function,
        locals: &Locals,
        scratch: String,
    ) -> String {
        let Some((at, _)) = function.items().next().filter(|_| self.has_room(function)) else {
            return scratch;
        };
        let (room, go) = (locals.own("room"), self.go_type(batch(function).value));
        // What Rust reads it must not write.
        let slice = |kind: &TypeKind| matches!(kind, TypeKind::Slice(_) | TypeKind::Vec(_));
        let read = (0..function.params.len()).filter(|at| {
            let ty = &function.params[*at].ty;
            self.interface.class(ty) == Class::Span && slice(&ty.peeled().kind)
        });
        let dst =
            read.fold(locals.own("dst"), |dst, at| format!("gangplank.Apart({dst}, {})", locals.param(at)));
        line!(out, "\t{room} := gangplank.NewRoom[{go}]({dst}, len({}), {scratch}[:])", locals.param(at));
        format!("{room}.Words")
    }

    /// `func (p *Pattern) Name(dst, a, b)`
    fn batch_head(&self, function: &Function, locals: &Locals, name: &str, dst: Option<&str>) -> String {
        let first = usize::from(function.receiver.is_some());
        let mut params: Vec<String> = function
            .params
            .iter()
            .enumerate()
            .map(|(at, p)| format!("{} {}", locals.param(at), self.go_type(&p.ty)))
            .collect();
        let receiver = match first {
            0 => String::new(),
            _ => format!("({}) ", params.remove(0)),
        };
        params.splice(0..0, dst.map(str::to_owned));
        format!("func {receiver}{name}({})", params.join(", "))
    }

    fn batch_docs(&self, function: &Function, name: &str, items: &[&str], fails: bool) -> Vec<String> {
        let one = function.batch_of.as_deref().map(|of| self.function_name(of)).unwrap_or_default();
        let items = match items {
            [item] => item.to_string(),
            [all @ .., last] => format!("{} and {last}", all.join(", ")),
            [] => String::new(),
        };
        let mut docs = vec![format!("{name} calls {one} for every item of {items}, in one crossing.")];
        docs.push(String::new());
        docs.push(match fails {
            true => "The error is nil, or a *BatchError with the error of each item that failed; the values of those are zero.".into(),
            false => "If items panic, all others run too; then it panics with the first item's error.".into(),
        });
        comment(&docs)
    }
}

/// `p.Name(dst, a, b)`
fn call(function: &Function, locals: &Locals, name: &str, dst: Option<&str>) -> String {
    let first = usize::from(function.receiver.is_some());
    let params = (first..function.params.len()).map(|at| locals.param(at));
    let receiver = if first == 1 { format!("{}.", locals.param(0)) } else { String::new() };
    format!("{receiver}{name}({})", dst.into_iter().chain(params).collect::<Vec<_>>().join(", "))
}

/// What `{name}Into` does.
fn into_docs(name: &str, dst: &str) -> Vec<String> {
    let docs = [
        format!(
            "{} is {name} with the results in the memory of {dst}, if its capacity is enough for them.",
            names::into(name)
        ),
        "Then nothing is allocated for them, unless items lie there too. What was there is gone, also if items fail."
            .to_owned(),
    ];
    comment(&docs)
}
