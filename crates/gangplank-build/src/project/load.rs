//! Reading `gangplank.toml` and checking that everything it names is there.

use super::manifest::{BridgeSection, Manifest};
use super::{Bridge, BridgeCrate, GoModule, Host, MANIFEST, Project, find_root};
use crate::{Error, Result, disk};
use std::path::{Path, PathBuf};

impl Project {
    /// The project that a folder lies in.
    pub fn find(folder: &Path) -> Result<Project> {
        Project::load(&find_root(folder)?)
    }

    /// The project whose `gangplank.toml` is in this folder.
    pub fn load(root: &Path) -> Result<Project> {
        let root = disk::canonical(root);
        let file = root.join(MANIFEST);
        let manifest: Manifest = toml::from_str(&disk::read(&file)?).map_err(|mistake| {
            Error::new(format!("{} is wrong:\n{}", file.display(), mistake.to_string().trim_end()))
                .help("docs/commands.md shows a complete gangplank.toml for both hosts")
        })?;
        Loader { root, file }.project(manifest)
    }
}

struct Loader {
    root: PathBuf,
    file: PathBuf,
}

impl Loader {
    fn project(self, manifest: Manifest) -> Result<Project> {
        let module_folder = disk::join(&self.root, &manifest.go.module);
        if !module_folder.join("go.mod").is_file() {
            let problem =
                format!("[go] module = {:?}: no go.mod in {}", manifest.go.module, module_folder.display());
            return Err(self.wrong(
                problem,
                "name the folder of the Go module, or make one there: go mod init example.com/name",
            ));
        }
        let module = GoModule::read(&disk::canonical(&module_folder))?;
        if manifest.bridge.is_empty() {
            return Err(self.wrong("no [[bridge]]", "add one, with the keys `crate` and `package`"));
        }
        let main = self.main(manifest.host, manifest.go.main, &module)?;
        let packages = self.packages(manifest.host, manifest.go.packages, &module)?;
        let mut bridges: Vec<Bridge> = Vec::new();
        for section in &manifest.bridge {
            let bridge = self.bridge(section, &module)?;
            if let Some(twin) =
                bridges.iter().find(|b| b.folder == bridge.folder || b.source.name == bridge.source.name)
            {
                let problem = format!(
                    "two bridges share the crate {} or the package {}",
                    twin.source.name, twin.import_path
                );
                return Err(self.wrong(problem, "give every bridge a crate and a package of its own"));
            }
            bridges.push(bridge);
        }
        Ok(Project { root: self.root, host: manifest.host, module, main, packages, bridges })
    }

    fn main(&self, host: Host, main: Option<String>, module: &GoModule) -> Result<Option<String>> {
        let Some(main) = main else { return Ok(None) };
        if host == Host::Rust {
            return Err(self
                .wrong("[go] main is only for host = \"go\"", "leave it out: cargo knows the Rust program"));
        }
        self.go_package("main", &main, module).map(Some)
    }

    fn packages(&self, host: Host, packages: Option<Vec<String>>, module: &GoModule) -> Result<Vec<String>> {
        let Some(packages) = packages else { return Ok(Vec::new()) };
        if host == Host::Go {
            return Err(self.wrong(
                "[go] packages is only for host = \"rust\"",
                "leave it out: the Go program imports what it needs",
            ));
        }
        packages.iter().map(|package| self.go_package("packages", package, module)).collect()
    }

    /// The import path of a package that is given as a folder (`./impl`) or as an import path.
    fn go_package(&self, key: &str, package: &str, module: &GoModule) -> Result<String> {
        if package.contains("...") {
            return Err(self.wrong(format!("[go] {key}: {package:?} is a pattern"), "name each package"));
        }
        let outside = key == "packages" && !package.starts_with('.') && package.contains('.');
        if outside {
            return Ok(package.to_owned());
        }
        let folder = disk::join(&module.folder, package);
        if !folder.is_dir() {
            let problem = format!("[go] {key}: {package:?}: there is no folder {}", folder.display());
            return Err(self.wrong(problem, "name a folder below the Go module"));
        }
        module.import_path(&folder).ok_or_else(|| {
            let problem =
                format!("[go] {key}: {package:?} lies outside the Go module {}", module.folder.display());
            self.wrong(problem, "name a folder below the Go module")
        })
    }

    fn bridge(&self, section: &BridgeSection, module: &GoModule) -> Result<Bridge> {
        let folder = disk::join(&self.root, &section.source);
        if !folder.join("Cargo.toml").is_file() {
            let problem =
                format!("[[bridge]] crate = {:?}: no Cargo.toml in {}", section.source, folder.display());
            return Err(
                self.wrong(problem, "name the folder of the crate, or make one there: cargo init --lib")
            );
        }
        let source = BridgeCrate::read(&disk::canonical(&folder))?;
        let folder = disk::canonical(&disk::join(&module.folder, &section.package));
        let Some(import_path) =
            module.import_path(&folder).filter(|path| *path != module.path || section.name.is_some())
        else {
            let problem = format!(
                "[[bridge]] package = {:?} is not a folder below {}",
                section.package,
                module.folder.display()
            );
            return Err(self.wrong(problem, "name a folder for the generated package, such as \"search\""));
        };
        let last = import_path.rsplit('/').next().unwrap_or_default().to_owned();
        let package = section.name.clone().unwrap_or(last);
        if !is_package_name(&package) {
            let problem = format!(
                "[[bridge]] package = {:?}: {package:?} is no name for a Go package",
                section.package
            );
            return Err(self.wrong(problem, "add a key to the bridge: name = \"search\""));
        }
        Ok(Bridge { source, folder, import_path, package })
    }

    fn wrong(&self, problem: impl Into<String>, help: &str) -> Error {
        Error::new(format!("{}: {}", self.file.display(), problem.into())).help(help)
    }
}

/// Go's keywords, and names that a package cannot have.
const RESERVED: &[&str] = &[
    "_",
    "break",
    "case",
    "chan",
    "const",
    "continue",
    "default",
    "defer",
    "else",
    "fallthrough",
    "for",
    "func",
    "go",
    "goto",
    "if",
    "import",
    "init",
    "interface",
    "internal",
    "main",
    "map",
    "package",
    "range",
    "return",
    "select",
    "struct",
    "switch",
    "type",
    "var",
    "vendor",
];

fn is_package_name(name: &str) -> bool {
    let good = |c: char| c == '_' || c.is_ascii_alphanumeric();
    !RESERVED.contains(&name)
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && !name.is_empty()
        && name.chars().all(good)
}
