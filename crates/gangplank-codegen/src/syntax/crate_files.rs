//! The files of a crate: the root, and what its `mod x;` lead to.

use super::cfg::{condition, is_test_only};
use super::scope::{Item, Module, ModuleId, Names, Path as Words, enter_use};
use crate::diagnostic::{Diagnostic, MISSING_FILE, SYNTAX};
use crate::ir::{FileId, SourceFile};
use proc_macro2::Span;
use std::collections::HashMap;
use std::path::Path;
use syn::ext::IdentExt;

/// A crate that was read.
#[derive(Default)]
pub(super) struct Crate {
    pub files: Vec<SourceFile>,
    /// The root first, in step with `names.modules`.
    pub modules: Vec<Loaded>,
    pub names: Names,
    pub docs: Vec<String>,
    pub found: Vec<Diagnostic>,
}

/// A module that was read.
pub(super) struct Loaded {
    pub file: FileId,
    pub items: Vec<syn::Item>,
    /// The module behind `mod x` at this index of `items`.
    pub children: HashMap<usize, ModuleId>,
    /// The `cfg` that it, or a module around it, depends on.
    pub condition: Option<(FileId, Span)>,
}

/// Where the files of a module's own modules are looked for.
#[derive(Clone)]
struct Folder {
    /// For `mod x;`.
    children: String,
    /// For `#[path = ".."]`.
    paths: String,
}

/// Who asks for a file.
struct Asker<'a> {
    file: FileId,
    span: Span,
    /// The files on the way here: none of them may be asked for again.
    above: &'a [FileId],
}

/// Reads the crate in `root`, from its `root_file` on.
pub(super) fn read_crate(root: &Path, root_file: &str) -> Crate {
    let mut reader = Reader { root, found: Crate::default() };
    let text = match std::fs::read_to_string(root.join(root_file)) {
        Ok(text) => text,
        Err(error) => {
            reader.found.files.push(SourceFile { path: root_file.to_owned(), text: String::new() });
            reader.found.found.push(unreadable(FileId(0), Span::call_site(), root_file, &error));
            return reader.found;
        }
    };
    let folder = parent_of(root_file);
    let folder = Folder { children: folder.clone(), paths: folder };
    reader.file(root_file, text, &folder, None, None, &[]);
    reader.found
}

struct Reader<'a> {
    root: &'a Path,
    found: Crate,
}

impl Reader<'_> {
    /// Parses a file, and with it all below.
    fn file(
        &mut self,
        path: &str,
        text: String,
        folder: &Folder,
        parent: Option<ModuleId>,
        condition: Option<(FileId, Span)>,
        above: &[FileId],
    ) -> Option<ModuleId> {
        let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
        let file = FileId(self.found.files.len());
        let parsed = syn::parse_file(&without_shebang(&text));
        self.found.files.push(SourceFile { path: path.to_owned(), text });
        let parsed = match parsed {
            Ok(parsed) => parsed,
            Err(error) => {
                self.found.found.push(not_rust(file, &error));
                syn::File { shebang: None, attrs: Vec::new(), items: Vec::new() }
            }
        };
        if is_test_only(&parsed.attrs) && parent.is_some() {
            return None;
        }
        if parent.is_none() {
            self.found.docs = super::docs::parse_docs(&parsed.attrs);
        }
        let condition = condition.or_else(|| self::condition(&parsed.attrs).map(|span| (file, span)));
        let above = [above, &[file]].concat();
        Some(self.module(file, parsed.items, folder, parent, condition, &above))
    }

    fn module(
        &mut self,
        file: FileId,
        items: Vec<syn::Item>,
        folder: &Folder,
        parent: Option<ModuleId>,
        condition: Option<(FileId, Span)>,
        above: &[FileId],
    ) -> ModuleId {
        let id = self.found.modules.len();
        self.found.modules.push(Loaded { file, items: Vec::new(), children: HashMap::new(), condition });
        self.found.names.modules.push(Module { parent, ..Module::default() });
        let mut kept = Vec::with_capacity(items.len());
        for mut item in items {
            if super::collect::attributes(&item).is_some_and(is_test_only) {
                continue;
            }
            if let syn::Item::Mod(module) = &mut item {
                if let Some(child) = self.child(file, module, folder, id, condition, above) {
                    self.found.modules[id].children.insert(kept.len(), child);
                    self.found.names.modules[id].children.insert(module.ident.unraw().to_string(), child);
                }
            }
            enter(&mut self.found.names.modules[id], file, &item);
            kept.push(item);
        }
        self.found.modules[id].items = kept;
        id
    }

    /// `mod x { .. }` and `mod x;`.
    fn child(
        &mut self,
        file: FileId,
        module: &mut syn::ItemMod,
        folder: &Folder,
        parent: ModuleId,
        condition: Option<(FileId, Span)>,
        above: &[FileId],
    ) -> Option<ModuleId> {
        let name = module.ident.unraw().to_string();
        let path = path_attribute(&module.attrs);
        let conditional = condition.or_else(|| self::condition(&module.attrs).map(|span| (file, span)));
        if let Some((_, items)) = module.content.take() {
            let inner = join(&folder.children, path.as_deref().unwrap_or(&name));
            let inner = Folder { children: inner.clone(), paths: inner };
            return Some(self.module(file, items, &inner, Some(parent), conditional, above));
        }
        let asker = Asker { file, span: module.ident.span(), above };
        if let Some(path) = path {
            let path = join(&folder.paths, &path);
            let inner = Folder { children: parent_of(&path), paths: parent_of(&path) };
            return self.open(&[(path, inner)], asker, parent, conditional);
        }
        let own = join(&folder.children, &name);
        let beside = Folder { children: own.clone(), paths: folder.children.clone() };
        let within = Folder { children: own.clone(), paths: own.clone() };
        self.open(
            &[(format!("{own}.rs"), beside), (format!("{own}/mod.rs"), within)],
            asker,
            parent,
            conditional,
        )
    }

    /// The first of these files that is there.
    fn open(
        &mut self,
        candidates: &[(String, Folder)],
        asker: Asker<'_>,
        parent: ModuleId,
        condition: Option<(FileId, Span)>,
    ) -> Option<ModuleId> {
        for (path, folder) in candidates {
            match std::fs::read_to_string(self.root.join(path)) {
                Ok(_) if asker.above.iter().any(|file| self.found.files[file.0].path == *path) => {
                    let mistake = Diagnostic::new(
                        MISSING_FILE,
                        asker.file,
                        asker.span,
                        format!("`{path}` holds itself"),
                    );
                    let mistake = mistake.label("in a circle").help("remove one of the `mod`s on the way");
                    self.found.found.push(mistake);
                    return None;
                }
                Ok(text) => return self.file(path, text, folder, Some(parent), condition, asker.above),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                Err(error) => {
                    self.found.found.push(unreadable(asker.file, asker.span, path, &error));
                    return None;
                }
            }
        }
        // A module for another platform, or of another feature, may well not be there.
        if condition.is_none() {
            let paths: Vec<String> = candidates.iter().map(|(path, _)| format!("`{path}`")).collect();
            let message = format!("there is no file {}", paths.join(" or "));
            let mistake =
                Diagnostic::new(MISSING_FILE, asker.file, asker.span, message).label("declared here");
            self.found.found.push(mistake.help("create the file, or remove the `mod`"));
        }
        None
    }
}

fn not_rust(file: FileId, error: &syn::Error) -> Diagnostic {
    let text = match error.to_string() {
        // The lexer says no more than that.
        text if text == "cannot parse string into token stream" => {
            "a bracket or a quote is not closed".to_owned()
        }
        text => text,
    };
    Diagnostic::new(SYNTAX, file, error.span(), format!("this is not Rust: {text}"))
        .label("here")
        .help("`cargo check` says more")
}

fn unreadable(file: FileId, span: Span, path: &str, error: &std::io::Error) -> Diagnostic {
    Diagnostic::new(MISSING_FILE, file, span, format!("`{path}` cannot be read: {error}"))
        .label("needed here")
        .help("a crate's source is UTF-8 text that this user may read")
}

/// What an item means for the names of its module.
fn enter(module: &mut Module, file: FileId, item: &syn::Item) {
    let (name, span) = match item {
        syn::Item::Use(item) => return enter_use(module, item),
        syn::Item::ExternCrate(item) => {
            let name = item.rename.as_ref().map_or(&item.ident, |(_, name)| name);
            let path = Words { global: true, segments: vec![item.ident.unraw().to_string()] };
            module.uses.insert(name.unraw().to_string(), path);
            return;
        }
        syn::Item::Type(item) => {
            let alias = Item::Alias(Box::new((item.generics.clone(), (*item.ty).clone())));
            module.items.insert(item.ident.unraw().to_string(), alias);
            return;
        }
        syn::Item::Struct(item) => (&item.ident, item.ident.span()),
        syn::Item::Enum(item) => (&item.ident, item.ident.span()),
        syn::Item::Union(item) => (&item.ident, item.ident.span()),
        syn::Item::Trait(item) => (&item.ident, item.ident.span()),
        _ => return,
    };
    module.items.entry(name.unraw().to_string()).or_insert(Item::Declared { marked: false, file, span });
}

fn path_attribute(attrs: &[syn::Attribute]) -> Option<String> {
    attrs.iter().find_map(|attr| match &attr.meta {
        syn::Meta::NameValue(pair) if pair.path.is_ident("path") => match &pair.value {
            syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => Some(text.value()),
            _ => None,
        },
        _ => None,
    })
}

/// The text with a first line `#!/..` blanked, so that every place in it stays.
fn without_shebang(text: &str) -> std::borrow::Cow<'_, str> {
    let first = text.lines().next().unwrap_or("");
    match first.strip_prefix("#!") {
        Some(rest) if !rest.trim_start().starts_with('[') && !rest.trim().is_empty() => {
            (" ".repeat(first.len()) + &text[first.len()..]).into()
        }
        _ => text.into(),
    }
}

fn parent_of(path: &str) -> String {
    path.rsplit_once('/').map_or(String::new(), |(folder, _)| folder.to_owned())
}

/// Joins with `/`, and takes `..` and `.` out where that can be done.
fn join(folder: &str, path: &str) -> String {
    if path.starts_with('/') {
        return path.to_owned();
    }
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in path.split(['/', '\\']) {
        match step {
            "" | "." => {}
            ".." if steps.last().is_some_and(|last| *last != "..") => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    let joined = steps.join("/");
    if folder.starts_with('/') { format!("/{joined}") } else { joined }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_join() {
        assert_eq!(join("src", "a.rs"), "src/a.rs");
        assert_eq!(join("src/a", "../b.rs"), "src/b.rs");
        assert_eq!(join("src", "../../shared/b.rs"), "../shared/b.rs");
        assert_eq!(join("", "./b.rs"), "b.rs");
        assert_eq!(join("/abs/x", "../b.rs"), "/abs/b.rs");
    }

    #[test]
    fn a_shebang_keeps_its_room() {
        assert_eq!(without_shebang("#!/bin/x\nfn f() {}"), "        \nfn f() {}");
        assert_eq!(without_shebang("#![allow(x)]"), "#![allow(x)]");
    }
}
