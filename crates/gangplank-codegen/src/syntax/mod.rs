//! Source to IR. The command reads a crate with [`parse_crate`]; the attribute macros read their one item with the
//! functions named after it. Both take the same road, so both come to the same names, layouts and hashes.
//!
//! | file | what it parses |
//! | --- | --- |
//! | `crate_files` | the files of a crate, following `mod` |
//! | `scope` | what a path means where it stands: `use`, aliases, modules |
//! | `collect` | which items carry an attribute |
//! | `function`, `import`, `record`, `enumeration`, `object`, `methods` | one item each |
//! | `merge` | impl blocks into their objects |
//! | `ty`, `type_path`, `trait_object`, `alias`, `known` | types, and what to say of those that do not cross |
//! | `spelled` | types as people write them |
//! | `attribute`, `helper`, `strip`, `docs`, `cfg` | attributes |
//! | `stray` | attributes where nothing can cross |
//! | `signature` | the tokens whose hash is the signature's |

mod alias;
pub mod attribute;
mod batch;
mod cfg;
mod collect;
mod crate_files;
mod docs;
mod enumeration;
mod function;
mod helper;
mod import;
mod known;
mod merge;
mod methods;
mod object;
mod parser;
mod record;
mod scope;
mod sequence;
mod signature;
mod spelled;
mod stray;
mod strip;
mod trait_object;
mod ty;
mod type_path;
mod waits;

pub use attribute::{Attribute, not_an_item};
pub use collect::parse_crate;
pub use enumeration::parse_record_enum;
pub use function::parse_export_fn;
pub use import::parse_import_trait;
pub use methods::parse_object_impl;
pub use object::{parse_object_struct, parse_object_trait};
pub use record::parse_record_struct;
pub use strip::{
    strip_enum_attributes, strip_fn_attributes, strip_helper_attributes, strip_impl_attributes,
    strip_struct_attributes, strip_trait_attributes,
};
pub use ty::parse_type;

pub(crate) use parser::is_unknown;
pub(crate) use ty::EXCLUSIVE;
