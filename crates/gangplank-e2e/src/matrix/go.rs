//! The Go half.

use super::item::{Body, Fields, Item};
use super::position::Position;
use super::random::Random;
use super::rust::sample_seed;
use super::spell::{go_struct, go_variant, join};
use super::{Matrix, Ty};
use std::collections::HashMap;
use std::fmt::Write;

/// Functions that make values of a type, by the Rust type.
#[derive(Default)]
struct Makers {
    names: HashMap<String, String>,
    text: String,
}

impl Matrix {
    pub(super) fn write_go(&self, project: &str) -> String {
        let mut makers = Makers::default();
        let (mut trials, mut methods) = (String::new(), String::new());
        for (index, (ty, positions)) in self.cases.iter().enumerate() {
            for &position in positions {
                let trial = self.write_trial(&mut makers, index, ty, position);
                let _ = writeln!(trials, "\t{trial},");
                if matches!(position, Position::Through | Position::ThroughBorrow) {
                    self.write_method(&mut methods, index, ty, position);
                }
            }
        }
        for (index, params) in self.signatures.iter().enumerate() {
            let trial = self.write_tuple_trial(
                &mut makers,
                &format!("s{index}"),
                params,
                &format!("bridge.S{index}"),
            );
            let _ = writeln!(trials, "\t{trial},");
        }
        let mut out = format!(
            "package values_test\n\nimport (\n\t\"errors\"\n\t\"math\"\n\t\"time\"\n\n\t\"gangplank.example/{project}/bridge\"\n\t\"gangplank.example/{project}/stack\"\n)\n\n\
             var _, _, _, _ = errors.New, math.Pi, time.Now, stack.Grow\n"
        );
        let _ = write!(out, "\nvar trials = []trial{{\n{trials}}}\n");
        if !methods.is_empty() {
            let _ = write!(
                out,
                "\ntype back struct{{}}\n\nfunc init() {{ bridge.RegisterBack(back{{}}) }}\n{methods}"
            );
        }
        out + &makers.text
    }

    fn write_trial(&self, makers: &mut Makers, index: usize, ty: &Ty, position: Position) -> String {
        let name = format!("{:?} {}", self.rust(ty), position.name()).replace('"', "");
        let call = go_function(index, position);
        let mut echo = |ty: Ty| {
            let maker = self.maker(makers, &ty);
            format!("echo(\"{name}\", {maker}, {})", self.returning(&ty, &call))
        };
        match position {
            Position::Own | Position::Borrow | Position::Through => echo(ty.clone()),
            Position::Slice => echo(ty.clone().vec()),
            Position::Parts => self.write_tuple_trial(makers, &name, &self.parts(index), &call),
            Position::Ok | Position::ThroughBorrow => {
                let maker = self.maker(makers, ty);
                format!("answers(\"{name}\", {maker}, {})", self.answering(ty, &call))
            }
            Position::Err => {
                let maker = self.maker(makers, ty);
                format!("fails(\"{name}\", {maker}, {call}, {})", self.error_value(ty))
            }
            Position::Sample => {
                let value = self.sample(ty, &mut Random::new(sample_seed(index)), 0).go;
                let there = match ty.peeled() {
                    Ty::Unit => format!("func() struct{{}} {{ {call}(); return struct{{}}{{}} }}"),
                    Ty::Tuple(parts) => {
                        format!(
                            "func() {} {{ {}; return {} }}",
                            self.go(ty),
                            assign(parts.len(), &call, ""),
                            self.tuple(ty, parts.len())
                        )
                    }
                    _ => call.clone(),
                };
                format!("sample[{}](\"{name}\", {value}, {there}, {call}Is)", self.go(ty))
            }
        }
    }

    /// A function from one value to one value, around one that may return a tuple as several, or nothing.
    fn returning(&self, ty: &Ty, call: &str) -> String {
        let go = self.go(ty);
        match ty.peeled() {
            Ty::Unit => format!("func(v {go}) {go} {{ {call}(v); return v }}"),
            Ty::Tuple(parts) => {
                let n = parts.len();
                format!("func(v {go}) {go} {{ {}; return {} }}", assign(n, call, "v"), self.tuple(ty, n))
            }
            _ => call.to_owned(),
        }
    }

    /// The same with an error.
    fn answering(&self, ty: &Ty, call: &str) -> String {
        let go = self.go(ty);
        match ty.peeled() {
            Ty::Unit => format!("func(v {go}) ({go}, error) {{ return v, {call}(v) }}"),
            Ty::Tuple(parts) => {
                let names: Vec<String> = (0..parts.len()).map(|i| format!("r{i}")).collect();
                let tuple = self.tuple(ty, parts.len());
                format!(
                    "func(v {go}) ({go}, error) {{ {}, err := {call}(v); return {tuple}, err }}",
                    names.join(", ")
                )
            }
            _ => call.to_owned(),
        }
    }

    /// The parts of a tuple as arguments, the results as a tuple.
    fn spread(&self, ty: &Ty, n: usize, call: &str) -> String {
        let go = self.go(ty);
        let parts: Vec<String> = (0..n).map(|i| format!("v.V{i}")).collect();
        format!(
            "func(v {go}) {go} {{ {}; return {} }}",
            assign(n, call, &parts.join(", ")),
            self.tuple(ty, n)
        )
    }

    fn tuple(&self, ty: &Ty, n: usize) -> String {
        let parts: Vec<String> = (0..n).map(|i| format!("V{i}: r{i}")).collect();
        format!("{}{{{}}}", self.go(ty), parts.join(", "))
    }

    /// How to get the value out of an error.
    fn error_value(&self, ty: &Ty) -> String {
        let go = self.go(ty);
        match ty.peeled() {
            Ty::GoError | Ty::AnyError => "func(err error) (error, bool) { return err, err != nil }".into(),
            Ty::Item(index) if self.items[*index].error => format!("as[{go}]"),
            _ => format!(
                "func(err error) (v {go}, ok bool) {{ e, ok := as[*bridge.ErrorValue[{go}]](err); if ok {{ v = e.Value }}; return v, ok }}"
            ),
        }
    }

    fn write_method(&self, out: &mut String, index: usize, ty: &Ty, position: Position) {
        let go = self.go(ty);
        let name = go_function(index, position).replace("bridge.", "");
        let results: Vec<String> = match ty.peeled() {
            Ty::Unit => Vec::new(),
            Ty::Tuple(parts) => parts.iter().map(|part| self.go(part)).collect(),
            _ => vec![go.clone()],
        };
        let mut values: Vec<String> = match ty.peeled() {
            Ty::Unit => Vec::new(),
            Ty::Tuple(parts) => (0..parts.len()).map(|i| format!("v.V{i}")).collect(),
            _ => vec!["v".into()],
        };
        let mut results = results;
        if position == Position::ThroughBorrow {
            results.push("error".into());
            values.push("nil".into());
        }
        let _ = write!(
            out,
            "\nfunc (back) {name}(v {go}) ({}) {{\n\tv = stack.Local(v)\n\tstack.Grow(8)\n\treturn {}\n}}\n",
            results.join(", "),
            values.join(", ")
        );
    }

    /// Of a function that returns all its arguments.
    fn write_tuple_trial(&self, makers: &mut Makers, name: &str, params: &[Ty], call: &str) -> String {
        let tuple = Ty::Tuple(params.to_vec());
        let maker = self.maker(makers, &tuple);
        format!("echo(\"{name}\", {maker}, {})", self.spread(&tuple, params.len(), call))
    }

    /// The function that makes values of a type.
    fn maker(&self, makers: &mut Makers, ty: &Ty) -> String {
        let leaf = match ty {
            Ty::Unit => "genUnit",
            Ty::Bool => "genBool",
            Ty::Char => "genRune",
            Ty::Number("f32") => "genFloat32",
            Ty::Number("f64") => "genFloat64",
            Ty::Number(_) => &format!("integer[{}]", self.go(ty)),
            Ty::String => "genString",
            Ty::Duration => "genDuration",
            Ty::Time => "genTime",
            Ty::GoError | Ty::AnyError => "genError",
            Ty::Boxed(inner) => return self.maker(makers, inner),
            _ => "",
        };
        if !leaf.is_empty() {
            return leaf.to_owned();
        }
        let key = self.rust(ty);
        if let Some(name) = makers.names.get(&key) {
            return name.clone();
        }
        let name = format!("gen{}", makers.names.len());
        makers.names.insert(key, name.clone());
        let body = self.maker_body(makers, ty);
        let _ = write!(makers.text, "\nfunc {name}(s *source) {} {{\n{body}}}\n", self.go(ty));
        name
    }

    fn maker_body(&self, makers: &mut Makers, ty: &Ty) -> String {
        let go = self.go(ty);
        match ty {
            Ty::Vec(item) => format!("\treturn slice(s, {})\n", self.maker(makers, item)),
            Ty::Array(item, _) => {
                let item = self.maker(makers, item);
                format!("\tvar v {go}\n\tfor i := range v {{\n\t\tv[i] = {item}(s)\n\t}}\n\treturn v\n")
            }
            Ty::Tuple(parts) => {
                let parts: Vec<String> = parts
                    .iter()
                    .enumerate()
                    .map(|(i, part)| format!("V{i}: {}(s)", self.maker(makers, part)))
                    .collect();
                format!("\treturn {go}{{{}}}\n", parts.join(", "))
            }
            Ty::Option(inner) => {
                let option = if self.has_nil(inner) { "nilable" } else { "option" };
                format!("\treturn {option}(s, {})\n", self.maker(makers, inner))
            }
            Ty::HashMap(key, value) | Ty::BTreeMap(key, value) => {
                format!("\treturn table(s, {}, {})\n", self.maker(makers, key), self.maker(makers, value))
            }
            Ty::Item(index) => self.item_maker(makers, &self.items[*index]),
            _ => unreachable!("leaves have no body"),
        }
    }

    fn item_maker(&self, makers: &mut Makers, item: &Item) -> String {
        match &item.body {
            Body::Struct { fields, .. } => {
                let address = if item.error { "&" } else { "" };
                format!("\treturn {address}{}{}\n", go_struct(item), self.fields_maker(makers, fields))
            }
            Body::Fieldless(_, values) => {
                format!(
                    "\treturn pick(s, {})\n",
                    join(values, |(variant, _)| format!("bridge.{}{variant}", item.name))
                )
            }
            Body::Enum(variants) => {
                let mut body = format!("\tdefer s.deeper()()\n\tswitch s.variant({}) {{\n", variants.len());
                for (i, (variant, fields)) in variants.iter().enumerate() {
                    let value = match (item.error, fields) {
                        (true, Fields::Unit) => format!("bridge.Err{variant}"),
                        (true, _) => {
                            format!("&{}{}", go_variant(item, variant), self.fields_maker(makers, fields))
                        }
                        (false, _) => {
                            format!("{}{}", go_variant(item, variant), self.fields_maker(makers, fields))
                        }
                    };
                    let _ = writeln!(body, "\tcase {i}:\n\t\treturn {value}");
                }
                body + "\t}\n\tpanic(\"no such variant\")\n"
            }
        }
    }

    fn fields_maker(&self, makers: &mut Makers, fields: &Fields) -> String {
        let fields: Vec<String> = fields
            .all()
            .into_iter()
            .map(|(_, go, ty)| format!("{go}: {}(s)", self.maker(makers, ty)))
            .collect();
        format!("{{{}}}", fields.join(", "))
    }
}

/// `p3_own` in Go.
fn go_function(index: usize, position: Position) -> String {
    let name = position.name();
    format!("bridge.P{index}{}{}", name[..1].to_uppercase(), &name[1..])
}

/// `r0, r1 := call(arguments)`
fn assign(n: usize, call: &str, arguments: &str) -> String {
    let names: Vec<String> = (0..n).map(|i| format!("r{i}")).collect();
    format!("{} := {call}({arguments})", names.join(", "))
}
