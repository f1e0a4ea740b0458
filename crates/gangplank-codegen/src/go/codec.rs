//! Functions that append and read the values of one type: `codec.go`. A type gets them when the first of its values needs them.

use super::Package;
use super::text::line;
use super::types::go_number;
use crate::ir::{Number, Type, TypeKind};
use std::collections::{BTreeMap, BTreeSet};

/// The functions that are needed so far.
#[derive(Default)]
pub(super) struct Codec {
    /// The text of each function, by what sorts it.
    functions: BTreeMap<(String, Purpose), String>,
    /// What a type is called in names of functions, by its wire form.
    bases: BTreeMap<String, String>,
    /// The C functions that call Rust's function values, by the name of their type.
    pub trampolines: BTreeMap<String, String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Purpose {
    /// Appends a value to a message.
    Append,
    /// Appends one with objects in it that Rust then owns.
    Give,
    Read,
    Known,
    Word,
    /// The handle of an object for a call.
    Lend,
    /// The handle of an object inside a message.
    Pass,
    /// A handle of an object that Rust then owns.
    Share,
    Fail,
    Settle,
    /// The type of a Go function that Rust calls.
    Serve,
    /// Files one.
    Keep,
    /// Makes a Go function of one of Rust.
    Hold,
    /// Makes a Go iterator of one of Rust.
    Iterate,
}

impl Codec {
    /// The names of all functions, which parameters may not have.
    pub fn names(&self) -> BTreeSet<String> {
        self.functions.keys().map(|(base, purpose)| function_name(*purpose, base)).collect()
    }

    /// Is there a function for one of these purposes?
    pub fn has(&self, purposes: &[Purpose]) -> bool {
        self.functions.keys().any(|(_, purpose)| purposes.contains(purpose))
    }

    /// All functions for these purposes.
    pub fn write(&self, out: &mut String, purposes: &[Purpose]) {
        for (_, text) in self.functions.iter().filter(|((_, purpose), _)| purposes.contains(purpose)) {
            out.push('\n');
            out.push_str(text);
        }
    }
}

fn function_name(purpose: Purpose, base: &str) -> String {
    let verb = match purpose {
        Purpose::Append => "append",
        Purpose::Give => "give",
        Purpose::Read => "read",
        Purpose::Known => "known",
        Purpose::Word => "word",
        Purpose::Fail => "fail",
        Purpose::Settle => "settle",
        Purpose::Lend => "lend",
        Purpose::Pass => "pass",
        Purpose::Share => "share",
        Purpose::Serve => "serve",
        Purpose::Keep => "keep",
        Purpose::Hold => "hold",
        Purpose::Iterate => "iterate",
    };
    format!("{verb}{base}")
}

/// `Uint32` for `uint32`, as it stands in names of functions.
fn capital(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map(|first| first.to_uppercase().collect::<String>() + chars.as_str()).unwrap_or_default()
}

/// What the runtime's functions for a type are called, where it has them: `AppendBool`, `Reader.Bool`.
fn in_runtime(ty: &Type) -> Option<String> {
    let name = match &ty.kind {
        TypeKind::Bool => "Bool",
        TypeKind::Char => "Rune",
        TypeKind::Number(number) => return Some(capital(go_number(*number))),
        TypeKind::String | TypeKind::Str => "String",
        TypeKind::Duration => "Duration",
        TypeKind::SystemTime => "Time",
        TypeKind::Error(_) => "Chain",
        TypeKind::Slice(item) | TypeKind::Vec(item) if item.kind == TypeKind::Number(Number::U8) => "Bytes",
        _ => return None,
    };
    Some(name.to_owned())
}

/// How code calls the reader it has.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    /// As a receiver.
    pub receiver: &'a str,
    /// As a pointer.
    pub pointer: &'a str,
}

/// The reader that a codec function gets.
pub(super) const ARGUMENT: Source<'_> = Source { receiver: "r", pointer: "r" };

/// The address of a variable, or what a pointer points at without its star.
fn address(value: &str) -> String {
    value.strip_prefix('*').map_or_else(|| format!("&{value}"), str::to_owned)
}

/// All of an array as a slice.
fn whole(array: &str) -> String {
    format!("{}[:]", array.strip_prefix('*').unwrap_or(array))
}

impl Package<'_> {
    /// The name of a function for a type, which `body` writes when it is first asked for.
    pub(super) fn need(
        &mut self,
        purpose: Purpose,
        ty: &Type,
        body: impl FnOnce(&mut Self, &str) -> String,
    ) -> String {
        let (wire, wished) = (self.wire(ty), self.wished_base(ty));
        self.need_as(purpose, wire, wished, body)
    }

    /// The same for what has this wire form, and this name if no other has it.
    pub(super) fn need_as(
        &mut self,
        purpose: Purpose,
        wire: String,
        wished: String,
        body: impl FnOnce(&mut Self, &str) -> String,
    ) -> String {
        let base = self.base_as(wire, wished);
        let name = function_name(purpose, &base);
        let key = (base, purpose);
        if !self.codec.functions.contains_key(&key) {
            // It stands there before its body does: the type may contain itself.
            self.codec.functions.insert(key.clone(), String::new());
            let text = body(self, &name);
            self.codec.functions.insert(key, text);
        }
        name
    }

    pub(super) fn base(&mut self, ty: &Type) -> String {
        let (wire, wished) = (self.wire(ty), self.wished_base(ty));
        self.base_as(wire, wished)
    }

    fn base_as(&mut self, wire: String, wished: String) -> String {
        if let Some(base) = self.codec.bases.get(&wire) {
            return base.clone();
        }
        let taken = |base: &String| self.codec.bases.values().any(|b| b == base);
        let mut base = wished.clone();
        let mut n = 2;
        while taken(&base) {
            base = format!("{wished}{n}");
            n += 1;
        }
        self.codec.bases.insert(wire, base.clone());
        base
    }

    /// Equal for types with the same Go type and the same bytes.
    pub(super) fn wire(&self, ty: &Type) -> String {
        let all = |items: &[&Type]| items.iter().map(|item| self.wire(item)).collect::<Vec<_>>().join(",");
        match &ty.kind {
            _ if ty.pointee().is_some() => self.wire(ty.peeled()),
            TypeKind::Function(of) => self.function_wire(of),
            TypeKind::Sequence(of) => self.sequence_wire(of),
            TypeKind::Option(inner) => format!("option({})", self.wire(inner)),
            TypeKind::Slice(item) | TypeKind::Vec(item) => format!("[]{}", self.wire(item)),
            TypeKind::Array(item, n) => format!("[{n}]{}", self.wire(item)),
            TypeKind::HashMap(key, value) | TypeKind::BTreeMap(key, value) => {
                format!("map({})", all(&[key, value]))
            }
            TypeKind::Tuple(items) => format!("tuple({})", all(&items.iter().collect::<Vec<_>>())),
            TypeKind::Result(value, error) => format!("result({})", all(&[value, error])),
            _ => self.go_type(ty),
        }
    }

    fn wished_base(&mut self, ty: &Type) -> String {
        match &ty.kind {
            _ if ty.pointee().is_some() => self.wished_base(ty.peeled()),
            TypeKind::Function(of) => self.function_base(of),
            TypeKind::Sequence(of) => self.sequence_base(of),
            TypeKind::Unit => "Unit".into(),
            TypeKind::Duration => "Duration".into(),
            TypeKind::SystemTime => "Time".into(),
            TypeKind::Error(_) => "Error".into(),
            TypeKind::Option(inner) => format!("Option{}", self.base(inner)),
            TypeKind::Slice(item) | TypeKind::Vec(item) if item.kind == TypeKind::Number(Number::U8) => {
                "Bytes".into()
            }
            TypeKind::Slice(item) | TypeKind::Vec(item) => format!("{}Slice", self.base(item)),
            TypeKind::Array(item, n) => format!("{}Array{n}", self.base(item)),
            TypeKind::HashMap(key, value) | TypeKind::BTreeMap(key, value) => {
                format!("{}{}Map", self.base(key), self.base(value))
            }
            TypeKind::Tuple(items) => items.iter().map(|item| self.base(item)).collect::<String>() + "Tuple",
            TypeKind::Result(value, _) => self.base(value),
            _ => {
                let name = self.go_type(ty);
                capital(name.trim_start_matches('*'))
            }
        }
    }

    /// Is the value read where it lies, and passed by its address?
    pub(super) fn is_large(&self, ty: &Type) -> bool {
        match &ty.peeled().kind {
            TypeKind::Array(..) | TypeKind::Tuple(_) => true,
            TypeKind::Named(name) => self.interface.record(name).is_some_and(|r| !r.is_error),
            _ => false,
        }
    }

    /// The buffer `to` with a value appended, as an expression. `value` is a variable, a field, or `*pointer`;
    /// `depth` is what counts how deep it nests.
    pub(super) fn append(&mut self, ty: &Type, to: &str, value: &str, depth: &str) -> String {
        let ty = ty.peeled();
        if let Some(what) = in_runtime(ty) {
            return format!("gangplank.Append{what}({to}, {value})");
        }
        match &ty.kind {
            TypeKind::Unit => to.to_owned(),
            TypeKind::Slice(item) | TypeKind::Vec(item) if self.interface.is_pod(item) => {
                format!("gangplank.AppendSlice({to}, {value})")
            }
            TypeKind::Array(item, _) if self.interface.is_pod(item) => {
                format!("gangplank.AppendArray({to}, {})", whole(value))
            }
            TypeKind::Named(name) if self.interface.enumeration(name).is_some_and(|e| e.is_fieldless()) => {
                format!("gangplank.AppendInt64({to}, int64({value}))")
            }
            _ if self.stays(ty) => self.append_staying(ty, to, value),
            _ => {
                let name = self.need(self.appending(ty), ty, |package, name| package.write_append(ty, name));
                let value = if self.is_large(ty) { address(value) } else { value.to_owned() };
                let depth = if self.is_deep(ty) { format!(", {depth}") } else { String::new() };
                format!("{name}({to}, {value}{depth})")
            }
        }
    }

    /// A statement that reads a value into the variable or field `target`; empty if there is nothing to read.
    pub(super) fn read_into(&mut self, ty: &Type, from: Source<'_>, target: &str) -> String {
        let ty = ty.peeled();
        match &ty.kind {
            TypeKind::Unit => String::new(),
            TypeKind::Array(item, _) if self.interface.is_pod(item) => {
                format!("gangplank.ReadArray({}, {})", from.pointer, whole(target))
            }
            _ if self.is_large(ty) => {
                let name = self.need(Purpose::Read, ty, |package, name| package.write_read(ty, name));
                format!("{name}({}, {})", from.pointer, address(target))
            }
            _ => format!("{target} = {}", self.read(ty, from)),
        }
    }

    /// Statements that declare a variable and read a value into it.
    pub(super) fn read_new(&mut self, ty: &Type, from: Source<'_>, name: &str) -> Vec<String> {
        if self.is_large(ty) || ty.peeled().kind == TypeKind::Unit {
            let mut statements =
                vec![format!("var {name} {}", self.go_type(ty)), self.read_into(ty, from, name)];
            statements.retain(|s| !s.is_empty());
            return statements;
        }
        vec![format!("{name} := {}", self.read(ty, from))]
    }

    /// A value that is not large, read as an expression.
    pub(super) fn read(&mut self, ty: &Type, from: Source<'_>) -> String {
        let ty = ty.peeled();
        if let Some(what) = in_runtime(ty) {
            return format!("{}.{what}()", from.receiver);
        }
        match &ty.kind {
            TypeKind::Unit => "struct{}{}".into(),
            TypeKind::Slice(item) | TypeKind::Vec(item) if self.interface.is_pod(item) => {
                format!("gangplank.ReadSlice[{}]({})", self.go_type(item), from.pointer)
            }
            TypeKind::Dyn(name) if self.interface.import(name).is_some() => {
                format!("slot{}.ReadArrived({})", self.go_type(ty), from.pointer)
            }
            _ => {
                let name = self.need(Purpose::Read, ty, |package, name| package.write_read(ty, name));
                format!("{name}({})", from.pointer)
            }
        }
    }

    fn write_append(&mut self, ty: &Type, name: &str) -> String {
        let star = if self.is_large(ty) { "*" } else { "" };
        let depth = if self.is_deep(ty) { ", d *gangplank.Depth" } else { "" };
        let mut out = String::new();
        line!(out, "func {name}(b []byte, v {star}{}{depth}) []byte {{", self.go_type(ty));
        match &ty.kind {
            TypeKind::Option(inner) => {
                line!(out, "\tif v == nil {{\n\t\treturn gangplank.AppendBool(b, false)\n\t}}");
                let value = if self.has_nil(inner) { "v" } else { "*v" };
                let value = self.append(inner, "gangplank.AppendBool(b, true)", value, "d");
                line!(out, "\treturn {value}");
            }
            TypeKind::Slice(item) | TypeKind::Vec(item) => {
                line!(out, "\tb = gangplank.AppendCount(b, len(v))");
                self.append_each(&mut out, item);
            }
            TypeKind::Array(item, _) => self.append_each(&mut out, item),
            TypeKind::HashMap(key, value) | TypeKind::BTreeMap(key, value) => {
                line!(out, "\tb = gangplank.AppendCount(b, len(v))");
                line!(out, "\tfor key, value := range v {{");
                for (ty, value) in [(key, "key"), (value, "value")] {
                    match self.append(ty, "b", value, "d") {
                        same if same == "b" => line!(out, "\t\t_ = {value}"),
                        value => line!(out, "\t\tb = {value}"),
                    }
                }
                line!(out, "\t}}\n\treturn b");
            }
            TypeKind::Tuple(items) => {
                let values: Vec<(&Type, String)> =
                    items.iter().enumerate().map(|(at, item)| (item, format!("v.V{at}"))).collect();
                self.append_steps(&mut out, &values);
            }
            TypeKind::Named(of) => self.write_append_named(&mut out, of),
            _ => unreachable!("all other types are appended by the runtime"),
        }
        line!(out, "}}");
        out
    }

    fn append_each(&mut self, out: &mut String, item: &Type) {
        let value = self.append(item, "b", "v[i]", "d");
        if value != "b" {
            line!(out, "\tfor i := range v {{\n\t\tb = {value}\n\t}}");
        }
        line!(out, "\treturn b");
    }

    /// Appends values one after the other and returns the buffer.
    pub(super) fn append_steps(&mut self, out: &mut String, values: &[(&Type, String)]) {
        let mut steps: Vec<String> =
            values.iter().map(|(ty, value)| self.append(ty, "b", value, "d")).collect();
        steps.retain(|step| step != "b");
        let last = steps.pop().unwrap_or_else(|| "b".to_owned());
        for step in steps {
            line!(out, "\tb = {step}");
        }
        line!(out, "\treturn {last}");
    }

    fn write_read(&mut self, ty: &Type, name: &str) -> String {
        if self.stays(ty) {
            return self.write_read_staying(ty, name);
        }
        let mut out = String::new();
        let go = self.go_type(ty);
        match self.is_large(ty) {
            true => line!(out, "func {name}(r *gangplank.Reader, v *{go}) {{"),
            false => line!(out, "func {name}(r *gangplank.Reader) {go} {{"),
        }
        match &ty.kind {
            TypeKind::Option(inner) => self.write_read_option(&mut out, inner),
            TypeKind::Slice(item) | TypeKind::Vec(item) => {
                line!(out, "\tv := make({go}, r.Count({}))", self.least_size(item));
                self.read_each(&mut out, item);
                line!(out, "\treturn v");
            }
            TypeKind::Array(item, _) => self.read_each(&mut out, item),
            TypeKind::HashMap(key, value) | TypeKind::BTreeMap(key, value) => {
                line!(out, "\tn := r.Count({})", self.least_size(key) + self.least_size(value));
                line!(out, "\tv := make({go}, n)\n\tfor range n {{");
                for (ty, name) in [(key, "key"), (value, "value")] {
                    for statement in self.read_new(ty, ARGUMENT, name) {
                        line!(out, "\t\t{statement}");
                    }
                }
                line!(out, "\t\tv[key] = value\n\t}}\n\treturn v");
            }
            TypeKind::Tuple(items) => {
                for (at, item) in items.iter().enumerate() {
                    self.read_step(&mut out, item, &format!("v.V{at}"));
                }
            }
            TypeKind::Named(of) => self.write_read_named(&mut out, of),
            _ => unreachable!("all other types are read by the runtime"),
        }
        line!(out, "}}");
        out
    }

    fn write_read_option(&mut self, out: &mut String, inner: &Type) {
        line!(out, "\tif !r.Option() {{\n\t\treturn nil\n\t}}");
        if self.has_nil(inner) {
            let value = self.read(inner, ARGUMENT);
            line!(out, "\treturn {value}");
        } else if self.is_large(inner) {
            line!(out, "\tv := new({})", self.go_type(inner));
            let statement = self.read_into(inner, ARGUMENT, "*v");
            line!(out, "\t{statement}\n\treturn v");
        } else {
            let value = self.read(inner, ARGUMENT);
            line!(out, "\tv := {value}\n\treturn &v");
        }
    }

    fn read_each(&mut self, out: &mut String, item: &Type) {
        let statement = self.read_into(item, ARGUMENT, "v[i]");
        if !statement.is_empty() {
            line!(out, "\tfor i := range v {{\n\t\t{statement}\n\t}}");
        }
    }

    /// A statement that reads into `target`, unless there is nothing to read.
    pub(super) fn read_step(&mut self, out: &mut String, ty: &Type, target: &str) {
        let statement = self.read_into(ty, ARGUMENT, target);
        if !statement.is_empty() {
            line!(out, "\t{statement}");
        }
    }
}
