//! Which lane functions marked `fast` take on this machine: a program is compiled and run, since only the lane's self-test knows.

use super::Toolchain;
use crate::{Error, Result};
use gangplank_codegen::go::write_lane_probe;
use std::path::Path;
use std::{env, fs, process};

/// A lane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lane {
    /// The fast one.
    Fast,
    /// cgo's, and why.
    Cgo(String),
}

impl Toolchain {
    /// The lane that fast functions take in programs that this toolchain builds.
    ///
    /// # Errors
    /// The program cannot be built: there is no C compiler, for instance.
    pub fn lane(&self) -> Result<Lane> {
        let folder = env::temp_dir().join(format!("gangplank-lane-{}", process::id()));
        let lane = self.lane_in(&folder);
        // It is in the way of nobody if it stays.
        let _ = fs::remove_dir_all(&folder);
        lane
    }

    fn lane_in(&self, folder: &Path) -> Result<Lane> {
        for file in write_lane_probe() {
            let path = folder.join(&file.path);
            let above = path.parent().unwrap_or(folder);
            fs::create_dir_all(above).map_err(Error::io("create", above))?;
            fs::write(&path, file.text).map_err(Error::io("write", &path))?;
        }
        let mut command = self.command(folder);
        command.args(["run", "."]).env("GOFLAGS", "-mod=mod").env("GOWORK", "off").env("CGO_ENABLED", "1");
        let output = command.output().map_err(Error::io("run", &self.go))?;
        let (said, wrong) =
            (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        match said.trim().split_once(' ').unwrap_or((said.trim(), "")) {
            ("fast", _) => Ok(Lane::Fast),
            ("cgo", why) => Ok(Lane::Cgo(why.to_owned())),
            _ => Err(Error::new(format!(
                "the program that looks cannot be built: {}",
                wrong.lines().last().unwrap_or_default()
            ))),
        }
    }
}
