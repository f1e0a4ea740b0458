//! Exported functions: Go functions that call Rust.

use super::Package;
use super::codec::Source;
use super::docs::write_docs;
use super::file::File;
use super::locals::Locals;
use super::text::line;
use crate::ir::{Class, Function, Type, TypeKind};
use crate::names;

/// Bytes of scratch memory that the runtime's types have.
const SCRATCH: usize = 256;
const SMALL_SCRATCH: usize = 128;

/// What a function lends for its result.
#[derive(Clone, Copy, PartialEq)]
enum Lends {
    Nothing,
    Small,
    Full,
}

/// The parts of a function's result.
pub(super) struct Returns<'t> {
    /// The values, none for unit, several for a tuple.
    pub values: Vec<&'t Type>,
    /// The type without the error.
    pub value: &'t Type,
    /// The error type of a `Result`.
    pub error: Option<&'t Type>,
}

/// What a function returns, in Go's order.
pub(super) fn returns(ty: &Type) -> Returns<'_> {
    let (value, error) = match &ty.kind {
        TypeKind::Result(value, error) => (&**value, Some(&**error)),
        _ => (ty, None),
    };
    let values = match &value.kind {
        TypeKind::Unit => vec![],
        TypeKind::Tuple(items) => items.iter().collect(),
        _ => vec![value],
    };
    Returns { values, value, error }
}

impl Package<'_> {
    pub(super) fn write_functions(&mut self) -> Option<File> {
        let mut file = File::new("functions.go");
        let interface = self.interface;
        if interface.functions.is_empty() {
            return None;
        }
        file.preamble = Some(self.write_shims());
        line!(file.body, "\nfunc result(r C.gangplank_result) gangplank.Result {{");
        line!(
            file.body,
            "\treturn gangplank.Result{{Status: uint64(r.status), A: uint64(r.a), B: uint64(r.b), C: uint64(r.c)}}\n}}"
        );
        let mut functions = String::new();
        for function in &interface.functions {
            line!(functions);
            self.write_function(&mut functions, function);
        }
        if functions.contains("stringData(") {
            line!(file.body, "\nfunc stringData(s string) *C.uint8_t {{");
            line!(file.body, "\treturn (*C.uint8_t)(unsafe.Pointer(unsafe.StringData(s)))\n}}");
        }
        if functions.contains("sliceData(") {
            line!(file.body, "\nfunc sliceData[T any](s []T) *C.uint8_t {{");
            line!(file.body, "\treturn (*C.uint8_t)(unsafe.Pointer(unsafe.SliceData(s)))\n}}");
        }
        file.body.push_str(&functions);
        Some(file)
    }

    fn lends(&self, function: &Function) -> Lends {
        let returns = returns(&function.result);
        match self.interface.class(returns.value) {
            Class::Unit | Class::Scalar if returns.error.is_none() => Lends::Nothing,
            Class::Compound => Lends::Full,
            _ => Lends::Small,
        }
    }

    /// Has it arguments that travel in the message?
    pub(super) fn has_message(&self, function: &Function) -> bool {
        function.params.iter().any(|p| self.interface.class(&p.ty) == Class::Compound)
    }

    /// The C functions that build the frames.
    fn write_shims(&mut self) -> String {
        let mut out = String::new();
        for function in self.interface.functions.iter().filter(|_| !self.options.callbacks) {
            line!(out, "#cgo noescape call_{0}\n#cgo nocallback call_{0}", function.head.name);
        }
        line!(out, "#include <stddef.h>\n#include <stdint.h>\n");
        line!(out, "typedef struct {{ uint64_t status, a, b, c; }} gangplank_result;");
        for function in &self.interface.functions {
            let (mut params, mut words) = (Vec::new(), Vec::new());
            let span = |name: &str, params: &mut Vec<String>, words: &mut Vec<String>| {
                params.push(format!("const uint8_t *{name}, uint64_t {name}_len"));
                words.extend([format!("(uint64_t)(uintptr_t){name}"), format!("{name}_len")]);
            };
            for (at, param) in function.params.iter().enumerate() {
                match self.interface.class(&param.ty) {
                    Class::Unit | Class::Compound => {}
                    Class::Scalar => {
                        params.push(format!("uint64_t a{at}"));
                        words.push(format!("a{at}"));
                    }
                    Class::Span => span(&format!("a{at}"), &mut params, &mut words),
                }
            }
            if self.has_message(function) {
                span("message", &mut params, &mut words);
            }
            let mut header = ["0", "0", "0", "0"];
            if self.lends(function) != Lends::Nothing {
                params.push("uint8_t *scratch, uint64_t scratch_len".into());
                header = ["0", "(uint64_t)(uintptr_t)scratch", "scratch_len", "0"];
            }
            let name = &function.head.name;
            let symbol = format!("gangplank_{}_{name}", self.interface.crate_name);
            let params = if params.is_empty() { "void".to_owned() } else { params.join(", ") };
            let words: Vec<&str> = header.into_iter().chain(words.iter().map(String::as_str)).collect();
            line!(out, "\nextern void {symbol}(uint64_t *frames, size_t n);");
            line!(out, "static inline gangplank_result call_{name}({params}) {{");
            line!(out, "\tuint64_t f[] = {{{}}};\n\t{symbol}(f, 1);", words.join(", "));
            line!(out, "\treturn (gangplank_result){{f[0], f[1], f[2], f[3]}};\n}}");
        }
        out
    }

    /// The result list, as it stands in a signature.
    pub(super) fn result_list(&self, ty: &Type) -> String {
        let returns = returns(ty);
        let mut types: Vec<String> = returns.values.iter().map(|ty| self.go_type(ty)).collect();
        types.extend(returns.error.map(|_| "error".to_owned()));
        match &types[..] {
            [] => String::new(),
            [one] => format!(" {one}"),
            _ => format!(" ({})", types.join(", ")),
        }
    }

    fn write_function(&mut self, out: &mut String, function: &Function) {
        let name = names::function(function);
        let locals = Locals::new(self, function);
        let params: Vec<String> = function
            .params
            .iter()
            .enumerate()
            .map(|(at, p)| format!("{} {}", locals.param(at), self.go_type(&p.ty)))
            .collect();
        write_docs(
            out,
            &function.head.docs,
            &format!("{name} calls {} of the Rust crate.", function.head.name),
        );
        line!(out, "func {name}({}){} {{", params.join(", "), self.result_list(&function.result));
        let scratch = self.write_call(out, function, &locals);
        self.write_returns(out, function, &locals, &scratch);
        line!(out, "}}");
    }

    /// Everything up to the result in the variable `r`. Returns the expression for the lent memory.
    fn write_call(&mut self, out: &mut String, function: &Function, locals: &Locals) -> String {
        let lends = self.lends(function);
        let has_message = self.has_message(function);
        let (scratch, buffer, message) = (locals.own("scratch"), locals.own("buffer"), locals.own("message"));
        if self.options.callbacks && (has_message || lends != Lends::Nothing) {
            line!(out, "\t{buffer} := gangplank.NewBuffer()\n\tdefer {buffer}.Free()");
        }
        if has_message {
            let start = match self.options.callbacks {
                true => format!("{buffer}.Message()"),
                false => {
                    let space = locals.own("space");
                    line!(out, "\tvar {space} gangplank.Message");
                    format!("{space}[:0]")
                }
            };
            self.write_message(out, function, locals, &start);
        }
        let mut arguments = Vec::new();
        for (at, param) in function.params.iter().enumerate() {
            let name = locals.param(at);
            match self.interface.class(&param.ty) {
                Class::Unit | Class::Compound => {}
                Class::Scalar => arguments.push(format!("C.uint64_t({})", self.to_word(&param.ty, name))),
                Class::Span => {
                    let data = match param.ty.peeled().kind {
                        TypeKind::String | TypeKind::Str => "stringData",
                        _ => "sliceData",
                    };
                    arguments.push(format!("{data}({name}), C.uint64_t(len({name}))"));
                }
            }
        }
        if has_message {
            arguments.push(format!("sliceData({message}), C.uint64_t(len({message}))"));
        }
        let (kind, size) = match lends {
            Lends::Small if !self.options.callbacks => ("gangplank.SmallScratch", SMALL_SCRATCH),
            _ => ("gangplank.Scratch", SCRATCH),
        };
        let place = if self.options.callbacks { format!("{buffer}.Scratch") } else { scratch };
        if lends != Lends::Nothing {
            if !self.options.callbacks {
                line!(out, "\tvar {place} {kind}");
            }
            arguments.push(format!("(*C.uint8_t)(unsafe.Pointer(&{place})), {size}"));
        }
        let call = format!("result(C.call_{}({}))", function.head.name, arguments.join(", "));
        line!(out, "\t{} := {call}", locals.own("r"));
        if has_message && self.options.callbacks {
            line!(out, "\t{buffer}.Keep({message})");
        }
        if lends == Lends::Nothing { "nil".into() } else { format!("{place}.Bytes()") }
    }

    /// The compound arguments, one after the other, in one message (clause 2.3).
    fn write_message(&mut self, out: &mut String, function: &Function, locals: &Locals, start: &str) {
        let (message, depth) = (locals.own("message"), locals.own("depth"));
        if function.params.iter().any(|p| self.is_deep(&p.ty)) {
            line!(out, "\tvar {depth} gangplank.Depth");
        }
        let mut to = start.to_owned();
        let mut assign = ":=";
        for (at, param) in function.params.iter().enumerate() {
            if self.interface.class(&param.ty) == Class::Compound {
                let value = self.append(&param.ty, &to, locals.param(at), &format!("&{depth}"));
                line!(out, "\t{message} {assign} {value}");
                to.clone_from(&message);
                assign = "=";
            }
        }
    }

    fn write_returns(&mut self, out: &mut String, function: &Function, locals: &Locals, scratch: &str) {
        let returns = returns(&function.result);
        let r = locals.own("r");
        line!(out, "\tif {r}.Status != gangplank.OK {{");
        match returns.error {
            Some(error) => {
                let mut values: Vec<String> = returns.values.iter().map(|ty| self.zero(ty)).collect();
                values.push(self.failure(error, &r, scratch));
                line!(out, "\t\treturn {}", values.join(", "));
            }
            None => line!(out, "\t\t{r}.Throw({scratch})"),
        }
        line!(out, "\t}}");
        let no_error = if returns.error.is_some() { ", nil" } else { "" };
        match self.interface.class(returns.value) {
            Class::Unit if returns.error.is_some() => line!(out, "\treturn nil"),
            Class::Unit => {}
            Class::Scalar => {
                let value = self.from_word(returns.value, &format!("{r}.A"));
                line!(out, "\treturn {value}{no_error}");
            }
            Class::Span => {
                let value = match &returns.value.peeled().kind {
                    TypeKind::Slice(item) | TypeKind::Vec(item) => {
                        format!("gangplank.Slice[{}](&{r}, {scratch})", self.go_type(item))
                    }
                    _ => format!("{r}.String({scratch})"),
                };
                line!(out, "\treturn {value}{no_error}");
            }
            Class::Compound => {
                let (m, v) = (locals.own("m"), locals.own("v"));
                line!(out, "\t{m} := {r}.Message({scratch})");
                let source = Source { receiver: &m, pointer: &format!("&{m}") };
                let mut values = Vec::new();
                for (at, ty) in returns.values.iter().enumerate() {
                    let name =
                        if returns.values.len() == 1 { v.clone() } else { locals.own(&format!("v{at}")) };
                    for statement in self.read_new(ty, source, &name) {
                        line!(out, "\t{statement}");
                    }
                    values.push(name);
                }
                match returns.error {
                    Some(_) => values.push(format!("{m}.Done()")),
                    None => line!(out, "\t{m}.Must()"),
                }
                line!(out, "\treturn {}", values.join(", "));
            }
        }
    }
}
