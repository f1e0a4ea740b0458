//! What runs: nodes and the streams between them.
//!
//! Go lays out a program with typed functions and hands it over as text, one node a line, in an order in which every node comes after what it reads:
//!
//! ```text
//! layout wordcount
//! node 0 source - string lines
//! node 1 run 0 string split
//! node 2 partition 1 string by word
//! node 3 final 2 main.Count count
//! node 4 sink 3 - print
//! ```
//! That is: number, kind, the numbers of what it reads with commas, the type of what it sends without spaces, the name to the end of the line.

mod check;

use std::fmt;
use std::str::FromStr;

/// A layout that can run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// The program's name.
    pub name: String,
    /// Its nodes; each after what it reads.
    pub nodes: Vec<Node>,
}

/// A node of the layout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// What it does.
    pub kind: Kind,
    /// The nodes whose messages it reads.
    pub inputs: Vec<usize>,
    /// The Go type that it sends; `-` if it sends nothing.
    pub sends: String,
    /// Its name, in messages and reports.
    pub name: String,
}

/// What a node does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Brings messages in.
    Source,
    /// A computation, of one message to any number.
    Run,
    /// The same, and has something to say at the end.
    Final,
    /// Sends each message to the worker of its key.
    Partition,
    /// Several streams as one.
    Merge,
    /// Takes messages out.
    Sink,
    /// A source whose work is done in Rust.
    SourceOutside,
    /// A computation in Rust.
    RunOutside,
    /// A sink in Rust.
    SinkOutside,
}

impl Kind {
    /// Does it bring messages in?
    pub fn begins(self) -> bool {
        matches!(self, Kind::Source | Kind::SourceOutside)
    }

    /// Does it take messages out?
    pub fn ends(self) -> bool {
        matches!(self, Kind::Sink | Kind::SinkOutside)
    }

    /// Is its work done in Rust?
    pub fn is_outside(self) -> bool {
        matches!(self, Kind::SourceOutside | Kind::RunOutside | Kind::SinkOutside)
    }
}

const KINDS: [(Kind, &str); 9] = [
    (Kind::Source, "source"),
    (Kind::Run, "run"),
    (Kind::Final, "final"),
    (Kind::Partition, "partition"),
    (Kind::Merge, "merge"),
    (Kind::Sink, "sink"),
    (Kind::SourceOutside, "source-outside"),
    (Kind::RunOutside, "run-outside"),
    (Kind::SinkOutside, "sink-outside"),
];

impl Layout {
    /// Reads a layout and checks it.
    ///
    /// # Errors
    /// A sentence that names the line or the node.
    pub fn parse(text: &str) -> Result<Layout, String> {
        let mut lines = text.lines();
        let name = lines
            .next()
            .and_then(|line| line.strip_prefix("layout "))
            .ok_or("it does not begin with its name")?;
        let mut nodes = Vec::new();
        for line in lines {
            nodes.push(node(line, nodes.len()).ok_or_else(|| format!("`{line}` is no node"))?);
        }
        let layout = Layout { name: name.to_owned(), nodes };
        check::check(&layout)?;
        Ok(layout)
    }
}

fn node(line: &str, number: usize) -> Option<Node> {
    let mut words = line.splitn(6, ' ');
    if words.next()? != "node" || words.next()?.parse() != Ok(number) {
        return None;
    }
    let kind = words.next()?.parse().ok()?;
    let inputs = match words.next()? {
        "-" => Vec::new(),
        list => list.split(',').map(|number| number.parse().ok()).collect::<Option<_>>()?,
    };
    Some(Node { kind, inputs, sends: words.next()?.to_owned(), name: words.next()?.to_owned() })
}

impl FromStr for Kind {
    type Err = ();

    fn from_str(text: &str) -> Result<Kind, ()> {
        KINDS.iter().find(|(_, name)| *name == text).map(|(kind, _)| *kind).ok_or(())
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(KINDS.iter().find(|(kind, _)| kind == self).map_or("?", |(_, name)| name))
    }
}

impl fmt::Display for Layout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "layout {}", self.name)?;
        for (number, node) in self.nodes.iter().enumerate() {
            let inputs: Vec<String> = node.inputs.iter().map(usize::to_string).collect();
            let inputs = if inputs.is_empty() { "-".to_owned() } else { inputs.join(",") };
            write!(f, "\nnode {number} {} {inputs} {} {}", node.kind, node.sends, node.name)?;
        }
        Ok(())
    }
}
