//! Enums: typed constants, or a sealed interface with a struct for each variant.

use super::Package;
use super::docs::{comment, write_docs};
use super::file::File;
use super::text::{Table, line, quote};
use super::types::go_base;
use crate::ir::{Enum, Number};
use crate::names;

impl Package<'_> {
    pub(super) fn write_enums(&mut self) -> Option<File> {
        let mut file = File::new("enums.go");
        for of in self.interface.enums.iter().filter(|e| !e.is_error) {
            match of.is_fieldless() {
                true => write_constants(&mut file.body, of),
                false => self.write_sealed(&mut file.body, of),
            }
        }
        file.if_any()
    }

    fn write_sealed(&mut self, out: &mut String, of: &Enum) {
        let name = names::type_name(&of.head);
        line!(out);
        write_docs(out, &of.head.docs, &format!("{name} is {} of the Rust crate.", of.head.name));
        let variants: Vec<String> =
            of.variants.iter().map(|v| format!("[{}]", names::variant_type(of, v))).collect();
        line!(out, "//\n// It is one of {}.", variants.join(", "));
        line!(out, "type {name} interface {{\n\tis{name}()\n}}");
        for variant in &of.variants {
            let go = names::variant_type(of, variant);
            line!(out);
            write_docs(out, &variant.head.docs, &format!("{go} is {} of [{name}].", variant.head.name));
            self.write_struct(out, &go, &variant.fields, &[]);
            line!(out, "\nfunc ({go}) is{name}() {{}}");
        }
    }
}

fn write_constants(out: &mut String, of: &Enum) {
    let name = names::type_name(&of.head);
    line!(out);
    write_docs(out, &of.head.docs, &format!("{name} is {} of the Rust crate.", of.head.name));
    line!(out, "type {name} {}\n", go_base(of));
    line!(out, "// The values of [{name}].\nconst (");
    let mut table = Table::default();
    for variant in &of.variants {
        let value = format!("= {}", variant.discriminant);
        table.row(comment(&variant.head.docs), [names::constant(of, variant), name.clone(), value]);
    }
    table.write(out);
    line!(out, ")\n");
    line!(out, "// String returns the name of the value.\nfunc (v {name}) String() string {{\n\tswitch v {{");
    for variant in &of.variants {
        let go = names::constant(of, variant);
        let short = go.strip_prefix(name.as_str()).filter(|rest| !rest.is_empty()).unwrap_or(&go);
        line!(out, "\tcase {go}:\n\t\treturn {}", quote(short));
    }
    let unsigned =
        matches!(of.repr, Some(Number::U8 | Number::U16 | Number::U32 | Number::U64 | Number::Usize));
    let number = if unsigned { "FormatUint(uint64(v), 10)" } else { "FormatInt(int64(v), 10)" };
    line!(out, "\t}}\n\treturn \"{name}(\" + strconv.{number} + \")\"\n}}");
}
