use std::path::PathBuf;
use std::sync as threads;

#[gangplank::record]
pub struct Everything {
    pub wide: i128,
    pub shared: std::rc::Rc<u32>,
    pub locked: threads::Mutex<u32>,
    pub cell: std::cell::RefCell<u32>,
    pub set: std::collections::HashSet<String>,
    pub path: PathBuf,
    pub os: std::ffi::OsString,
    pub instant: std::time::Instant,
    pub nonzero: std::num::NonZeroU32,
    pub cow: std::borrow::Cow<'static, str>,
    pub queue: Vec<std::collections::VecDeque<u8>>,
    pub range: std::ops::Range<u32>,
    pub address: std::net::IpAddr,
    pub pointer: *const u8,
    pub boxed_text: Box<str>,
    pub boxed_list: Box<[u32]>,
    pub hidden: <Vec<u8> as IntoIterator>::Item,
    pub layout: std::alloc::Layout,
    pub by_macro: some_type!(),
    pub itself: Option<Box<Self>>,
}

#[gangplank::export]
pub fn never(text: &std::path::Path) -> ! {
    todo!()
}

#[gangplank::export]
pub fn unsized_types(a: &dyn Send, b: Box<[u8]>) -> (str, [u8]) {
    todo!()
}

type Circle = Vec<Circle>;

#[gangplank::export]
pub fn around(x: Circle) {}

/// The user's own types may have such names.
#[gangplank::record]
pub struct Path {
    pub steps: Vec<String>,
}

#[gangplank::export]
pub fn fine(path: Path, other: &Path) {}

#[gangplank::object]
pub trait Scorer {
    fn score(&self) -> f64;
}

#[gangplank::export]
pub fn traits(a: Scorer, b: Vec<dyn Fn()>, c: dyn Scorer, d: Box<dyn std::fmt::Display>, e: fn(u32) -> u32) {}
