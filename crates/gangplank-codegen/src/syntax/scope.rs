//! What a path means where it stands: modules, `use`, aliases. As much of Rust's rules as signatures need.

use super::known;
use crate::ir::{FileId, Number};
use proc_macro2::Span;
use std::collections::{HashMap, HashSet};

/// Index of a module in [`Names`].
pub(super) type ModuleId = usize;

/// Where a path stands.
#[derive(Clone, Copy)]
pub(super) enum Scope<'a> {
    /// In an item of which nothing else is known: in a macro.
    Alone,
    /// In a module of a crate.
    In(&'a Names, ModuleId),
}

/// The names of a crate.
#[derive(Default)]
pub(super) struct Names {
    pub modules: Vec<Module>,
}

/// The names of a module.
#[derive(Default)]
pub(super) struct Module {
    pub parent: Option<ModuleId>,
    pub children: HashMap<String, ModuleId>,
    pub uses: HashMap<String, Path>,
    pub globs: Vec<Path>,
    pub items: HashMap<String, Item>,
}

/// A path as it is written, without arguments.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Path {
    /// Begins with `::`.
    pub global: bool,
    pub segments: Vec<String>,
}

/// A type that a module declares.
pub(super) enum Item {
    Alias(Box<(syn::Generics, syn::Type)>),
    /// A struct, enum, union or trait; does it carry an attribute of gangplank?
    Declared {
        marked: bool,
        file: FileId,
        span: Span,
    },
}

/// What a path means.
pub(super) enum Meaning<'a> {
    /// A type of Rust's library, with its path as far as it is known.
    Library(Vec<String>),
    /// Something of the `gangplank` crate.
    Gangplank(String),
    /// Something of another crate.
    Foreign(Vec<String>),
    /// An alias, and the module it stands in.
    Alias(&'a syn::Generics, &'a syn::Type, ModuleId),
    /// A type of this crate that does not cross.
    Unmarked { name: String, file: FileId, span: Span },
    /// A type of this crate, or one that nobody knows.
    Named(String),
}

/// Modules of the library in which types stand that signatures name.
const LIBRARY_MODULES: &[&str] = &[
    "any",
    "borrow",
    "boxed",
    "cell",
    "collections",
    "ffi",
    "fmt",
    "io",
    "marker",
    "net",
    "num",
    "ops",
    "option",
    "path",
    "rc",
    "result",
    "string",
    "sync",
    "time",
    "vec",
];

impl<'a> Scope<'a> {
    /// What a type's path means here.
    pub(super) fn meaning(self, path: &Path, has_arguments: bool) -> Meaning<'a> {
        match self {
            Scope::Alone => alone(path, has_arguments),
            Scope::In(names, module) => match names.resolve(module, path, &mut Asked::default()) {
                Found::Item(at, name) => match names.modules[at].items.get(&name) {
                    Some(Item::Alias(alias)) => Meaning::Alias(&alias.0, &alias.1, at),
                    Some(Item::Declared { marked: false, file, span }) => {
                        Meaning::Unmarked { name, file: *file, span: *span }
                    }
                    _ => Meaning::Named(name),
                },
                Found::Outside(path) => outside(path),
                Found::Module(_) => Meaning::Named(path.segments.last().cloned().unwrap_or_default()),
                Found::Nothing(globs) => nowhere(path, &globs),
            },
        }
    }

    /// The name of gangplank's attribute that the path means: `export` for `gp::export` after `use gangplank as gp`.
    pub(super) fn attribute(self, path: &Path) -> Option<String> {
        let Scope::In(names, module) = self else { return None };
        match names.resolve(module, path, &mut Asked::default()) {
            Found::Outside(path) if path.first().is_some_and(|first| first == "gangplank") => {
                path.last().cloned()
            }
            Found::Nothing(globs)
                if path.segments.len() == 1 && globs.iter().any(|glob| glob == "gangplank") =>
            {
                path.segments.last().cloned()
            }
            _ => None,
        }
    }
}

/// A path that leads out of the crate.
fn outside<'a>(path: Vec<String>) -> Meaning<'a> {
    match path[0].as_str() {
        "std" | "core" | "alloc" => Meaning::Library(path),
        "gangplank" => Meaning::Gangplank(path.last().cloned().unwrap_or_default()),
        _ => Meaning::Foreign(path),
    }
}

/// A name that no module declares: of the prelude, or behind a glob of another crate, or made by a macro.
fn nowhere<'a>(path: &Path, globs: &[String]) -> Meaning<'a> {
    let [name] = path.segments.as_slice() else {
        return Meaning::Named(path.segments.last().cloned().unwrap_or_default());
    };
    if is_primitive(name) || known::is_known(name) && name != "Error" {
        return Meaning::Library(vec![name.clone()]);
    }
    if matches!(name.as_str(), "GoError" | "GoRef" | "GoIter" | "GoStream")
        || name == "Error" && globs.iter().any(|glob| glob == "gangplank")
    {
        return Meaning::Gangplank(name.clone());
    }
    Meaning::Named(name.clone())
}

/// Without a crate around it: what the words alone say.
fn alone<'a>(path: &Path, has_arguments: bool) -> Meaning<'a> {
    let segments = &path.segments;
    let last = segments.last().cloned().unwrap_or_default();
    let known = is_primitive(&last) || known::is_surely_known(&last, has_arguments);
    match segments.as_slice() {
        [first, _, ..] if matches!(first.as_str(), "std" | "core" | "alloc" | "gangplank") => {
            outside(segments.clone())
        }
        [first, ..] if path.global => outside(vec![first.clone(), last]),
        [name] if matches!(name.as_str(), "GoError" | "GoRef" | "GoIter" | "GoStream") => {
            Meaning::Gangplank(last)
        }
        [_] if known => Meaning::Library(vec![last]),
        [_] => Meaning::Named(last),
        [first, ..] if matches!(first.as_str(), "crate" | "self" | "super") => Meaning::Named(last),
        [first, _] if matches!(first.as_str(), "anyhow" | "eyre") => Meaning::Foreign(segments.clone()),
        [.., module, _]
            if LIBRARY_MODULES.contains(&module.as_str()) && (known || is_library_error(module, &last)) =>
        {
            Meaning::Library(segments.clone())
        }
        _ => Meaning::Named(last),
    }
}

fn is_library_error(module: &str, name: &str) -> bool {
    matches!(module, "io" | "fmt") && matches!(name, "Error" | "Result")
}

pub(super) fn is_primitive(name: &str) -> bool {
    matches!(name, "bool" | "char" | "str" | "i128" | "u128") || Number::from_rust(name).is_some()
}

/// Where a path leads.
enum Found {
    Module(ModuleId),
    Item(ModuleId, String),
    /// Into another crate; the path begins with that crate's name.
    Outside(Vec<String>),
    /// Nowhere; with the crates whose globs could have brought the name.
    Nothing(Vec<String>),
}

/// The lookups of one question, so that circles of `use` and globs end.
#[derive(Default)]
struct Asked(HashSet<(ModuleId, String)>);

impl Names {
    fn resolve(&self, module: ModuleId, path: &Path, asked: &mut Asked) -> Found {
        let Some((first, rest)) = path.segments.split_first() else { return Found::Nothing(Vec::new()) };
        if path.global {
            return Found::Outside(path.segments.clone());
        }
        let start = match first.as_str() {
            "crate" => Found::Module(0),
            "self" => Found::Module(module),
            "super" => self.parent(module),
            name => self.lookup(module, name, asked),
        };
        match start {
            Found::Nothing(globs) if rest.is_empty() => Found::Nothing(globs),
            Found::Nothing(_) => Found::Outside(path.segments.clone()),
            start => rest.iter().fold(start, |at, name| self.step(at, name, asked)),
        }
    }

    fn step(&self, at: Found, name: &str, asked: &mut Asked) -> Found {
        match at {
            Found::Module(module) if name == "super" => self.parent(module),
            Found::Module(module) => self.lookup(module, name, asked),
            Found::Outside(mut path) => {
                path.push(name.to_owned());
                Found::Outside(path)
            }
            Found::Item(..) | Found::Nothing(_) => Found::Nothing(Vec::new()),
        }
    }

    fn parent(&self, module: ModuleId) -> Found {
        self.modules[module].parent.map_or(Found::Nothing(Vec::new()), Found::Module)
    }

    /// A name in a module: what it declares, then what it uses, then what its globs bring.
    fn lookup(&self, module: ModuleId, name: &str, asked: &mut Asked) -> Found {
        let here = &self.modules[module];
        if here.items.contains_key(name) {
            return Found::Item(module, name.to_owned());
        }
        if let Some(&child) = here.children.get(name) {
            return Found::Module(child);
        }
        if !asked.0.insert((module, name.to_owned())) {
            return Found::Nothing(Vec::new());
        }
        if let Some(path) = here.uses.get(name) {
            // `use gangplank;` names a crate, not itself.
            let itself = !path.global && path.segments.first().is_some_and(|first| first == name);
            if itself {
                return Found::Outside(path.segments.clone());
            }
            return match self.resolve(module, path, asked) {
                // `use gangplank as bridge;` names a crate too.
                Found::Nothing(_) if path.segments.len() == 1 => Found::Outside(path.segments.clone()),
                found => found,
            };
        }
        let mut crates = Vec::new();
        for glob in &here.globs {
            match self.resolve(module, glob, asked) {
                Found::Module(other) => match self.lookup(other, name, asked) {
                    Found::Nothing(more) => crates.extend(more),
                    found => return found,
                },
                Found::Outside(path) => crates.extend(path.into_iter().next()),
                Found::Nothing(_) => crates.extend(glob.segments.first().cloned()),
                Found::Item(..) => {}
            }
        }
        Found::Nothing(crates)
    }
}

/// Enters what a `use` brings into a module.
pub(super) fn enter_use(module: &mut Module, item: &syn::ItemUse) {
    let path = Path { global: item.leading_colon.is_some(), segments: Vec::new() };
    enter_tree(module, path, &item.tree);
}

fn enter_tree(module: &mut Module, mut path: Path, tree: &syn::UseTree) {
    use syn::ext::IdentExt;
    let text = |name: &syn::Ident| name.unraw().to_string();
    match tree {
        syn::UseTree::Path(step) => {
            path.segments.push(text(&step.ident));
            enter_tree(module, path, &step.tree);
        }
        syn::UseTree::Name(leaf) if leaf.ident == "self" => {
            if let Some(name) = path.segments.last().cloned() {
                module.uses.insert(name, path);
            }
        }
        syn::UseTree::Name(leaf) => {
            path.segments.push(text(&leaf.ident));
            module.uses.insert(text(&leaf.ident), path);
        }
        syn::UseTree::Rename(leaf) => {
            if leaf.ident != "self" {
                path.segments.push(text(&leaf.ident));
            }
            module.uses.insert(text(&leaf.rename), path);
        }
        syn::UseTree::Glob(_) => module.globs.push(path),
        syn::UseTree::Group(group) => {
            group.items.iter().for_each(|tree| enter_tree(module, path.clone(), tree))
        }
    }
}
