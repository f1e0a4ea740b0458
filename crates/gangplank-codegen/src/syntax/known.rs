//! Types of Rust's library by name: those that cross, and what to say of those that do not.

use crate::diagnostic::{Code, ERROR_TYPE, NOT_YET, UNSUPPORTED_TYPE};

/// The types of the library that cross, besides the primitive ones. Nothing of the user's may have these names.
const CROSSING: &[&str] =
    &["String", "Vec", "Option", "Result", "HashMap", "BTreeMap", "Box", "Arc", "Duration", "SystemTime"];

/// What to say of a type that does not cross.
pub(super) struct Refusal {
    pub code: Code,
    /// Why, in a few words.
    pub why: &'static str,
    /// What to write instead.
    pub help: &'static str,
}

/// May nothing of the user's have this name? It would be taken for another type wherever only the name is seen.
pub(super) fn is_reserved(name: &str) -> bool {
    CROSSING.contains(&name)
        || matches!(name, "GoError" | "GoRef" | "GoIter" | "GoStream")
        || refusal(name).is_some_and(|(_, sure)| sure)
}

/// Is it a type of the library that gangplank knows, whether it crosses or not?
pub(super) fn is_known(name: &str) -> bool {
    CROSSING.contains(&name) || refusal(name).is_some()
}

/// Is it for certain the library's, and not the user's own, where nothing but the name is known? `Path` or `Range` may
/// be a record of the user's; `PathBuf` or `Rc<..>` is not.
pub(super) fn is_surely_known(name: &str, has_arguments: bool) -> bool {
    CROSSING.contains(&name) || refusal(name).is_some_and(|(_, sure)| sure || has_arguments)
}

/// Why a type of the library does not cross; `None` for what nobody has met yet.
pub(super) fn why_not(path: &[String]) -> Option<Refusal> {
    let last = path.last()?.as_str();
    let of_module = |module: &str| path.len() > 1 && path[path.len() - 2] == module;
    if last == "Error" && path.len() > 1 && !of_module("gangplank")
        || last == "Result" && (of_module("io") || of_module("fmt"))
    {
        return Some(error_type());
    }
    refusal(last).map(|(refusal, _)| refusal)
}

/// An error type that keeps nothing gangplank could carry.
pub(super) fn error_type() -> Refusal {
    Refusal {
        code: ERROR_TYPE,
        why: "Go could not tell what went wrong",
        help: "use `gangplank::Error`, which other errors turn into with `?`, or an enum with `#[gangplank::error]`, or keep the text in a `String`",
    }
}

/// `fn(A) -> B`
pub(super) const FUNCTION: Refusal = Refusal {
    code: UNSUPPORTED_TYPE,
    why: "an address without what it closes over",
    help: "write `&dyn Fn(..)` for the time of a call, or `Box<dyn Fn(..) + Send + Sync>`",
};

/// `impl IntoIterator`
pub(super) const INTO_ITERATOR: Refusal = Refusal {
    code: UNSUPPORTED_TYPE,
    why: "it is no iterator yet",
    help: "call `into_iter()`, and return `impl Iterator<Item = T> + Send`; or return a `Vec`",
};

/// `impl Future`
pub(super) const FUTURE: Refusal =
    Refusal { code: NOT_YET, why: "a future is no value", help: "write `async fn`" };

/// The refusal, and whether the name alone is certain.
fn refusal(name: &str) -> Option<(Refusal, bool)> {
    let (sure, why, help) = match name {
        "i128" | "u128" => (true, "Go has no integers of 128 bits", "use two `u64`, or a `String`"),
        "Rc" => (true, "it is shared within one thread, and Go calls from any", "use an `Arc` of an object"),
        "Weak" => (
            false,
            "it may be gone when the other side wants it",
            "pass the `Arc`, and keep the `Weak` in Rust",
        ),
        "Pin" => (false, "it means nothing on the other side", "pass the value itself"),
        "RefCell" | "Cell" | "OnceCell" | "LazyCell" | "UnsafeCell" | "Mutex" | "RwLock" | "OnceLock"
        | "LazyLock" => (
            matches!(name, "RefCell" | "Mutex" | "RwLock"),
            "values are copied, not shared",
            "pass the value inside it, or put it into an object",
        ),
        "Cow" => (true, "it is either of two types", "take `&str` or `&[T]`, return `String` or `Vec<T>`"),
        "HashSet" | "BTreeSet" => (true, "Go has no sets", "use a `Vec`, or a map to `()`"),
        "VecDeque" | "LinkedList" | "BinaryHeap" => (true, "Go has no such collection", "use a `Vec`"),
        "PathBuf" | "Path" => (
            name == "PathBuf",
            "paths may hold what is no text",
            "use `String` or `&str`, or `Vec<u8>` for any bytes",
        ),
        "OsString" | "OsStr" => {
            (true, "it may hold what is no text", "use `String` or `&str`, or `Vec<u8>` for any bytes")
        }
        "CString" | "CStr" => (true, "it is C's", "use `String` or `Vec<u8>`"),
        "Instant" => {
            (false, "it means nothing outside the process's own clock", "use a `Duration`, or a `SystemTime`")
        }
        "Wrapping" | "Saturating" | "NonZero" => (false, "Go has plain integers", "use the plain integer"),
        "Range" | "RangeInclusive" | "RangeFrom" | "RangeTo" | "RangeFull" => {
            (false, "Go has no ranges", "use two arguments or fields, `start` and `end`")
        }
        "IpAddr" | "Ipv4Addr" | "Ipv6Addr" | "SocketAddr" => {
            (false, "there is no form of it both languages share", "use a `String`")
        }
        "PhantomData" => (true, "there is nothing to carry", "leave it out of what crosses"),
        "File" | "TcpStream" | "TcpListener" | "UdpSocket" => {
            (false, "resources do not cross", "pass a name or the bytes")
        }
        "Sender" | "Receiver" | "SyncSender" => (false, "channels do not cross", "pass the values"),
        _ if name.starts_with("NonZero") => (false, "Go has plain integers", "use the plain integer"),
        _ if name.starts_with("Atomic") => (false, "values are copied, not shared", "use the plain number"),
        _ => return None,
    };
    Some((Refusal { code: UNSUPPORTED_TYPE, why, help }, sure))
}
