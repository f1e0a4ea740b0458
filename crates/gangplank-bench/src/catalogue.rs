//! The sections, and which programs measure them.

use Kind::{Crate, GoModule, Project};

/// A part of the report.
#[derive(Debug)]
pub struct Section {
    /// As `--only` takes it.
    pub name: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// What it shows, for a reader who has not seen the programs.
    pub about: &'static str,
}

/// A program that measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Program {
    /// Its folder in `benches`.
    pub folder: &'static str,
    /// How it is built.
    pub kind: Kind,
}

/// How a program is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A project of gangplank, either host.
    Project,
    /// `go build`.
    GoModule,
    /// `cargo build`.
    Crate,
    /// Somebody else's bridge, with what it is called where its version is written.
    Peer(Peer),
}

/// Somebody else's bridge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Peer {
    /// A Go module, measured beside this project of gangplank, and given the library of the project's crate.
    Module {
        /// The peer's import path.
        name: &'static str,
        /// The project's folder.
        beside: &'static str,
    },
    /// A crate, whose build needs Go.
    Crate(&'static str),
}

/// One start of a program.
#[derive(Debug)]
pub struct Step {
    /// Where its results go, unless they say otherwise.
    pub section: &'static str,
    /// What runs.
    pub program: Program,
    /// Goes before the names of its works, where other programs use the same names.
    pub prefix: &'static str,
    /// Arguments besides rounds.
    pub args: &'static [&'static str],
    /// With which tools and how often.
    pub how: How,
    /// Seconds that it takes with `--quick`, and a pass of a full run, on a machine of 2026; 0 if it is left out.
    pub seconds: (f64, f64),
}

/// How a step is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// In every pass, with rounds of this many milliseconds.
    Rounds(u32),
    /// Once, with its own idea of rounds.
    Once,
    /// Once, built with every supported Go that is installed besides the one in use.
    OtherGos,
}

/// The sections in their order.
pub const SECTIONS: &[Section] = &[
    Section {
        name: "crossings",
        title: "Crossings",
        about: "What one call costs, by direction, lane and what it carries. The lane is how it crosses: *cgo* is Go's own way; *fast* stays on \
            the goroutine; *hosted* is a thread that Go made for Rust. The talk's figures are of 2018, on another machine, with C.",
    },
    Section {
        name: "batching",
        title: "Batching",
        about: "What one item costs if so many go over in one crossing. Each item is a number there and a number back; the work on it is one \
            multiplication. The curve bends where the crossing no longer counts.",
    },
    Section {
        name: "handles",
        title: "Handles",
        about: "Native code may not keep Go pointers, so it keeps numbers. What it costs to file a value under a number, to find it and to let it \
            go: with the plain designs, and with gangplank's tables. Several cores: the time as each of them sees it.",
    },
    Section {
        name: "objects",
        title: "Objects",
        about: "Values that stay where they are. What a method costs more than the same function, what it costs to make an object and to close it, and \
            what functions cost that go to the other language: lent for a call, kept, called there. The work in each call is one multiplication. *ns more* \
            is the median of the rounds' differences to the plain way.",
    },
    Section {
        name: "async",
        title: "Waiting",
        about: "Calls that do not hold a thread while they wait. Rust's tasks run on tokio with two threads; the work on the other side is one addition. By hand: a \
            goroutine for each call, which calls back with the result; where Go calls, a thread that blocks until the task is done. *Posted*: \
            nobody crosses but to wake a side that sleeps. Then items of iterators and streams, which cross in batches: the plain way is a call for each.",
    },
    Section {
        name: "payloads",
        title: "Payloads",
        about: "A value goes from Go to Rust, is looked at there, and a value of the same size comes back. Against hand-written cgo (the same value as \
            address and length, or flattened by hand), protobuf and JSON over one cgo call, and a subprocess that speaks JSON over pipes.",
    },
    Section {
        name: "tails",
        title: "Tails",
        about: "Native threads call Go while every P is busy with a goroutine that computes, and there are more threads than Ps. Time is that \
            of single calls: the median is what a benchmark shows, the tail is what a user waits for.",
    },
    Section {
        name: "collector",
        title: "Collector",
        about: "How long a collection takes while native code computes for 30 ms at a time on another goroutine. A goroutine on the fast lane keeps its \
            P, so the collector waits for it; with checkpoints in the native loop it does not. Ratios are to a collection with nothing beside it.",
    },
    Section {
        name: "wallaroo",
        title: "Wallaroo's way",
        about: "The talk's case: a native stream engine, its user's logic in Go. A message is decoded, partitioned, computed on and encoded. Wallaroo's \
            Go API crossed once for each and kept Go's values in a sharded map of ids; here the same logic is also called for many messages at once, with gangplank's table. \
            Word count is a whole program on timely dataflow, with two workers.",
    },
    Section {
        name: "peers",
        title: "Peers",
        about: "The same work through other bridges, as they are published. The plain way is hand-written cgo in the same process, round for round.",
    },
    Section {
        name: "memory",
        title: "Memory",
        about: "What many calls leave behind, after a collection. A leak of one byte a call would show as the number of calls.",
    },
    Section {
        name: "generator",
        title: "The generator",
        about: "An interface of 1,000 functions and 300 records.",
    },
];

const CROSSING_GO: Program = Program { folder: "crossing-go", kind: Project };
const CROSSING_RUST: Program = Program { folder: "crossing-rust", kind: Project };
const FASTCALL: Program = Program { folder: "fastcall", kind: GoModule };
const HANDLES_GO: Program = Program { folder: "handles/go", kind: GoModule };
const HANDLES_RUST: Program = Program { folder: "handles/rust", kind: Crate };
const ENGINE: Program = Program { folder: "engine", kind: Project };
const BATCHING: Program = Program { folder: "batching", kind: Project };
const ASYNC: Program = Program { folder: "async", kind: Project };
const STREAMS: Program = Program { folder: "streams", kind: Project };
const PAYLOADS: Program = Program { folder: "payloads", kind: Project };
const PUREGO: Program = Program {
    folder: "peers/purego",
    kind: Kind::Peer(Peer::Module { name: "github.com/ebitengine/purego", beside: "crossing-go" }),
};
const RUST2GO: Program = Program { folder: "peers/rust2go", kind: Kind::Peer(Peer::Crate("rust2go")) };
const TIMELY: Program = Program { folder: "timely", kind: Project };
const GENERATOR: Program = Program { folder: "generator", kind: Crate };

const fn step(section: &'static str, program: Program, seconds: (f64, f64)) -> Step {
    Step { section, program, prefix: "", args: &[], how: How::Rounds(4), seconds }
}

/// What is run, in order.
pub const STEPS: &[Step] = &[
    Step { args: &["-part", "crossings"], ..step("crossings", ENGINE, (1.0, 2.0)) },
    Step { prefix: "Go calls Rust: ", ..step("crossings", CROSSING_GO, (1.0, 3.0)) },
    Step { prefix: "a Rust thread calls Go: ", ..step("crossings", CROSSING_RUST, (1.0, 2.0)) },
    Step { prefix: "the fast lane, with C: ", ..step("crossings", FASTCALL, (8.0, 10.0)) },
    Step { args: &["-part", "crossings"], how: How::OtherGos, ..step("crossings", ENGINE, (0.0, 10.0)) },
    Step { args: &["-part", "batching"], ..step("batching", ENGINE, (3.0, 12.0)) },
    Step { prefix: "generated: ", ..step("batching", BATCHING, (3.0, 8.0)) },
    Step { how: How::Rounds(6), ..step("handles", HANDLES_GO, (8.0, 65.0)) },
    Step { prefix: "Rust: ", how: How::Rounds(6), ..step("handles", HANDLES_RUST, (3.0, 25.0)) },
    Step { args: &["-part", "objects"], ..step("objects", ENGINE, (1.0, 4.0)) },
    step("async", ASYNC, (3.0, 12.0)),
    // A round is one sequence, and must be long beside its start, which wakes threads.
    Step { how: How::Rounds(24), ..step("async", STREAMS, (3.0, 10.0)) },
    step("payloads", PAYLOADS, (6.0, 20.0)),
    Step { args: &["-part", "tails"], ..step("tails", ENGINE, (6.0, 12.0)) },
    Step { args: &["-part", "collector"], ..step("collector", ENGINE, (4.0, 10.0)) },
    Step { args: &["-part", "wallaroo"], ..step("wallaroo", ENGINE, (2.0, 6.0)) },
    Step { how: How::Rounds(250), ..step("wallaroo", TIMELY, (12.0, 40.0)) },
    Step { prefix: "Go calls Rust: ", ..step("peers", PUREGO, (1.0, 3.0)) },
    Step { prefix: "a Rust thread calls Go: ", ..step("peers", RUST2GO, (1.0, 3.0)) },
    Step {
        prefix: "Go calls Rust: ",
        args: &["memory"],
        how: How::Once,
        ..step("memory", CROSSING_GO, (0.0, 20.0))
    },
    Step {
        prefix: "a Rust thread calls Go: ",
        args: &["memory"],
        how: How::Once,
        ..step("memory", CROSSING_RUST, (0.0, 20.0))
    },
    Step { how: How::Once, ..step("generator", GENERATOR, (4.0, 4.0)) },
];

/// The section of this name.
pub fn section(name: &str) -> Option<&'static Section> {
    SECTIONS.iter().find(|section| section.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_section_is_measured_and_every_step_has_one() {
        for section in SECTIONS {
            assert!(STEPS.iter().any(|step| step.section == section.name), "{}", section.name);
        }
        assert!(STEPS.iter().all(|step| section(step.section).is_some()));
    }

    #[test]
    fn every_program_is_there() {
        let benches = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../benches");
        for step in STEPS {
            assert!(benches.join(step.program.folder).is_dir(), "{}", step.program.folder);
        }
    }

    #[test]
    fn every_section_is_in_the_documentation() {
        let text = include_str!("../../../docs/bench.md");
        for section in SECTIONS {
            assert!(text.contains(&format!("| `{}` |", section.name)), "{}", section.name);
        }
    }

    /// What the documents promise.
    #[test]
    fn it_takes_a_minute_or_ten() {
        let quick: f64 = STEPS.iter().map(|step| step.seconds.0).sum();
        let once = |step: &&Step| matches!(step.how, How::Rounds(_));
        let full: f64 = STEPS.iter().map(|step| step.seconds.1 * if once(&step) { 3.0 } else { 1.0 }).sum();
        assert!((30.0..90.0).contains(&quick), "{quick}");
        assert!((300.0..800.0).contains(&full), "{full}");
    }
}
