//! How long a large interface takes: `cargo test --release -p gangplank-codegen --test parse_speed -- --ignored --nocapture`.

use gangplank_codegen::syntax::parse_crate;
use std::fmt::Write;
use std::time::Instant;

/// 1,000 functions and 300 records in ten modules, with bodies and documentation.
fn write_crate(folder: &std::path::Path) {
    std::fs::create_dir_all(folder.join("src")).unwrap();
    let mut root = String::from("use gangplank::export;\n");
    for module in 0..10 {
        writeln!(root, "mod part{module};").unwrap();
        let mut text = String::from(
            "use crate::*;\nuse std::collections::HashMap;\ntype Res<T> = Result<T, gangplank::Error>;\n",
        );
        for record in 0..30 {
            let name = module * 30 + record;
            write!(
                text,
                "/// A record.\n#[gangplank::record]\n#[derive(Clone)]\npub struct Record{name} {{\n"
            )
            .unwrap();
            write!(text, "    /// Its path.\n    pub path: String,\n    pub line: u32,\n    pub texts: Vec<Option<String>>,\n").unwrap();
            write!(text, "    pub map: HashMap<String, Vec<u8>>,\n    pub tuple: (u8, f64, [u32; 4]),\n")
                .unwrap();
            if name > 0 {
                writeln!(text, "    pub other: Option<Box<Record{}>>,", name - 1).unwrap();
            }
            text.push_str("}\n");
        }
        for function in 0..100 {
            let (name, record) = (module * 100 + function, module * 30 + function % 30);
            write!(text, "/// A function.\n///\n/// With two paragraphs.\n#[export]\n").unwrap();
            write!(text, "pub fn function_{name}(pattern: &str, one: &Record{record}, all: &[Record{record}], limit: Option<usize>) ").unwrap();
            write!(text, "-> Res<Vec<Record{record}>> {{\n    let mut found = Vec::new();\n").unwrap();
            writeln!(text, "    for item in all.iter().filter(|item| item.path.contains(pattern)).take(limit.unwrap_or(1)) {{").unwrap();
            write!(text, "        if item.line == one.line {{ found.push(item.clone()); }}\n    }}\n    Ok(found)\n}}\n").unwrap();
        }
        std::fs::write(folder.join(format!("src/part{module}.rs")), text).unwrap();
    }
    std::fs::write(folder.join("src/lib.rs"), root).unwrap();
}

#[test]
#[ignore = "measures"]
fn a_thousand_functions_and_three_hundred_records() {
    let folder = std::env::temp_dir().join(format!("gangplank-speed-{}", std::process::id()));
    write_crate(&folder);
    let start = Instant::now();
    let interface =
        parse_crate(&folder, "src/lib.rs", "large").unwrap_or_else(|mistakes| panic!("{mistakes}"));
    let time = start.elapsed();
    std::fs::remove_dir_all(folder).unwrap();
    println!("{} functions, {} records: {time:.0?}", interface.functions.len(), interface.records.len());
    assert_eq!((interface.functions.len(), interface.records.len()), (1000, 300));
    assert!(time.as_secs_f64() < 1.0, "{time:?}");
}
