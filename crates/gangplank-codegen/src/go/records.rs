//! Records: structs that cross by value.

use super::Package;
use super::docs::{comment, write_docs};
use super::file::File;
use super::text::{Table, line};
use crate::ir::{Fields, Type, TypeKind};
use crate::names;

impl Package<'_> {
    pub(super) fn write_records(&mut self) -> Option<File> {
        let mut file = File::new("records.go");
        for record in self.interface.records.iter().filter(|r| !r.is_error) {
            let name = names::type_name(&record.head);
            line!(file.body);
            write_docs(
                &mut file.body,
                &record.head.docs,
                &format!("{name} is {} of the Rust crate.", record.head.name),
            );
            self.write_struct(&mut file.body, &name, &record.fields, &[]);
            let ty = Type::new(TypeKind::Named(record.head.name.clone()));
            if let Some((size, _)) = self.interface.pod_layout(&ty) {
                line!(file.body, "\n// In Rust it has as many bytes.");
                line!(file.body, "var _ [{size}]byte = [unsafe.Sizeof({name}{{}})]byte{{}}");
            }
        }
        file.if_any()
    }

    /// A struct with these fields, and more that are not exported.
    pub(super) fn write_struct(&self, out: &mut String, name: &str, fields: &Fields, more: &[(&str, &str)]) {
        if fields.all().is_empty() && more.is_empty() {
            line!(out, "type {name} struct{{}}");
            return;
        }
        line!(out, "type {name} struct {{");
        let mut table = Table::default();
        for (at, field) in fields.all().iter().enumerate() {
            table.row(comment(&field.head.docs), [names::field(fields, at), self.go_type(&field.ty)]);
        }
        if more.is_empty() || fields.all().is_empty() {
            more.iter().for_each(|(name, ty)| table.row(vec![], [name.to_string(), ty.to_string()]));
            table.write(out);
        } else {
            table.write(out);
            line!(out);
            let mut table = Table::default();
            more.iter().for_each(|(name, ty)| table.row(vec![], [name.to_string(), ty.to_string()]));
            table.write(out);
        }
        line!(out, "}}");
    }
}
