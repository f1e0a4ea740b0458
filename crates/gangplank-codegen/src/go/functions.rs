//! Exported functions: Go functions that call Rust.

use super::Package;
use super::codec::Source;
use super::docs::write_docs;
use super::file::File;
use super::locals::Locals;
use super::serve::HEADER_WORDS;
use super::task::{self, Words};
use super::text::line;
use crate::ir::{Class, Function, Type, TypeKind};

/// The parts of a function's result.
pub(super) struct Returns<'t> {
    /// The values, none for unit, several for a tuple.
    pub values: Vec<&'t Type>,
    /// The type without the error.
    pub value: &'t Type,
    /// The error type of a `Result`.
    pub error: Option<&'t Type>,
}

/// What a Go function calls.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Callee {
    /// An exported function.
    Exported,
    /// A function value of Rust, which the wrapper `object` holds.
    Held,
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
        file.preamble = Some(self.write_shims(&interface.functions.iter().collect::<Vec<_>>(), &[]));
        for function in &interface.functions {
            line!(file.body);
            self.write_function(&mut file.body, function);
        }
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

    pub(super) fn write_function(&mut self, out: &mut String, function: &Function) {
        if function.batch_of.is_some() {
            return self.write_batch(out, function);
        }
        let with_error = task::with_error(function);
        let function = with_error.as_ref().unwrap_or(function);
        let name = self.function_name(function);
        let locals = Locals::new(self, function);
        let first = usize::from(function.receiver.is_some());
        let context = function.takes_context().then(|| format!("{} context.Context", locals.context()));
        let arguments = function
            .arguments()
            .iter()
            .enumerate()
            .filter(|(_, param)| !param.ty.is_context())
            .map(|(at, p)| format!("{} {}", locals.param(first + at), self.go_type(&p.ty)));
        let params: Vec<String> = context.into_iter().chain(arguments).collect();
        write_docs(
            out,
            &function.head.docs,
            &format!("{name} calls {} of the Rust crate.", function.head.name),
        );
        self.write_task_docs(out, function, &locals);
        self.write_ownership(out, function, &locals);
        let receiver = match function.receiver {
            Some(_) => format!("({} {}) ", locals.param(0), self.go_type(&function.params[0].ty)),
            None => String::new(),
        };
        line!(out, "func {receiver}{name}({}){} {{", params.join(", "), self.result_list(&function.result));
        self.write_body(out, function, &locals, Callee::Exported);
        line!(out, "}}");
        self.write_discard(out, function);
    }

    /// What stands between the braces of a function.
    pub(super) fn write_body(
        &mut self,
        out: &mut String,
        function: &Function,
        locals: &Locals,
        callee: Callee,
    ) {
        let returns = returns(&function.result);
        self.write_context_guard(out, function, locals, &returns);
        self.write_turn(out, function, locals, &returns);
        self.write_guards(out, function, locals, &returns);
        let scratch = self.write_call(out, function, locals, callee);
        let status = format!("{}[gangplank.WordStatus]", locals.own("r"));
        self.write_releases(out, function, locals, &status);
        if callee == Callee::Held {
            line!(out, "\truntime.KeepAlive(object)");
        }
        let words = if self.is_plain(function) { Words::Pointer } else { Words::Array };
        self.write_task_wait(out, function, locals, &returns, words);
        self.write_returns(out, function, locals, &scratch, words);
    }

    /// Everything up to the result. Returns the expression for the lent memory.
    fn write_call(
        &mut self,
        out: &mut String,
        function: &Function,
        locals: &Locals,
        callee: Callee,
    ) -> String {
        let r = locals.own("r");
        if self.is_plain(function) {
            self.write_plain_call(out, function, locals);
            return "nil".into();
        }
        let lends = self.lends(function);
        let has_message = self.has_message(function);
        let (scratch, buffer, message) = (locals.own("scratch"), locals.own("buffer"), locals.own("message"));
        let framed = function.options.fast && !self.is_short(function);
        if self.options.callbacks && (has_message || lends > 0 || framed) {
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
        self.write_task_begin(out, function, locals);
        let mut arguments: Vec<String> =
            self.task_words(function, locals).iter().map(|word| format!("C.uint64_t({word})")).collect();
        if callee == Callee::Held {
            arguments.push("C.uint64_t(keeper), C.uint64_t(object.Handle())".to_owned());
        }
        for (at, param) in function.params.iter().enumerate() {
            let name = locals.param(at);
            match self.interface.class(&param.ty) {
                Class::Unit | Class::Compound => {}
                Class::Scalar => {
                    arguments.push(format!("C.uint64_t({})", self.argument_word(function, locals, at)));
                }
                Class::Pair => {
                    let handle = self.handle_of(locals, at);
                    arguments.push(format!("C.uint64_t(gangplank.KeeperAddress()), C.uint64_t({handle})"));
                }
                Class::Context => {
                    let end = locals.own("end");
                    arguments.push(format!("(*C.uint32_t)({end}.Flag()), C.uint64_t({end}.Left())"));
                }
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
        let mut place = if self.options.callbacks { format!("{buffer}.Scratch") } else { scratch };
        if lends > 0 {
            if !self.options.callbacks {
                line!(out, "\tvar {place} [{}]uint64", lends / 8);
            }
            place = self.write_room(out, function, locals, place);
            arguments.push(format!("(*C.uint64_t)(&{place}[0])"));
            if self.has_room(function) {
                arguments.push(format!("C.uint64_t(len({place}))*8"));
            }
        }
        let name = function.symbol();
        if self.options.callbacks {
            let call = format!("result(C.call_{name}({}))", arguments.join(", "));
            match function.options.fast {
                true if self.is_short(function) => self.write_short_entry(out, function, locals, &call),
                true => {
                    let lent = (lends > 0).then_some(&*place);
                    self.write_entry_call(out, function, locals, lent, &call);
                }
                false => line!(out, "\t{r} := {call}"),
            }
            if has_message {
                line!(out, "\t{buffer}.Keep({message})");
            }
        } else {
            arguments.push(format!("(*C.uint64_t)(&{r}[0])"));
            let call = format!("C.call_{name}({})", arguments.join(", "));
            line!(out, "\tvar {r} gangplank.Result");
            match function.options.fast {
                true => {
                    let lent = (lends > 0).then_some(&*place);
                    self.write_leaf_call(out, function, locals, lent, &call);
                }
                false => line!(out, "\t{call}"),
            }
        }
        match lends {
            0 => "nil".into(),
            _ if self.has_room(function) => place,
            _ => format!("{place}[:]"),
        }
    }

    /// The frame is an array of numbers.
    fn write_plain_call(&mut self, out: &mut String, function: &Function, locals: &Locals) {
        let f = locals.own("f");
        self.write_task_begin(out, function, locals);
        let mut words = self.task_words(function, locals);
        for (at, param) in function.params.iter().enumerate() {
            if self.interface.class(&param.ty) == Class::Scalar {
                let value = self.argument_word(function, locals, at);
                words.push(if self.stays(&param.ty) { value } else { format!("uint64({value})") });
            }
        }
        let count = HEADER_WORDS + words.len();
        let frame = match words.is_empty() {
            true => format!("[{count}]uint64{{}}"),
            false => format!("[{count}]uint64{{{HEADER_WORDS}: {}}}", words.join(", ")),
        };
        let call = format!("C.{}((*C.uint64_t)(&{f}[0]), 1)", self.symbol(function));
        match function.options.fast {
            true if self.is_short(function) => {
                self.write_short_leaf(
                    out,
                    function,
                    locals,
                    &words,
                    &format!("{f} = {frame}\n\t\t{call}"),
                    count,
                );
            }
            true => {
                line!(out, "\t{f} := {frame}");
                self.write_plain_fast_call(out, function, &f, &call);
            }
            false => line!(out, "\t{f} := {frame}\n\t{call}"),
        }
        line!(out, "\t{} := (*gangplank.Result)({f}[:])", locals.own("r"));
    }

    /// A scalar argument as a word.
    pub(super) fn argument_word(&self, function: &Function, locals: &Locals, at: usize) -> String {
        let ty = &function.params[at].ty;
        match self.stays(ty) {
            true => self.handle_of(locals, at),
            false => self.to_word(ty, locals.param(at)),
        }
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
                let value = self.with_giving(false, |package| {
                    package.append(&param.ty, &to, locals.param(at), &format!("&{depth}"))
                });
                line!(out, "\t{message} {assign} {value}");
                to.clone_from(&message);
                assign = "=";
            }
        }
    }

    /// The statement that returns a unit or a scalar, whose word is `word`.
    pub(super) fn short_return(&mut self, function: &Function, word: &str) -> String {
        let returns = returns(&function.result);
        let values = match self.interface.class(returns.value) {
            Class::Unit | Class::Context => None,
            _ => Some(self.read_word(returns.value, word)),
        };
        let values: Vec<String> = values.into_iter().chain(returns.error.map(|_| "nil".to_owned())).collect();
        format!("return {}", values.join(", ")).trim_end().to_owned()
    }

    pub(super) fn write_returns(
        &mut self,
        out: &mut String,
        function: &Function,
        locals: &Locals,
        scratch: &str,
        words: Words,
    ) {
        let returns = returns(&function.result);
        let r = locals.own("r");
        let pointer = if words == Words::Pointer { r.clone() } else { format!("&{r}") };
        line!(out, "\tif {r}[gangplank.WordStatus] != gangplank.OK {{");
        match returns.error {
            Some(error) => {
                let mut values: Vec<String> = returns.values.iter().map(|ty| self.zero(ty)).collect();
                // A frame of numbers is looked at where it is.
                let failure = self.failure(error, &pointer, scratch);
                values.push(match function.context() {
                    Some(_) => format!("{}.Err({failure})", locals.own("end")),
                    None => failure,
                });
                line!(out, "\t\treturn {}", values.join(", "));
            }
            None => line!(out, "\t\t{r}.Throw({scratch})"),
        }
        line!(out, "\t}}");
        let no_error = if returns.error.is_some() { ", nil" } else { "" };
        match self.interface.class(returns.value) {
            Class::Unit | Class::Context if returns.error.is_none() => {}
            Class::Unit | Class::Context | Class::Scalar => {
                let short = self.short_return(function, &format!("{r}[gangplank.WordA]"));
                line!(out, "\t{short}");
            }
            Class::Span => {
                let value = match &returns.value.peeled().kind {
                    TypeKind::Slice(item) | TypeKind::Vec(item) if self.has_room(function) => {
                        format!("gangplank.Filled[{}]({pointer}, {})", self.go_type(item), locals.own("room"))
                    }
                    TypeKind::Slice(item) | TypeKind::Vec(item) => {
                        format!("gangplank.Slice[{}]({pointer}, {scratch})", self.go_type(item))
                    }
                    _ => format!("{r}.String({scratch})"),
                };
                line!(out, "\treturn {value}{no_error}");
            }
            Class::Pair => {
                let (keeper, handle) = (format!("{r}[gangplank.WordA]"), format!("{r}[gangplank.WordB]"));
                let value = match returns.value.as_sequence() {
                    Some(of) if function.gives_stream() => {
                        let iterate = self.need_iterate(returns.value.peeled(), of);
                        format!("{iterate}({}, {keeper}, {handle})", locals.context())
                    }
                    _ => self.read_pair(returns.value, &keeper, &handle),
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

/// What several files use stands in the first that calls Rust.
pub(super) fn write_helpers(files: &mut [File]) {
    let calls = |body: &str, name: &str| body.contains(&format!("{name}("));
    let used = |name: &str| files.iter().any(|file| file.preamble.is_some() && calls(&file.body, name));
    let mut helpers = String::new();
    if used("result") {
        line!(helpers, "\nfunc result(r C.gangplank_result) gangplank.Result {{");
        line!(
            helpers,
            "\treturn gangplank.Result{{uint64(r.status), uint64(r.a), uint64(r.b), uint64(r.c)}}\n}}"
        );
    }
    if used("stringData") {
        line!(helpers, "\nfunc stringData(s string) *C.uint8_t {{");
        line!(helpers, "\treturn (*C.uint8_t)(unsafe.Pointer(unsafe.StringData(s)))\n}}");
    }
    if used("sliceData") {
        line!(helpers, "\nfunc sliceData[T any](s []T) *C.uint8_t {{");
        line!(helpers, "\treturn (*C.uint8_t)(unsafe.Pointer(unsafe.SliceData(s)))\n}}");
    }
    let calling = ["functions.go", "objects.go", "closures.go", "start.go"];
    let first = calling.iter().find_map(|name| files.iter().position(|file| file.is(name)));
    if let Some(at) = first {
        files[at].body.insert_str(0, &helpers);
    }
}
