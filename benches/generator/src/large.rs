//! A large interface, made up.

use std::fmt::Write;
use std::path::Path;
use std::{fs, io};

/// How many modules there are.
pub const MODULES: usize = 20;
/// How many functions each has.
pub const FUNCTIONS: usize = 50;
/// How many records each has.
pub const RECORDS: usize = 15;

/// Types of fields and arguments that need no lifetime. `{}` is the number of a record in the same module.
const TYPES: [&str; 12] = [
    "u64",
    "String",
    "Vec<u8>",
    "Option<u32>",
    "Vec<String>",
    "HashMap<String, i64>",
    "f64",
    "(u8, String)",
    "[f32; 4]",
    "bool",
    "Duration",
    "Vec<Option<char>>",
];

/// Writes the crate's source beneath `folder`.
pub fn write_crate(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder.join("src"))?;
    let mut root = String::from("//! A large interface.\n\n");
    for module in 0..MODULES {
        let _ = writeln!(root, "pub mod part{module};");
        fs::write(folder.join(format!("src/part{module}.rs")), write_module(module))?;
    }
    fs::write(folder.join("src/lib.rs"), root)?;
    fs::write(
        folder.join("Cargo.toml"),
        "[package]\nname = \"large\"\nversion = \"0.1.0\"\nedition = \"2024\"\n",
    )
}

fn write_module(module: usize) -> String {
    let mut text =
        String::from("//! A part.\n\nuse std::collections::HashMap;\nuse std::time::Duration;\n\n");
    for record in 0..RECORDS {
        let _ = write!(text, "/// A record.\n#[gangplank::record]\npub struct Record{module}x{record} {{\n");
        for field in 0..6 {
            let _ = writeln!(
                text,
                "    /// A field.\n    pub field{field}: {},",
                TYPES[(record + field) % TYPES.len()]
            );
        }
        if record > 0 {
            let _ = writeln!(text, "    /// Nested.\n    pub inner: Vec<Record{module}x{}>,", record - 1);
        }
        text.push_str("}\n\n");
    }
    for function in 0..FUNCTIONS {
        let (a, b, record) = (function % TYPES.len(), (function + 5) % TYPES.len(), function % RECORDS);
        let _ = write!(
            text,
            "/// A function.\n///\n/// It has two lines of documentation.\n#[gangplank::export]\npub fn function{module}x{function}(text: &str, a: {}, b: {}, r: Record{module}x{record}) -> Result<Record{module}x{record}, gangplank::Error> {{\n    Ok(r)\n}}\n\n",
            TYPES[a], TYPES[b]
        );
    }
    text
}
