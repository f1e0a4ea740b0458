//! Codec functions of values that stay in their language: objects, function values, implementations (clause 8.2).

use super::Package;
use super::codec::Purpose;
use super::text::line;
use crate::ir::{Class, Function, FunctionType, Head, Options, Param, Type, TypeKind};
use crate::names;
use proc_macro2::Span;

impl Package<'_> {
    /// What appends a value of this type.
    pub(super) fn appending(&self, ty: &Type) -> Purpose {
        if self.giving && self.has_object(ty) { Purpose::Give } else { Purpose::Append }
    }

    /// Writes something in which objects are given to Rust, or lent.
    pub(super) fn with_giving<T>(&mut self, giving: bool, write: impl FnOnce(&mut Self) -> T) -> T {
        let before = std::mem::replace(&mut self.giving, giving);
        let written = write(self);
        self.giving = before;
        written
    }

    /// The buffer `to` with the handle of a value appended, as an expression.
    pub(super) fn append_staying(&mut self, ty: &Type, to: &str, value: &str) -> String {
        if self.interface.as_object(ty).is_some() {
            let handle = match self.giving {
                true => self.need_share(ty),
                false => self.need_handle(Purpose::Pass, ty, "Lend"),
            };
            return format!("gangplank.AppendUint64({to}, {handle}({value}))");
        }
        format!("gangplank.AppendPair({to}, {})", self.keep_expression(ty, value))
    }

    /// An expression for the handle under which a value is filed that is given to Rust; 0 if it is nil.
    pub(super) fn keep_expression(&mut self, ty: &Type, value: &str) -> String {
        match &ty.peeled().kind {
            TypeKind::Function(of) => {
                let serve = self.need_serve(ty.peeled(), of);
                format!("{}({value})", self.need_keep(ty.peeled(), &serve))
            }
            TypeKind::Sequence(of) => {
                let serve = self.need_serve_sequence(ty.peeled(), of);
                format!("{}({value})", self.need_keep(ty.peeled(), &serve))
            }
            _ => format!("slot{}.KeepSome({value})", self.go_type(ty)),
        }
    }

    /// The function that files what `serve` makes one that Rust calls.
    fn need_keep(&mut self, ty: &Type, serve: &str) -> String {
        let go = self.go_type(ty);
        self.need(Purpose::Keep, ty, |_, name| {
            let mut out = String::new();
            line!(out, "func {name}(f {go}) uint64 {{");
            line!(out, "\tif f == nil {{\n\t\treturn 0\n\t}}\n\treturn gangplank.Keep({serve}(f))\n}}");
            out
        })
    }

    /// The function for the handle of an object that is lent for a call; 0 if there is none.
    pub(super) fn need_lend(&mut self, ty: &Type) -> String {
        self.need_handle(Purpose::Lend, ty, "Handle")
    }

    /// The function for a handle of an object that Rust then owns; 0 if there is none.
    pub(super) fn need_share(&mut self, ty: &Type) -> String {
        self.need_handle(Purpose::Share, ty, "Share")
    }

    fn need_handle(&mut self, purpose: Purpose, ty: &Type, method: &str) -> String {
        let go = self.go_type(ty);
        self.need(purpose, ty.peeled(), |_, name| {
            let mut out = String::new();
            line!(out, "func {name}(v {go}) uint64 {{\n\tif v == nil {{\n\t\treturn 0\n\t}}");
            line!(out, "\treturn v.object.{method}()\n}}");
            out
        })
    }

    /// The function that makes a wrapper for a handle that Rust gave.
    pub(super) fn object_word(&mut self, ty: &Type) -> String {
        let interface = self.interface;
        let Some(object) = interface.as_object(ty) else { return String::new() };
        let go = names::type_name(&object.head);
        self.need(Purpose::Word, ty.peeled(), |_, name| {
            let mut out = String::new();
            line!(out, "func {name}(handle uint64) *{go} {{");
            line!(out, "\tif handle == 0 {{\n\t\tpanic(gangplank.ErrMalformed)\n\t}}");
            line!(out, "\tv := new({go})\n\tv.object.Open(keeper{go}, handle)\n\treturn v\n}}");
            out
        })
    }

    /// An expression for a value that travelled in two words, or in one if it is an object.
    pub(super) fn read_pair(&mut self, ty: &Type, keeper: &str, handle: &str) -> String {
        match &ty.peeled().kind {
            TypeKind::Function(of) => {
                let hold = self.need_hold(ty.peeled(), of);
                format!("{hold}({keeper}, {handle})")
            }
            TypeKind::Sequence(of) => {
                let iterate = self.need_iterate(ty.peeled(), of);
                format!("{iterate}({keeper}, {handle})")
            }
            _ => format!("slot{}.Arrived({keeper}, {handle})", self.go_type(ty)),
        }
    }

    /// The function that reads an object or a function value out of a message.
    pub(super) fn write_read_staying(&mut self, ty: &Type, name: &str) -> String {
        let mut out = String::new();
        line!(out, "func {name}(r *gangplank.Reader) {} {{", self.go_type(ty));
        if let TypeKind::Function(of) = &ty.peeled().kind {
            let hold = self.need_hold(ty.peeled(), of);
            line!(out, "\tkeeper, handle := r.Pair()\n\tif handle == 0 {{\n\t\treturn nil\n\t}}");
            line!(out, "\treturn {hold}(keeper, handle)\n}}");
        } else {
            let word = self.object_word(ty);
            line!(out, "\thandle := r.Handle()\n\tif handle == 0 {{\n\t\treturn nil\n\t}}");
            line!(out, "\treturn {word}(handle)\n}}");
        }
        out
    }

    /// What is equal for function types with the same Go type whose arguments and results travel the same way.
    pub(super) fn function_wire(&self, of: &FunctionType) -> String {
        let param = |ty: &Type| match self.interface.class(ty) {
            Class::Pair if ty.is_reference() => format!("&{}", self.wire(ty)),
            _ => self.wire(ty),
        };
        let params: Vec<String> = of.params.iter().map(param).collect();
        format!("func({}){}", params.join(","), self.wire(&of.result))
    }

    /// `HitBoolFunc` for `func(Hit) bool`.
    pub(super) fn function_base(&mut self, of: &FunctionType) -> String {
        let (value, error) = match &of.result.kind {
            TypeKind::Result(value, _) => (&**value, "Error"),
            _ => (&of.result, ""),
        };
        let mut base: String = of.params.iter().map(|ty| self.base(ty)).collect();
        if value.kind != TypeKind::Unit {
            base += &self.base(value);
        }
        base + error + "Func"
    }

    /// A function of this type, as everything else that is called has one.
    pub(super) fn as_function(&self, of: &FunctionType, name: &str) -> Function {
        let head = Head {
            name: name.to_owned(),
            go_name: None,
            docs: Vec::new(),
            span: Span::call_site(),
            file: Default::default(),
        };
        let param = |(at, ty): (usize, &Type)| Param {
            name: format!("a{at}"),
            ty: ty.clone(),
            borrow: false,
            shared: false,
            span: ty.span,
        };
        Function {
            head,
            owner: None,
            receiver: None,
            constructor: false,
            is_async: false,
            params: of.params.iter().enumerate().map(param).collect(),
            result: of.result.clone(),
            hash: 0,
            options: Options::default(),
            batch_of: None,
            body: Default::default(),
        }
    }
}
