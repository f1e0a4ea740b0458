//! `start.go`: what happens before `main`. The library is started, the hashes are compared, imported traits are registered.

use super::Package;
use super::file::{File, version};
use super::graph::{has_function, has_sequence, types};
use super::link::NEEDS;
use super::shims::RESULT;
use super::text::{line, quote};
use crate::ir::Import;

impl Package<'_> {
    /// Every item with a hash: what it is called in messages, in symbols, and its hash.
    fn hashed(&self) -> Vec<(String, String, u64)> {
        let functions = self.interface.exported().map(|f| {
            let text = match (&f.owner, f.constructor) {
                (Some(owner), false) => format!("method {owner}.{}", f.head.name),
                (Some(owner), true) => format!("constructor {owner}.{}", f.head.name),
                (None, _) => format!("function {}", f.head.name),
            };
            (text, f.symbol(), f.item_hash())
        });
        let item = |kind, name: &String, hash| (format!("{kind} {name}"), name.clone(), hash);
        let kind = |is_error| if is_error { "error" } else { "record" };
        let records =
            self.interface.records.iter().map(|r| item(kind(r.is_error), &r.head.name, r.item_hash()));
        let enums = self
            .interface
            .enums
            .iter()
            .map(|e| item(if e.is_error { "error" } else { "enum" }, &e.head.name, e.item_hash()));
        let objects = self.interface.objects.iter().map(|o| item("object", &o.head.name, o.item_hash()));
        functions.chain(records).chain(enums).chain(objects).collect()
    }

    /// Has one side values of the other?
    fn has_values(&self) -> bool {
        self.has_keeper() || self.holds()
    }

    /// Can Go hold values of Rust?
    fn holds(&self) -> bool {
        !self.interface.objects.is_empty()
            || types(self.interface).any(|ty| has_function(ty) || has_sequence(ty))
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
        if self.interface.settles() {
            line!(out, "\t\tSettle: func(records *uint64, n int, bytes *byte) {{");
            line!(
                out,
                "\t\t\tC.gangplank_abi_settle((*C.uint64_t)(records), C.size_t(n), (*C.uint8_t)(bytes))\n\t\t}},"
            );
        }
        line!(out, "\t}})");
        if self.has_values() {
            self.write_start_values(out);
        }
        if self.has_tasks() {
            line!(out, "\tgangplank.StartTasks(gangplank.Tasks{{");
            line!(
                out,
                "\t\tMailbox:  func(wake uintptr) uint64 {{ return uint64(C.gangplank_mailbox(C.intptr_t(wake))) }},"
            );
            line!(
                out,
                "\t\tCancel:   func(task uint64) bool {{ return C.gangplank_abi_cancel(C.uint64_t(task)) != 0 }},"
            );
            line!(out, "\t\tShutdown: func() {{ C.gangplank_abi_shutdown() }},");
            line!(out, "\t}})");
        }
        let posts: Vec<String> =
            self.posted().map(|(import, method)| self.once_name(import, method)).collect();
        if !posts.is_empty() {
            line!(out, "\tgangplank.StartPost(");
            posts.iter().for_each(|name| line!(out, "\t\t{name},"));
            line!(out, "\t)");
        }
        line!(out, "\tbridge := gangplank.Interface{{");
        line!(out, "\t\tPackage:      {},", quote(&self.options.import_path));
        line!(out, "\t\tVersion:      {},", quote(version()));
        line!(out, "\t\tCrate:        {},", quote(krate));
        line!(out, "\t\tCrateVersion: {},", quote(&self.options.crate_version));
        if items.is_empty() {
            line!(out, "\t}}");
        } else {
            line!(out, "\t\tItems: []gangplank.Item{{");
            for (text, _, hash) in &items {
                line!(out, "\t\t\t{{Name: {}, Hash: {hash:#018x}}},", quote(text));
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

    fn write_start_values(&self, out: &mut String) {
        line!(out, "\tgangplank.StartValues(gangplank.Values{{");
        if self.has_keeper() {
            line!(out, "\t\tKeeper: uint64(C.gangplank_keeper()),");
        }
        if !self.holds() {
            line!(out, "\t}})");
            return;
        }
        line!(out, "\t\tRelease: func(keeper uint64, handles *uint64) {{");
        line!(out, "\t\t\tC.gangplank_release(C.uint64_t(keeper), (*C.uint64_t)(handles))\n\t\t}},");
        line!(out, "\t\tShare: func(keeper, handle uint64) gangplank.Result {{");
        line!(out, "\t\t\tr := C.gangplank_share(C.uint64_t(keeper), C.uint64_t(handle))");
        line!(
            out,
            "\t\t\treturn gangplank.Result{{uint64(r.status), uint64(r.a), uint64(r.b), uint64(r.c)}}"
        );
        line!(out, "\t\t}},");
        if types(self.interface).any(has_sequence) {
            line!(out, "\t\tPull: func(keeper, handle, most uint64, scratch []uint64) gangplank.Result {{");
            line!(
                out,
                "\t\t\tr := C.gangplank_pull(C.uint64_t(keeper), C.uint64_t(handle), C.uint64_t(most), (*C.uint64_t)(&scratch[0]), C.uint64_t(len(scratch))*8)"
            );
            line!(
                out,
                "\t\t\treturn gangplank.Result{{uint64(r.status), uint64(r.a), uint64(r.b), uint64(r.c)}}\n\t\t}},"
            );
        }
        if self.interface.exported().any(|function| function.gives_stream()) {
            line!(
                out,
                "\t\tPoll: func(keeper, handle, mailbox, ticket, most uint64, scratch []uint64) gangplank.Result {{"
            );
            line!(
                out,
                "\t\t\tr := C.gangplank_poll(C.uint64_t(keeper), C.uint64_t(handle), C.uint64_t(mailbox), C.uint64_t(ticket), C.uint64_t(most), (*C.uint64_t)(&scratch[0]), C.uint64_t(len(scratch))*8)"
            );
            line!(
                out,
                "\t\t\treturn gangplank.Result{{uint64(r.status), uint64(r.a), uint64(r.b), uint64(r.c)}}\n\t\t}},"
            );
        }
        line!(out, "\t}})");
    }

    /// The package's keeper, and calls of others (clauses 8.1, 8.5, 8.6).
    fn write_values_preamble(&self, out: &mut String) {
        if self.holds() {
            self.write_release_preamble(out);
        }
        if self.has_keeper() {
            let shim = self.values_symbol();
            line!(out, "\nextern void {shim}(uint64_t *frames, size_t n);");
            let cancels = self.interface.has_async_import();
            if cancels {
                line!(out, "extern void {}(uint64_t *calls, size_t n);", self.cancel_symbol());
                line!(out, "extern void {}(uint64_t *none, size_t n);", self.wake_symbol());
            }
            line!(out, "\nstatic inline uint64_t gangplank_keeper(void) {{");
            match cancels {
                true => line!(
                    out,
                    "\tstatic struct {{ gangplank_shim shim; uint64_t releases; gangplank_shim cancel; uint64_t posted, sleeping; gangplank_shim wake; uint64_t more[2]; }} keeper = {{{shim}, 0, {}, 0, 0, {}}};",
                    self.cancel_symbol(),
                    self.wake_symbol()
                ),
                false => line!(
                    out,
                    "\tstatic struct {{ gangplank_shim shim; uint64_t releases, more[6]; }} keeper = {{{shim}}};"
                ),
            }
            line!(out, "\treturn (uint64_t)(uintptr_t)&keeper;\n}}");
        }
    }

    fn write_release_preamble(&self, out: &mut String) {
        out.push_str(RESULT);
        line!(out, "\nstatic inline void gangplank_release(uint64_t keeper, uint64_t *handles) {{");
        line!(out, "\t(*(gangplank_shim *)(uintptr_t)keeper)(handles, 0);\n}}");
        line!(out, "\nstatic inline gangplank_result gangplank_share(uint64_t keeper, uint64_t handle) {{");
        line!(
            out,
            "\tuint64_t f[] = {{0, 0, 0, 0, handle}};\n\t(*(gangplank_shim *)(uintptr_t)keeper)(f, 1);"
        );
        line!(out, "\treturn (gangplank_result){{f[0], f[1], f[2], f[3]}};\n}}");
        if types(self.interface).any(has_sequence) {
            line!(
                out,
                "\nstatic inline gangplank_result gangplank_pull(uint64_t keeper, uint64_t handle, uint64_t most, uint64_t *scratch, uint64_t lent) {{"
            );
            line!(
                out,
                "\tuint64_t f[] = {{0, (uint64_t)(uintptr_t)scratch, lent, 0, handle, most}};\n\t(*(gangplank_shim *)(uintptr_t)keeper)(f, 1);"
            );
            line!(out, "\treturn (gangplank_result){{f[0], f[1], f[2], f[3]}};\n}}");
        }
        if self.interface.exported().any(|function| function.gives_stream()) {
            line!(
                out,
                "\nstatic inline gangplank_result gangplank_poll(uint64_t keeper, uint64_t handle, uint64_t mailbox, uint64_t ticket, uint64_t most, uint64_t *scratch, uint64_t lent) {{"
            );
            line!(
                out,
                "\tuint64_t f[] = {{0, (uint64_t)(uintptr_t)scratch, lent, 0, handle, mailbox, ticket, most}};\n\t(*(gangplank_shim *)(uintptr_t)keeper)(f, 1);"
            );
            line!(out, "\treturn (gangplank_result){{f[0], f[1], f[2], f[3]}};\n}}");
        }
    }

    fn write_start_preamble(&self, items: &[(String, String, u64)]) -> String {
        let krate = &self.interface.crate_name;
        let mut out = String::new();
        line!(out, "#include <stddef.h>\n#include <stdint.h>\n");
        line!(out, "extern const uint8_t gangplank_abi_1;");
        line!(out, "extern void gangplank_abi_start(uint64_t **return_list);");
        line!(out, "extern void *gangplank_abi_alloc(size_t size, size_t align);");
        line!(out, "extern void gangplank_abi_goexit(uint64_t *frames);");
        if self.interface.settles() {
            line!(
                out,
                "extern void gangplank_abi_settle(const uint64_t *records, size_t n, const uint8_t *bytes);"
            );
        }
        line!(out);
        line!(out, "static inline uint64_t *gangplank_start(void) {{\n\tuint64_t *list = NULL;");
        line!(out, "\tif (gangplank_abi_1 == 1) gangplank_abi_start(&list);\n\treturn list;\n}}\n");
        line!(out, "static inline uint64_t gangplank_alloc(size_t size, size_t align) {{");
        line!(out, "\treturn (uint64_t)(uintptr_t)gangplank_abi_alloc(size, align);\n}}");
        if self.has_tasks() {
            line!(out, "\nextern void *gangplank_abi_mailbox(intptr_t wake);");
            line!(out, "extern uint64_t gangplank_abi_cancel(uint64_t task);");
            line!(out, "extern void gangplank_abi_shutdown(void);\n");
            line!(out, "static inline uint64_t gangplank_mailbox(intptr_t wake) {{");
            line!(out, "\treturn (uint64_t)(uintptr_t)gangplank_abi_mailbox(wake);\n}}");
        }
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
        if !self.interface.imports.is_empty() || self.has_values() {
            line!(out, "\ntypedef void (*gangplank_shim)(uint64_t *frames, size_t n);");
        }
        if self.has_values() {
            self.write_values_preamble(&mut out);
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
