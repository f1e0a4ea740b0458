//! Objects: values of Rust that Go holds, with their constructors and methods.

use super::Package;
use super::docs::write_docs;
use super::file::File;
use super::text::{line, quote};
use crate::ir::Object;
use crate::names;

impl Package<'_> {
    pub(super) fn write_objects(&mut self) -> Option<File> {
        let interface = self.interface;
        if interface.objects.is_empty() {
            return None;
        }
        let mut file = File::new("objects.go");
        let functions: Vec<_> = interface.objects.iter().flat_map(|o| &o.methods).collect();
        let closes: Vec<String> =
            interface.objects.iter().map(|o| format!("close_{}", o.head.name)).collect();
        let mut preamble = self.write_shims(&functions, &closes);
        line!(preamble, "\ntypedef void (*gangplank_shim)(uint64_t *frames, size_t n);");
        for object in &interface.objects {
            self.write_keeper(&mut preamble, object);
        }
        file.preamble = Some(preamble);
        for object in &interface.objects {
            self.write_object(&mut file.body, object);
        }
        Some(file)
    }

    /// The C functions of an object's keeper (clauses 8.1, 8.5).
    fn write_keeper(&self, out: &mut String, object: &Object) {
        let (krate, name) = (&self.interface.crate_name, &object.head.name);
        let keeper = format!("gangplank_object_{krate}_{name}");
        line!(out, "\nextern uint64_t {keeper}[];");
        line!(out, "static inline uint64_t keeper_{name}(void) {{");
        line!(out, "\treturn (uint64_t)(uintptr_t){keeper};\n}}");
        line!(out, "static inline void close_{name}(uint64_t handle) {{");
        line!(out, "\tuint64_t handles[] = {{1, handle}};");
        line!(out, "\t((gangplank_shim)(uintptr_t){keeper}[0])(handles, 0);\n}}");
    }

    fn write_object(&mut self, out: &mut String, object: &Object) {
        let name = names::type_name(&object.head);
        let rust = &object.head.name;
        line!(out);
        write_docs(out, &object.head.docs, &format!("{name} is {rust} of the Rust crate."));
        line!(
            out,
            "//\n// It is an object of Rust that Go holds. Any goroutine may use it, several at once. Call Close when it is"
        );
        line!(
            out,
            "// no longer needed; one that nobody closes is released some time after the garbage collector finds that"
        );
        line!(out, "// nobody can use it. It must not be copied.");
        if self.has_keeper() {
            line!(
                out,
                "//\n// If Rust keeps a Go value that leads to the very object that keeps it, neither is ever released. Break such a"
            );
            line!(
                out,
                "// cycle with a weak pointer: let the Go value hold what weak.Make of the object returns."
            );
        }
        line!(out, "type {name} struct {{\n\tobject gangplank.Object\n}}");
        line!(out, "\nvar keeper{name} = gangplank.NewKeeper({}, uint64(C.keeper_{rust}()))", quote(&name));
        // Constructors stand first, as Go's documentation shows them.
        let (makers, methods): (Vec<_>, Vec<_>) =
            object.methods.iter().partition(|method| method.receiver.is_none());
        for method in makers.into_iter().chain(methods) {
            line!(out);
            self.write_function(out, method);
        }
        let letter =
            name.chars().next().filter(char::is_ascii_alphabetic).unwrap_or('o').to_ascii_lowercase();
        line!(
            out,
            "\n// Close lets go of the object. Calls that are under way go on: Rust drops it after the last of them, if"
        );
        line!(
            out,
            "// nothing else in Rust holds it. Later calls fail with a [*ClosedError]. Any goroutine may call Close, at any"
        );
        line!(out, "// time and more than once; it always returns nil.");
        line!(out, "func ({letter} *{name}) Close() error {{");
        line!(out, "\tif handle := {letter}.object.End(); handle != 0 {{");
        line!(out, "\t\tC.close_{rust}(C.uint64_t(handle))\n\t}}\n\treturn nil\n}}");
    }
}
