//! What Rust calls to reach a registered implementation.

use super::Package;
use super::errors::MESSAGE;
use super::file::File;
use super::functions::{Returns, returns};
use super::text::{line, quote};
use crate::ir::{Class, Function, Import, Interface, Type, TypeKind};
use crate::names;

/// Words before the arguments (clause 1.2).
pub(super) const HEADER_WORDS: usize = 4;

/// Where the arguments of a call of Go lie in its frame.
pub(super) struct Served {
    /// Where the words of each begin.
    words: Vec<usize>,
    /// Where the message is.
    message: usize,
    /// The frame's length.
    pub stride: usize,
}

impl<'a> Package<'a> {
    pub(super) fn write_serve(&mut self) -> Option<File> {
        let mut file = File::new("serve.go");
        let interface = self.interface;
        for import in &interface.imports {
            for method in &import.methods {
                self.write_server(&mut file.body, import, method);
                self.write_runner(&mut file.body, import, method);
            }
        }
        if file.body.is_empty() {
            return None;
        }
        file.preamble = Some("#include <stddef.h>\n#include <stdint.h>\n".into());
        Some(file)
    }

    /// The C name of a method's shim.
    pub(super) fn server_symbol(&self, import: &Import, method: &Function) -> String {
        format!("gangplank_go_{}_{}_{}", self.interface.crate_name, import.head.name, method.head.name)
    }

    fn write_server(&mut self, out: &mut String, import: &Import, method: &Function) {
        let symbol = self.server_symbol(import, method);
        let frame = self.served_frame(method);
        let stride = frame.stride;
        line!(out, "\n//export {symbol}\nfunc {symbol}(frames *C.uint64_t, n C.size_t) {{");
        line!(
            out,
            "\tif n != 1 {{\n\t\tgangplank.Serve(unsafe.Pointer(frames), int(n), {stride}, func(frame unsafe.Pointer) {{"
        );
        line!(out, "\t\t\t{symbol}((*C.uint64_t)(frame), 1)\n\t\t}})\n\t\treturn\n\t}}");
        if !import.is_fast() {
            line!(out, "\tc := gangplank.CallAt(unsafe.Pointer(frames))");
            self.write_trap(out, stride);
            if !method.starts() {
                self.write_served(out, import, method, &frame, "&c");
                return line!(out, "}}");
            }
            // What was posted has no shim.
            let once = self.once_name(import, method);
            line!(out, "\t{once}(&c)\n}}");
            line!(out, "\n// {once} serves a call, of a caller that traps what it ends in.");
            line!(out, "func {once}(c *gangplank.Call) {{");
            self.write_served(out, import, method, &frame, "c");
            return line!(out, "}}");
        }
        // On the fast lane the trap is fastcall's, which needs none for each call.
        let once = self.once_name(import, method);
        if method.batch_of.is_some() {
            // In the middle of a batch the call may be settled on the way out: its own trap must know of that.
            let served = self.served_name(import, method);
            line!(out, "\tc := gangplank.CallAt(unsafe.Pointer(frames))");
            self.write_trap(out, stride);
            line!(out, "\t{served}(&c)\n}}");
            line!(out, "\n// {once} is the callback of the fast lane, which traps what it ends in.");
            line!(out, "func {once}(frames, n uintptr) (ignored uintptr) {{");
            line!(out, "\tif n != 1 {{\n\t\t{symbol}((*C.uint64_t)(gangplank.At(frames)), C.size_t(n))");
            line!(out, "\t\treturn\n\t}}\n\tc := gangplank.CallAt(gangplank.At(frames))");
            line!(out, "\t{served}(&c)\n\treturn\n}}");
            line!(out, "\nfunc {served}(c *gangplank.Call) {{");
            self.write_served(out, import, method, &frame, "c");
            return line!(out, "}}");
        }
        line!(out, "\tserved := false\n\tdefer func() {{\n\t\tif !served {{");
        line!(
            out,
            "\t\t\tc := gangplank.CallAt(unsafe.Pointer(frames))\n\t\t\tc.Caught(recover(), {stride})"
        );
        line!(out, "\t\t}}\n\t}}()\n\t{once}(uintptr(unsafe.Pointer(frames)), 1)\n\tserved = true\n}}");
        line!(out, "\n// {once} is the callback of the fast lane, which traps what it ends in.");
        line!(out, "func {once}(frames, n uintptr) (ignored uintptr) {{");
        line!(out, "\tif n != 1 {{\n\t\t{symbol}((*C.uint64_t)(gangplank.At(frames)), C.size_t(n))");
        line!(out, "\t\treturn\n\t}}\n\tc := gangplank.CallAt(gangplank.At(frames))");
        self.write_served(out, import, method, &frame, "&c");
        line!(out, "\treturn\n}}");
    }

    /// Async methods that Rust may post: their place here, from 1, is their number (clause 11.8).
    pub(super) fn posted(&self) -> impl Iterator<Item = (&'a Import, &'a Function)> + use<'a> {
        let all = |import: &'a Import| import.methods.iter().map(move |method| (import, method));
        let interface: &'a Interface = self.interface;
        interface.imports.iter().flat_map(all).filter(|(_, method)| method.starts())
    }

    /// The Go function behind the shim and the callback of a fast trait's method, and behind the shim of an async method. Its name is a shim's: where a stack is shown, it ends there.
    pub(super) fn once_name(&self, import: &Import, method: &Function) -> String {
        format!("{}_once", self.server_symbol(import, method))
    }

    /// The Go function behind the shim and the callback of a batch of a fast trait.
    fn served_name(&self, import: &Import, method: &Function) -> String {
        format!("{}_served", self.server_symbol(import, method))
    }

    /// What serves a call: decodes, calls, answers. `call` is the address of the [`Call`].
    fn write_served(
        &mut self,
        out: &mut String,
        import: &Import,
        method: &Function,
        frame: &Served,
        call: &str,
    ) {
        let name = names::type_name(&import.head);
        let starts = method.starts();
        if starts {
            line!(out, "\tif c.Full() {{\n\t\treturn\n\t}}");
        }
        // What was given is taken over even if nothing is there to call (clause 8.3).
        let mut arguments = self.write_arguments(out, method, frame, call);
        if starts {
            // They are read before the shim returns.
            for (at, argument) in arguments.iter_mut().enumerate() {
                let name = format!("a{at}");
                if *argument != name {
                    line!(out, "\t{name} := {argument}");
                    *argument = name;
                }
            }
        }
        if method.is_async {
            arguments.insert(0, if starts { "ctx" } else { "c.Now()" }.to_owned());
        }
        // The usual one without a call: `Load` is inlined.
        line!(out, "\timplementation := slot{name}.Load()");
        line!(
            out,
            "\tif h := c.Word(gangplank.HandleWord); h != 0 {{\n\t\timplementation = slot{name}.Find(h)\n\t}}"
        );
        line!(out, "\tif implementation == nil {{");
        let (package, missing) = (quote(&self.options.package), quote(&name));
        line!(out, "\t\tc.Missing({package}, {missing})\n\t\treturn\n\t}}");
        if method.batch_of.is_some() {
            arguments.splice(0..0, [call.to_owned(), "implementation".to_owned()]);
            let runner = self.runner_name(import, method);
            let values = self.go_type(returns(&method.result).value);
            line!(out, "\t{runner}({}, func(v {values}, err error) {{", arguments.join(", "));
            let mut body = String::new();
            self.write_carried(&mut body, method, call);
            body.lines().for_each(|text| line!(out, "\t{text}"));
            return line!(out, "\t}})");
        }
        let made = format!("implementation.{}({})", names::function(method), arguments.join(", "));
        if !starts {
            self.write_answer(out, method, &made, call);
            return;
        }
        let mut body = String::new();
        self.write_answer(&mut body, method, &made, "c");
        let is_it = |(other, one): (&Import, &Function)| {
            other.head.name == import.head.name && one.head.name == method.head.name
        };
        let number = self.posted().position(is_it).map_or(0, |at| at + 1);
        line!(out, "\tc.StartAs({number}, func(ctx context.Context, c *gangplank.Call) {{");
        for text in body.lines() {
            line!(out, "\t{text}");
        }
        line!(out, "\t}})");
    }

    /// The frame of a method or function of Go: first comes the word that says which (clauses 8.7, 8.8).
    pub(super) fn served_frame(&self, method: &Function) -> Served {
        let mut words = Vec::new();
        // An async one has two more: which call it is, and until when (clause 11.1).
        let mut stride = HEADER_WORDS + 1 + if method.is_async { 2 } else { 0 };
        for param in &method.params {
            words.push(stride);
            stride += match self.interface.class(&param.ty) {
                Class::Unit | Class::Compound | Class::Context => 0,
                Class::Scalar => 1,
                Class::Span | Class::Pair => 2,
            };
        }
        let message = stride;
        if self.has_message(method) {
            stride += 2;
        }
        Served { words, message, stride }
    }

    /// Nothing leaves what serves a call but by a return (clause 7.1).
    pub(super) fn write_trap(&self, out: &mut String, stride: usize) {
        line!(out, "\tdefer func() {{\n\t\tif !c.Settled() {{");
        line!(out, "\t\t\tc.Caught(recover(), {stride})\n\t\t}}\n\t}}()");
    }

    /// Reads the message, and what was given; returns the arguments as expressions. `call` is the address of the call `c`.
    pub(super) fn write_arguments(
        &mut self,
        out: &mut String,
        method: &Function,
        frame: &Served,
        call: &str,
    ) -> Vec<String> {
        let has_message = self.has_message(method);
        if has_message {
            line!(out, "\tvar m gangplank.Reader\n\tm.Message = c.Message({})", frame.message);
        }
        let mut arguments = Vec::new();
        for (at, (param, word)) in method.params.iter().zip(&frame.words).enumerate() {
            let ty = param.ty.peeled();
            arguments.push(match self.interface.class(ty) {
                Class::Unit => "struct{}{}".into(),
                Class::Scalar | Class::Pair if self.stays(ty) => {
                    let name = format!("a{at}");
                    let first = format!("c.Word({word})");
                    let value = match self.interface.class(ty) {
                        Class::Pair => self.read_pair(ty, &first, &format!("c.Word({})", word + 1)),
                        _ => self.read_word(ty, &first),
                    };
                    line!(out, "\t{name} := {value}");
                    name
                }
                Class::Scalar => self.read_word(ty, &format!("c.Word({word})")),
                Class::Span => match &ty.kind {
                    TypeKind::Slice(_) if param.borrow => format!("c.BorrowedBytes({word})"),
                    TypeKind::Slice(item) | TypeKind::Vec(item) if self.is_view(method, param) => {
                        format!("gangplank.CallView[{}]({call}, {word})", self.go_type(item))
                    }
                    TypeKind::Slice(item) | TypeKind::Vec(item) => {
                        format!("gangplank.CallSlice[{}]({call}, {word})", self.go_type(item))
                    }
                    _ if param.borrow => format!("c.BorrowedString({word})"),
                    _ => format!("c.String({word})"),
                },
                Class::Pair => unreachable!("a pair stays"),
                Class::Context => unreachable!("only exported functions take one"),
                Class::Compound => {
                    let name = format!("a{at}");
                    for statement in self.read_new(ty, MESSAGE, &name) {
                        line!(out, "\t{statement}");
                    }
                    name
                }
            });
        }
        if has_message {
            line!(out, "\tif !m.End() {{\n\t\tc.Reject(gangplank.BadMessage)\n\t\treturn\n\t}}");
        }
        arguments
    }

    /// Calls the method, which `made` does, and carries what it returns. `call` is the address of the call `c`.
    pub(super) fn write_answer(&mut self, out: &mut String, method: &Function, made: &str, call: &str) {
        let returns = returns(&method.result);
        let mut variables = result_variables(&returns);
        variables.extend(returns.error.map(|_| "err".to_owned()));
        match variables.is_empty() {
            true => line!(out, "\t{made}"),
            false => line!(out, "\t{} := {made}", variables.join(", ")),
        }
        self.write_carried(out, method, call);
    }

    /// Carries what a method returned: the variables `v`, or `v0` and on, and `err`.
    fn write_carried(&mut self, out: &mut String, method: &Function, call: &str) {
        let returns = returns(&method.result);
        let values = result_variables(&returns);
        if let Some(error) = returns.error {
            let settle = self.settlement(error, call);
            line!(out, "\tif err != nil {{\n\t\t{settle}\n\t\treturn\n\t}}");
        }
        match self.interface.class(returns.value) {
            Class::Unit | Class::Context => line!(out, "\tc.Done()"),
            Class::Scalar if self.stays(returns.value) => {
                let share = self.need_share(returns.value);
                line!(out, "\tc.Object({share}(v))");
            }
            Class::Scalar => line!(out, "\tc.Scalar(uint64({}))", self.to_word(returns.value, "v")),
            Class::Span => match &returns.value.peeled().kind {
                TypeKind::Slice(item) | TypeKind::Vec(item) => {
                    let align = self.interface.pod_layout(item).map_or(1, |(_, align)| align);
                    line!(out, "\tgangplank.SetSlice({call}, v, {align})");
                }
                _ => line!(out, "\tc.Text(v)"),
            },
            Class::Pair => {
                let handle = self.keep_expression(returns.value, "v");
                line!(out, "\tc.Pair({handle})");
            }
            Class::Compound => {
                self.with_giving(true, |package| package.write_value(out, &returns.values, &values));
            }
        }
    }

    fn write_value(&mut self, out: &mut String, types: &[&Type], values: &[String]) {
        if types.iter().any(|ty| self.is_deep(ty)) {
            line!(out, "\tvar depth gangplank.Depth");
        }
        if let [ty] = types {
            let message = self.append(ty, "c.Lent()", &values[0], "&depth");
            line!(out, "\tc.Value({message})");
            return;
        }
        line!(out, "\tb := c.Lent()");
        for (ty, value) in types.iter().zip(values) {
            match self.append(ty, "b", value, "&depth") {
                same if same == "b" => line!(out, "\t_ = {value}"),
                message => line!(out, "\tb = {message}"),
            }
        }
        line!(out, "\tc.Value(b)");
    }
}

/// The variables for the values that a method returns.
fn result_variables(returns: &Returns<'_>) -> Vec<String> {
    match returns.values.len() {
        0 => vec![],
        1 => vec!["v".into()],
        n => (0..n).map(|at| format!("v{at}")).collect(),
    }
}
