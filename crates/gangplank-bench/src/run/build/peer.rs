//! What a peer is called, with its version: also where it does not build.

use crate::catalogue::{Kind, Peer};
use std::fs;
use std::path::Path;

/// Name and version of the peer that a program measures.
pub fn describe(folder: &Path, kind: Kind) -> Option<String> {
    let (name, version) = match kind {
        Kind::Peer(Peer::Crate(name)) => {
            (name, locked(&fs::read_to_string(folder.join("Cargo.lock")).ok()?, name))
        }
        Kind::Peer(Peer::Module { name, .. }) => {
            (name, required(&fs::read_to_string(folder.join("go.mod")).ok()?, name))
        }
        _ => return None,
    };
    Some(format!("{} {}", name.rsplit('/').next()?, version.unwrap_or("of unknown version".into())))
}

fn locked(lock: &str, name: &str) -> Option<String> {
    let (_, rest) = lock.split_once(&format!("name = \"{name}\"\nversion = \""))?;
    Some(rest.split('"').next()?.into())
}

fn required(module: &str, name: &str) -> Option<String> {
    let line = module.lines().find(|line| line.contains(name))?;
    Some(line.split_whitespace().find(|word| word.starts_with('v') && word.contains('.'))?.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_where_they_are_written() {
        let lock = "[[package]]\nname = \"rust2go\"\nversion = \"0.4.3\"\n\n[[package]]\nname = \"rust2go-common\"\nversion = \"9\"\n";
        assert_eq!(locked(lock, "rust2go").as_deref(), Some("0.4.3"));
        let module = "module m\n\nrequire (\n\tgithub.com/ebitengine/purego v0.10.1\n)\n";
        assert_eq!(required(module, "github.com/ebitengine/purego").as_deref(), Some("v0.10.1"));
        assert_eq!(locked(lock, "cxx"), None);
    }
}
