//! What a crate without mistakes becomes, and that the macros read the same.

use gangplank_codegen::ir::{AnyError, Function, Interface, Number, Receiver, Type, TypeKind};
use gangplank_codegen::syntax::{
    parse_crate, parse_export_fn, parse_import_trait, parse_object_impl, parse_object_struct,
    parse_object_trait, parse_record_enum, parse_record_struct,
};
use std::path::Path;

fn valid() -> Interface {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/valid");
    parse_crate(&folder, "src/lib.rs", "a-searcher").unwrap_or_else(|mistakes| panic!("{mistakes}"))
}

fn function<'a>(interface: &'a Interface, name: &str) -> &'a Function {
    interface.functions.iter().find(|function| function.head.name == name).unwrap()
}

/// A type in one line.
fn show(ty: &Type) -> String {
    let all = |types: &[Type]| types.iter().map(show).collect::<Vec<_>>().join(", ");
    match &ty.kind {
        TypeKind::Unit => "()".into(),
        TypeKind::Bool => "bool".into(),
        TypeKind::Char => "char".into(),
        TypeKind::Number(number) => format!("{number:?}").to_lowercase(),
        TypeKind::String => "String".into(),
        TypeKind::Str => "&str".into(),
        TypeKind::Slice(item) => format!("&[{}]", show(item)),
        TypeKind::Vec(item) => format!("Vec<{}>", show(item)),
        TypeKind::Array(item, length) => format!("[{}; {length}]", show(item)),
        TypeKind::Tuple(parts) => format!("({})", all(parts)),
        TypeKind::Option(item) => format!("Option<{}>", show(item)),
        TypeKind::Result(ok, error) => format!("Result<{}, {}>", show(ok), show(error)),
        TypeKind::HashMap(key, value) => format!("HashMap<{}, {}>", show(key), show(value)),
        TypeKind::BTreeMap(key, value) => format!("BTreeMap<{}, {}>", show(key), show(value)),
        TypeKind::Box(item) => format!("Box<{}>", show(item)),
        TypeKind::Duration => "Duration".into(),
        TypeKind::SystemTime => "SystemTime".into(),
        TypeKind::Error(AnyError::Rust) => "Error".into(),
        TypeKind::Error(AnyError::Go) => "GoError".into(),
        TypeKind::Ref(item) => format!("&{}", show(item)),
        TypeKind::RefMut(item) => format!("&mut {}", show(item)),
        TypeKind::Arc(item) => format!("Arc<{}>", show(item)),
        TypeKind::GoRef(item) => format!("GoRef<{}>", show(item)),
        TypeKind::Dyn(name) => format!("dyn {name}"),
        TypeKind::Function(of) => {
            let bounds = [(of.send, " + Send"), (of.sync, " + Sync")]
                .map(|(there, text)| if there { text } else { "" });
            format!("{:?}({}) -> {}{}", of.kind, all(&of.params), show(&of.result), bounds.concat())
        }
        TypeKind::Named(name) => name.clone(),
        TypeKind::Context => "Context".into(),
        TypeKind::Sequence(of) => format!("{:?} {:?}<{}>", of.form, of.kind, show(&of.item)),
    }
}

fn signature(function: &Function) -> String {
    let params: Vec<String> =
        function.params.iter().map(|param| format!("{}: {}", param.name, show(&param.ty))).collect();
    format!("{}({}) -> {}", function.head.name, params.join(", "), show(&function.result))
}

#[test]
fn every_function_in_source_order() {
    let signatures: Vec<String> = valid().functions.iter().map(signature).collect();
    assert_eq!(
        signatures,
        [
            "below(x: Deep) -> Result<(), SearchError>",
            "search(pattern: &str, limit: usize, type: Option<&str>) -> Result<Vec<Hit>, SearchError>",
            "nothing() -> ()",
            "borrowed(all: &[Hit], one: &Hit, bytes: &[u8], texts: &[&str], pair: (&str, Option<&[u8]>)) -> &str",
            "pairs(of: Vec<(u8, u8)>, and: Vec<(char, bool)>, bytes: Vec<u8>, text: &str) -> (i8, f32)",
            "times(at: SystemTime, length: Duration) -> Result<(), Error>",
            "errors(from: GoError) -> Result<u32, Error>",
            "grow(leaf: &Leaf, nested: Leaf, same: Leaf) -> Option<Box<Node>>",
            "maps(a: HashMap<String, Hit>, b: BTreeMap<[u8; 4], HashMap<u32, ()>>) -> ()",
        ]
    );
}

#[test]
fn files_names_and_documentation() {
    let interface = valid();
    assert_eq!(interface.crate_name, "a_searcher");
    assert_eq!(interface.docs, ["A searcher of files.", "", "Two lines."]);
    let paths: Vec<&str> = interface.files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "src/lib.rs",
            "src/inline/below.rs",
            "src/inline/renamed.rs",
            "src/model.rs",
            "src/tree/mod.rs",
            "src/tree/leaf.rs",
            "src/tree/leaf/further.rs"
        ]
    );
    let search = function(&interface, "search");
    assert_eq!(search.head.docs, ["Searches.", "", " - indented"]);
    assert_eq!(search.head.go_name.as_deref(), Some("Find"));
    assert_eq!(interface.files[function(&interface, "below").head.file.0].path, "src/inline/below.rs");
}

#[test]
fn traits_records_and_enums() {
    let interface = valid();
    let [tokenizer] = interface.imports.as_slice() else { panic!("{:?}", interface.imports) };
    let methods: Vec<String> = tokenizer.methods.iter().map(signature).collect();
    assert_eq!(
        methods,
        ["tokenize(text: &str) -> Result<Vec<String>, GoError>", "count(hits: &[Hit]) -> u64"]
    );
    assert!(tokenizer.methods[0].params[0].borrow && !tokenizer.methods[1].params[0].borrow);
    assert_eq!(tokenizer.methods[1].head.go_name.as_deref(), Some("Len"));
    assert!(tokenizer.methods.iter().all(|method| method.hash == 0) && tokenizer.hash != 0);

    let names: Vec<&str> = interface.records.iter().map(|record| record.head.name.as_str()).collect();
    assert_eq!(names, ["Hit", "Point", "Marker", "Leaf", "Node", "ReadFailed"]);
    let hit = interface.record("Hit").unwrap();
    let fields: Vec<_> = hit
        .fields
        .all()
        .iter()
        .map(|field| (field.head.name.as_str(), show(&field.ty), field.head.go_name.clone()))
        .collect();
    assert_eq!(
        fields,
        [
            ("path", "String".into(), None),
            ("line", "u32".into(), Some("LineNumber".into())),
            ("text", "Option<String>".into(), None)
        ]
    );
    let point = interface.record("Point").unwrap();
    assert!(point.repr_c && interface.is_pod(&Type::new(TypeKind::Named("Point".into()))));
    assert_eq!(point.fields.all()[1].head.name, "1");
    assert!(interface.record("ReadFailed").unwrap().is_error);
    assert_eq!(show(&interface.record("Leaf").unwrap().fields.all()[0].ty), "f64");

    let deep = interface.enumeration("Deep").unwrap();
    assert!(deep.is_fieldless());
    assert_eq!(deep.repr, Some(Number::U8));
    let variants: Vec<_> = deep.variants.iter().map(|v| (v.head.name.as_str(), v.discriminant)).collect();
    assert_eq!(variants, [("A", 3), ("B", 4), ("C", 16)]);
    let failed = interface.enumeration("SearchError").unwrap();
    let messages: Vec<_> = failed.variants.iter().map(|variant| variant.message.as_deref()).collect();
    assert_eq!(messages, [None, Some("searcher is closed"), None]);
    assert!(!interface.enumeration("Shape").unwrap().is_fieldless());
}

#[test]
fn objects_and_their_methods() {
    let interface = valid();
    let names: Vec<_> = interface.objects.iter().map(|o| (o.head.name.as_str(), o.is_trait)).collect();
    assert_eq!(names, [("Sealed", false), ("Index", false), ("Scorer", true)]);
    let index = interface.object("Index").unwrap();
    assert_eq!(index.head.docs, ["An index of files."]);
    assert_eq!(
        index.methods.iter().map(signature).collect::<Vec<_>>(),
        [
            "new() -> Index",
            "open(path: &str) -> Result<Arc<Index>, SearchError>",
            "add(self: &mut Index, hit: Hit) -> ()",
            "merge(self: &Index, other: &Index, more: Vec<Arc<Index>>) -> Result<Option<Index>, Error>",
            "each(self: &Index, visit: &Fn(Hit) -> bool, last: &mut FnMut(&str) -> ()) -> ()",
            "watch(self: &Index, changed: Box<Fn(Hit, u32) -> Result<(), GoError> + Send + Sync>) -> Option<Box<FnOnce() -> () + Send>>",
            "score(self: &Index, by: Arc<dyn Scorer>, cut: &dyn Tokenizer, kept: Box<dyn Tokenizer>) -> GoRef<dyn Tokenizer>",
            "shared(self: Arc<Index>) -> Box<dyn Scorer>",
            "close(self: Index) -> u64",
            "count() -> usize",
        ]
    );
    let how: Vec<_> = index.methods.iter().map(|method| (method.constructor, method.receiver)).collect();
    assert_eq!(
        how[..4],
        [(true, None), (true, None), (false, Some(Receiver::Mut)), (false, Some(Receiver::Ref))]
    );
    assert_eq!(how[7..], [(false, Some(Receiver::Ref)), (false, Some(Receiver::Value)), (false, None)]);
    assert!(index.methods.iter().all(|method| method.owner.as_deref() == Some("Index") && method.hash != 0));
    assert_eq!(index.methods[0].symbol(), "Index_new");
    assert_eq!(index.methods[8].head.go_name.as_deref(), Some("Finish"));
    assert!(interface.object("Sealed").unwrap().methods.is_empty());
    let scorer = interface.object("Scorer").unwrap();
    assert_eq!(
        scorer.methods.iter().map(signature).collect::<Vec<_>>(),
        ["score(self: &dyn Scorer, hit: &Hit) -> f64", "name(self: &dyn Scorer) -> String"]
    );
}

/// The items of a source as a macro gets them: reprinted, without places, and with what `macro_rules` wraps around types.
fn as_macro_sees<T: syn::parse::Parse>(source: &str) -> T {
    let wrapped = wrap_types(source.parse().unwrap());
    syn::parse2(wrapped).unwrap()
}

/// Puts every `u32` into a group without delimiters.
fn wrap_types(tokens: proc_macro2::TokenStream) -> proc_macro2::TokenStream {
    use proc_macro2::{Delimiter, Group, TokenTree};
    let wrap = |token| match token {
        TokenTree::Ident(name) if name == "u32" => {
            TokenTree::Group(Group::new(Delimiter::None, TokenTree::Ident(name).into()))
        }
        TokenTree::Group(group) => {
            TokenTree::Group(Group::new(group.delimiter(), wrap_types(group.stream())))
        }
        token => token,
    };
    tokens.into_iter().map(wrap).collect()
}

#[test]
fn macros_and_files_hash_alike() {
    let folder = tempfile();
    let items = [
        "#[gangplank::export] pub fn search(pattern: &'static str, r#type: std::string::String, n: Vec<u32>,) -> Result<(), String> { Ok(()) }",
        "#[gangplank::import] pub trait Host: Send { /// Docs.\n fn log(&self, #[borrow] text: &str); fn n(&self, x: u32) -> Vec<u32>; }",
        "#[gangplank::record] #[derive(Clone)] #[repr(C)] pub struct Point { pub r#x: u32, #[go(name = \"Why\")] pub(crate) y: u32, }",
        "#[gangplank::error] pub enum Failed { #[error(\"x\")] A, B { at: u32 }, C(u32) }",
        "#[gangplank::record] #[repr(i8)] pub enum Color { Red = -2, Green }",
        "#[gangplank::object] pub struct Index { n: u32 }",
        "#[gangplank::object] impl Index { #[constructor] pub fn new() -> Self {} pub fn all(self: Arc<Self>, with: &dyn Fn(Arc<Self>, u32) -> u32) -> Vec<u32> {} }",
        "#[gangplank::object] pub trait Scorer { fn score(&self, n: u32) -> u32 { n } }",
    ];
    std::fs::create_dir_all(folder.join("src")).unwrap();
    std::fs::write(folder.join("src/lib.rs"), items.join("\n")).unwrap();
    let interface = parse_crate(&folder, "src/lib.rs", "x").unwrap_or_else(|mistakes| panic!("{mistakes}"));
    let file = Default::default();
    assert_eq!(interface.functions[0].hash, parse_export_fn(&as_macro_sees(items[0]), file).unwrap().hash);
    assert_eq!(interface.imports[0].hash, parse_import_trait(&as_macro_sees(items[1]), file).unwrap().hash);
    assert_eq!(
        interface.records[0].hash,
        parse_record_struct(&as_macro_sees(items[2]), false, file).unwrap().hash
    );
    assert_eq!(
        interface.enums[0].hash,
        parse_record_enum(&as_macro_sees(items[3]), true, file).unwrap().hash
    );
    assert_eq!(
        interface.enums[1].hash,
        parse_record_enum(&as_macro_sees(items[4]), false, file).unwrap().hash
    );
    let index = &interface.objects[0];
    assert_eq!(index.hash, parse_object_struct(&as_macro_sees(items[5]), file).unwrap().hash);
    let hashes = |methods: &[Function]| methods.iter().map(|method| method.hash).collect::<Vec<_>>();
    assert_eq!(hashes(&index.methods), hashes(&parse_object_impl(&as_macro_sees(items[6]), file).unwrap()));
    let scorer = parse_object_trait(&as_macro_sees(items[7]), file).unwrap();
    assert_eq!(interface.objects[1].hash, scorer.hash);
    assert_eq!(hashes(&interface.objects[1].methods), hashes(&scorer.methods));
    std::fs::remove_dir_all(folder).unwrap();
}

fn tempfile() -> std::path::PathBuf {
    std::env::temp_dir().join(format!("gangplank-parse-{}", std::process::id()))
}

#[test]
fn what_travels_changes_the_hash_and_nothing_else_does() {
    let file = Default::default();
    let function = |source: &str| parse_export_fn(&syn::parse_str(source).unwrap(), file).unwrap().hash;
    let base = function("pub fn f(a: &str, b: u8) -> u8 { b }");
    for same in [
        "fn f(a: &'static str, mut b: u8) -> u8 { b + 1 }",
        "#[inline] pub(crate) const fn f(a: &str, b: u8,) -> u8 { 0 }",
        "/// Docs.\n#[go(name = \"G\")] fn r#f(a: &'_ str, b: u8) -> u8 { 0 }",
    ] {
        assert_eq!(function(same), base, "{same}");
    }
    for other in
        ["fn g(a: &str, b: u8) -> u8 { 0 }", "fn f(b: u8, a: &str) -> u8 { 0 }", "fn f(a: &str, b: u8) {}"]
    {
        assert_ne!(function(other), base, "{other}");
    }
    assert_eq!(function("fn f() {}"), function("fn f() -> () {}"));

    let record = |source: &str, error| {
        parse_record_struct(&syn::parse_str(source).unwrap(), error, file).unwrap().hash
    };
    let base = record("struct A { x: u8, y: u8 }", false);
    assert_eq!(
        base,
        record("#[derive(Debug)] pub struct A { #[go(name = \"Z\")] pub x: u8, y: u8, }", false)
    );
    assert_ne!(base, record("struct A { y: u8, x: u8 }", false));
    assert_ne!(base, record("#[repr(C)] struct A { x: u8, y: u8 }", false));
    assert_ne!(base, record("struct A { x: u8, y: u8 }", true));

    let method = |source: &str| parse_object_impl(&syn::parse_str(source).unwrap(), file).unwrap()[0].hash;
    let base = method("impl A { pub fn f(&self, other: &Self) -> Option<Self> {} }");
    for same in [
        "impl crate::A { #[go(name = \"G\")] pub fn f(&self, other: &A) -> Option<A> { None } }",
        "impl A { fn private(&self) {} pub fn f(&'_ self, other: &'static Self) -> Option<Self> { None } }",
    ] {
        assert_eq!(method(same), base, "{same}");
    }
    for other in [
        "impl B { pub fn f(&self, other: &Self) -> Option<Self> {} }",
        "impl A { pub fn f(&mut self, other: &Self) -> Option<Self> {} }",
        "impl A { pub fn f(self, other: &Self) -> Option<Self> {} }",
        "impl A { pub fn f(other: &Self) -> Option<Self> {} }",
    ] {
        assert_ne!(method(other), base, "{other}");
    }
    assert_ne!(function("fn f() {}"), method("impl A { pub fn f() {} }"));

    let of = |source: &str| parse_record_enum(&syn::parse_str(source).unwrap(), false, file).unwrap().hash;
    assert_eq!(of("enum A { X, Y }"), of("enum A { X = 0, Y = 0x1, }"));
    assert_ne!(of("enum A { X, Y }"), of("enum A { X, Y = 2 }"));
    assert_ne!(of("enum A { X, Y }"), of("enum A { X, Y() }"));
}
