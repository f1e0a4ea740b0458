//! Where a type stands, and which way its values go.

/// Which way a value goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Way {
    /// Arguments of what Rust offers, results of what Go does.
    ToRust,
    /// Results of what Rust offers, arguments of what Go does.
    ToGo,
    /// The same, behind a reference: nothing of it can be given away.
    LentToGo,
}

impl Way {
    /// Behind a reference.
    pub(super) fn lent(self) -> Way {
        if self == Way::ToRust { Way::ToRust } else { Way::LentToGo }
    }

    /// The arguments of a function value go against the function itself.
    pub(super) fn back(self) -> Way {
        match self {
            Way::ToRust => Way::ToGo,
            Way::ToGo | Way::LentToGo => Way::ToRust,
        }
    }
}

/// Where a type stands.
#[derive(Clone, Copy)]
pub(super) struct Place {
    /// Which references may stand here.
    pub borrowed: Borrowed,
    /// May it be a `Result`?
    pub result: bool,
    /// Which way the values go, if that is known.
    pub way: Option<Way>,
    /// Is it the whole of an argument for Rust?
    pub whole: Whole,
    /// Which iterators and streams may stand here?
    pub sequences: Sequences,
}

/// Which iterators and streams may stand somewhere.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Sequences {
    /// Any: an exported function's result.
    Any,
    /// Any with a type that can be named: another whole argument or result.
    Named,
    /// None: a part of something.
    No,
}

/// Which references may stand somewhere.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Borrowed {
    /// Any: the whole of an argument, or of an exported function's result.
    Any,
    /// Any, but none inside: the whole of a function value's argument.
    Whole,
    /// `&str` and `&[u8]`: a part of such.
    Bytes,
    /// None, and why.
    No(&'static str),
}

/// Whose whole argument it is; only there Go's handle is at hand for the time of the call.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Whole {
    /// An exported function's, or a method's.
    Export,
    /// A function value's that Go calls.
    Call,
    /// Nobody's: a part, a field, a result, an argument for Go.
    No,
}

const IN_FIELD: &str = "a field owns its value";
const IN_IMPORTED: &str = "what Go returns is owned";
const IN_FUNCTION: &str = "what a function value returns is owned";
const IN_ARGUMENT: &str = "a function value borrows only whole arguments";

impl Place {
    pub(super) fn argument_of_export() -> Place {
        let sequences = Sequences::Named;
        Place {
            borrowed: Borrowed::Any,
            result: false,
            way: Some(Way::ToRust),
            whole: Whole::Export,
            sequences,
        }
    }

    pub(super) fn result_of_export() -> Place {
        let sequences = Sequences::Any;
        Place { borrowed: Borrowed::Any, result: true, way: Some(Way::ToGo), whole: Whole::No, sequences }
    }

    pub(super) fn argument_of_import() -> Place {
        let sequences = Sequences::Named;
        Place { borrowed: Borrowed::Any, result: false, way: Some(Way::ToGo), whole: Whole::No, sequences }
    }

    pub(super) fn result_of_import() -> Place {
        let borrowed = Borrowed::No(IN_IMPORTED);
        let sequences = Sequences::Named;
        Place { borrowed, result: true, way: Some(Way::ToRust), whole: Whole::No, sequences }
    }

    /// Of a function value whose arguments go this way.
    pub(super) fn argument_of_function(way: Option<Way>) -> Place {
        let whole = if matches!(way, Some(Way::ToGo | Way::LentToGo)) { Whole::No } else { Whole::Call };
        Place { borrowed: Borrowed::Whole, result: false, way, whole, sequences: Sequences::Named }
    }

    /// Of a function value whose results go this way.
    pub(super) fn result_of_function(way: Option<Way>) -> Place {
        let borrowed = Borrowed::No(IN_FUNCTION);
        Place { borrowed, result: true, way, whole: Whole::No, sequences: Sequences::Named }
    }

    pub(super) fn field(way: Option<Way>) -> Place {
        let borrowed = Borrowed::No(IN_FIELD);
        Place { borrowed, result: false, way, whole: Whole::No, sequences: Sequences::No }
    }

    /// Of the value and the error of a `Result`.
    pub(super) fn of_result(self) -> Place {
        Place { result: false, ..self }
    }

    /// Inside an `Option`, a tuple or a list.
    pub(super) fn part(self) -> Place {
        let borrowed = match self.borrowed {
            Borrowed::Any => Borrowed::Bytes,
            Borrowed::Whole => Borrowed::No(IN_ARGUMENT),
            other => other,
        };
        Place { borrowed, result: false, whole: Whole::No, sequences: Sequences::No, ..self }
    }

    /// Do the values go to Go, behind a reference or not?
    pub(super) fn to_go(self) -> bool {
        matches!(self.way, Some(Way::ToGo | Way::LentToGo))
    }

    /// Behind a reference.
    pub(super) fn lent(self) -> Place {
        Place { way: self.way.map(Way::lent), sequences: Sequences::No, ..self }
    }

    /// Inside what owns it, or lends it as its owner would.
    pub(super) fn owned(self, why: &'static str) -> Place {
        let borrowed = Borrowed::No(why);
        Place { borrowed, result: false, whole: Whole::No, sequences: Sequences::No, ..self }
    }
}
