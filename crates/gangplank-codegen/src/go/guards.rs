//! What stands before and after a call: objects and functions that are nil or closed, values that are filed for Rust, wrappers that
//! are kept alive.

use super::Package;
use super::functions::Returns;
use super::locals::Locals;
use super::text::{line, quote};
use crate::ir::{Class, Function, Type, TypeKind};
use crate::names;

impl Package<'_> {
    /// Is it an object that travels in a word of its own?
    fn is_direct_object(&self, ty: &Type) -> bool {
        self.interface.class(ty) == Class::Scalar && self.interface.as_object(ty).is_some()
    }

    /// The variable with the handle of an argument.
    pub(super) fn handle_of(&self, locals: &Locals, at: usize) -> String {
        locals.own(&format!("h{at}"))
    }

    /// Leaves the function with an error, or panics with it.
    fn bail(&self, out: &mut String, returns: &Returns<'_>, error: &str) {
        if returns.error.is_none() {
            line!(out, "\t\tpanic({error})");
            return;
        }
        let mut values: Vec<String> = returns.values.iter().map(|ty| self.zero(ty)).collect();
        values.push(error.to_owned());
        line!(out, "\t\treturn {}", values.join(", "));
    }

    /// First all that can be refused, then all that is filed: what is filed and not sent would stay.
    pub(super) fn write_guards(
        &mut self,
        out: &mut String,
        function: &Function,
        locals: &Locals,
        returns: &Returns<'_>,
    ) {
        for (at, param) in function.params.iter().enumerate() {
            let name = locals.param(at);
            let handle = self.handle_of(locals, at);
            if self.is_direct_object(&param.ty) {
                let is_receiver = at == 0 && function.receiver.is_some();
                let go = self.go_type(&param.ty);
                let type_name = go.trim_start_matches('*');
                let error = match is_receiver {
                    true => {
                        line!(out, "\t{handle} := {name}.object.Handle()");
                        format!("&ClosedError{{Type: {}}}", quote(type_name))
                    }
                    false => {
                        let lend = self.need_lend(&param.ty);
                        line!(out, "\t{handle} := {lend}({name})");
                        format!("gangplank.NoHandle({}, {}, {name} == nil)", quote(name), quote(type_name))
                    }
                };
                line!(out, "\tif {handle} == 0 {{");
                self.bail(out, returns, &error);
                line!(out, "\t}}");
            } else if self.interface.class(&param.ty) == Class::Pair {
                line!(out, "\tif {name} == nil {{");
                self.bail(out, returns, &format!("gangplank.Nil({})", quote(name)));
                line!(out, "\t}}");
            }
        }
        for (at, param) in function.params.iter().enumerate() {
            let name = locals.param(at);
            let handle = self.handle_of(locals, at);
            if self.interface.class(&param.ty) == Class::Pair {
                let (table, filed) = self.filed(&param.ty, name);
                line!(out, "\t{handle} := {table}.Keep({filed})");
                if param.ty.is_reference() {
                    line!(out, "\tdefer {table}.Forget({handle})");
                }
            }
        }
    }

    /// What files a value that is not nil, and how it is filed.
    fn filed(&mut self, ty: &Type, name: &str) -> (String, String) {
        match &ty.peeled().kind {
            TypeKind::Function(of) => {
                let serve = self.need_serve(ty.peeled(), of);
                ("gangplank".to_owned(), format!("{serve}({name})"))
            }
            TypeKind::Sequence(of) => {
                let serve = self.need_serve_sequence(ty.peeled(), of);
                ("gangplank".to_owned(), format!("{serve}({name})"))
            }
            _ => (format!("slot{}", self.go_type(ty)), name.to_owned()),
        }
    }

    /// After the call: the wrappers whose handles were in it live until here, and one that the call took is closed.
    pub(super) fn write_releases(
        &self,
        out: &mut String,
        function: &Function,
        locals: &Locals,
        status: &str,
    ) {
        for (at, param) in function.params.iter().enumerate() {
            let name = locals.param(at);
            if self.is_direct_object(&param.ty) && takes(&param.ty) {
                line!(out, "\t{name}.object.Consumed({status})");
            } else if self.has_object(&param.ty) {
                line!(out, "\truntime.KeepAlive({name})");
            }
        }
    }

    /// The Go name of a function, or of one of an object.
    pub(super) fn function_name(&self, function: &Function) -> String {
        match function.owner.as_ref().and_then(|owner| self.interface.object(owner)) {
            Some(object) => names::method(object, function),
            None => names::function(function),
        }
    }
}

/// Does the callee take the object itself (clause 8.3)?
pub(super) fn takes(ty: &Type) -> bool {
    match &ty.kind {
        TypeKind::Named(_) | TypeKind::Dyn(_) => true,
        TypeKind::Box(inner) => takes(inner),
        _ => false,
    }
}
