//! Word count over a part of Go's source, against a count in plain Rust.

use crate::program::{free_address, run, run_two, run_two_with, start, wait};
use gangplank_build::go::Search;
use gangplank_build::report::Report;
use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::time::Duration;

const PROJECT: &str = "examples/wordcount";

/// A folder of the installed Go's source.
fn folder() -> PathBuf {
    let go = Search::from_env().find(Report::Quiet).unwrap_or_else(|error| panic!("{}", error.render()));
    let output = go.command(Path::new(".")).args(["env", "GOROOT"]).output().expect("go env runs");
    PathBuf::from(String::from_utf8_lossy(&output.stdout).trim()).join("src/net")
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the folder is there").flatten() {
        let (path, kind) = (entry.path(), entry.file_type().expect("it has a type"));
        if kind.is_dir() {
            files(&path, found);
        } else if kind.is_file() && path.extension().is_some_and(|extension| extension == "go") {
            found.push(path);
        }
    }
}

/// All words by name, counted in plain Rust.
fn counted(text: &[u8]) -> BTreeMap<Vec<u8>, u64> {
    let mut counts = BTreeMap::new();
    let is_word = |b: &u8| *b == b'_' || *b >= 0x80 || b.is_ascii_alphanumeric();
    for word in text.split(|b| !is_word(b)).filter(|word| !word.is_empty()) {
        *counts.entry(word.to_vec()).or_default() += 1;
    }
    counts
}

fn text() -> Vec<u8> {
    let mut paths = Vec::new();
    files(&folder(), &mut paths);
    assert!(paths.len() > 300, "only {} files in {}", paths.len(), folder().display());
    let mut text = Vec::new();
    for path in paths {
        text.extend(std::fs::read(path).expect("it can be read"));
        text.push(b'\n');
    }
    text
}

/// As `wordcount -all` prints it.
fn wanted() -> String {
    let lines =
        counted(&text()).into_iter().map(|(word, n)| format!("{n:8} {}\n", String::from_utf8_lossy(&word)));
    lines.collect()
}

#[test]
fn one_process_counts_what_plain_rust_counts() {
    let folder = folder();
    let wanted = wanted();
    for (args, set) in [
        ("-w 1", &[][..]),
        ("-w 2", &[]),
        ("-w 2 -z", &[]),
        ("-w 3", &[("GOGC", "5")]),
        ("-w 2", &[("GANGPLANK_LANE", "cgo")]),
    ] {
        let (ok, out, err) = run(PROJECT, &format!("{args} -all {}", folder.display()), set);
        assert!(ok, "{args} {set:?}: {err}");
        assert!(out == wanted, "{args} {set:?}: {} bytes, not {}", out.len(), wanted.len());
    }
}

#[test]
fn two_processes_count_the_same() {
    let args = format!("-w 2 --status=0.1 -all {}", folder().display());
    let [first, second] = run_two(PROJECT, &args, [&[], &[("GANGPLANK_LANE", "cgo")]]);
    assert!(first.0 && second.0, "{}\n{}", first.2, second.2);
    assert!(first.1 == wanted(), "{} bytes", first.1.len());
    assert_eq!(second.1, "");
    assert!(first.2.contains("timely[0]") && second.2.contains("timely[1]"), "no status: {}", first.2);
    for said in [" % in Go, ", " % in Rust, ", " % parked; lines ", " a batch, ", " crossings/s, "] {
        assert!(first.2.contains(said), "no `{said}` in: {}", first.2);
    }
}

/// The layout in Rust, with an operator and a sink in Rust behind the roles in Go. Each process prints what its workers counted.
#[test]
fn a_layout_in_rust_counts_the_same() {
    const PROJECT: &str = "examples/wordcount_rust";
    let name = |word: Vec<u8>| String::from_utf8_lossy(&word).into_owned();
    let counted = counted(&text()).into_iter().filter(|(word, _)| word.len() > 1);
    let wanted: BTreeMap<String, u64> = counted.map(|(word, n)| (name(word), n)).collect();
    let check = |how: &str, outcomes: &[(bool, String, String)]| {
        assert!(outcomes.iter().all(|outcome| outcome.0), "{how}: {outcomes:?}");
        let lines = outcomes.iter().flat_map(|outcome| outcome.1.lines());
        let found: Vec<(String, u64)> = lines
            .map(|line| line.trim_start().split_once(' ').expect("a number and a word"))
            .map(|(n, word)| (word.to_owned(), n.parse().expect("a number")))
            .collect();
        assert_eq!(found.len(), wanted.len(), "{how}");
        assert!(found.into_iter().collect::<BTreeMap<_, _>>() == wanted, "{how}");
    };
    let folder = folder();
    let args = |more: &str| format!("{} {more}", folder.display());
    check("one process", &[run(PROJECT, &args("-w 2"), &[])]);
    check("the cgo lane", &[run(PROJECT, &args("-w 1"), &[("GANGPLANK_LANE", "cgo")])]);
    let two = run_two_with(PROJECT, |options| args(&format!("-w 1 {options}")), [&[], &[]]);
    assert!(two.iter().all(|outcome| outcome.1.lines().count() > 1000), "one process has counted nothing");
    check("two processes", &two);
}

#[test]
fn lines_and_counts_travel_over_tcp() {
    let (input, output) = (free_address(), TcpListener::bind("127.0.0.1:0").unwrap());
    let send = output.local_addr().unwrap();
    let child = start(PROJECT, &format!("-w 2 -listen {input} -connections 2 -send {send}"), &[]);
    let text = text();
    let lines: Vec<&[u8]> = text.split(|b| *b == b'\n').collect();
    let halves = lines.split_at(lines.len() / 2);
    let senders = [halves.0, halves.1].map(|lines| {
        let bytes: Vec<u8> =
            lines.iter().flat_map(|line| [&(line.len() as u32).to_be_bytes()[..], line].concat()).collect();
        let input = input.clone();
        std::thread::spawn(move || {
            let mut stream = loop {
                match TcpStream::connect(&input) {
                    Ok(stream) => break stream,
                    Err(_) => std::thread::sleep(Duration::from_millis(20)),
                }
            };
            stream.write_all(&bytes).unwrap();
        })
    });
    // A connection from each worker.
    let readers = [(); 2].map(|()| {
        let (mut stream, _) = output.accept().unwrap();
        std::thread::spawn(move || {
            let mut bytes = Vec::new();
            stream.read_to_end(&mut bytes).unwrap();
            bytes
        })
    });
    for sender in senders {
        sender.join().unwrap();
    }
    let mut counts = BTreeMap::new();
    for reader in readers {
        let bytes = reader.join().unwrap();
        let mut left = &bytes[..];
        while !left.is_empty() {
            let length = u32::from_be_bytes(left[..4].try_into().unwrap()) as usize;
            let frame = &left[4..4 + length];
            let n = u64::from_be_bytes(frame[..8].try_into().unwrap());
            assert_eq!(counts.insert(frame[8..].to_vec(), n), None, "a word twice");
            left = &left[4 + length..];
        }
    }
    let ended = wait(child);
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
    assert!(counts == counted(&text));
}
