//! Exported functions: Go functions that call Rust.

use super::Package;
use super::codec::Source;
use super::docs::write_docs;
use super::file::File;
use super::locals::Locals;
use super::serve::HEADER_WORDS;
use super::text::line;
use crate::ir::{Class, Function, Type, TypeKind};
use crate::names;

/// Bytes of scratch memory of the runtime's `Buffer`: the most that is ever lent.
const MOST: usize = 256;

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
        let mut functions = String::new();
        for function in &interface.functions {
            line!(functions);
            self.write_function(&mut functions, function);
        }
        if self.options.callbacks {
            line!(file.body, "\nfunc result(r C.gangplank_result) gangplank.Result {{");
            line!(
                file.body,
                "\treturn gangplank.Result{{uint64(r.status), uint64(r.a), uint64(r.b), uint64(r.c)}}\n}}"
            );
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

    /// How many bytes a function lends for its result: enough for most, without much to clear.
    fn lends(&self, function: &Function) -> usize {
        let returns = returns(&function.result);
        let value = match self.interface.class(returns.value) {
            Class::Unit | Class::Scalar => 0,
            Class::Span => MOST / 2,
            Class::Compound => self.usual_size(returns.value).max(8),
        };
        let error = returns.error.map_or(0, |error| self.usual_size(error).max(64));
        match value.max(error) {
            0 => 0,
            _ if self.options.callbacks => MOST,
            size => size.min(MOST).next_multiple_of(8),
        }
    }

    /// How many bytes a function has on its stack for the message of its arguments.
    fn message_room(&self, function: &Function) -> usize {
        let compound = function.params.iter().filter(|p| self.interface.class(&p.ty) == Class::Compound);
        compound.map(|p| self.usual_size(&p.ty)).sum::<usize>().clamp(8, MOST)
    }

    /// Is its frame made of numbers only? Then Go makes it: nothing in it is a pointer.
    fn is_plain(&self, function: &Function) -> bool {
        let scalar = |ty| matches!(self.interface.class(ty), Class::Unit | Class::Scalar);
        !self.options.callbacks && self.lends(function) == 0 && function.params.iter().all(|p| scalar(&p.ty))
    }

    /// Has it arguments that travel in the message?
    pub(super) fn has_message(&self, function: &Function) -> bool {
        function.params.iter().any(|p| self.interface.class(&p.ty) == Class::Compound)
    }

    fn symbol(&self, function: &Function) -> String {
        format!("gangplank_{}_{}", self.interface.crate_name, function.head.name)
    }

    /// The C functions that build the frames.
    fn write_shims(&mut self) -> String {
        let mut out = String::new();
        for function in self.interface.functions.iter().filter(|_| !self.options.callbacks) {
            let called = match self.is_plain(function) {
                true => self.symbol(function),
                false => format!("call_{}", function.head.name),
            };
            line!(out, "#cgo noescape {called}\n#cgo nocallback {called}");
        }
        line!(out, "#include <stddef.h>\n#include <stdint.h>");
        if self.options.callbacks {
            line!(out, "\ntypedef struct {{ uint64_t status, a, b, c; }} gangplank_result;");
        }
        for function in &self.interface.functions {
            line!(out, "\nextern void {}(uint64_t *frames, size_t n);", self.symbol(function));
            if !self.is_plain(function) {
                self.write_shim(&mut out, function);
            }
        }
        out
    }

    /// A C function that gets Go's pointers as pointers, so that cgo knows of them, and makes the frame on the C stack.
    /// The result goes to the caller's memory, or comes back by value where Go's stack may move meanwhile.
    fn write_shim(&self, out: &mut String, function: &Function) {
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
        let lends = self.lends(function);
        let header = match lends {
            0 => "0, 0, 0, 0".to_owned(),
            n => {
                params.push("uint64_t *scratch".into());
                format!("0, (uint64_t)(uintptr_t)scratch, {n}, 0")
            }
        };
        let returns = match self.options.callbacks {
            true => "gangplank_result",
            false => {
                params.push("uint64_t *result".into());
                "void"
            }
        };
        let params = if params.is_empty() { "void".to_owned() } else { params.join(", ") };
        words.insert(0, header);
        line!(out, "static inline {returns} call_{}({params}) {{", function.head.name);
        line!(out, "\tuint64_t f[] = {{{}}};\n\t{}(f, 1);", words.join(", "), self.symbol(function));
        match self.options.callbacks {
            true => line!(out, "\treturn (gangplank_result){{f[0], f[1], f[2], f[3]}};\n}}"),
            false => line!(out, "\tfor (int i = 0; i < 4; i++) result[i] = f[i];\n}}"),
        }
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

    /// Everything up to the result. Returns the expression for the lent memory.
    fn write_call(&mut self, out: &mut String, function: &Function, locals: &Locals) -> String {
        let r = locals.own("r");
        if self.is_plain(function) {
            self.write_plain_call(out, function, locals);
            return "nil".into();
        }
        let lends = self.lends(function);
        let has_message = self.has_message(function);
        let (scratch, buffer, message) = (locals.own("scratch"), locals.own("buffer"), locals.own("message"));
        if self.options.callbacks && (has_message || lends > 0) {
            line!(out, "\t{buffer} := gangplank.NewBuffer()\n\tdefer {buffer}.Free()");
        }
        if has_message {
            let start = match self.options.callbacks {
                true => format!("{buffer}.Message()"),
                false => {
                    let space = locals.own("space");
                    line!(out, "\tvar {space} [{}]byte", self.message_room(function));
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
        let place = if self.options.callbacks { format!("{buffer}.Scratch") } else { scratch };
        if lends > 0 {
            if !self.options.callbacks {
                line!(out, "\tvar {place} [{}]uint64", lends / 8);
            }
            arguments.push(format!("(*C.uint64_t)(&{place}[0])"));
        }
        let name = &function.head.name;
        if self.options.callbacks {
            line!(out, "\t{r} := result(C.call_{name}({}))", arguments.join(", "));
            if has_message {
                line!(out, "\t{buffer}.Keep({message})");
            }
        } else {
            arguments.push(format!("(*C.uint64_t)(&{r}[0])"));
            line!(out, "\tvar {r} gangplank.Result\n\tC.call_{name}({})", arguments.join(", "));
        }
        if lends == 0 { "nil".into() } else { format!("{place}[:]") }
    }

    /// The frame is an array of numbers.
    fn write_plain_call(&mut self, out: &mut String, function: &Function, locals: &Locals) {
        let f = locals.own("f");
        let mut words = Vec::new();
        for (at, param) in function.params.iter().enumerate() {
            if self.interface.class(&param.ty) == Class::Scalar {
                let value = self.to_word(&param.ty, locals.param(at));
                words.push(format!("uint64({value})"));
            }
        }
        let count = HEADER_WORDS + words.len();
        match words.is_empty() {
            true => line!(out, "\tvar {f} [{count}]uint64"),
            false => line!(out, "\t{f} := [{count}]uint64{{{HEADER_WORDS}: {}}}", words.join(", ")),
        }
        line!(out, "\tC.{}((*C.uint64_t)(&{f}[0]), 1)", self.symbol(function));
        line!(out, "\t{} := (*gangplank.Result)({f}[:])", locals.own("r"));
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
        line!(out, "\tif {r}[gangplank.WordStatus] != gangplank.OK {{");
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
                let value = self.read_word(returns.value, &format!("{r}[gangplank.WordA]"));
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
                line!(out, "\tvar {m} gangplank.Reader\n\t{m}.Message = {r}.Message({scratch})");
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
                    Some(_) => values.push(format!("{r}.Close(&{m})")),
                    None => line!(out, "\t{r}.MustClose(&{m})"),
                }
                line!(out, "\treturn {}", values.join(", "));
            }
        }
    }
}
