//! Batches of imported methods: the loop over the items, around the user's method.

use super::Package;
use super::batch::{Batch, batch};
use super::functions::returns;
use super::locals::Locals;
use super::text::{line, quote};
use crate::ir::{AnyError, Class, Function, Import, Param, TypeKind};
use crate::names;

impl Package<'_> {
    /// The function that runs a batch.
    pub(super) fn runner_name(&self, import: &Import, method: &Function) -> String {
        let one = method.batch_of.as_deref().map(names::function).unwrap_or_default();
        format!("batch{}_{one}", names::type_name(&import.head))
    }

    /// The signature of the method that an implementation may have for whole batches.
    pub(super) fn batch_method(&self, method: &Function, locals: Option<&Locals>) -> String {
        let Batch { value, error } = batch(method);
        let params: Vec<String> = method
            .params
            .iter()
            .enumerate()
            .map(|(at, param)| {
                let ty = self.param_type(param);
                locals.map_or_else(|| ty.clone(), |locals| format!("{} {ty}", locals.param(at)))
            })
            .collect();
        let list = format!("[]{}", self.go_element(value));
        let results = match (value.kind == TypeKind::Unit, error.is_some()) {
            (true, true) => " []error".to_owned(),
            (true, false) => String::new(),
            (false, true) => format!(" ({list}, []error)"),
            (false, false) => format!(" {list}"),
        };
        format!("{}({}){results}", names::function(method), params.join(", "))
    }

    /// Do the items of a batch lie in memory of Rust while it runs? Each is copied when it is passed on.
    pub(super) fn is_view(&self, method: &Function, param: &Param) -> bool {
        method.batch_of.is_some() && !param.shared && self.interface.class(&param.ty) == Class::Span
    }

    pub(super) fn write_runner(&mut self, out: &mut String, import: &Import, method: &Function) {
        let Some(of) = method.batch_of.as_deref() else { return };
        let Batch { value, error } = batch(method);
        let name = names::function(method);
        let shown = quote(&format!("{}.{name}", names::type_name(&import.head)));
        let locals = Locals::new(self, method);
        let own = |name: &str| locals.own(name);
        let (c, s, i) = (own("c"), own("s"), own("i"));
        let (implementation, whole, answer) = (own("implementation"), own("whole"), own("answer"));
        let stride = self.served_frame(method).stride;
        let params: Vec<String> = method
            .params
            .iter()
            .enumerate()
            .map(|(at, p)| format!("{} {}", locals.param(at), self.param_type(p)))
            .collect();
        let items: Vec<&str> = method.items().map(|(at, _)| locals.param(at)).collect();
        let go = self.go_type(value);
        line!(
            out,
            "\nfunc {}({c} *gangplank.Call, {implementation} {}, {}, {answer} func({}, error)) {{",
            self.runner_name(import, method),
            names::type_name(&import.head),
            params.join(", "),
            self.go_type(returns(&method.result).value)
        );
        if items.len() > 1 {
            let lengths: Vec<String> = items.iter().map(|item| format!("len({item})")).collect();
            line!(out, "\tif err := gangplank.SameLength({shown}, {}); err != nil {{", lengths.join(", "));
            line!(out, "\t\t{answer}(nil, err)\n\t\treturn\n\t}}");
        }
        match self.interface.is_pod(value) {
            true => line!(out, "\t{s} := gangplank.NewServingIn[{go}]({c}, len({}))", items[0]),
            false => line!(out, "\t{s} := gangplank.NewServing[{go}]({c}, len({}))", items[0]),
        }
        line!(
            out,
            "\tif {whole}, ok := {implementation}.(interface {{\n\t\t{}\n\t}}); ok {{",
            self.batch_method(method, None)
        );
        let served = match error {
            None => format!("gangplank.Served(&{s})"),
            Some(error) => {
                let own = match &error.peeled().kind {
                    TypeKind::Error(AnyError::Rust | AnyError::Go) => "gangplank.NotOwn".to_owned(),
                    _ if self.wraps_error(error) => format!("gangplank.OwnValue[{}]", self.go_type(error)),
                    _ => format!("gangplank.As[{}]", self.go_type(error)),
                };
                format!("gangplank.ServedOr(&{s}, {own})")
            }
        };
        let settle = format!("func() {{ {answer}({served}) }}");
        line!(out, "\t\t{s}.RunWhole({stride}, func() {{");
        let all: Vec<String> = method
            .params
            .iter()
            .enumerate()
            .map(|(at, param)| match self.is_view(method, param) {
                true => format!("gangplank.Own({})", locals.param(at)),
                false => locals.param(at).to_owned(),
            })
            .collect();
        let call = format!("{whole}.{name}({})", all.join(", "));
        let (values, errs) = (own("values"), own("errs"));
        match (value.kind == TypeKind::Unit, error.is_some()) {
            (true, true) => line!(out, "\t\t\t{s}.AllErrors({shown}, {call})"),
            (true, false) => line!(out, "\t\t\t{call}\n\t\t\t{s}.AllErrors({shown}, nil)"),
            (false, true) => {
                line!(out, "\t\t\t{values}, {errs} := {call}\n\t\t\t{s}.All({shown}, {values}, {errs})");
            }
            (false, false) => line!(out, "\t\t\t{s}.All({shown}, {call}, nil)"),
        }
        line!(out, "\t\t}}, {settle})\n\t\treturn\n\t}}");
        line!(out, "\t{s}.Run({stride}, func() {{");
        let room = match value.kind {
            TypeKind::Unit => None,
            _ => {
                // What is not looked up behind each call.
                let room = own("room");
                line!(out, "\t\t{room} := {s}.Values[:len({})]", items[0]);
                Some(room)
            }
        };
        line!(out, "\t\tfor {i} := {s}.At; {i} < len({}); {i}++ {{\n\t\t\t{s}.At = {i}", items[0]);
        let arguments: Vec<String> =
            method.params.iter().enumerate().map(|(at, p)| item_of(p, locals.param(at), &i)).collect();
        let call = format!("{implementation}.{}({})", names::function(of), arguments.join(", "));
        self.write_item(out, of, &call, &go, [&s, &i, room.as_deref().unwrap_or_default()]);
        line!(out, "\t\t}}\n\t\t{s}.At = len({})\n\t}}, {settle})\n}}", items[0]);
    }

    /// One call of the user's method, and its result's place.
    fn write_item(&self, out: &mut String, of: &Function, call: &str, go: &str, [s, i, room]: [&str; 3]) {
        let returns = returns(&of.result);
        let count = returns.values.len();
        let names: Vec<String> =
            (0..count).map(|at| if count == 1 { "v".into() } else { format!("v{at}") }).collect();
        let value = match count {
            0 => None,
            1 => Some("v".to_owned()),
            _ => {
                let fields: Vec<String> = (0..count).map(|at| format!("V{at}: v{at}")).collect();
                Some(format!("{go}{{{}}}", fields.join(", ")))
            }
        };
        let indent = "\t\t\t";
        match (value, returns.error) {
            (None, None) => line!(out, "{indent}{call}"),
            (None, Some(_)) => {
                line!(
                    out,
                    "{indent}if err := {call}; err != nil {{\n{indent}\t{s}.Fail({i}, err)\n{indent}}}"
                );
            }
            (Some(_), None) if count == 1 => line!(out, "{indent}{room}[{i}] = {call}"),
            (Some(value), None) => {
                line!(out, "{indent}{} := {call}\n{indent}{room}[{i}] = {value}", names.join(", "));
            }
            (Some(value), Some(_)) => {
                line!(out, "{indent}if {}, err := {call}; err != nil {{", names.join(", "));
                line!(out, "{indent}\t{s}.Fail({i}, err)\n{indent}}} else {{");
                line!(out, "{indent}\t{room}[{i}] = {value}\n{indent}}}");
            }
        }
    }
}

/// The argument of one item.
fn item_of(param: &Param, name: &str, i: &str) -> String {
    if param.shared { name.to_owned() } else { format!("{name}[{i}]") }
}
