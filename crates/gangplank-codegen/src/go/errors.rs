//! Errors: sealed interfaces, sentinels and structs that work with `errors.Is` and `errors.As`.

use super::Package;
use super::codec::{Purpose, Source};
use super::codec_named::{default_text, has_units};
use super::docs::write_docs;
use super::file::File;
use super::text::{line, quote};
use crate::ir::{Enum, Fields, Type, TypeKind};
use crate::names;

/// The reader of a result.
pub(super) const MESSAGE: Source<'_> = Source { receiver: "m", pointer: "&m" };

impl Package<'_> {
    pub(super) fn write_errors(&mut self) -> Option<File> {
        let mut file = File::new("errors.go");
        for of in self.interface.enums.iter().filter(|e| e.is_error) {
            self.write_error_enum(&mut file.body, of);
        }
        for record in self.interface.records.iter().filter(|r| r.is_error) {
            let name = names::error_type(record);
            line!(file.body);
            write_docs(
                &mut file.body,
                &record.head.docs,
                &format!("{name} is {} of the Rust crate.", record.head.name),
            );
            self.write_error_struct(
                &mut file.body,
                &name,
                &record.fields,
                &names::in_words(&record.head.name),
            );
        }
        file.if_any()
    }

    fn write_error_enum(&mut self, out: &mut String, of: &Enum) {
        let name = names::type_name(&of.head);
        let (units, structs): (Vec<_>, Vec<_>) = of.variants.iter().partition(|v| v.fields.all().is_empty());
        line!(out);
        write_docs(out, &of.head.docs, &format!("{name} is {} of the Rust crate.", of.head.name));
        let all: Vec<String> = of
            .variants
            .iter()
            .map(|v| match v.fields.all().is_empty() {
                true => format!("[{}]", names::sentinel(v)),
                false => format!("[*{}]", names::variant_error_type(v)),
            })
            .collect();
        line!(out, "//\n// It is one of {}.", all.join(", "));
        line!(out, "type {name} interface {{\n\terror\n\tis{name}()\n}}");
        if has_units(of) {
            self.write_units(out, of, &name);
        }
        for variant in &units {
            let tag = of.variants.iter().position(|v| std::ptr::eq(v, *variant)).unwrap_or_default();
            let go = names::sentinel(variant);
            line!(out);
            write_docs(out, &variant.head.docs, &format!("{go} is {} of [{name}].", variant.head.name));
            line!(
                out,
                "var {go} {name} = &{}{{{tag}, {}}}",
                self.unit_type(of),
                quote(&default_text(variant))
            );
        }
        for variant in &structs {
            let go = names::variant_error_type(variant);
            line!(out);
            write_docs(out, &variant.head.docs, &format!("{go} is {} of [{name}].", variant.head.name));
            self.write_error_struct(out, &go, &variant.fields, &default_text(variant));
            line!(out, "\nfunc (*{go}) is{name}() {{}}");
        }
    }

    /// The type of all sentinels of an enum. The text of one that Rust sent may be another one than the sentinel's.
    fn write_units(&mut self, out: &mut String, of: &Enum, name: &str) {
        let unit = self.unit_type(of);
        line!(
            out,
            "\n// {unit} is a {name} without data.\ntype {unit} struct {{\n\ttag  uint32\n\ttext string\n}}"
        );
        line!(out, "\nfunc (e *{unit}) Error() string {{\n\treturn e.text\n}}");
        line!(
            out,
            "\n// Is finds the sentinel, whatever the text.\nfunc (e *{unit}) Is(target error) bool {{"
        );
        line!(out, "\tt, ok := target.(*{unit})\n\treturn ok && t.tag == e.tag\n}}");
        line!(out, "\nfunc (*{unit}) is{name}() {{}}");
    }

    fn write_error_struct(&mut self, out: &mut String, go: &str, fields: &Fields, otherwise: &str) {
        self.write_struct(out, go, fields, &[("text", "string")]);
        line!(out, "\n// Error returns the text that Rust gave the error.\nfunc (e *{go}) Error() string {{");
        line!(out, "\tif e.text == \"\" {{\n\t\treturn {}\n\t}}\n\treturn e.text\n}}", quote(otherwise));
        let cause = fields.all().iter().position(|f| self.is_error(&f.ty));
        if let Some(at) = cause {
            let field = names::field(fields, at);
            line!(out, "\n// Unwrap returns {field}.\nfunc (e *{go}) Unwrap() error {{");
            let pointer = self.go_type(&fields.all()[at].ty).starts_with('*');
            if pointer {
                line!(out, "\tif e.{field} == nil {{\n\t\treturn nil\n\t}}");
            }
            line!(out, "\treturn e.{field}\n}}");
        }
    }

    /// Is the Go type an error?
    fn is_error(&self, ty: &Type) -> bool {
        match &ty.peeled().kind {
            TypeKind::Error(_) => true,
            TypeKind::Option(inner) => self.is_error(inner),
            TypeKind::Named(name) => {
                self.interface.record(name).is_some_and(|r| r.is_error)
                    || self.interface.enumeration(name).is_some_and(|e| e.is_error)
            }
            _ => false,
        }
    }

    /// Does the `E` of a `Result<T, E>` need an `ErrorValue` around it to be a Go error?
    pub(super) fn wraps_error(&self, ty: &Type) -> bool {
        !self.is_own_error(ty) && !matches!(ty.peeled().kind, TypeKind::Error(_))
    }

    /// Is it an error of the crate itself?
    fn is_own_error(&self, ty: &Type) -> bool {
        matches!(ty.peeled().kind, TypeKind::Named(_)) && self.is_error(ty)
    }

    /// An expression for the error of a call whose result `r` points at.
    pub(super) fn failure(&mut self, error: &Type, r: &str, scratch: &str) -> String {
        if let TypeKind::Error(_) = error.peeled().kind {
            return format!("{}.Err({scratch})", r.trim_start_matches('&'));
        }
        let name = self.need(Purpose::Fail, error, |package, name| package.write_fail(error, name));
        format!("{name}({r}, {scratch})")
    }

    fn write_fail(&mut self, error: &Type, name: &str) -> String {
        let mut out = String::new();
        line!(out, "func {name}(r *gangplank.Result, scratch []uint64) error {{");
        line!(out, "\tif r[gangplank.WordStatus] != gangplank.Failed {{\n\t\treturn r.Err(scratch)\n\t}}");
        line!(out, "\tvar m gangplank.Reader\n\tm.Message = r.Message(scratch)");
        for statement in self.read_new(error, MESSAGE, "v") {
            line!(out, "\t{statement}");
        }
        line!(out, "\tif err := r.Close(&m); err != nil {{\n\t\treturn err\n\t}}");
        match self.is_own_error(error) {
            true => line!(out, "\treturn v"),
            false => line!(out, "\treturn &ErrorValue[{}]{{Value: v}}", self.go_type(error)),
        }
        line!(out, "}}");
        out
    }

    /// A statement that gives the error of a method to the call `c`, whose address is `call`.
    pub(super) fn settlement(&mut self, error: &Type, call: &str) -> String {
        if let TypeKind::Error(_) = error.peeled().kind {
            return "c.Error(err)".into();
        }
        let name = self.need(Purpose::Settle, error, |package, name| package.write_settle(error, name));
        format!("{name}({call}, err)")
    }

    fn write_settle(&mut self, error: &Type, name: &str) -> String {
        let mut out = String::new();
        let (go, value) = match self.is_own_error(error) {
            true => (self.go_type(error), "e"),
            false => (format!("*ErrorValue[{}]", self.go_type(error)), "e.Value"),
        };
        line!(out, "func {name}(c *gangplank.Call, err error) {{");
        line!(out, "\te, ok := gangplank.As[{go}](err)\n\tif !ok {{\n\t\tc.Error(err)\n\t\treturn\n\t}}");
        if self.is_deep(error) {
            line!(out, "\tvar depth gangplank.Depth");
        }
        let appended = self.with_giving(true, |package| package.append(error, "c.Lent()", value, "&depth"));
        line!(out, "\tc.Fail({appended})\n}}");
        out
    }
}
