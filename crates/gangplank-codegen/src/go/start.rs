//! `start.go`: what happens before `main`. The library is started, the hashes are compared, imported traits are registered.

use super::Package;
use super::file::{File, version};
use super::link::NEEDS;
use super::text::{line, quote};
use crate::ir::Import;

impl Package<'_> {
    /// Every item with a hash: what it is, its Rust name, its hash.
    fn hashed(&self) -> Vec<(&'static str, &str, u64)> {
        let functions =
            self.interface.functions.iter().map(|f| ("function", f.head.name.as_str(), f.item_hash()));
        let kind = |is_error| if is_error { "error" } else { "record" };
        let records =
            self.interface.records.iter().map(|r| (kind(r.is_error), r.head.name.as_str(), r.item_hash()));
        let enums = self
            .interface
            .enums
            .iter()
            .map(|e| (if e.is_error { "error" } else { "enum" }, e.head.name.as_str(), e.item_hash()));
        functions.chain(records).chain(enums).collect()
    }

    pub(super) fn write_start(&mut self) -> Option<File> {
        let mut file = File::new("start.go");
        let krate = &self.interface.crate_name;
        let items = self.hashed();
        file.preamble = Some(self.write_start_preamble(&items));
        let out = &mut file.body;
        line!(
            out,
            "\n// If this name is not known, run `gangplank build`: it writes the file that links the Rust library."
        );
        line!(out, "const _ = {NEEDS}");
        line!(out, "\nfunc init() {{\n\tgangplank.Start(gangplank.Library{{");
        line!(out, "\t\tReturnList: (*uint64)(unsafe.Pointer(C.gangplank_start())),");
        line!(out, "\t\tAlloc: func(size, align uint64) uint64 {{");
        line!(out, "\t\t\treturn uint64(C.gangplank_alloc(C.size_t(size), C.size_t(align)))\n\t\t}},");
        line!(
            out,
            "\t\tGoexit: func(frames unsafe.Pointer) {{\n\t\t\tC.gangplank_abi_goexit((*C.uint64_t)(frames))\n\t\t}},"
        );
        line!(out, "\t}})");
        line!(out, "\tbridge := gangplank.Interface{{");
        line!(out, "\t\tPackage:      {},", quote(&self.options.import_path));
        line!(out, "\t\tVersion:      {},", quote(version()));
        line!(out, "\t\tCrate:        {},", quote(krate));
        line!(out, "\t\tCrateVersion: {},", quote(&self.options.crate_version));
        if items.is_empty() {
            line!(out, "\t}}");
        } else {
            line!(out, "\t\tItems: []gangplank.Item{{");
            for (kind, name, hash) in &items {
                line!(out, "\t\t\t{{Name: {}, Hash: {hash:#018x}}},", quote(&format!("{kind} {name}")));
            }
            line!(out, "\t\t}},\n\t}}");
            line!(
                out,
                "\tbridge.Check(func(i int) uint64 {{ return uint64(C.gangplank_hash(C.size_t(i))) }})"
            );
        }
        for import in &self.interface.imports {
            let name = &import.head.name;
            line!(out, "\tbridge.Registered({}, C.GoString(C.register_{name}()))", quote(name));
        }
        if items.is_empty() && self.interface.imports.is_empty() {
            line!(out, "\t_ = bridge");
        }
        line!(out, "}}");
        Some(file)
    }

    fn write_start_preamble(&self, items: &[(&str, &str, u64)]) -> String {
        let krate = &self.interface.crate_name;
        let mut out = String::new();
        line!(out, "#include <stddef.h>\n#include <stdint.h>\n");
        line!(out, "extern const uint8_t gangplank_abi_1;");
        line!(out, "extern void gangplank_abi_start(uint64_t **return_list);");
        line!(out, "extern void *gangplank_abi_alloc(size_t size, size_t align);");
        line!(out, "extern void gangplank_abi_goexit(uint64_t *frames);\n");
        line!(out, "static inline uint64_t *gangplank_start(void) {{\n\tuint64_t *list = NULL;");
        line!(out, "\tif (gangplank_abi_1 == 1) gangplank_abi_start(&list);\n\treturn list;\n}}\n");
        line!(out, "static inline uint64_t gangplank_alloc(size_t size, size_t align) {{");
        line!(out, "\treturn (uint64_t)(uintptr_t)gangplank_abi_alloc(size, align);\n}}");
        if !items.is_empty() {
            line!(out);
            for (_, name, _) in items {
                line!(out, "extern const uint64_t gangplank_hash_{krate}_{name};");
            }
            line!(
                out,
                "\nstatic inline uint64_t gangplank_hash(size_t i) {{\n\tstatic const uint64_t *const hashes[] = {{"
            );
            for (_, name, _) in items {
                line!(out, "\t\t&gangplank_hash_{krate}_{name},");
            }
            line!(out, "\t}};\n\treturn *hashes[i];\n}}");
        }
        if !self.interface.imports.is_empty() {
            line!(out, "\ntypedef void (*gangplank_shim)(uint64_t *frames, size_t n);");
        }
        for import in &self.interface.imports {
            self.write_registration(&mut out, import);
        }
        out
    }

    fn write_registration(&self, out: &mut String, import: &Import) {
        let (krate, name) = (&self.interface.crate_name, &import.head.name);
        line!(out);
        for method in &import.methods {
            line!(out, "extern void {}(uint64_t *frames, size_t n);", self.server_symbol(import, method));
        }
        line!(
            out,
            "extern const char *gangplank_import_{krate}_{name}(const gangplank_shim *table, size_t methods, uint64_t hash);"
        );
        line!(out, "\nstatic inline const char *register_{name}(void) {{");
        let table = if import.methods.is_empty() { "NULL" } else { "table" };
        if !import.methods.is_empty() {
            line!(out, "\tstatic const gangplank_shim table[] = {{");
            for method in &import.methods {
                line!(out, "\t\t{},", self.server_symbol(import, method));
            }
            line!(out, "\t}};");
        }
        let (count, hash) = (import.methods.len(), import.item_hash());
        line!(out, "\treturn gangplank_import_{krate}_{name}({table}, {count}, {hash:#018x});\n}}");
    }
}
