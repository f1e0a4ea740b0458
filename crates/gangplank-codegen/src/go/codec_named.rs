//! Codec functions of the crate's own types: records, enums, errors.

use super::Package;
use super::codec::Purpose;
use super::text::{line, quote};
use crate::ir::{Enum, Fields, Record, Type, TypeKind, Variant};
use crate::names;

impl Package<'_> {
    pub(super) fn write_append_named(&mut self, out: &mut String, name: &str) {
        if self.recursive.contains(name) {
            line!(out, "\tif !d.Enter(maxLevels) {{\n\t\treturn gangplank.AppendInvalid(b)\n\t}}");
            line!(out, "\tdefer d.Leave()");
        }
        let interface = self.interface;
        if let Some(record) = interface.record(name) {
            self.write_append_record(out, record);
        } else if let Some(of) = interface.enumeration(name) {
            self.write_append_enum(out, of);
        }
    }

    fn write_append_record(&mut self, out: &mut String, record: &Record) {
        if record.is_error {
            line!(out, "\tif v == nil {{\n\t\treturn gangplank.AppendInvalid(b)\n\t}}");
            line!(out, "\tb = gangplank.AppendString(b, \"\")");
        }
        self.append_fields(out, &record.fields);
    }

    fn append_fields(&mut self, out: &mut String, fields: &Fields) {
        let values: Vec<(&Type, String)> = fields
            .all()
            .iter()
            .enumerate()
            .map(|(at, f)| (&f.ty, format!("v.{}", names::field(fields, at))))
            .collect();
        self.append_steps(out, &values);
    }

    /// The function that appends a variant with data: its tag and its fields.
    fn need_variant(&mut self, of: &Enum, tag: usize, go: &str) -> String {
        let depth = if self.is_deep(&named(of)) { ", d *gangplank.Depth" } else { "" };
        let fields = of.variants[tag].fields.all();
        let purpose = match self.giving && fields.iter().any(|f| self.has_object(&f.ty)) {
            true => Purpose::Give,
            false => Purpose::Append,
        };
        self.need_as(purpose, format!("variant {go}"), go.to_owned(), |package, name| {
            let mut out = String::new();
            line!(out, "func {name}(b []byte, v *{go}{depth}) []byte {{");
            line!(out, "\tb = gangplank.AppendUint32(b, {tag})");
            package.append_fields(&mut out, &of.variants[tag].fields);
            line!(out, "}}");
            out
        })
    }

    fn write_append_enum(&mut self, out: &mut String, of: &Enum) {
        if of.is_error {
            // The receiver of an argument ignores the text (clause 5.7).
            line!(out, "\tb = gangplank.AppendString(b, \"\")");
        }
        line!(out, "\tswitch v := v.(type) {{");
        for (tag, variant) in of.variants.iter().enumerate() {
            let has_fields = !variant.fields.all().is_empty();
            let go = match (of.is_error, has_fields) {
                (true, false) => continue,
                (true, true) => names::variant_error_type(variant),
                (false, _) => names::variant_type(of, variant),
            };
            if !has_fields {
                line!(out, "\tcase {go}, *{go}:\n\t\treturn gangplank.AppendUint32(b, {tag})");
                continue;
            }
            let append = self.need_variant(of, tag, &go);
            let depth = if self.is_deep(&named(of)) { ", d" } else { "" };
            if !of.is_error {
                line!(out, "\tcase {go}:\n\t\treturn {append}(b, &v{depth})");
            }
            line!(out, "\tcase *{go}:\n\t\tif v != nil {{\n\t\t\treturn {append}(b, v{depth})\n\t\t}}");
        }
        if of.is_error && has_units(of) {
            line!(out, "\tcase *{}:\n\t\tif v != nil {{", self.unit_type(of));
            line!(out, "\t\t\treturn gangplank.AppendUint32(b, v.tag)\n\t\t}}");
        }
        line!(out, "\t}}\n\treturn gangplank.AppendUint32(b, gangplank.NilTag)");
    }

    pub(super) fn write_read_named(&mut self, out: &mut String, name: &str) {
        let interface = self.interface;
        let recursive = self.recursive.contains(name);
        if let Some(record) = interface.record(name) {
            if recursive {
                let nothing = if record.is_error { " nil" } else { "" };
                line!(out, "\tif !r.Enter(maxLevels) {{\n\t\treturn{nothing}\n\t}}\n\tdefer r.Leave()");
            }
            if record.is_error {
                line!(out, "\tv := &{}{{text: r.String()}}", names::error_type(record));
            }
            self.read_fields(out, &record.fields);
            if record.is_error {
                line!(out, "\treturn v");
            }
        } else if let Some(of) = interface.enumeration(name) {
            if recursive {
                line!(out, "\tif !r.Enter(maxLevels) {{\n\t\treturn nil\n\t}}\n\tdefer r.Leave()");
            }
            if of.is_fieldless() { self.write_read_fieldless(out, of) } else { self.write_read_enum(out, of) }
        }
    }

    fn read_fields(&mut self, out: &mut String, fields: &Fields) {
        for (at, field) in fields.all().iter().enumerate() {
            self.read_step(out, &field.ty, &format!("v.{}", names::field(fields, at)));
        }
    }

    fn write_read_enum(&mut self, out: &mut String, of: &Enum) {
        if of.is_error {
            line!(out, "\ttext := r.Text()");
        }
        line!(out, "\tswitch r.Uint32() {{");
        for (tag, variant) in of.variants.iter().enumerate() {
            line!(out, "\tcase {tag}:");
            let has_fields = !variant.fields.all().is_empty();
            match (of.is_error, has_fields) {
                (true, true) => {
                    line!(out, "\t\tv := &{}{{text: r.Own(text)}}", names::variant_error_type(variant))
                }
                (true, false) => {
                    line!(out, "\t\tif r.Same(text, {}) {{", quote(&default_text(variant)));
                    line!(out, "\t\t\treturn {}\n\t\t}}", names::sentinel(variant));
                    line!(out, "\t\treturn &{}{{{tag}, r.Own(text)}}", self.unit_type(of));
                    continue;
                }
                (false, true) => line!(out, "\t\tvar v {}", names::variant_type(of, variant)),
                (false, false) => {
                    line!(out, "\t\treturn {}{{}}", names::variant_type(of, variant));
                    continue;
                }
            }
            let mut fields = String::new();
            self.read_fields(&mut fields, &variant.fields);
            for statement in fields.lines() {
                line!(out, "\t{statement}");
            }
            line!(out, "\t\treturn v");
        }
        line!(out, "\t}}\n\tr.Fault()\n\treturn nil");
    }

    fn write_read_fieldless(&mut self, out: &mut String, of: &Enum) {
        let known = self.need_known(of);
        line!(out, "\tv := r.Int64()\n\tif !{known}(v) {{\n\t\tr.Fault()\n\t}}");
        line!(out, "\treturn {}(v)", names::type_name(&of.head));
    }

    /// The function that turns a word into a fieldless enum.
    pub(super) fn enum_word(&mut self, name: &str) -> String {
        let interface = self.interface;
        let Some(of) = interface.enumeration(name) else { return String::new() };
        self.need(Purpose::Word, &named(of), |package, name| {
            let known = package.need_known(of);
            let go = names::type_name(&of.head);
            let mut out = String::new();
            line!(out, "func {name}(word uint64) {go} {{\n\tif !{known}(int64(word)) {{");
            line!(out, "\t\tpanic(gangplank.ErrMalformed)\n\t}}\n\treturn {go}(word)\n}}");
            out
        })
    }

    fn need_known(&mut self, of: &Enum) -> String {
        self.need(Purpose::Known, &named(of), |_, name| {
            let mut values: Vec<i64> = of.variants.iter().map(|v| v.discriminant as u64 as i64).collect();
            values.sort_unstable();
            let (first, last) = (values[0], values[values.len() - 1]);
            let mut out = String::new();
            line!(out, "func {name}(v int64) bool {{");
            if last.wrapping_sub(first) as u64 == values.len() as u64 - 1 {
                match first == last {
                    true => line!(out, "\treturn v == {first}"),
                    false => line!(out, "\treturn v >= {first} && v <= {last}"),
                }
            } else {
                let values: Vec<String> = values.iter().map(i64::to_string).collect();
                line!(
                    out,
                    "\tswitch v {{\n\tcase {}:\n\t\treturn true\n\t}}\n\treturn false",
                    values.join(", ")
                );
            }
            line!(out, "}}");
            out
        })
    }

    /// The type of an error enum's variants without data.
    pub(super) fn unit_type(&mut self, of: &Enum) -> String {
        format!("unit{}", self.base_of(of))
    }

    fn base_of(&mut self, of: &Enum) -> String {
        self.base(&named(of))
    }
}

/// The type that an enum is.
pub(super) fn named(of: &Enum) -> Type {
    Type::new(TypeKind::Named(of.head.name.clone()))
}

/// Has an error enum variants without data?
pub(super) fn has_units(of: &Enum) -> bool {
    of.variants.iter().any(|v| v.fields.all().is_empty())
}

/// What an error says when its text did not come from Rust.
pub(super) fn default_text(variant: &Variant) -> String {
    variant.message.clone().unwrap_or_else(|| names::in_words(&variant.head.name))
}
