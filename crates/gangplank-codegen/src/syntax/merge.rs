//! Impl blocks into their objects, wherever in the crate they stand.

use super::methods::Methods;
use super::parser::Parser;
use crate::diagnostic::{Diagnostic, OBJECT_IMPL};
use crate::ir::Interface;

/// Gives every object its functions.
pub(super) fn merge_methods(interface: &mut Interface, blocks: Vec<Methods>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut first = std::collections::HashMap::new();
    for block in blocks {
        let parser = Parser::alone(block.file);
        let name = block.owner;
        let object = interface.objects.iter_mut().find(|o| o.head.name == name && !o.is_trait);
        let Some(object) = object else {
            found.push(parser.no_object(&name, block.span));
            continue;
        };
        if let Some(&(file, span)) = first.get(&name) {
            found.push(
                parser
                    .at(OBJECT_IMPL, block.span, format!("a second impl block with what Go sees of `{name}`"))
                    .label("second")
                    .help(
                        "move its functions to the first one: what Go sees of an object stands in one place",
                    )
                    .other(file, span, "first"),
            );
            continue;
        }
        first.insert(name, (block.file, block.span));
        object.methods = block.functions;
    }
    found
}
