//! Profiles, and the one setting in them that defeats a bridge.

use super::Workspace;
use crate::disk;
use std::env;
use std::path::PathBuf;
use toml::{Table, Value};

/// A profile of cargo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// `dev`, `release`, or the user's own.
    pub name: String,
}

impl Profile {
    /// `--release`, or `--profile NAME`, or neither.
    pub fn chosen(release: bool, name: Option<String>) -> Profile {
        let usual = if release { "release" } else { "dev" };
        Profile { name: name.unwrap_or_else(|| usual.to_owned()) }
    }

    /// The folder that cargo builds it in.
    pub fn folder(&self) -> &str {
        match self.name.as_str() {
            "dev" | "test" => "debug",
            "bench" => "release",
            name => name,
        }
    }
}

/// Why a Rust panic would end the program: where the profile says `panic = "abort"`.
pub fn check_panic(workspace: &Workspace, profile: &Profile) -> Option<String> {
    let variable = format!("CARGO_PROFILE_{}_PANIC", profile.name.to_uppercase().replace('-', "_"));
    if let Ok(strategy) = env::var(&variable) {
        return (strategy == "abort").then(|| warning(&variable));
    }
    for file in configurations(workspace) {
        let table: Option<Table> = disk::read(&file).ok().and_then(|text| toml::from_str(&text).ok());
        let Some(strategy) =
            table.as_ref().and_then(|table| panic_strategy(table.get("profile")?, &profile.name))
        else {
            continue;
        };
        return (strategy == "abort")
            .then(|| warning(&format!("[profile.{}] in {}", profile.name, file.display())));
    }
    None
}

fn warning(place: &str) -> String {
    format!(
        "{place}: panic = \"abort\" ends the whole program at the first Rust panic; with \"unwind\" it would reach Go as an error"
    )
}

/// Cargo's files that may hold profiles, the strongest first.
fn configurations(workspace: &Workspace) -> Vec<PathBuf> {
    let above = workspace
        .root
        .ancestors()
        .flat_map(|folder| ["config.toml", "config"].map(|name| folder.join(".cargo").join(name)));
    above.chain([workspace.root.join("Cargo.toml")]).filter(|file| file.is_file()).collect()
}

/// The `panic` of a profile, or of the one that it inherits from.
fn panic_strategy(profiles: &Value, name: &str) -> Option<String> {
    let mut name = name;
    // A chain of more profiles than this is a circle, which cargo refuses.
    for _ in 0..16 {
        let profile = profiles.get(name)?;
        if let Some(strategy) = profile.get("panic") {
            return strategy.as_str().map(str::to_owned);
        }
        name = profile.get("inherits")?.as_str()?;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(manifest: &str, profile: &str) -> Option<String> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("Cargo.toml"), manifest).unwrap();
        let workspace = Workspace { root: folder.path().to_owned(), target: folder.path().join("target") };
        check_panic(&workspace, &Profile { name: profile.to_owned() })
    }

    #[test]
    fn panic_abort_is_found_in_the_profile_that_is_used() {
        let manifest = "[profile.release]\npanic = \"abort\"\n[profile.small]\ninherits = \"release\"\n";
        assert!(check(manifest, "release").unwrap().contains("[profile.release] in "));
        assert!(check(manifest, "small").unwrap().contains("unwind"));
        assert_eq!(check(manifest, "dev"), None);
        assert_eq!(check("[profile.release]\npanic = \"unwind\"\n", "release"), None);
        assert_eq!(check("[package]\nname = \"x\"\n", "release"), None);
    }

    #[test]
    fn folders() {
        assert_eq!(Profile::chosen(false, None).folder(), "debug");
        assert_eq!(Profile::chosen(true, None).folder(), "release");
        assert_eq!(Profile::chosen(true, Some("small".into())).folder(), "small");
    }
}
