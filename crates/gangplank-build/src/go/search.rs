//! Looking for Go.

use super::{FETCHED_VERSION, FLOOR, Origin, Toolchain, Version, fetch};
use crate::report::Report;
use crate::{Error, Result, process};
use std::env;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where to look, and what is allowed.
#[derive(Clone, Debug)]
pub struct Search {
    /// `GANGPLANK_GO`: the path of a `go` command, or `fetch` for the one that gangplank fetches.
    pub setting: Option<OsString>,
    /// `PATH`.
    pub path: Option<OsString>,
    /// Where Go's installers put it.
    pub usual: Vec<PathBuf>,
    /// The folder that a fetched Go goes into.
    pub cache: Option<PathBuf>,
    /// Why nothing may be fetched.
    pub offline: Option<String>,
    /// The oldest version that will do.
    pub floor: Version,
}

/// What a search found, before anything is fetched.
#[derive(Debug, Default)]
pub struct Look {
    /// The toolchain to use.
    pub found: Option<Toolchain>,
    /// What was found and will not do, each a sentence.
    pub rejected: Vec<String>,
}

impl Search {
    /// As the environment says.
    pub fn from_env() -> Search {
        let set = |name: &str| env::var_os(name).filter(|value| !value.is_empty());
        let offline = ["GANGPLANK_OFFLINE", "CARGO_NET_OFFLINE"]
            .into_iter()
            .find(|name| set(name).is_some_and(|value| value != "0" && value != "false"))
            .map(|name| format!("{name} forbids to fetch it"));
        let home = set("HOME").or_else(|| set("USERPROFILE")).map(PathBuf::from);
        let mut usual: Vec<PathBuf> =
            ["/usr/local/go/bin", "/usr/lib/go/bin", "/opt/homebrew/bin", r"C:\Program Files\Go\bin"]
                .map(PathBuf::from)
                .into();
        usual.extend(home.iter().map(|home| home.join("go/bin")));
        Search {
            setting: set("GANGPLANK_GO"),
            path: set("PATH"),
            usual,
            cache: cache_folder(home.as_deref()),
            offline,
            floor: FLOOR,
        }
    }

    /// Asks for at least this version too: what the project's `go.mod` says.
    pub fn at_least(mut self, version: Option<Version>) -> Search {
        self.floor = self.floor.max(version.unwrap_or(FLOOR));
        self
    }

    /// The toolchain to use, fetched if there is none.
    ///
    /// # Errors
    /// Nothing will do and nothing can be fetched; the message says what to install.
    pub fn find(&self, report: Report) -> Result<Toolchain> {
        let look = self.look()?;
        if let Some(found) = look.found {
            return Ok(found);
        }
        for rejected in &look.rejected {
            report.step("Skipped", rejected);
        }
        let missing = match look.rejected.last() {
            Some(rejected) => rejected.clone(),
            None if self.setting.is_some() => "GANGPLANK_GO asks for a Go that gangplank fetches".to_owned(),
            None => "there is no Go on this machine".to_owned(),
        };
        let install = format!("install Go {} or newer from https://go.dev/dl and put it on PATH", self.floor);
        if let Some(why) = &self.offline {
            let cached = "or leave the network on once, and gangplank fetches it";
            return Err(Error::new(format!("{missing}, and {why}")).help(format!("{install}, {cached}")));
        }
        if self.floor > FETCHED_VERSION {
            let text = format!(
                "{missing}, and gangplank fetches only Go {FETCHED_VERSION}, older than go.mod asks for"
            );
            return Err(Error::new(text).help(install));
        }
        let Some(cache) = &self.cache else {
            return Err(Error::new(format!("{missing}, and no home folder to fetch it into")).help(install));
        };
        let go = fetch::fetch(cache, self.path.as_deref(), &missing, report)?;
        self.examine(&go, Origin::Fetched).map_err(|rejected| Error::new(rejected).help(install))
    }

    /// Looks without fetching.
    ///
    /// # Errors
    /// The setting names something that will not do.
    pub fn look(&self) -> Result<Look> {
        let mut look = Look::default();
        match &self.setting {
            Some(setting) if setting == "fetch" => {}
            Some(setting) => {
                let go = self.named(setting)?;
                let found = self.examine(&go, Origin::Setting).map_err(|rejected| {
                    Error::new(format!("GANGPLANK_GO = {}: {rejected}", setting.to_string_lossy()))
                        .help("name another one, or unset it and gangplank looks for itself")
                })?;
                return Ok(Look { found: Some(found), ..look });
            }
            None => {
                let on_path = process::find_program(OsStr::new("go"), self.path.as_deref());
                let usual = self
                    .usual
                    .iter()
                    .filter_map(|folder| process::find_program(folder.join("go").as_os_str(), None));
                let installed = on_path.map(|go| (go, Origin::Path)).into_iter();
                for (go, origin) in installed.chain(usual.map(|go| (go, Origin::UsualPlace))) {
                    if look.take(self.examine(&go, origin)) {
                        return Ok(look);
                    }
                }
            }
        }
        if let Some(go) = self.cache.as_deref().and_then(fetch::fetched) {
            look.take(self.examine(&go, Origin::Fetched));
        }
        Ok(look)
    }

    /// The setting may name the command or the folder that Go is installed in.
    fn named(&self, setting: &OsStr) -> Result<PathBuf> {
        let path = Path::new(setting);
        let inside = ["bin/go", "go"].map(|name| path.join(name));
        let candidates = [path.to_owned()].into_iter().chain(inside);
        let mut found =
            candidates.filter_map(|file| process::find_program(file.as_os_str(), self.path.as_deref()));
        found.next().ok_or_else(|| {
            Error::new(format!("GANGPLANK_GO = {}: there is no `go` command", setting.to_string_lossy()))
                .help("name the path of a `go` command, such as /usr/local/go/bin/go")
        })
    }

    fn examine(&self, go: &Path, origin: Origin) -> Result<Toolchain, String> {
        let mut command = Command::new(go);
        let output = process::output(command.arg("version").env("GOTOOLCHAIN", "local"));
        let text = output.map_err(|error| error.to_string())?.stdout;
        let text = String::from_utf8_lossy(&text);
        let Some(version) = Version::parse_output(&text) else {
            return Err(format!("{} is not Go: `go version` prints {:?}", go.display(), text.trim_end()));
        };
        if version < self.floor {
            return Err(format!("{} is Go {version}, and {} is needed", go.display(), self.floor));
        }
        Ok(Toolchain { go: go.to_owned(), version, origin })
    }
}

impl Look {
    fn take(&mut self, examined: Result<Toolchain, String>) -> bool {
        match examined {
            Ok(found) => self.found = Some(found),
            Err(rejected) => self.rejected.push(rejected),
        }
        self.found.is_some()
    }
}

/// The user's cache folder, by the system's custom.
fn cache_folder(home: Option<&Path>) -> Option<PathBuf> {
    let set = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let folder =
        set("XDG_CACHE_HOME").filter(|folder| folder.is_absolute()).or_else(|| match env::consts::OS {
            "windows" => set("LOCALAPPDATA"),
            "macos" => home.map(|home| home.join("Library/Caches")),
            _ => home.map(|home| home.join(".cache")),
        });
    Some(folder?.join("gangplank"))
}
