//! `values.go`: Go functions as Rust calls them, and the shim of the package's keeper (clauses 8.1, 8.7).

use super::Package;
use super::codec::{Codec, Purpose};
use super::file::File;
use super::text::line;
use crate::ir::{FunctionType, Type};

impl Package<'_> {
    /// The C name of the keeper's shim.
    pub(super) fn values_symbol(&self) -> String {
        format!("gangplank_go_{}_values", self.interface.crate_name)
    }

    /// The C name of what cancels runs of async methods (clause 11.6).
    pub(super) fn cancel_symbol(&self) -> String {
        format!("gangplank_go_{}_cancel", self.interface.crate_name)
    }

    /// The C name of what wakes Go when a call was posted (clause 11.8).
    pub(super) fn wake_symbol(&self) -> String {
        format!("gangplank_go_{}_wake", self.interface.crate_name)
    }

    pub(super) fn write_values(&mut self) -> Option<File> {
        if !self.has_keeper() {
            return None;
        }
        let mut file = File::new("values.go");
        let symbol = self.values_symbol();
        line!(file.body, "\n//export {symbol}\nfunc {symbol}(frames *C.uint64_t, n C.size_t) {{");
        line!(file.body, "\tif n == 0 {{\n\t\tgangplank.Arrived(unsafe.Pointer(frames))\n\t\treturn\n\t}}");
        line!(file.body, "\tgangplank.Dispatch(unsafe.Pointer(frames))\n}}");
        if self.interface.has_async_import() {
            let cancel = self.cancel_symbol();
            line!(file.body, "\n//export {cancel}\nfunc {cancel}(calls *C.uint64_t, n C.size_t) {{");
            line!(file.body, "\tgangplank.Cancel(unsafe.Pointer(calls), int(n))\n}}");
            let wake = self.wake_symbol();
            line!(file.body, "\n//export {wake}\nfunc {wake}(*C.uint64_t, C.size_t) {{ gangplank.Wake() }}");
        }
        Codec::write(&self.codec, &mut file.body, &[Purpose::Serve, Purpose::Keep]);
        file.preamble = Some("#include <stddef.h>\n#include <stdint.h>\n".into());
        Some(file)
    }

    /// The type of Go functions of this type that Rust can call.
    pub(super) fn need_serve(&mut self, ty: &Type, of: &FunctionType) -> String {
        self.need(Purpose::Serve, ty, |package, name| {
            let function = package.as_function(of, name);
            let mut out = String::new();
            line!(out, "type {name} {}", package.go_type(ty));
            line!(out, "\nfunc (f {name}) Serve(frame unsafe.Pointer) {{");
            line!(out, "\tc := gangplank.CallAt(frame)");
            let frame = package.served_frame(&function);
            package.write_trap(&mut out, frame.stride);
            let arguments = package.write_arguments(&mut out, &function, &frame, "&c");
            package.write_answer(&mut out, &function, &format!("f({})", arguments.join(", ")), "&c");
            line!(out, "}}");
            out
        })
    }
}
