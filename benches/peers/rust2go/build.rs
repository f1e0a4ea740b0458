//! rust2go writes the Go side, compiles it, and has it linked. It works on a copy: what it writes and what Go resolves is not ours.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("go");
    fs::create_dir_all(&out)?;
    for file in fs::read_dir("go")? {
        let file = file?.path();
        fs::copy(&file, out.join(file.file_name().unwrap_or_default()))?;
    }
    println!("cargo::rerun-if-changed=go");
    println!("cargo::rerun-if-changed=src/bridge.rs");
    // The generated code imports rust2go's Go module: Go finds its version.
    // SAFETY: nothing else runs yet.
    unsafe { env::set_var("GOFLAGS", "-mod=mod -buildvcs=false") };
    let generated = rust2go::RegenArgs {
        src: "./src/bridge.rs".into(),
        dst: text(&out.join("gen.go")),
        go118: true,
        ..Default::default()
    };
    rust2go::Builder::new().with_go_src(out).with_regen_arg(generated).build();
    Ok(())
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
