//! What a function's documentation says about arguments that stay in their language: who keeps them, and how long.

use super::Package;
use super::locals::Locals;
use super::text::line;
use crate::ir::{Class, Function, FunctionKind, FunctionType, SequenceForm, SequenceKind, Type, TypeKind};

impl Package<'_> {
    /// Sentences below a function's documentation.
    pub(super) fn write_ownership(&self, out: &mut String, function: &Function, locals: &Locals) {
        let first = usize::from(function.receiver.is_some());
        if let Some(sentence) = sequence_sentence(&function.result) {
            line!(out, "//\n// {sentence}");
        }
        for (at, param) in function.params.iter().enumerate() {
            let name = locals.param(at);
            let ty = match &param.ty.kind {
                TypeKind::Option(inner) => inner,
                _ => &param.ty,
            };
            let sentence = match &ty.peeled().kind {
                TypeKind::Function(of) => Some(function_sentence(name, ty, of)),
                TypeKind::Sequence(_) => Some(format!(
                    "Rust ranges over {name} once at most, on a goroutine of its own, and may be a batch of items behind it."
                )),
                TypeKind::Dyn(_) if self.interface.class(ty) == Class::Pair => {
                    Some(match ty.is_reference() {
                        true => format!("Rust uses {name} until the function returns."),
                        false => format!(
                            "Rust keeps {name} for as long as it likes, and calls it from any of its threads."
                        ),
                    })
                }
                _ if self.interface.as_object(ty).is_some() && super::guards::takes(ty) => match at < first {
                    true => Some("It takes the object itself: afterwards it is closed.".to_owned()),
                    false => Some(format!("It takes {name} itself: afterwards it is closed.")),
                },
                _ => None,
            };
            if let Some(sentence) = sentence {
                line!(out, "//\n// {sentence}");
            }
        }
    }
}

/// What to know of an iterator that is returned.
fn sequence_sentence(result: &Type) -> Option<&'static str> {
    let value = match &result.kind {
        TypeKind::Result(value, _) => value,
        _ => result,
    };
    let of = value.as_sequence()?;
    if of.kind == SequenceKind::Stream && of.form != SequenceForm::Go {
        return Some(
            "What it returns can be ranged over once, and waits for items without a thread. When ctx ends, its error is the last item.",
        );
    }
    Some(match &of.item.kind {
        TypeKind::Result(..) => {
            "What it returns can be ranged over once. The loop goes on behind an error, unless it is the last item. Rust may be a batch of items ahead."
        }
        _ => "What it returns can be ranged over once. Rust may be a batch of items ahead.",
    })
}

fn function_sentence(name: &str, ty: &Type, of: &FunctionType) -> String {
    if ty.is_reference() {
        return match (of.kind, of.sync, of.send) {
            (FunctionKind::Fn, true, _) => {
                format!(
                    "Rust calls {name} until the function returns, from any of its threads, several at once."
                )
            }
            (_, _, true) => {
                format!("Rust calls {name} until the function returns, from one thread at a time.")
            }
            _ => format!("Rust calls {name} until the function returns, on the calling goroutine."),
        };
    }
    match of.kind {
        FunctionKind::Fn if of.sync => {
            format!(
                "Rust keeps {name} for as long as it likes, and calls it from any of its threads, several at once."
            )
        }
        FunctionKind::Fn | FunctionKind::FnMut => {
            format!("Rust keeps {name} for as long as it likes, and calls it from one thread at a time.")
        }
        FunctionKind::FnOnce => format!("Rust keeps {name} until it calls it, once, or drops it."),
    }
}
