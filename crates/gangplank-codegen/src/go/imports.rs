//! Imported traits: interfaces that Go implements, and their registration.

use super::Package;
use super::docs::{comment, write_docs};
use super::file::File;
use super::locals::Locals;
use super::text::line;
use crate::ir::{Import, Param, TypeKind};
use crate::names;

impl Package<'_> {
    pub(super) fn write_imports(&mut self) -> Option<File> {
        let mut file = File::new("imports.go");
        let interface = self.interface;
        for import in &interface.imports {
            self.write_interface(&mut file.body, import);
        }
        if interface.has_async_import() {
            let out = &mut file.body;
            line!(
                out,
                "\n// SetGoroutines sets how many goroutines serve async methods that Rust calls, 10,000 if it is not called."
            );
            line!(out, "// Four times as many calls may wait for them; further ones wait in Rust.");
            line!(out, "func SetGoroutines(n int) {{\n\tgangplank.SetGoroutines(n)\n}}");
        }
        file.if_any()
    }

    /// The Go type of a method's parameter: lent memory says so in its type.
    pub(super) fn param_type(&self, param: &Param) -> String {
        match (&param.ty.kind, param.borrow) {
            (TypeKind::Str, true) => "BorrowedString".into(),
            (TypeKind::Slice(_), true) => "BorrowedBytes".into(),
            _ => self.go_type(&param.ty),
        }
    }

    fn write_interface(&mut self, out: &mut String, import: &Import) {
        let name = names::type_name(&import.head);
        line!(out);
        write_docs(out, &import.head.docs, &format!("{name} is {} of the Rust crate.", import.head.name));
        line!(out, "//\n// Rust calls the methods from any of its threads, several at once.");
        if import.methods.iter().any(crate::ir::Function::starts) {
            line!(
                out,
                "// Those that take a context run on goroutines of their own; the context ends when Rust waits no more."
            );
        }
        let batches: Vec<_> = import.methods.iter().filter(|method| method.batch_of.is_some()).collect();
        if !batches.is_empty() {
            line!(
                out,
                "//\n// A batch of Rust's calls the method for each item, unless the implementation serves whole batches itself with"
            );
            line!(out, "//");
            for method in batches {
                let locals = Locals::new(self, method);
                line!(out, "//\t{}", self.batch_method(method, Some(&locals)));
            }
        }
        if import.methods.is_empty() {
            line!(out, "type {name} interface{{}}");
        } else {
            line!(out, "type {name} interface {{");
            for method in import.methods.iter().filter(|method| method.batch_of.is_none()) {
                for comment in comment(&method.head.docs) {
                    line!(out, "\t{comment}");
                }
                let locals = Locals::new(self, method);
                let mut params: Vec<String> = method
                    .params
                    .iter()
                    .enumerate()
                    .map(|(at, p)| format!("{} {}", locals.param(at), self.param_type(p)))
                    .collect();
                if method.is_async {
                    params.insert(0, format!("{} context.Context", locals.context()));
                }
                line!(
                    out,
                    "\t{}({}){}",
                    names::function(method),
                    params.join(", "),
                    self.result_list(&method.result)
                );
            }
            line!(out, "}}");
        }
        let slot = format!("slot{name}");
        line!(out, "\nvar {slot} gangplank.Slot[{name}]");
        let register = names::register_fn(import);
        line!(
            out,
            "\n// {register} makes implementation the one that Rust calls, from now on; nil takes it away."
        );
        line!(out, "// It may be called from any goroutine, at any time.");
        line!(out, "func {register}(implementation {name}) {{\n\t{slot}.Store(implementation)\n}}");
    }
}
