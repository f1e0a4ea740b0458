//! The C side of exported functions: what is lent to a call, and how its frame is made.

use super::Package;
use super::functions::{Callee, returns};
use super::text::line;
use crate::ir::{Class, Function};

/// Bytes of scratch memory of the runtime's `Buffer`: the most that is ever lent.
const MOST: usize = 256;

/// The C type of a header that a shim left. It has a tag, because several files have it.
pub(super) const RESULT: &str =
    "\ntypedef struct gangplank_result { uint64_t status, a, b, c; } gangplank_result;\n";

impl Package<'_> {
    /// How many bytes a function lends for its result: enough for most, without much to clear. To lend for an error alone
    /// would cost every call that succeeds: it comes in a block.
    pub(super) fn lends(&self, function: &Function) -> usize {
        let returns = returns(&function.result);
        let value = match self.interface.class(returns.value) {
            Class::Unit | Class::Scalar | Class::Pair | Class::Context => return 0,
            Class::Span => MOST / 2,
            Class::Compound => self.usual_size(returns.value).max(8),
        };
        let error = returns.error.map_or(0, |error| self.usual_size(error));
        match self.options.callbacks {
            true => MOST,
            false => value.max(error).min(MOST).next_multiple_of(8),
        }
    }

    /// How many bytes a function has on its stack for the message of its arguments.
    pub(super) fn message_room(&self, function: &Function) -> usize {
        let compound = function.params.iter().filter(|p| self.interface.class(&p.ty) == Class::Compound);
        compound.map(|p| self.usual_size(&p.ty)).sum::<usize>().clamp(8, MOST)
    }

    /// Is its frame made of numbers only? Then Go makes it: nothing in it is a pointer.
    pub(super) fn is_plain(&self, function: &Function) -> bool {
        let scalar = |ty| matches!(self.interface.class(ty), Class::Unit | Class::Scalar);
        !self.options.callbacks && self.lends(function) == 0 && function.params.iter().all(|p| scalar(&p.ty))
    }

    /// Has it arguments that travel in the message?
    pub(super) fn has_message(&self, function: &Function) -> bool {
        function.params.iter().any(|p| self.interface.class(&p.ty) == Class::Compound)
    }

    pub(super) fn symbol(&self, function: &Function) -> String {
        format!("gangplank_{}_{}", self.interface.crate_name, function.symbol())
    }

    /// The C functions that build the frames; `others` are such that the file has besides.
    pub(super) fn write_shims(&mut self, functions: &[&Function], others: &[String]) -> String {
        let mut out = String::new();
        if !self.options.callbacks {
            let called = |function: &&Function| match self.is_plain(function) {
                true => self.symbol(function),
                false => format!("call_{}", function.symbol()),
            };
            for called in functions.iter().map(called).chain(others.iter().cloned()) {
                line!(out, "#cgo noescape {called}\n#cgo nocallback {called}");
            }
        }
        line!(out, "#include <stddef.h>\n#include <stdint.h>");
        if self.options.callbacks {
            out.push_str(RESULT);
        }
        for function in functions {
            line!(out, "\nextern void {}(uint64_t *frames, size_t n);", self.symbol(function));
            if !self.is_plain(function) {
                self.write_shim(&mut out, function, Callee::Exported);
            }
        }
        out
    }

    /// A C function that gets Go's pointers as pointers, so that cgo knows of them, and makes the frame on the C stack.
    /// The result goes to the caller's memory, or comes back by value where Go's stack may move meanwhile.
    pub(super) fn write_shim(&self, out: &mut String, function: &Function, callee: Callee) {
        let (mut params, mut words) = (Vec::new(), Vec::new());
        let span = |name: &str, params: &mut Vec<String>, words: &mut Vec<String>| {
            params.push(format!("const uint8_t *{name}, uint64_t {name}_len"));
            words.extend([format!("(uint64_t)(uintptr_t){name}"), format!("{name}_len")]);
        };
        if function.is_async {
            params.push("uint64_t mailbox, uint64_t ticket, uint64_t left".to_owned());
            words.extend(["mailbox", "ticket", "left"].map(str::to_owned));
        }
        if callee == Callee::Held {
            params.push("uint64_t keeper, uint64_t handle".to_owned());
            words.push("handle".to_owned());
        }
        for (at, param) in function.params.iter().enumerate() {
            match self.interface.class(&param.ty) {
                Class::Unit | Class::Compound => {}
                Class::Scalar => {
                    params.push(format!("uint64_t a{at}"));
                    words.push(format!("a{at}"));
                }
                Class::Pair => {
                    params.push(format!("uint64_t a{at}, uint64_t a{at}_handle"));
                    words.extend([format!("a{at}"), format!("a{at}_handle")]);
                }
                Class::Context => {
                    params.push(format!("const uint32_t *a{at}, uint64_t a{at}_left"));
                    words.extend([format!("(uint64_t)(uintptr_t)a{at}"), format!("a{at}_left")]);
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
            _ if self.has_room(function) => {
                params.push("uint64_t *scratch, uint64_t lent".into());
                "0, (uint64_t)(uintptr_t)scratch, lent, 0".to_owned()
            }
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
        let symbol = match callee {
            Callee::Exported => self.symbol(function),
            // The first word of a keeper is its shim (clause 8.1).
            Callee::Held => "(*(gangplank_shim *)(uintptr_t)keeper)".to_owned(),
        };
        if callee == Callee::Held {
            line!(out);
        }
        line!(out, "static inline {returns} call_{}({params}) {{", function.symbol());
        line!(out, "\tuint64_t f[] = {{{}}};\n\t{symbol}(f, 1);", words.join(", "));
        match self.options.callbacks {
            true => line!(out, "\treturn (gangplank_result){{f[0], f[1], f[2], f[3]}};\n}}"),
            false => line!(out, "\tfor (int i = 0; i < 4; i++) result[i] = f[i];\n}}"),
        }
    }
}
