//! `batchers.go`: what gathers the calls of many goroutines for a batch. The package `batch` of the Go module is written into
//! the package for it.

use super::batch::batch;
use super::docs::comment;
use super::file::File;
use super::locals::Locals;
use super::sources::{Sources, sources, written};
use super::text::{Table, line};
use super::{GeneratedFile, Package};
use crate::ir::{Function, TypeKind};
use crate::names;

const SOURCES: Sources =
    sources! { "batch": "batcher.go" "doc.go" "errors.go" "options.go" "serve.go" "wrap.go" };

impl Package<'_> {
    fn batchers(&self) -> impl Iterator<Item = &Function> {
        self.interface.exported().filter(|function| function.batch_of.is_some() && function.options.batcher)
    }

    /// The files of `internal/batch`, if something is gathered.
    pub(super) fn write_batch_package(&self) -> Vec<GeneratedFile> {
        if self.batchers().next().is_none() {
            return Vec::new();
        }
        written("batch", SOURCES, str::to_owned).collect()
    }

    pub(super) fn write_batchers(&mut self) -> Option<File> {
        let functions: Vec<Function> = self.batchers().cloned().collect();
        if functions.is_empty() {
            return None;
        }
        let mut file = File::new("batchers.go");
        let out = &mut file.body;
        for (name, ty, docs) in [
            (
                "Batcher[In, Out any]",
                "batch.Batcher[In, Out]",
                "gathers the calls of many goroutines, each with one item, into batches.",
            ),
            ("BatcherOptions", "batch.Options", "say how a Batcher gathers. The zero value is fine."),
        ] {
            let plain = name.split('[').next().unwrap_or(name);
            line!(out, "\n// {plain} {docs}\ntype {name} = {ty}");
        }
        line!(out, "\nvar (\n\t// ErrBatcherClosed is the error of a call after Close.");
        line!(out, "\tErrBatcherClosed = batch.ErrClosed");
        line!(
            out,
            "\t// ErrBatcherFull is the error of a call when too many items wait, if the options say FailWhenFull."
        );
        line!(out, "\tErrBatcherFull = batch.ErrFull\n)");
        for function in &functions {
            self.write_batcher(&mut file.body, function);
        }
        Some(file)
    }

    fn write_batcher(&mut self, out: &mut String, function: &Function) {
        let locals = Locals::new(self, function);
        let own = |name: &str| locals.own(name);
        let batch_name = self.function_name(function);
        let name = names::batcher(&batch_name);
        let one = function.batch_of.as_deref().map(|of| self.function_name(of)).unwrap_or_default();
        let items: Vec<(usize, String)> =
            function.items().map(|(at, param)| (at, self.go_element(item_type(&param.ty)))).collect();
        let shared: Vec<usize> =
            (0..function.params.len()).filter(|at| function.params[*at].shared).collect();
        let input = match &items[..] {
            [(_, ty)] => ty.clone(),
            _ => {
                let owner = function.receiver.map_or(String::new(), |_| self.go_type(&function.params[0].ty));
                let item = names::batcher_item(owner.trim_start_matches('*'), &batch_name);
                line!(out, "\n// {item} is what {one} gets for one item.\ntype {item} struct {{");
                let mut table = Table::default();
                for (at, ty) in &items {
                    table.row(vec![], [names::exported(locals.param(*at)), ty.clone()]);
                }
                table.write(out);
                line!(out, "}}");
                item
            }
        };
        let value = batch(function).value;
        let output = match value.kind {
            TypeKind::Unit => "struct{}".to_owned(),
            _ => self.go_element(value),
        };

        let mut docs = vec![
            format!("{name} returns a batcher whose Do is {one}: what many goroutines call at about the same time crosses"),
            "in one batch. Each caller gets the result, and the error or the panic, of its own item. Close ends it.".into(),
        ];
        let given: Vec<&str> = shared
            .iter()
            .filter(|at| function.receiver.is_none() || **at > 0)
            .map(|at| locals.param(*at))
            .collect();
        if !given.is_empty() {
            docs.push(String::new());
            docs.push(format!("All items share {}.", given.join(", ")));
        }
        line!(out);
        comment(&docs).iter().for_each(|line| line!(out, "{line}"));
        let mut params: Vec<String> = shared
            .iter()
            .map(|at| format!("{} {}", locals.param(*at), self.go_type(&function.params[*at].ty)))
            .collect();
        let receiver = match function.receiver {
            Some(_) => format!("({}) ", params.remove(0)),
            None => String::new(),
        };
        let options = own("options");
        params.push(format!("{options} BatcherOptions"));
        line!(out, "func {receiver}{name}({}) *Batcher[{input}, {output}] {{", params.join(", "));
        let gathered = match &items[..] {
            [(at, _)] => locals.param(*at).to_owned(),
            _ => own("items"),
        };
        line!(
            out,
            "\treturn batch.New(func(_ context.Context, {gathered} []{input}) ([]{output}, []error) {{"
        );
        if items.len() > 1 {
            for (at, ty) in &items {
                line!(out, "\t\t{} := make([]{ty}, len({gathered}))", locals.param(*at));
            }
            let (i, item) = (own("i"), own("item"));
            line!(out, "\t\tfor {i}, {item} := range {gathered} {{");
            for (at, _) in &items {
                let param = locals.param(*at);
                line!(out, "\t\t\t{param}[{i}] = {item}.{}", names::exported(param));
            }
            line!(out, "\t\t}}");
        }
        let (values, count) = (own("values"), format!("len({gathered})"));
        line!(out, "\t\t{values}, err := {}", self.crossing(function, &locals, "nil"));
        line!(out, "\t\t{values}, err = {}", self.split(function, &values, &count));
        line!(out, "\t\treturn gangplank.Each({values}, err, {count})");
        line!(out, "\t}}, {options})\n}}");
    }
}

/// What a slice of items is of.
fn item_type(ty: &crate::ir::Type) -> &crate::ir::Type {
    match &ty.kind {
        TypeKind::Vec(item) => item,
        _ => ty,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_source_is_embedded() {
        super::super::sources::assert_complete("batch", &[], super::SOURCES);
    }
}
