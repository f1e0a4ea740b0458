//! `gangplank.toml` as it is written.

use serde::Deserialize;

/// Which language's `main` runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Host {
    /// A Go program with Rust inside.
    Go,
    /// A Rust program with Go inside.
    Rust,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    pub host: Host,
    pub go: GoSection,
    #[serde(default)]
    pub bridge: Vec<BridgeSection>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GoSection {
    pub module: String,
    pub main: Option<String>,
    pub packages: Option<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BridgeSection {
    #[serde(rename = "crate")]
    pub source: String,
    pub package: String,
    pub name: Option<String>,
}
