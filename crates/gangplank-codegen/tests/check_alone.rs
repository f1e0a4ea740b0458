//! What the macros see: one item at a time, and no crate around it.

use gangplank_codegen::check::{
    check_enum_alone, check_export_alone, check_import_alone, check_methods_alone, check_object_alone,
    check_record_alone,
};
use gangplank_codegen::diagnostic::Diagnostic;
use gangplank_codegen::ir::FileId;
use gangplank_codegen::syntax::{
    Attribute, parse_export_fn, parse_import_trait, parse_object_impl, parse_object_struct,
    parse_object_trait, parse_record_enum, parse_record_struct,
};
use std::path::{Path, PathBuf};

/// The attribute of an item, by the last word of its path.
fn attribute(attrs: &[syn::Attribute]) -> Option<Attribute> {
    attrs.iter().find_map(|attr| match attr.path().segments.last()?.ident.to_string().as_str() {
        "go_side" => Some(Attribute::Import),
        "error" if !matches!(attr.meta, syn::Meta::Path(_)) => None,
        name => Attribute::from_name(name),
    })
}

/// All mistakes that a macro would show for an item.
fn mistakes(item: &syn::Item) -> Vec<Diagnostic> {
    let file = FileId::default();
    match item {
        syn::Item::Fn(item) if attribute(&item.attrs).is_some() => {
            parse_export_fn(item, file).map_or_else(|found| found, |parsed| check_export_alone(&parsed))
        }
        syn::Item::Struct(item) if attribute(&item.attrs) == Some(Attribute::Object) => {
            parse_object_struct(item, file).map_or_else(|found| found, |parsed| check_object_alone(&parsed))
        }
        syn::Item::Trait(item) if attribute(&item.attrs) == Some(Attribute::Object) => {
            parse_object_trait(item, file).map_or_else(|found| found, |parsed| check_object_alone(&parsed))
        }
        syn::Item::Impl(item) if attribute(&item.attrs) == Some(Attribute::Object) => {
            parse_object_impl(item, file).map_or_else(|found| found, |parsed| check_methods_alone(&parsed))
        }
        syn::Item::Trait(item) if attribute(&item.attrs).is_some() => {
            parse_import_trait(item, file).map_or_else(|found| found, |parsed| check_import_alone(&parsed))
        }
        syn::Item::Struct(item) => match attribute(&item.attrs) {
            Some(attribute) => parse_record_struct(item, attribute == Attribute::Error, file)
                .map_or_else(|found| found, |parsed| check_record_alone(&parsed)),
            None => Vec::new(),
        },
        syn::Item::Enum(item) => match attribute(&item.attrs) {
            Some(attribute) => parse_record_enum(item, attribute == Attribute::Error, file)
                .map_or_else(|found| found, |parsed| check_enum_alone(&parsed)),
            None => Vec::new(),
        },
        syn::Item::Mod(syn::ItemMod { content: Some((_, items)), .. }) => {
            items.iter().flat_map(mistakes).collect()
        }
        _ => Vec::new(),
    }
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let (folders, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    let files = files.into_iter().filter(|path| path.extension().is_some_and(|end| end == "rs"));
    files.chain(folders.iter().flat_map(|folder| sources(folder))).collect()
}

#[test]
fn what_is_right_in_a_crate_is_right_alone() {
    let mut seen = 0;
    for path in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/valid")) {
        let file = syn::parse_file(&std::fs::read_to_string(&path).unwrap()).unwrap();
        seen += file.items.len();
        let items =
            file.items.iter().filter(|item| !matches!(item, syn::Item::Mod(item) if item.ident == "tests"));
        let found: Vec<_> = items.flat_map(mistakes).map(|found| found.message).collect();
        assert!(found.is_empty(), "{}: {found:?}", path.display());
    }
    assert!(seen > 30);
}

/// The codes of all mistakes in one item.
fn codes(item: &str) -> Vec<&'static str> {
    mistakes(&syn::parse_str(item).unwrap()).iter().map(|found| found.code.0).collect()
}

#[test]
fn what_is_seen_without_the_crate() {
    for (item, code) in [
        ("#[export] fn f(x: i128) {}", "GP0201"),
        ("#[export] fn f() -> Result<(), io::Error> { Ok(()) }", "GP0212"),
        ("#[export] fn f() -> anyhow::Result<()> { Ok(()) }", "GP0212"),
        ("#[export] fn f(x: std::path::PathBuf) {}", "GP0201"),
        ("#[export] fn f(x: PathBuf) {}", "GP0201"),
        ("#[export] fn f(x: Rc<u8>) {}", "GP0201"),
        ("#[export] fn f(x: &String) {}", "GP0205"),
        ("#[export] fn f(x: u8, _x: u8) {}", "GP0304"),
        ("#[export] fn f(#[borrow] x: &str) {}", "GP0404"),
        ("#[export] fn f(x: Vec<Result<u8, u8>>) {}", "GP0203"),
        ("#[import] trait T { fn f(&self) -> &str; }", "GP0204"),
        ("#[import] trait T { fn f(&self); fn F(&self); }", "GP0303"),
        ("#[record] struct A { x: HashMap<f32, u8> }", "GP0207"),
        ("#[record] struct A { x: u8, X: u8 }", "GP0302"),
        ("#[record] #[repr(u8)] enum A { B = 256 }", "GP0113"),
        ("#[record] struct String;", "GP0309"),
        ("#[error] enum E { A { error: u8 } }", "GP0306"),
        ("#[record] struct A { #[cfg(unix)] x: u8 }", "GP0103"),
        ("#[export] fn f(x: Arc<String>) {}", "GP0219"),
        ("#[export] fn f(x: GoRef<u8>) {}", "GP0219"),
        ("#[export] fn f(x: &dyn FnMut(u8)) {}", "GP0216"),
        ("#[export] fn f(x: Vec<&dyn Fn(u8)>) {}", "GP0217"),
        ("#[export] fn f() -> Box<dyn Fn(u8)> {}", "GP0218"),
        ("#[export] fn f() -> &dyn Scorer {}", "GP0204"),
        ("#[import] trait T { fn f(&self, x: Box<dyn Fn()>); }", "GP0218"),
        ("#[object] struct A<T>(T);", "GP0107"),
        ("#[object] trait A { fn f(&mut self); }", "GP0108"),
        ("#[object] impl A { pub fn f(x: i128) {} }", "GP0201"),
        ("#[object] impl A { #[constructor] pub fn f(&self) -> Self {} }", "GP0115"),
        ("#[object] impl A { #[constructor] pub fn f() -> u8 {} }", "GP0115"),
        ("#[object] impl A { #[constructor] fn f() -> Self {} }", "GP0115"),
        ("#[object] impl Drop for A { fn drop(&mut self) {} }", "GP0114"),
        ("#[object] impl A { pub fn f(&self, x: u8, _x: u8) {} }", "GP0304"),
    ] {
        assert_eq!(codes(item), [code], "{item}");
    }
}

#[test]
fn what_only_the_crate_can_tell_passes() {
    for item in [
        "#[export] fn f(a: Path, b: &Range, c: Res<Vec<u8>>, d: model::Hit) -> Result<Id> {}",
        "#[export] fn f() -> io::Outcome {}",
        "#[export] fn f(a: &mut Index, b: Vec<Index>, c: Arc<Index>, d: &Callback, e: &dyn Host) {}",
        "#[object] impl A { #[constructor] pub fn f() -> Outcome<Self> {} #[constructor] pub fn g() -> Result<Self> {} }",
        "#[record] struct B { x: Box<dyn Fn(A)>, y: Arc<dyn Scorer>, z: GoRef<dyn Host>, w: Box<dyn FnOnce() -> Result<(), E>> }",
        "#[export] fn f() -> Result<(), Error> {}",
        "#[record] struct A { next: Box<A>, map: HashMap<Id, crate::Path> }",
    ] {
        assert_eq!(codes(item), [""; 0], "{item}");
    }
}
