//! Batches: from a function the one that makes many of its calls in one crossing.
//!
//! Arguments become slices, but for those that all items share; `T` becomes `Vec<T>`. Where an item failed the result is an error that
//! holds the values of all others, and the index and error of each that has one.

use super::{
    AnyError, Class, Function, FunctionKind, Head, Import, Interface, Number, Options, Param, Type, TypeKind,
};

/// How a batch gets an argument for each of its items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Share {
    /// One for all.
    Shared,
    /// From `&[T]`, by reference: for `&T`.
    Lent,
    /// From `&[T]`, by copy: for numbers, `&str`, `&[u8]`.
    Copied,
    /// From `Vec<T>`, taken out.
    Moved,
}

impl Param {
    /// How a batch gets this argument for its items. `is_object` knows the objects' names.
    pub fn share(&self, is_object: impl Fn(&str) -> bool) -> Share {
        let object = |ty: &Type| matches!(&ty.peeled().kind, TypeKind::Named(name) if is_object(name));
        match &self.ty.kind {
            _ if self.shared || stays(&self.ty) || object(&self.ty) || self.ty.is_context() => Share::Shared,
            TypeKind::Ref(_) => Share::Lent,
            TypeKind::Slice(item) if item.kind != TypeKind::Number(Number::U8) => Share::Lent,
            TypeKind::Slice(_) | TypeKind::Str => Share::Copied,
            kind if is_copy(kind) => Share::Copied,
            _ => Share::Moved,
        }
    }
}

/// Is it a value that stays in its language: an object, a function value, an implementation?
fn stays(ty: &Type) -> bool {
    matches!(ty.kind, TypeKind::RefMut(_) | TypeKind::Arc(_) | TypeKind::GoRef(_))
        || matches!(ty.peeled().kind, TypeKind::Function(_) | TypeKind::Dyn(_) | TypeKind::Sequence(_))
}

/// Is it one of the types that are `Copy` whoever uses them?
pub fn is_copy(kind: &TypeKind) -> bool {
    matches!(
        kind,
        TypeKind::Bool | TypeKind::Char | TypeKind::Number(_) | TypeKind::Duration | TypeKind::SystemTime
    )
}

/// Can every item get this shared argument, without anything the type must be able to do?
pub fn can_be_shared(ty: &Type) -> bool {
    match &ty.kind {
        TypeKind::Ref(_) | TypeKind::Str | TypeKind::Slice(_) | TypeKind::Arc(_) => true,
        TypeKind::RefMut(inner) => !is_once(inner),
        kind => is_copy(kind),
    }
}

fn is_once(ty: &Type) -> bool {
    matches!(&ty.kind, TypeKind::Function(of) if of.kind == FunctionKind::FnOnce)
}

/// The value with every reference taken away that only says who owns it.
fn owned(ty: &Type) -> Type {
    match &ty.kind {
        TypeKind::Str => Type { kind: TypeKind::String, span: ty.span },
        TypeKind::Slice(item) => Type { kind: TypeKind::Vec(item.clone()), span: ty.span },
        TypeKind::Ref(inner) if !stays(ty) => owned(inner),
        _ => ty.clone(),
    }
}

fn list(item: Type) -> Type {
    Type { span: item.span, kind: TypeKind::Vec(Box::new(item)) }
}

fn tuple<const N: usize>(items: [Type; N]) -> Type {
    Type::new(TypeKind::Tuple(items.into()))
}

/// The result of a batch: `Result<Vec<T>, (Vec<T>, Vec<(u32, E)>, Vec<(u32, GoError)>)>`, without `Vec<(u32, E)>` where there is no `E`. The last are
/// the items that ended otherwise: by a panic, or because a value of theirs was refused.
fn result(ty: &Type) -> Type {
    let (value, error) = match &ty.kind {
        TypeKind::Result(value, error) => (&**value, Some(&**error)),
        _ => (ty, None),
    };
    let values = list(owned(value));
    let of_item = |error: Type| list(tuple([Type::new(TypeKind::Number(Number::U32)), error]));
    let ended = of_item(Type::new(TypeKind::Error(AnyError::Go)));
    let failed = match error {
        Some(error) => tuple([values.clone(), of_item(owned(error)), ended]),
        None => tuple([values.clone(), ended]),
    };
    Type { kind: TypeKind::Result(Box::new(values), Box::new(failed)), span: ty.span }
}

impl Function {
    /// The function that makes many of its calls.
    pub fn batch(&self, is_object: impl Fn(&str) -> bool) -> Function {
        let receiver = usize::from(self.receiver.is_some());
        let params = self.params.iter().enumerate().map(|(at, param)| {
            let mut param = param.clone();
            let share = if at < receiver { Share::Shared } else { param.share(&is_object) };
            match share {
                Share::Shared => param.shared = true,
                _ => (param.ty, param.borrow) = (list(owned(&param.ty)), false),
            }
            param
        });
        Function {
            head: Head {
                name: format!("{}_batch", self.head.name),
                go_name: self.head.go_name.as_ref().map(|name| format!("{name}Batch")),
                docs: Vec::new(),
                ..self.head.clone()
            },
            params: params.collect(),
            constructor: false,
            result: result(&self.result),
            hash: if self.hash == 0 { 0 } else { self.hash.rotate_left(1) },
            // Of what its function promises only that it may take the fast lane.
            options: Options { fast: self.options.fast, batcher: self.options.batcher, ..Options::default() },
            batch_of: Some(Box::new(self.clone())),
            ..self.clone()
        }
    }

    /// The parameters that differ from item to item, of a function that is a batch.
    pub fn items(&self) -> impl Iterator<Item = (usize, &Param)> {
        self.params.iter().enumerate().filter(|(_, param)| !param.shared)
    }

    /// Has it an argument that can differ from item to item?
    pub fn has_items(&self, is_object: impl Fn(&str) -> bool) -> bool {
        self.arguments().iter().any(|param| param.share(&is_object) != Share::Shared)
    }
}

impl Import {
    /// Adds the batches that are asked for, behind all other methods. Of a whole trait those are of the methods with arguments.
    pub fn add_batches(&mut self, is_object: impl Fn(&str) -> bool) {
        let asked = |method: &&Function| method.options.batch && method.has_items(&is_object);
        let batches: Vec<_> =
            self.methods.iter().filter(asked).map(|method| method.batch(&is_object)).collect();
        self.methods.extend(batches);
    }
}

impl Interface {
    /// Are the results of a batch POD, so that they can be written where they stay?
    pub fn has_room(&self, function: &Function) -> bool {
        let values = match &function.result.kind {
            TypeKind::Result(values, _) => values,
            _ => &function.result,
        };
        function.batch_of.is_some() && self.class(values) == Class::Span
    }

    /// Adds the batches that are asked for: each behind its function, those of imported traits behind all methods.
    pub fn add_batches(&mut self) {
        let objects: Vec<String> = self.objects.iter().map(|object| object.head.name.clone()).collect();
        let is_object = |name: &str| objects.iter().any(|object| object == name);
        let add = |functions: &mut Vec<Function>| {
            for function in std::mem::take(functions) {
                let batch = (function.options.batch && function.has_items(is_object))
                    .then(|| function.batch(is_object));
                functions.push(function);
                functions.extend(batch);
            }
        };
        add(&mut self.functions);
        self.objects.iter_mut().for_each(|object| add(&mut object.methods));
        self.imports.iter_mut().for_each(|import| import.add_batches(is_object));
    }
}
