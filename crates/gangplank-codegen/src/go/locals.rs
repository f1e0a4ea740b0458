//! Names of parameters and of a function's own variables, which must not meet.

use super::Package;
use crate::ir::Function;
use crate::names;

/// What generated files declare for themselves.
const HELPERS: &[&str] = &["maxLevels", "result", "sliceData", "stringData"];

/// The parameters' names in order, and names for everything else.
pub(super) struct Locals {
    params: Vec<String>,
    context: Option<String>,
}

impl Locals {
    /// The names in a function.
    pub fn new(package: &Package<'_>, function: &Function) -> Locals {
        let mut params: Vec<String> = Vec::new();
        let unique = |mut name: String, others: &[String]| {
            while package.taken.contains(&name) || HELPERS.contains(&name.as_str()) || others.contains(&name)
            {
                name.push('_');
            }
            name
        };
        let context = function.takes_context().then(|| unique("ctx".to_owned(), &[]));
        let mut add = |name: String, at: usize| {
            let others: Vec<String> = params.iter().chain(&context).cloned().collect();
            params.insert(at, unique(name, &others));
        };
        for (at, param) in function.arguments().iter().enumerate() {
            add(names::parameter(param), at);
        }
        if function.receiver.is_some() {
            // A receiver has a short name, the first letter of its type.
            let first = function.owner.as_ref().and_then(|owner| owner.chars().next());
            let letter = first.filter(char::is_ascii_alphabetic).unwrap_or('o');
            add(letter.to_ascii_lowercase().to_string(), 0);
        }
        Locals { params, context }
    }

    /// The Go name of the parameter at `index`.
    pub fn param(&self, index: usize) -> &str {
        &self.params[index]
    }

    /// The name of Go's context, of a function that has one.
    pub fn context(&self) -> &str {
        self.context.as_deref().unwrap_or("ctx")
    }

    /// A variable of the function itself.
    pub fn own(&self, name: &str) -> String {
        let mut name = name.to_owned();
        while self.params.contains(&name) || self.context.as_ref() == Some(&name) {
            name.push('_');
        }
        name
    }
}
