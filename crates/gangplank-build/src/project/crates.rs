//! The Rust side of a bridge: what its `Cargo.toml` says of it.

use crate::{Error, Result, disk};
use std::path::{Path, PathBuf};
use toml::{Table, Value};

/// A crate with gangplank's attributes.
#[derive(Clone, Debug)]
pub struct BridgeCrate {
    /// Its folder.
    pub folder: PathBuf,
    /// The package's name, as in `Cargo.toml`.
    pub name: String,
    /// The package's version.
    pub version: String,
    /// The root source file, relative to the folder, with `/`.
    pub root_file: String,
    /// It has a library, which a static library can be made of.
    pub has_library: bool,
}

impl BridgeCrate {
    /// Reads `Cargo.toml`.
    pub fn read(folder: &Path) -> Result<BridgeCrate> {
        let file = folder.join("Cargo.toml");
        let manifest = parse(&file)?;
        let Some(package) = manifest.get("package").and_then(Value::as_table) else {
            return Err(Error::new(format!("{} describes a workspace, not a crate", file.display()))
                .help("name the folder of one of its members"));
        };
        let Some(name) = package.get("name").and_then(Value::as_str) else {
            return Err(Error::new(format!("{} has no package name", file.display())));
        };
        let version = match package.get("version") {
            Some(Value::String(version)) => version.clone(),
            Some(_) => inherited_version(folder).unwrap_or_else(|| "0.0.0".to_owned()),
            None => "0.0.0".to_owned(),
        };
        let library = manifest.get("lib").and_then(|lib| lib.get("path")).and_then(Value::as_str);
        let library = library.map(str::to_owned).unwrap_or_else(|| "src/lib.rs".to_owned());
        let has_library = folder.join(&library).is_file();
        let root_file = if has_library { library } else { "src/main.rs".to_owned() };
        if !folder.join(&root_file).is_file() {
            return Err(Error::new(format!("{} has neither src/lib.rs nor src/main.rs", folder.display()))
                .help("a bridge needs a crate with source"));
        }
        Ok(BridgeCrate { folder: folder.to_owned(), name: name.to_owned(), version, root_file, has_library })
    }

    /// The crate's name in symbols: clause 6.1 of the boundary.
    pub fn symbol_name(&self) -> String {
        self.name.replace('-', "_")
    }
}

fn parse(file: &Path) -> Result<Table> {
    toml::from_str(&disk::read(file)?).map_err(|mistake| {
        Error::new(format!("{} is wrong:\n{}", file.display(), mistake.to_string().trim_end()))
    })
}

/// The version of a package with `version.workspace = true`.
fn inherited_version(folder: &Path) -> Option<String> {
    let workspaces = folder.ancestors().map(|above| above.join("Cargo.toml")).filter(|file| file.is_file());
    let mut tables =
        workspaces.filter_map(|file| parse(&file).ok()).filter_map(|mut table| table.remove("workspace"));
    Some(tables.next()?.get("package")?.get("version")?.as_str()?.to_owned())
}
