//! Async functions and contexts: what stands in their Go functions besides (clause 10).

use super::Package;
use super::functions::Returns;
use super::locals::Locals;
use super::text::line;
use crate::ir::{AnyError, Function, Type, TypeKind};
use crate::names;
use std::collections::BTreeSet;

/// How a call gives its result words: in an array, or behind a pointer.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Words {
    Array,
    Pointer,
}

/// An async function always returns an error: its context may end.
pub(super) fn with_error(function: &Function) -> Option<Function> {
    if !function.is_async || matches!(function.result.kind, TypeKind::Result(..)) {
        return None;
    }
    let mut function = function.clone();
    let error = Type::new(TypeKind::Error(AnyError::Rust));
    function.result.kind = TypeKind::Result(Box::new(function.result.clone()), Box::new(error));
    Some(function)
}

impl Package<'_> {
    /// Has the package functions that may block?
    pub(super) fn has_blocking(&self) -> bool {
        self.interface.exported().any(|function| function.options.blocking)
    }

    /// Has the package async functions?
    pub(super) fn has_tasks(&self) -> bool {
        self.interface.exported().any(|function| function.is_async || function.gives_stream())
    }

    /// The arguments before all others: mailbox, ticket and deadline of an async function (clause 10.2).
    pub(super) fn task_words(&self, function: &Function, locals: &Locals) -> Vec<String> {
        if !function.is_async {
            return Vec::new();
        }
        let (call, ctx) = (locals.own("call"), locals.context());
        vec![format!("{call}.Mailbox()"), format!("{call}.Ticket()"), format!("gangplank.Left({ctx})")]
    }

    /// The context has not ended, or nothing is done.
    pub(super) fn write_context_guard(
        &self,
        out: &mut String,
        function: &Function,
        locals: &Locals,
        returns: &Returns<'_>,
    ) {
        if !function.takes_context() || returns.error.is_none() {
            return;
        }
        let err = locals.own("err");
        line!(out, "\tif {err} := {}.Err(); {err} != nil {{", locals.context());
        line!(out, "\t\treturn {}\n\t}}", self.failed_with(returns, &err));
    }

    /// Waits for its turn, if it may block.
    pub(super) fn write_turn(
        &self,
        out: &mut String,
        function: &Function,
        locals: &Locals,
        returns: &Returns<'_>,
    ) {
        if !function.options.blocking {
            return;
        }
        match function.takes_context() && returns.error.is_some() {
            true => {
                let err = locals.own("err");
                line!(out, "\tif {err} := gangplank.EnterBlocking({}); {err} != nil {{", locals.context());
                line!(out, "\t\treturn {}\n\t}}", self.failed_with(returns, &err));
            }
            false => line!(out, "\t_ = gangplank.EnterBlocking(nil)"),
        }
        line!(out, "\tdefer gangplank.LeaveBlocking()");
    }

    /// What is made right before the call: who waits for it, or who watches the context.
    pub(super) fn write_task_begin(&self, out: &mut String, function: &Function, locals: &Locals) {
        if function.is_async {
            line!(out, "\t{} := gangplank.Begin()", locals.own("call"));
        } else if function.context().is_some() {
            let end = locals.own("end");
            line!(out, "\t{end} := gangplank.WatchContext({})\n\tdefer {end}.Stop()", locals.context());
        }
    }

    /// Waits for the result.
    pub(super) fn write_task_wait(
        &self,
        out: &mut String,
        function: &Function,
        locals: &Locals,
        returns: &Returns<'_>,
        words: Words,
    ) {
        if !function.is_async {
            return;
        }
        let (call, r, err) = (locals.own("call"), locals.own("r"), locals.own("err"));
        let pointer = if words == Words::Pointer { "" } else { "&" };
        let discard = match self.result_stays(function) {
            true => self.discard_name(function),
            false => "nil".to_owned(),
        };
        let ctx = locals.context();
        line!(out, "\tif {err} := {call}.Await({ctx}, {pointer}{r}, {discard}); {err} != nil {{");
        line!(out, "\t\treturn {}\n\t}}", self.failed_with(returns, &err));
    }

    fn failed_with(&self, returns: &Returns<'_>, error: &str) -> String {
        let mut values: Vec<String> = returns.values.iter().map(|ty| self.zero(ty)).collect();
        values.push(error.to_owned());
        values.join(", ")
    }

    /// May a result hold what must be released: objects, functions, errors that are Go's own?
    fn result_stays(&self, function: &Function) -> bool {
        // As it is written in Rust: an error that was added holds nothing.
        let symbol = function.symbol();
        let Some(written) = self.interface.exported().find(|f| f.symbol() == symbol) else { return false };
        self.reaches(&written.result, &mut BTreeSet::new(), |package, ty| {
            package.stays(ty) || matches!(ty.kind, TypeKind::Error(_)) && package.has_keeper()
        })
    }

    /// What drops the result of a call that was given up.
    fn discard_name(&self, function: &Function) -> String {
        let owner = function.owner.as_deref().map(names::exported).unwrap_or_default();
        format!("discard{owner}{}", self.function_name(function))
    }

    /// The names that these functions have.
    pub(super) fn task_names(&self) -> Vec<String> {
        let tasks = self.interface.exported().filter(|f| f.is_async && self.result_stays(f));
        tasks.map(|function| self.discard_name(function)).collect()
    }

    /// The function that drops a result: it reads it, and the collector does the rest.
    pub(super) fn write_discard(&mut self, out: &mut String, function: &Function) {
        if !function.is_async || !self.result_stays(function) {
            return;
        }
        let mut reading = function.clone();
        (reading.params, reading.receiver) = (Vec::new(), None);
        let locals = Locals::new(self, &reading);
        let name = self.discard_name(function);
        line!(out, "\n// {name} drops a result that came after its caller had gone.");
        line!(out, "func {name}(r *gangplank.Result) {{\n\tfunc(){} {{", self.result_list(&function.result));
        if function.gives_stream() {
            line!(out, "\t\t{} := context.Background()", locals.context());
        }
        let mut body = String::new();
        self.write_returns(&mut body, &reading, &locals, "nil", Words::Pointer);
        for text in body.lines() {
            line!(out, "\t{text}");
        }
        line!(out, "\t}}()\n}}");
    }

    /// What the documentation of a function says of its context.
    pub(super) fn write_task_docs(&self, out: &mut String, function: &Function, locals: &Locals) {
        let ctx = locals.context();
        if function.is_async {
            line!(
                out,
                "//\n// It waits without a thread. When {ctx} ends it returns {ctx}.Err() at once, and Rust drops what it was doing."
            );
        }
        if function.options.blocking {
            line!(
                out,
                "//\n// It may block. Only so many calls like it run at once: see [SetBlockingLimit]."
            );
        }
        if !function.is_async && function.context().is_some() {
            line!(
                out,
                "//\n// Rust looks at {ctx} now and then. A call that fails because it has ended returns {ctx}.Err()."
            );
        }
    }
}
