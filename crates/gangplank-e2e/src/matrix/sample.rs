//! One value of a type, as an expression in both languages.

use super::item::{Body, Fields, Item};
use super::random::Random;
use super::spell::{go_struct, go_variant, join};
use super::{Matrix, Ty};
use std::collections::BTreeMap;

/// The same value twice.
pub(super) struct Sample {
    pub rust: String,
    pub go: String,
}

fn same(rust: impl Into<String>, go: impl Into<String>) -> Sample {
    Sample { rust: rust.into(), go: go.into() }
}

/// Texts that a careless hand would break.
const TEXTS: [&str; 6] =
    ["", "plank", "größe\0", "\"quoted\\\"\n\t", "船と岸🚢", "\u{feff}e\u{301}\u{10ffff}"];

impl Matrix {
    /// A value, different for different states of `random`.
    pub(super) fn sample(&self, ty: &Ty, random: &mut Random, depth: usize) -> Sample {
        let count = if depth > 3 { 0 } else { random.below(3) };
        let go = self.go(ty);
        match ty {
            Ty::Unit => same("()", "struct{}{}"),
            Ty::Bool => random.pick(&["true", "false"]).to_string().into(),
            Ty::Char => {
                let c = *random.pick(&['\0', 'a', 'ß', '船', '\u{d7ff}', '\u{e000}', '\u{10ffff}']) as u32;
                same(format!("'\\u{{{c:x}}}'"), format!("rune({c:#x})"))
            }
            Ty::Number(name) => number(name, random),
            Ty::String => {
                let text = *random.pick(&TEXTS);
                same(format!("{}.to_owned()", rust_text(text)), go_text(text))
            }
            Ty::Duration => {
                let nanos = random.next() >> (1 + random.below(63));
                same(format!("Duration::from_nanos({nanos})"), format!("time.Duration({nanos})"))
            }
            Ty::Time => {
                let secs = random.next() as i64 >> (30 + random.below(33));
                let nanos = random.below(1_000_000_000);
                same(format!("same::at({secs}, {nanos})"), format!("time.Unix({secs}, {nanos})"))
            }
            Ty::GoError | Ty::AnyError => {
                let text = *random.pick(&TEXTS);
                let new = if *ty == Ty::GoError { "GoError" } else { "gangplank::Error" };
                same(format!("{new}::new({})", rust_text(text)), format!("errors.New({})", go_text(text)))
            }
            Ty::Vec(item) => {
                let items: Vec<Sample> = (0..count).map(|_| self.sample(item, random, depth + 1)).collect();
                let (r, g) = lists(&items);
                same(format!("vec![{r}]"), format!("{go}{{{g}}}"))
            }
            Ty::Array(item, n) => {
                let items: Vec<Sample> = (0..*n).map(|_| self.sample(item, random, depth + 1)).collect();
                let (r, g) = lists(&items);
                same(format!("[{r}]"), format!("{go}{{{g}}}"))
            }
            Ty::Tuple(parts) => {
                let mut items: Vec<Sample> =
                    parts.iter().map(|part| self.sample(part, random, depth + 1)).collect();
                items.iter_mut().enumerate().for_each(|(i, item)| item.go = format!("V{i}: {}", item.go));
                let (r, g) = lists(&items);
                same(format!("({r})"), format!("{go}{{{g}}}"))
            }
            Ty::Option(_) if depth > 3 || random.below(3) == 0 => same("None", "nil"),
            Ty::Option(inner) => {
                let value = self.sample(inner, random, depth + 1);
                let some = if self.has_nil(inner) {
                    value.go
                } else {
                    format!("some[{}]({})", self.go(inner), value.go)
                };
                same(format!("Some({})", value.rust), some)
            }
            Ty::HashMap(key, value) | Ty::BTreeMap(key, value) => {
                let entries: BTreeMap<String, (String, Sample)> = (0..count)
                    .map(|_| (self.sample(key, random, depth + 1), self.sample(value, random, depth + 1)))
                    .map(|(key, value)| (key.rust, (key.go, value)))
                    .collect();
                let r: Vec<String> = entries.iter().map(|(k, (_, v))| format!("({k}, {})", v.rust)).collect();
                let g: Vec<String> = entries.values().map(|(k, v)| format!("{k}: {}", v.go)).collect();
                same(format!("[{}].into_iter().collect()", r.join(", ")), format!("{go}{{{}}}", g.join(", ")))
            }
            Ty::Boxed(inner) => {
                let value = self.sample(inner, random, depth);
                same(format!("Box::new({})", value.rust), value.go)
            }
            Ty::Item(index) => self.item_sample(&self.items[*index], random, depth + 1),
        }
    }

    fn item_sample(&self, item: &Item, random: &mut Random, depth: usize) -> Sample {
        let name = &item.name;
        match &item.body {
            Body::Fieldless(_, values) => {
                let variant = random.pick(values).0;
                same(format!("{name}::{variant}"), format!("bridge.{name}{variant}"))
            }
            Body::Struct { fields, .. } => {
                let (r, g) = self.fields_sample(fields, random, depth);
                let address = if item.error { "&" } else { "" };
                same(format!("{name}{r}"), format!("{address}{}{g}", go_struct(item)))
            }
            Body::Enum(variants) => {
                let (variant, fields) = if depth > 4 { &variants[0] } else { random.pick(variants) };
                let (r, g) = self.fields_sample(fields, random, depth);
                let go = match (item.error, fields) {
                    (true, Fields::Unit) => format!("bridge.Err{variant}"),
                    (true, _) => format!("&{}{g}", go_variant(item, variant)),
                    (false, _) => format!("{}{g}", go_variant(item, variant)),
                };
                // Without the conversion `T` of a generic function would be the variant.
                same(format!("{name}::{variant}{r}"), format!("bridge.{name}({go})"))
            }
        }
    }

    fn fields_sample(&self, fields: &Fields, random: &mut Random, depth: usize) -> (String, String) {
        let values: Vec<(String, String, Sample)> = fields
            .all()
            .into_iter()
            .map(|(rust, go, ty)| (rust, go, self.sample(ty, random, depth)))
            .collect();
        let go = join(&values, |(_, name, value)| format!("{name}: {}", value.go));
        let rust = match fields {
            Fields::Unit => String::new(),
            Fields::Named(_) => {
                format!(" {{ {} }}", join(&values, |(name, _, value)| format!("{name}: {}", value.rust)))
            }
            Fields::Unnamed(_) => format!("({})", join(&values, |(_, _, value)| value.rust.clone())),
        };
        (rust, format!("{{{go}}}"))
    }
}

impl From<String> for Sample {
    fn from(text: String) -> Sample {
        Sample { go: text.clone(), rust: text }
    }
}

fn lists(items: &[Sample]) -> (String, String) {
    (join(items, |item| item.rust.clone()), join(items, |item| item.go.clone()))
}

fn number(name: &'static str, random: &mut Random) -> Sample {
    let bits = random.next();
    // Any bits but those of infinities and NaNs, which have no literal.
    match name {
        "f32" => {
            let bits = (bits as u32) & !0x0080_0000;
            same(format!("f32::from_bits({bits:#x})"), format!("math.Float32frombits({bits:#x})"))
        }
        "f64" => {
            let bits = bits & !0x0010_0000_0000_0000;
            same(format!("f64::from_bits({bits:#x})"), format!("math.Float64frombits({bits:#x})"))
        }
        _ => {
            let width = match name {
                "isize" | "usize" => 64,
                _ => name[1..].parse().unwrap_or(64),
            };
            let shift = 64 - width;
            let value = match (name.starts_with('i'), random.below(4)) {
                (true, 0) => i128::from(i64::MIN >> shift),
                (true, 1) => i128::from(i64::MAX >> shift),
                (true, _) => i128::from(bits as i64 >> shift),
                (false, 0) => i128::from(u64::MAX >> shift),
                (false, _) => i128::from(bits >> shift),
            };
            same(format!("({value}{name})"), value.to_string())
        }
    }
}

fn rust_text(text: &str) -> String {
    let body: String = text.chars().map(|c| format!("\\u{{{:x}}}", c as u32)).collect();
    format!("\"{body}\"")
}

fn go_text(text: &str) -> String {
    let body: String = text.chars().map(|c| format!("\\U{:08x}", c as u32)).collect();
    format!("\"{body}\"")
}
