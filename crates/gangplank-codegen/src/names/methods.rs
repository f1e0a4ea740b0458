//! The names of what belongs to an object.
//!
//! | Rust, of `Searcher` | Go |
//! | --- | --- |
//! | `#[constructor] fn new()` | `NewSearcher` |
//! | `#[constructor] fn new_cached()` and `#[constructor] fn cached()` | `NewSearcherCached` |
//! | `#[constructor] fn from_file()` | `NewSearcherFromFile` |
//! | `fn search(&self)` | the method `Search` |
//! | `fn version()`, without a receiver | `SearcherVersion` |
//!
//! `Close` is the method of every object that lets go of it; [`CLOSE`] cannot be another's.

use super::{exported, type_name};
use crate::ir::{Function, Object};

/// The method that every object has in Go.
pub const CLOSE: &str = "Close";

/// The Go name of a method, function or constructor of an object.
pub fn method(object: &Object, function: &Function) -> String {
    if let Some(asked) = &function.head.go_name {
        return asked.clone();
    }
    let name = function.head.name.as_str();
    if function.receiver.is_some() {
        return exported(name);
    }
    let owner = type_name(&object.head);
    match (function.constructor, name) {
        (true, "new") => format!("New{owner}"),
        (true, name) => format!("New{owner}{}", exported(name.strip_prefix("new_").unwrap_or(name))),
        (false, name) => owner + &exported(name),
    }
}

#[cfg(test)]
mod tests {
    use super::method;
    use crate::syntax::{parse_object_impl, parse_object_struct};

    #[test]
    fn constructors_methods_and_functions() {
        let mut object = parse_object_struct(
            &syn::parse_quote!(
                struct Searcher;
            ),
            Default::default(),
        )
        .unwrap();
        let block = syn::parse_quote! {
            impl Searcher {
                #[constructor] pub fn new() -> Self {}
                #[constructor] pub fn new_cached() -> Self {}
                #[constructor] pub fn from_file() -> Self {}
                #[constructor] #[go(name = "Open")] pub fn open() -> Self {}
                pub fn new_version() -> u8 {}
                pub fn search_url(&self) {}
                pub fn new(&self) {}
            }
        };
        let functions = parse_object_impl(&block, Default::default()).unwrap();
        let names: Vec<String> = functions.iter().map(|function| method(&object, function)).collect();
        assert_eq!(
            names,
            [
                "NewSearcher",
                "NewSearcherCached",
                "NewSearcherFromFile",
                "Open",
                "SearcherNewVersion",
                "SearchURL",
                "New"
            ]
        );
        object.head.go_name = Some("Finder".into());
        assert_eq!(method(&object, &functions[0]), "NewFinder");
        assert_eq!(method(&object, &functions[4]), "FinderNewVersion");
    }
}
