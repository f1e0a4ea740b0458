//! `fast.go`, and the calls of fast functions: on the fast lane with a frame that Go makes, else as all others (clause 9).

use super::Package;
use super::file::File;
use super::locals::Locals;
use super::serve::HEADER_WORDS;
use super::text::{Table, line, quote};
use crate::ir::{Class, Function, Import, TypeKind};
use crate::names;
use std::collections::BTreeSet;

/// An argument word or two of a frame.
enum Words {
    /// One, as an expression of type uint64.
    Word(String),
    /// Address and length: expressions of a pointer and of an int, and what they keep alive.
    Span { data: String, len: String, owner: String },
}

impl Package<'_> {
    /// Does it call back, as far as its package knows? Then it is entered with a context, else called as a leaf.
    fn is_leaf(&self) -> bool {
        !self.options.callbacks
    }

    fn fast_functions(&self) -> Vec<&Function> {
        self.interface.exported().filter(|function| function.options.fast).collect()
    }

    fn fast_imports(&self) -> Vec<&Import> {
        self.interface.imports.iter().filter(|import| import.is_fast()).collect()
    }

    /// The field with the address of a function.
    fn fast_address(&self, function: &Function) -> String {
        format!("fastLane.{}", field(function))
    }

    /// The C function that the fast lane calls.
    fn fast_symbol(&self, function: &Function) -> String {
        let (krate, name) = (&self.interface.crate_name, function.symbol());
        match (self.is_leaf(), self.is_plain(function)) {
            (true, true) => self.symbol(function),
            (true, false) => format!("gangplank_leaf_{krate}_{name}"),
            (false, _) => format!("gangplank_fast_{krate}_{name}"),
        }
    }

    /// Names of the package that fast functions use.
    pub(super) fn fast_names(&self) -> BTreeSet<String> {
        if !self.interface.has_fast() {
            return BTreeSet::new();
        }
        let leaves = self.fast_functions().into_iter().map(frame_type);
        leaves.chain(["fastLane".to_owned(), "fastcall".to_owned()]).collect()
    }

    /// `call` is the call as it is on the cgo lane.
    pub(super) fn write_plain_fast_call(
        &self,
        out: &mut String,
        function: &Function,
        frame: &str,
        call: &str,
    ) {
        let address = self.fast_address(function);
        line!(out, "\tif fastLane.on {{\n\t\tfastcall.Call({address}, unsafe.Pointer(&{frame}), 1)");
        line!(out, "\t}} else {{\n\t\t{call}\n\t}}");
    }

    /// A leaf call: the frame is on the stack, and what it points at may be. `scratch` is the lent array, if there is one.
    pub(super) fn write_leaf_call(
        &mut self,
        out: &mut String,
        function: &Function,
        locals: &Locals,
        scratch: Option<&str>,
        call: &str,
    ) {
        let mut values = Vec::new();
        if let Some(scratch) = scratch {
            values.push(format!("lent: uint64(len({scratch})) * 8, scratch: &{scratch}[0]"));
        }
        for (at, words) in self.frame_words(function, locals).into_iter().enumerate() {
            values.push(match words {
                Words::Word(word) => format!("w{at}: {word}"),
                Words::Span { data, len, .. } => format!("p{at}: {data}, n{at}: uint64({len})"),
            });
        }
        let (f, r, address) = (locals.own("f"), locals.own("r"), self.fast_address(function));
        line!(out, "\tif fastLane.on {{\n\t\t{f} := {}{{{}}}", frame_type(function), values.join(", "));
        line!(out, "\t\tfastcall.Call({address}, unsafe.Pointer(&{f}), 1)");
        line!(out, "\t\t{r} = gangplank.Result{{{f}.status, {f}.a, {f}.lent, {f}.c}}");
        line!(out, "\t}} else {{\n\t\t{call}\n\t}}");
    }

    /// An entry, from which Rust may call back: the frame and all that it points at are on the heap. `scratch` is the lent
    /// memory, if there is any.
    pub(super) fn write_entry_call(
        &mut self,
        out: &mut String,
        function: &Function,
        locals: &Locals,
        scratch: Option<&str>,
        call: &str,
    ) {
        let (frame, r, address) = (locals.own("frame"), locals.own("r"), self.fast_address(function));
        let (mut next, mut sets, mut owners) = (HEADER_WORDS, String::new(), Vec::new());
        for words in self.frame_words(function, locals) {
            match words {
                Words::Word(word) => {
                    line!(sets, "\t\t{frame}.Set({next}, {word})");
                    next += 1;
                }
                Words::Span { data, len, owner } => {
                    line!(sets, "\t\t{frame}.Span({next}, unsafe.Pointer({data}), {len})");
                    next += 2;
                    owners.push(owner);
                }
            }
        }
        line!(
            out,
            "\tvar {r} gangplank.Result\n\tif fastLane.on {{\n\t\t{frame} := gangplank.NewFrame({next})"
        );
        if let Some(scratch) = scratch {
            line!(out, "\t\t{frame}.Lend({scratch}[:])");
        }
        out.push_str(&sets);
        line!(
            out,
            "\t\tfastcall.Enter({address}, {frame}.Address(), fastLane.lane)\n\t\t{r} = {frame}.Free()"
        );
        for owner in owners {
            line!(out, "\t\truntime.KeepAlive({owner})");
        }
        line!(out, "\t}} else {{\n\t\t{r} = {call}\n\t}}");
    }

    /// The argument words of a call, in order.
    fn frame_words(&mut self, function: &Function, locals: &Locals) -> Vec<Words> {
        let mut found = Vec::new();
        for (at, param) in function.params.iter().enumerate() {
            let name = locals.param(at).to_owned();
            match self.interface.class(&param.ty) {
                // No fast function takes a context.
                Class::Unit | Class::Compound | Class::Context => {}
                Class::Scalar => {
                    let word = self.argument_word(function, locals, at);
                    found.push(Words::Word(if self.stays(&param.ty) {
                        word
                    } else {
                        format!("uint64({word})")
                    }));
                }
                Class::Pair => {
                    found.push(Words::Word("gangplank.KeeperAddress()".into()));
                    found.push(Words::Word(self.handle_of(locals, at)));
                }
                Class::Span => {
                    let data = match param.ty.peeled().kind {
                        TypeKind::String | TypeKind::Str => format!("stringData({name})"),
                        _ => format!("sliceData({name})"),
                    };
                    found.push(Words::Span { data, len: format!("len({name})"), owner: name });
                }
            }
        }
        if self.has_message(function) {
            let owner = locals.own("message");
            found.push(Words::Span {
                data: format!("sliceData({owner})"),
                len: format!("len({owner})"),
                owner,
            });
        }
        found
    }

    pub(super) fn write_fast(&mut self) -> Option<File> {
        if !self.interface.has_fast() {
            return None;
        }
        let mut file = File::new("fast.go");
        file.preamble = Some(self.write_fast_preamble());
        let mut out = String::new();
        line!(out, "\n// FastLane says whether calls of fast functions take the fast lane, and if not, why.");
        line!(out, "func FastLane() (on bool, reason string) {{\n\tlane, reason := fastcall.Lane()");
        line!(out, "\treturn lane == \"fast\", reason\n}}");
        self.write_fast_state(&mut out);
        if self.is_leaf() {
            let functions = self.fast_functions().into_iter().cloned().collect::<Vec<_>>();
            functions.iter().for_each(|function| self.write_frame_type(&mut out, function));
        } else {
            self.write_host(&mut out);
        }
        file.body = out;
        Some(file)
    }

    /// What is known when the program has started.
    fn write_fast_state(&self, out: &mut String) {
        let functions = self.fast_functions();
        let mut fields = Table::default();
        fields.row(vec![], ["on".into(), "bool".into()]);
        if !self.is_leaf() {
            fields.row(vec![], ["lane".into(), "uintptr".into()]);
        }
        for function in &functions {
            fields.row(vec![], [field(function), "uintptr".into()]);
        }
        line!(out, "\n// fastLane has the addresses of what is called on it.\nvar fastLane struct {{");
        fields.write(out);
        line!(out, "}}\n\nfunc init() {{\n\tfastLane.on, _ = FastLane()");
        for function in &functions {
            let (address, name) = (self.fast_address(function), self.fast_symbol(function));
            let shown = quote(&format!("{}::{}", self.interface.crate_name, function.symbol()));
            line!(out, "\t{address} = uintptr(C.address_{name}())\n\tfastcall.Name({address}, {shown})");
        }
        if self.is_leaf() {
            line!(out, "}}");
            return;
        }
        let krate = &self.interface.crate_name;
        line!(out, "\toutside := fastcall.Register(func(run, data uintptr) uintptr {{");
        line!(out, "\t\tC.gangplank_abi_outside(gangplank.At(run), gangplank.At(data))\n\t\treturn 0\n\t}})");
        line!(
            out,
            "\tfastLane.lane = uintptr(C.gangplank_abi_lane(C.uintptr_t(outside), C.gangplank_host(C.gangplank_go_host_{krate})))"
        );
        line!(out, "\tfastcall.Name(uintptr(C.address_gangplank_abi_hosted()), \"a hosted thread\")");
        let imports = self.fast_imports();
        if imports.is_empty() {
            line!(out, "}}");
            return;
        }
        line!(out, "\tif !fastLane.on {{\n\t\treturn\n\t}}");
        line!(out, "\ttrap := func(frames, n uintptr, failure fastcall.Failure) uintptr {{");
        line!(out, "\t\tif n == 1 {{");
        line!(out, "\t\t\tgangplank.Trapped(gangplank.At(frames), failure.Value, failure.Goexit)\n\t\t}}");
        line!(out, "\t\treturn 0\n\t}}");
        for import in imports {
            let name = &import.head.name;
            for (at, method) in import.methods.iter().enumerate() {
                let (symbol, once) = (self.server_symbol(import, method), self.once_name(import, method));
                let first = if at == 0 { format!("first{name} := ") } else { String::new() };
                line!(out, "\t{first}fastcall.RegisterTrap(func(frames, n uintptr) uintptr {{");
                line!(out, "\t\tif n != 1 {{");
                line!(out, "\t\t\t{symbol}((*C.uint64_t)(gangplank.At(frames)), C.size_t(n))");
                line!(out, "\t\t\treturn 0\n\t\t}}");
                line!(out, "\t\tc := gangplank.CallAt(gangplank.At(frames))");
                line!(out, "\t\t{once}(&c)\n\t\treturn 0\n\t}}, trap)");
            }
            line!(
                out,
                "\tC.gangplank_fast_import_{krate}_{name}(C.uintptr_t(fastLane.lane), C.uintptr_t(first{name}))"
            );
        }
        line!(out, "}}");
    }

    /// The frame of a leaf call. Addresses are pointers of Go: a stack that moves takes them along (clause 9.4).
    fn write_frame_type(&mut self, out: &mut String, function: &Function) {
        if self.is_plain(function) {
            return;
        }
        let mut fields = Table::default();
        let mut row = |name: String, ty: &str| fields.row(vec![], [name, ty.to_owned()]);
        row("status, a, lent, c".into(), "uint64");
        let locals = Locals::new(self, function);
        for (at, words) in self.frame_words(function, &locals).into_iter().enumerate() {
            match words {
                Words::Word(_) => row(format!("w{at}"), "uint64"),
                Words::Span { .. } => {
                    row(format!("p{at}"), "*C.uint8_t");
                    row(format!("n{at}"), "uint64");
                }
            }
        }
        row("scratch".into(), "*uint64");
        line!(out, "\ntype {} struct {{", frame_type(function));
        fields.write(out);
        line!(out, "}}");
    }

    /// What starts hosted threads (clause 9.8).
    fn write_host(&self, out: &mut String) {
        let krate = &self.interface.crate_name;
        line!(out, "\n//export gangplank_go_host_{krate}");
        line!(out, "func gangplank_go_host_{krate}(data, lane, running C.uintptr_t) C.uintptr_t {{");
        line!(
            out,
            "\tif most := runtime.GOMAXPROCS(0); int(running) > most {{\n\t\treturn C.uintptr_t(most)\n\t}}"
        );
        line!(out, "\tfastcall.Host(func() {{\n\t\tif fastLane.on {{");
        line!(
            out,
            "\t\t\tfastcall.Enter(uintptr(C.address_gangplank_abi_hosted()), uintptr(data), uintptr(lane))"
        );
        line!(
            out,
            "\t\t}} else {{\n\t\t\tC.gangplank_abi_hosted(data, lane, nil)\n\t\t}}\n\t}})\n\treturn 0\n}}"
        );
    }

    fn write_fast_preamble(&self) -> String {
        let krate = &self.interface.crate_name;
        let mut out = String::new();
        line!(out, "#include <stddef.h>\n#include <stdint.h>");
        let address = |out: &mut String, name: &str| {
            line!(out, "static inline uintptr_t address_{name}(void) {{ return (uintptr_t){name}; }}");
        };
        for function in self.fast_functions() {
            let name = self.fast_symbol(function);
            match self.is_leaf() {
                true if self.is_plain(function) => {
                    line!(out, "\nextern void {name}(uint64_t *frames, size_t n);")
                }
                true => line!(out, "\nextern uintptr_t {name}(uint64_t *frame, size_t n);"),
                false => line!(
                    out,
                    "\nextern uintptr_t {name}(uint64_t *frame, uintptr_t lane, const void *context);"
                ),
            }
            address(&mut out, &name);
        }
        if self.is_leaf() {
            return out;
        }
        line!(
            out,
            "\ntypedef uintptr_t (*gangplank_host)(uintptr_t data, uintptr_t lane, uintptr_t running);"
        );
        line!(out, "extern uintptr_t gangplank_abi_lane(uintptr_t outside, gangplank_host host);");
        line!(out, "extern void gangplank_abi_outside(void *run, void *data);");
        line!(
            out,
            "extern uintptr_t gangplank_abi_hosted(uintptr_t data, uintptr_t lane, const void *context);"
        );
        line!(
            out,
            "extern uintptr_t gangplank_go_host_{krate}(uintptr_t data, uintptr_t lane, uintptr_t running);"
        );
        address(&mut out, "gangplank_abi_hosted");
        for import in self.fast_imports() {
            line!(
                out,
                "extern void gangplank_fast_import_{krate}_{}(uintptr_t lane, uintptr_t first);",
                import.head.name
            );
        }
        out
    }
}

/// The field of `fastLane` with its address.
fn field(function: &Function) -> String {
    format!("at{}", names::function(function))
}

/// The type of its frame.
fn frame_type(function: &Function) -> String {
    format!("frame{}", names::function(function))
}
