//! `{package}test/noleaks.go`: a check for the program's own tests.

use super::Package;
use super::file::File;
use super::graph;
use super::text::line;
use crate::ir::Class;

impl Package<'_> {
    /// Can one side hold values of the other that a program has to let go of?
    pub(super) fn holds_values(&self) -> bool {
        let interface = self.interface;
        let holds = |ty| graph::any(ty, &|ty| interface.class(ty) == Class::Pair);
        !interface.objects.is_empty() || graph::types(interface).any(holds)
    }

    /// Written where one side can hold values of the other that a program has to let go of.
    pub(super) fn write_noleaks(&mut self) -> Option<File> {
        if !self.holds_values() {
            return None;
        }
        let package = &self.options.package;
        let mut file = File::new(format!("{package}test/noleaks.go"));
        file.package = Some(format!("{package}test"));
        file.docs
            .push(format!("// Package {package}test helps to test programs that use package {package}."));
        let out = &mut file.body;
        line!(
            out,
            "\n// NoLeaks fails the test if a value that came after this call is still held when the test ends: an object or"
        );
        line!(
            out,
            "// function of Rust that Go did not let go of, or a function, implementation or error of Go that Rust did not"
        );
        line!(out, "// drop. It says of each where it came from.");
        line!(
            out,
            "//\n// What is no longer reachable is no leak: at the end the garbage collector runs. While it watches, each value"
        );
        line!(
            out,
            "// costs some microseconds more. It watches the whole program, so it does not fit tests that run in parallel"
        );
        line!(out, "// with others.");
        line!(out, "func NoLeaks(t testing.TB) {{\n\tt.Helper()\n\treport := gangplank.WatchLeaks()");
        line!(out, "\tt.Cleanup(func() {{\n\t\tt.Helper()\n\t\tif text := report(); text != \"\" {{");
        line!(out, "\t\t\tt.Error(text)\n\t\t}}\n\t}})\n}}");
        Some(file)
    }
}
