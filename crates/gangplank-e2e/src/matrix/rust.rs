//! The Rust half.

use super::item::{Body, Fields, Item};
use super::position::Position;
use super::random::Random;
use super::spell::join;
use super::{Matrix, Ty};
use std::fmt::Write;

const HEAD: &str = "//! Every type in every position. Written by the test.

#![allow(clippy::all)]

mod same;

use gangplank::GoError;
use same::Same;
use std::collections::{BTreeMap, HashMap};
use std::time::{Duration, SystemTime};
";

/// The state of the random numbers behind a sample.
pub(super) fn sample_seed(index: usize) -> u64 {
    index as u64 * 7919 + 1
}

impl Matrix {
    pub(super) fn write_rust(&self) -> String {
        let mut out = HEAD.to_owned();
        for item in &self.items {
            self.write_item(&mut out, item);
        }
        let mut methods = String::new();
        for (index, (ty, positions)) in self.cases.iter().enumerate() {
            for &position in positions {
                self.write_position(&mut out, &mut methods, index, ty, position);
            }
        }
        for (index, params) in self.signatures.iter().enumerate() {
            self.write_tuple_function(&mut out, &format!("s{index}"), params);
        }
        if !methods.is_empty() {
            let lane = self.flavour.lane();
            let _ = write!(
                out,
                "\n#[gangplank::import{lane}]\npub trait Back {{\n{methods}}}\n\nfn back() -> gangplank::Imported<dyn Back> {{\n    \
                 gangplank::imported::<dyn Back>().expect(\"registered\")\n}}\n"
            );
        }
        out
    }

    fn write_item(&self, out: &mut String, item: &Item) {
        let name = &item.name;
        let attribute = if item.error { "error" } else { "record" };
        let derives = match (item.key, &item.body) {
            (true, _) => "Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug",
            (false, _) => "Clone, Debug",
        };
        let _ = write!(out, "\n#[gangplank::{attribute}]\n#[derive({derives})]\n");
        let same = match &item.body {
            Body::Struct { fields, repr_c } => {
                if *repr_c {
                    out.push_str("#[repr(C)]\n");
                }
                let end = if matches!(fields, Fields::Named(_)) { "" } else { ";" };
                let _ = writeln!(out, "pub struct {name}{}{end}", self.write_fields(fields, "pub "));
                let same: Vec<String> = fields
                    .all()
                    .iter()
                    .map(|(field, ..)| format!("self.{field}.same(&other.{field})"))
                    .collect();
                if same.is_empty() { "true".into() } else { same.join(" && ") }
            }
            Body::Fieldless(repr, values) => {
                if let Some(repr) = repr {
                    let _ = writeln!(out, "#[repr({repr})]");
                }
                let values = join(values, |(variant, number)| format!("{variant} = {number}"));
                let _ = writeln!(out, "pub enum {name} {{ {values} }}");
                "self == other".into()
            }
            Body::Enum(variants) => {
                let list =
                    join(variants, |(variant, fields)| format!("{variant}{}", self.write_fields(fields, "")));
                let _ = writeln!(out, "pub enum {name} {{ {list} }}");
                let mut arms: Vec<String> =
                    variants.iter().map(|(variant, fields)| same_arm(name, variant, fields)).collect();
                arms.push("_ => false".into());
                format!("match (self, other) {{ {} }}", arms.join(", "))
            }
        };
        let _ = write!(
            out,
            "\nimpl Same for {name} {{\n    #[allow(unreachable_patterns, unused_variables)]\n    fn same(&self, other: &Self) -> bool {{\n        \
             {same}\n    }}\n}}\n"
        );
        if item.error {
            let _ = write!(
                out,
                "\nimpl std::fmt::Display for {name} {{\n    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {{\n        \
                 write!(f, \"{{self:?}}\")\n    }}\n}}\n\nimpl std::error::Error for {name} {{}}\n"
            );
        }
    }

    fn write_fields(&self, fields: &Fields, visible: &str) -> String {
        match fields {
            Fields::Unit => String::new(),
            Fields::Named(fields) => {
                format!(" {{ {} }}", join(fields, |(name, ty)| format!("{visible}{name}: {}", self.rust(ty))))
            }
            Fields::Unnamed(fields) => {
                format!("({})", join(fields, |ty| format!("{visible}{}", self.rust(ty))))
            }
        }
    }

    fn write_position(
        &self,
        out: &mut String,
        methods: &mut String,
        index: usize,
        ty: &Ty,
        position: Position,
    ) {
        let t = self.rust(ty);
        let (borrowed, clone) = self.borrowed(ty);
        let (name, lane) = (format!("p{index}_{}", position.name()), self.flavour.lane());
        match position {
            Position::Own => {
                let _ =
                    write!(out, "\n#[gangplank::export{lane}]\npub fn {name}(v: {t}) -> {t} {{\n    v\n}}\n");
            }
            Position::Parts => self.write_tuple_function(out, &name, &self.parts(index)),
            Position::Borrow => {
                let _ = write!(
                    out,
                    "\n#[gangplank::export{lane}]\npub fn {name}(v: {borrowed}) -> {t} {{\n    v{clone}\n}}\n"
                );
            }
            Position::Slice => {
                let _ = write!(
                    out,
                    "\n#[gangplank::export{lane}]\npub fn {name}(v: &[{t}]) -> Vec<{t}> {{\n    v.to_vec()\n}}\n"
                );
            }
            Position::Ok => {
                let _ = write!(
                    out,
                    "\n#[gangplank::export{lane}]\npub fn {name}(v: {t}) -> Result<{t}, String> {{\n    Ok(v)\n}}\n"
                );
            }
            Position::Err => {
                let _ = write!(
                    out,
                    "\n#[gangplank::export{lane}]\npub fn {name}(v: {t}) -> Result<u8, {t}> {{\n    Err(v)\n}}\n"
                );
            }
            Position::Sample => {
                let value = self.sample(ty, &mut Random::new(sample_seed(index)), 0).rust;
                let _ = write!(
                    out,
                    "\n#[gangplank::export{lane}]\npub fn {name}() -> {t} {{\n    {value}\n}}\n\n#[gangplank::export{lane}]\npub fn {name}_is(v: {t}) -> bool {{\n    \
                     v.same(&{name}())\n}}\n"
                );
            }
            Position::Through => {
                let _ = writeln!(methods, "    fn {name}(&self, v: {t}) -> {t};");
                let _ = write!(
                    out,
                    "\n#[gangplank::export{lane}]\npub fn {name}(v: {t}) -> {t} {{\n    let sent = v.clone();\n    let back = back().{name}(v);\n    \
                     assert!(back.same(&sent), \"it came back otherwise\");\n    back\n}}\n"
                );
            }
            Position::ThroughBorrow => {
                let _ = writeln!(methods, "    fn {name}(&self, v: {borrowed}) -> Result<{t}, GoError>;");
                let _ = write!(
                    out,
                    "\n#[gangplank::export{lane}]\npub fn {name}(v: {borrowed}) -> Result<{t}, GoError> {{\n    let back = back().{name}(v)?;\n    \
                     assert!(back.same(&v{clone}), \"it came back otherwise\");\n    Ok(back)\n}}\n"
                );
            }
        }
    }

    /// A function that returns all its arguments.
    fn write_tuple_function(&self, out: &mut String, name: &str, params: &[Ty]) {
        let lane = self.flavour.lane();
        let names: Vec<String> = (0..params.len()).map(|i| format!("v{i}")).collect();
        let types: Vec<String> = params.iter().map(|ty| self.rust(ty)).collect();
        let list: Vec<String> = names.iter().zip(&types).map(|(name, ty)| format!("{name}: {ty}")).collect();
        let _ = write!(
            out,
            "\n#[gangplank::export{lane}]\npub fn {name}({}) -> ({}) {{\n    ({})\n}}\n",
            list.join(", "),
            types.join(", "),
            names.join(", ")
        );
    }
}

fn same_arm(name: &str, variant: &str, fields: &Fields) -> String {
    let fields = fields.all();
    let bind = |side: &str| {
        let list: Vec<String> =
            fields.iter().enumerate().map(|(i, (field, ..))| format!("{field}: {side}{i}")).collect();
        format!("{name}::{variant} {{ {} }}", list.join(", "))
    };
    let same: Vec<String> = (0..fields.len()).map(|i| format!("a{i}.same(b{i})")).collect();
    let same = if same.is_empty() { "true".to_owned() } else { same.join(" && ") };
    format!("({}, {}) => {same}", bind("a"), bind("b"))
}
