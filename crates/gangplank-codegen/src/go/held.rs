//! `closures.go`: function values of Rust, as Go functions.

use super::Package;
use super::codec::{Codec, Purpose};
use super::file::File;
use super::functions::Callee;
use super::locals::Locals;
use super::text::line;
use crate::ir::{FunctionType, Type};

impl Package<'_> {
    pub(super) fn write_closures(&mut self) -> Option<File> {
        if !self.codec.has(&[Purpose::Hold]) {
            return None;
        }
        let mut file = File::new("closures.go");
        Codec::write(&self.codec, &mut file.body, &[Purpose::Hold]);
        let mut preamble = self.write_shims(&[], &[]);
        line!(preamble, "\ntypedef void (*gangplank_shim)(uint64_t *frames, size_t n);");
        self.codec.trampolines.values().for_each(|text| preamble.push_str(text));
        file.preamble = Some(preamble);
        Some(file)
    }

    /// The function that makes a Go function of a pair that Rust gave.
    pub(super) fn need_hold(&mut self, ty: &Type, of: &FunctionType) -> String {
        self.need(Purpose::Hold, ty, |package, name| {
            let base = package.base(ty);
            let function = package.as_function(of, &base);
            let mut trampoline = String::new();
            package.write_shim(&mut trampoline, &function, Callee::Held);
            package.codec.trampolines.insert(base, trampoline);

            let locals = Locals::new(package, &function);
            let params: Vec<String> = of
                .params
                .iter()
                .enumerate()
                .map(|(at, ty)| format!("{} {}", locals.param(at), package.go_type(ty)))
                .collect();
            let mut body = String::new();
            package.write_body(&mut body, &function, &locals, Callee::Held);
            let mut out = String::new();
            line!(out, "func {name}(keeper, handle uint64) {} {{", package.go_type(ty));
            line!(out, "\tobject := gangplank.HoldFunction(keeper, handle)");
            line!(out, "\treturn func({}){} {{", params.join(", "), package.result_list(&of.result));
            for text in body.lines() {
                line!(out, "\t{text}");
            }
            line!(out, "\t}}\n}}");
            out
        })
    }
}
