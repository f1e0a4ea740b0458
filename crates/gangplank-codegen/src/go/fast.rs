//! `fast.go`, and the calls of fast functions: on the fast lane with a frame that Go makes, else as all others (clause 9).

use super::Package;
use super::file::File;
use super::locals::Locals;
use super::serve::HEADER_WORDS;
use super::shims::SHORT_WORDS;
use super::text::{Table, line, quote};
use crate::ir::{Class, Function, Import, TypeKind};
use crate::names;
use std::collections::BTreeSet;

/// How many words `fastcall.LeafWords` takes.
const LEAF_WORDS: usize = 6;

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
        match self.is_leaf() {
            true if self.is_shim(function) => self.symbol(function),
            true => format!("gangplank_leaf_{krate}_{name}"),
            false => format!("gangplank_fast_{krate}_{name}"),
        }
    }

    /// Does Go call the shim itself (clause 9.4)?
    fn is_shim(&self, function: &Function) -> bool {
        self.is_leaf() && self.is_plain(function) && !self.is_short(function)
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
        let fast = self.lane_call(function, frame);
        write_lanes(out, "fastLane.on", &[fast], call);
    }

    /// The call of a shim, or of what has its form, with a frame on the stack.
    fn lane_call(&self, function: &Function, frame: &str) -> String {
        format!("fastcall.Call({}, unsafe.Pointer(&{frame}), 1)", self.fast_address(function))
    }

    /// When a call takes the fast lane. Of a long batch each item has only a small part of the crossing, and the P would be held for all of them.
    fn lane_condition(&self, function: &Function, locals: &Locals) -> String {
        match function.items().next() {
            Some((at, _)) if function.batch_of.is_some() => {
                format!("fastLane.on && len({}) <= gangplank.FastItems", locals.param(at))
            }
            _ => "fastLane.on".to_owned(),
        }
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
        let (f, r) = (locals.own("f"), locals.own("r"));
        let fast = [
            format!("{f} := {}{{{}}}", frame_type(function), values.join(", ")),
            self.lane_call(function, &f),
            format!("{r} = gangplank.Result{{{f}.status, {f}.a, {f}.lent, {f}.c}}"),
        ];
        write_lanes(out, &self.lane_condition(function, locals), &fast, call);
    }

    /// An entry whose words travel in registers (clause 9.3). Success returns at once: a result in memory would cost as much as the crossing.
    pub(super) fn write_short_entry(
        &mut self,
        out: &mut String,
        function: &Function,
        locals: &Locals,
        call: &str,
    ) {
        let (mut words, mut owners) = (Vec::new(), Vec::new());
        for given in self.frame_words(function, locals) {
            match given {
                Words::Word(word) => words.push(format!("uintptr({word})")),
                Words::Span { data, len, owner } => {
                    words.push(format!("uintptr(unsafe.Pointer({data}))"));
                    words.push(format!("uintptr({len})"));
                    owners.push(owner);
                }
            }
        }
        words.resize(SHORT_WORDS, "0".to_owned());
        words.insert(1, "fastLane.lane".to_owned());
        let (address, r) = (self.fast_address(function), locals.own("r"));
        let made = format!("fastcall.EnterWords({address}, {})", words.join(", "));
        let refused = self.write_short_success(out, function, locals, &made, &owners);
        line!(out, "\tvar {r} gangplank.Result");
        let refusal = format!("{r} = gangplank.Refused({refused})");
        write_lanes(out, &format!("{refused} != 0"), &[refusal], &format!("{r} = {call}"));
    }

    /// A leaf call whose words travel in registers (clause 9.4). `call` is what fills the frame in and makes the call on the cgo lane.
    pub(super) fn write_short_leaf(
        &mut self,
        out: &mut String,
        function: &Function,
        locals: &Locals,
        words: &[String],
        call: &str,
        count: usize,
    ) {
        let mut words: Vec<String> = words.iter().map(|word| format!("uintptr({word})")).collect();
        words.resize(LEAF_WORDS, "0".to_owned());
        let (address, f) = (self.fast_address(function), locals.own("f"));
        let made = format!("fastcall.LeafWords({address}, {})", words.join(", "));
        let refused = self.write_short_success(out, function, locals, &made, &[]);
        line!(out, "\tvar {f} [{count}]uint64");
        let refusal = format!("*(*gangplank.Result)({f}[:]) = gangplank.Refused({refused})");
        write_lanes(out, &format!("{refused} != 0"), &[refusal], call);
    }

    /// Makes the call, and returns if it succeeded. Gives back the name of the variable that says where the header is, if it did not.
    fn write_short_success(
        &mut self,
        out: &mut String,
        function: &Function,
        locals: &Locals,
        made: &str,
        owners: &[String],
    ) -> String {
        let refused = locals.own("refused");
        let word = match self.interface.class(super::functions::returns(&function.result).value) {
            Class::Unit => "_".to_owned(),
            _ => locals.own("word"),
        };
        let failed = locals.own("failed");
        line!(out, "\tvar {refused} uintptr\n\tif fastLane.on {{\n\t\t{word}, {failed} := {made}");
        for owner in owners {
            line!(out, "\t\truntime.KeepAlive({owner})");
        }
        line!(out, "\t\tif {failed} == 0 {{");
        let mut releases = String::new();
        self.write_releases(&mut releases, function, locals, "gangplank.OK");
        releases.lines().for_each(|release| line!(out, "\t\t{release}"));
        let short = self.short_return(function, &format!("uint64({word})"));
        line!(out, "\t\t\t{short}\n\t\t}}\n\t\t{refused} = {failed}\n\t}}");
        refused
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
        let (mut next, mut sets, mut owners) = (HEADER_WORDS, Vec::new(), Vec::new());
        for words in self.frame_words(function, locals) {
            match words {
                Words::Word(word) => {
                    sets.push(format!("{frame}.Set({next}, {word})"));
                    next += 1;
                }
                Words::Span { data, len, owner } => {
                    sets.push(format!("{frame}.Span({next}, unsafe.Pointer({data}), {len})"));
                    next += 2;
                    owners.push(format!("runtime.KeepAlive({owner})"));
                }
            }
        }
        let mut fast = vec![format!("{frame} := {}.Frame({next})", locals.own("buffer"))];
        fast.extend(scratch.map(|scratch| format!("{frame}.Lend({scratch}[:])")));
        fast.append(&mut sets);
        fast.push(format!("fastcall.Enter({address}, {frame}.Address(), fastLane.lane)"));
        fast.push(format!("{r} = {frame}.Result()"));
        fast.append(&mut owners);
        line!(out, "\tvar {r} gangplank.Result");
        write_lanes(out, &self.lane_condition(function, locals), &fast, &format!("{r} = {call}"));
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
                let once = self.once_name(import, method);
                let first = if at == 0 { format!("first{name} := ") } else { String::new() };
                line!(out, "\t{first}fastcall.RegisterTrap({once}, trap)");
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
            match self.is_shim(function) {
                true => line!(out, "\nextern void {name}(uint64_t *frames, size_t n);"),
                // Only its address is taken.
                false => line!(out, "\nextern void {name}(void);"),
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

/// What a call does on the fast lane, and what otherwise.
fn write_lanes(out: &mut String, condition: &str, fast: &[String], otherwise: &str) {
    line!(out, "\tif {condition} {{\n\t\t{}", fast.join("\n\t\t"));
    line!(out, "\t}} else {{\n\t\t{otherwise}\n\t}}");
}

/// The field of `fastLane` with its address.
fn field(function: &Function) -> String {
    format!("at{}", names::function(function))
}

/// The type of its frame.
fn frame_type(function: &Function) -> String {
    format!("frame{}", names::function(function))
}
