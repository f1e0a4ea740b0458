//! Whatever the source is, the answer is an interface or mistakes that can be shown.

use gangplank_codegen::syntax::parse_crate;
use std::path::{Path, PathBuf};

/// A small generator of numbers: the same ones on every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }
}

fn sources() -> Vec<String> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut folders: Vec<PathBuf> =
        std::fs::read_dir(tests.join("mistakes")).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.push(tests.join("valid"));
    folders.sort();
    folders.iter().map(|folder| std::fs::read_to_string(folder.join("src/lib.rs")).unwrap()).collect()
}

/// The words, signs and blanks of a source.
fn tokens(source: &str) -> Vec<&str> {
    let word = |c: char| c.is_alphanumeric() || c == '_';
    let (mut all, mut rest) = (Vec::new(), source);
    while let Some(first) = rest.chars().next() {
        let end = match word(first) {
            true => rest.find(|c| !word(c)).unwrap_or(rest.len()),
            false => first.len_utf8(),
        };
        all.push(&rest[..end]);
        rest = &rest[end..];
    }
    all
}

#[test]
fn mutated_sources() {
    let folder = std::env::temp_dir().join(format!("gangplank-soup-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("src")).unwrap();
    let sources = sources();
    let pool: Vec<&str> = sources.iter().flat_map(|source| tokens(source)).collect();
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let (mut shown, mut parsed) = (0, 0);
    for round in 0..1500 {
        let mut soup = tokens(&sources[round % sources.len()]);
        for _ in 0..1 + random.below(4) {
            let (at, from) = (random.below(soup.len()), random.below(pool.len()));
            match random.below(4) {
                0 => drop(soup.remove(at)),
                1 => soup.insert(at, pool[from]),
                2 => soup[at] = pool[from],
                _ => {
                    let other = random.below(soup.len());
                    soup.swap(at, other);
                }
            }
        }
        let text = soup.concat();
        std::fs::write(folder.join("src/lib.rs"), &text).unwrap();
        match std::panic::catch_unwind(|| {
            parse_crate(&folder, "src/lib.rs", "soup").map_err(|found| found.to_string())
        }) {
            Ok(Ok(_)) => parsed += 1,
            Ok(Err(text)) => shown += usize::from(text.starts_with("error[GP")),
            Err(_) => panic!("a panic over this source:\n{text}"),
        }
    }
    std::fs::remove_dir_all(folder).unwrap();
    assert!(shown > 500 && shown + parsed == 1500, "{shown} with mistakes, {parsed} without");
}

#[test]
fn records_in_records_take_no_time() {
    let folder = std::env::temp_dir().join(format!("gangplank-deep-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("src")).unwrap();
    let record =
        |n: usize| format!("#[gangplank::record] pub struct R{n} {{ pub a: R{0}, pub b: R{0} }}\n", n + 1);
    let mut source: String = (0..60).map(record).collect();
    source += "#[gangplank::record] pub struct R60 { pub a: u8 }\n";
    source += "#[gangplank::export] pub fn f(x: std::collections::HashMap<R0, u8>) {}\n";
    std::fs::write(folder.join("src/lib.rs"), source).unwrap();
    let interface = parse_crate(&folder, "src/lib.rs", "deep");
    std::fs::remove_dir_all(folder).unwrap();
    assert_eq!(interface.unwrap().records.len(), 61);
}
