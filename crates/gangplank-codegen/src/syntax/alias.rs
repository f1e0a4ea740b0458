//! Type aliases of the crate, which no other side has a name for.

use super::parser::Parser;
use super::scope::Scope;
use crate::diagnostic::UNSUPPORTED_TYPE;
use crate::ir::Type;
use syn::ext::IdentExt;
use syn::spanned::Spanned;

/// Aliases of aliases end somewhere; circles do not.
const ALIAS_DEPTH: usize = 16;

impl Parser<'_> {
    /// The type that an alias stands for, with these arguments.
    pub(super) fn alias(
        &mut self,
        ty: &syn::Type,
        generics: &syn::Generics,
        body: &syn::Type,
        module: usize,
        last: &syn::PathSegment,
    ) -> Type {
        let Scope::In(names, _) = self.scope else { return self.unknown(ty.span()) };
        let params: Vec<&syn::TypeParam> = generics.type_params().collect();
        let Some(arguments) = self.arguments(last) else { return self.unknown(ty.span()) };
        let needed = params.iter().filter(|param| param.default.is_none()).count();
        if arguments.len() < needed || arguments.len() > params.len() {
            let wanted = if arguments.len() < needed { needed } else { params.len() };
            return self.wrong_count(ty, &last.ident.to_string(), wanted, arguments.len());
        }
        if self.depth >= ALIAS_DEPTH {
            return self.refuse(
                ty,
                UNSUPPORTED_TYPE,
                "the alias goes round in a circle",
                "write the type itself",
            );
        }
        let given: Vec<Type> = arguments.into_iter().map(|argument| self.ty(argument)).collect();
        // From here on in the alias's own module, but every place is where it is used.
        let outer = (self.scope, self.used_at, std::mem::take(&mut self.bound));
        self.scope = Scope::In(names, module);
        self.used_at = Some(self.used_at.unwrap_or_else(|| ty.span()));
        self.depth += 1;
        for (at, param) in params.iter().enumerate() {
            let argument = match (given.get(at), &param.default) {
                (Some(given), _) => given.clone(),
                (None, Some(default)) => self.ty(default),
                (None, None) => self.unknown(ty.span()),
            };
            self.bound.push((param.ident.unraw().to_string(), argument));
        }
        let meant = self.ty(body);
        self.depth -= 1;
        (self.scope, self.used_at, self.bound) = outer;
        meant
    }
}
