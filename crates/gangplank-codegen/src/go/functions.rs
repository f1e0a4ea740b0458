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
                Class::Pair => todo!(),
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
                // A frame of numbers is looked at where it is.
                let pointer = if self.is_plain(function) { r.clone() } else { format!("&{r}") };
                values.push(self.failure(error, &pointer, scratch));
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
            Class::Pair => todo!(),
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
