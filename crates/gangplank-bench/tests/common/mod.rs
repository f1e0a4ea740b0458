//! A tree whose benchmark programs are small crates, so that what goes wrong with a program can be seen in seconds.
#![allow(dead_code, reason = "every test uses some of it")]

use gangplank_bench::Request;
use gangplank_build::go::Search;
use gangplank_build::report::Report;
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

/// The tree.
pub struct Tree {
    folder: TempDir,
}

impl Tree {
    pub fn new() -> Tree {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("benches")).unwrap();
        Tree { folder }
    }

    /// Makes `benches/FOLDER` a crate, as the catalogue names it, with this `main`.
    pub fn program(&self, folder: &str, body: &str) {
        let source = format!(
            "use std::io::Write;\n\
            #[allow(dead_code)] fn send(line: &str) {{\n    \
                let path = std::env::var_os(\"GANGPLANK_BENCH_LINES\").unwrap();\n    \
                let mut file = std::fs::OpenOptions::new().append(true).open(path).unwrap();\n    \
                file.write_all((line.to_owned() + \"\\n\").as_bytes()).unwrap();\n}}\n\
            fn main() {{ {body} }}\n"
        );
        self.write(&format!("benches/{folder}/src/main.rs"), &source);
        let name = folder.replace('/', "-");
        let manifest =
            format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[workspace]\n");
        self.write(&format!("benches/{folder}/Cargo.toml"), &manifest);
    }

    pub fn write(&self, file: &str, text: &str) {
        let path = self.folder.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn path(&self) -> PathBuf {
        self.folder.path().to_owned()
    }

    /// Measures these sections, quickly, off the network.
    pub fn request(&self, only: &[&str]) -> Request {
        Request {
            tree: self.path(),
            target: self.path().join("target"),
            quick: true,
            only: only.iter().map(|name| name.to_string()).collect(),
            offline: true,
            realtime: false,
            search: Search { offline: Some("the test forbids to fetch it".into()), ..Search::from_env() },
            report: Report::Quiet,
            command: "gangplank bench".into(),
        }
    }

    /// The same on a machine without Go.
    pub fn request_without_go(&self, only: &[&str]) -> Request {
        let request = self.request(only);
        let search =
            Search { setting: None, path: None, usual: Vec::new(), cache: None, ..request.search.clone() };
        Request { search, ..request }
    }
}

/// A result, as programs send it.
pub const ROW: &str = r##"send(r#"{"work":"w","way":"plain","to":"plain","samples":[1,2,3]}"#);"##;
