//! Whatever stands in documentation, gofmt leaves the written comment as it is.

mod golden_support;

use gangplank_codegen::go::{Options, write_package};
use gangplank_codegen::syntax::parse_crate;
use golden_support::go;
use std::fs;
use std::path::Path;

/// Lines that mean something to Markdown, to gofmt, or to both.
const LINES: &[&str] = &[
    "Text here.",
    "A Title",
    "text:",
    "",
    "",
    "- item",
    "* star",
    "+ plus",
    "• dot",
    "  - nested",
    "1. one",
    "2) two",
    "100. hundred",
    "   goes on",
    "\\tindented",
    "    four spaces",
    "# Heading",
    "## Closed ##",
    "####### seven",
    "#",
    "```",
    "```text",
    "~~~",
    "# hidden",
    "let x = 1;",
    "func f() {",
    "}",
    "\\\\",
    "---",
    "* * *",
    "+build ignore",
    "//go:build x",
    "go:generate x",
    "export f",
    "#include <x>",
    "[link]: https://example.com/x",
    "[other]: y",
    "[`Code`] and [text](url)",
    "``quoted'' text",
    "a ```b``` c",
    "Deprecated: no.",
    "| a | b |",
    "Üñí ©",
    "*/ end",
    "-dash",
    "- [ ] todo",
    "1.",
    "trailing   ",
    "//line x:1",
    "BUG(me): no",
];

#[test]
fn any_documentation_is_formatted() {
    let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
    let mut pick = |n: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        (seed % n as u64) as usize
    };
    let mut docs = |indent: &str, most: usize| -> String {
        (0..pick(most))
            .map(|_| format!("{indent}#[doc = \" {}\"]\n", LINES[pick(LINES.len())].replace('"', "\\\"")))
            .collect()
    };
    let mut source = String::from("//! - a list\n//! - only\n\n");
    for i in 0..1500 {
        source.push_str(&docs("", 10));
        source.push_str(&format!("#[gangplank::record]\npub struct R{i} {{\n"));
        source.push_str(&docs("    ", 5));
        source.push_str("    pub a: u8,\n    pub long: u16,\n}\n");
    }
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("golden-docs");
    let _ = fs::remove_dir_all(&root);
    fs::create_dir_all(root.join("src")).unwrap();
    fs::write(root.join("src/lib.rs"), source).unwrap();
    let interface = parse_crate(&root, "src/lib.rs", "docs").unwrap();
    let options = Options {
        package: "docs".into(),
        import_path: "x/docs".into(),
        crate_version: "1.0.0".into(),
        callbacks: false,
    };
    for file in write_package(&interface, &options).iter().filter(|f| !f.path.contains('/')) {
        fs::write(root.join(&file.path), &file.text).unwrap();
    }
    assert_eq!(go("gofmt", &["-d", "."], &root), "");
}
