//! Builds the Go packages into the program.

fn main() {
    gangplank_build::build()
}
