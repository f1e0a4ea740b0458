//! Handing every file to the parser and adding up what it says.

use crate::{FileSummary, Function, Parser};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use walkdir::WalkDir;

/// How many of the longest functions and of the syntax errors are kept for show.
pub const SHOWN: usize = 10;

/// A folder and the name in the package clause.
pub type PackageName = (String, String);

/// What a package declares.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    pub files: u64,
    pub lines: u64,
    pub functions: u64,
    pub exported: u64,
}

/// What the whole tree declares.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Census {
    pub packages: BTreeMap<PackageName, Counts>,
    /// With the file each is in, the longest first.
    pub longest: Vec<(Function, String)>,
    /// How many files do not parse.
    pub broken: u64,
    /// What Go says about the first of them.
    pub errors: BTreeMap<String, String>,
    /// How many files could not be read.
    pub unreadable: u64,
}

/// Every `.go` file beneath `root`, except in hidden folders.
pub fn find(root: &Path) -> Result<Vec<PathBuf>, walkdir::Error> {
    let visible = |entry: &walkdir::DirEntry| {
        entry.depth() == 0 || !entry.file_name().as_encoded_bytes().starts_with(b".")
    };
    let mut files = Vec::new();
    for entry in WalkDir::new(root).sort_by_file_name().into_iter().filter_entry(visible) {
        let entry = entry?;
        if entry.file_type().is_file() && entry.path().extension().is_some_and(|extension| extension == "go")
        {
            files.push(entry.into_path());
        }
    }
    Ok(files)
}

/// Parses the files with `threads` threads, each taking the next file that is left.
pub fn take(parser: &dyn Parser, root: &Path, files: &[PathBuf], threads: usize) -> Census {
    let next = AtomicUsize::new(0);
    let count = || {
        let mut census = Census::default();
        while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            census.add(parser, root, file);
        }
        census
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(count)).collect();
        let mut total = Census::default();
        for worker in workers {
            total.merge(worker.join().expect("a worker panicked"));
        }
        total
    })
}

impl Census {
    fn add(&mut self, parser: &dyn Parser, root: &Path, file: &Path) {
        let path = file.strip_prefix(root).unwrap_or(file);
        let Ok(source) = fs::read(file) else {
            self.unreadable += 1;
            return;
        };
        match parser.parse(&path.to_string_lossy(), &source) {
            Ok(summary) => self.add_summary(path, summary),
            Err(error) => {
                self.broken += 1;
                self.errors.insert(path.to_string_lossy().into_owned(), error.to_string());
                self.keep();
            }
        }
    }

    fn add_summary(&mut self, path: &Path, summary: FileSummary) {
        let folder = path.parent().unwrap_or(Path::new("")).to_string_lossy().into_owned();
        let counts = self.packages.entry((folder, summary.package)).or_default();
        counts.files += 1;
        counts.lines += u64::from(summary.lines);
        counts.functions += summary.functions.len() as u64;
        counts.exported += u64::from(summary.exported);
        let short = self.longest.get(SHOWN - 1).map_or(0, |(function, _)| function.lines);
        for function in summary.functions.into_iter().filter(|function| function.lines >= short) {
            self.longest.push((function, path.to_string_lossy().into_owned()));
        }
        self.keep();
    }

    fn merge(&mut self, other: Census) {
        for (name, counts) in other.packages {
            self.packages.entry(name).or_default().merge(counts);
        }
        self.longest.extend(other.longest);
        self.broken += other.broken;
        self.errors.extend(other.errors);
        self.unreadable += other.unreadable;
        self.keep();
    }

    /// Keeps what is shown, in an order that does not depend on the threads.
    fn keep(&mut self) {
        self.longest.sort_by(|(a, x), (b, y)| b.lines.cmp(&a.lines).then(x.cmp(y)).then(a.line.cmp(&b.line)));
        self.longest.truncate(SHOWN);
        while self.errors.len() > SHOWN {
            self.errors.pop_last();
        }
    }

    /// The sum of all packages.
    pub fn total(&self) -> Counts {
        let mut total = Counts::default();
        self.packages.values().for_each(|counts| total.merge(*counts));
        total
    }
}

impl Counts {
    fn merge(&mut self, other: Counts) {
        self.files += other.files;
        self.lines += other.lines;
        self.functions += other.functions;
        self.exported += other.exported;
    }
}
