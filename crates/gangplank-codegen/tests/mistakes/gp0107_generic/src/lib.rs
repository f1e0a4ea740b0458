#[gangplank::export]
pub fn first<T>(items: Vec<T>) -> T {
    todo!()
}

#[gangplank::export]
pub fn longest<'a>(a: &str) -> &str {
    a
}

#[gangplank::export]
pub fn fixed<const N: usize>() {}

#[gangplank::export]
pub fn show(what: impl std::fmt::Display) {}

#[gangplank::export]
pub fn bounded()
where
    u32: Copy,
{
}

#[gangplank::record]
pub struct Wrapper<T> {
    pub inner: T,
}

#[gangplank::record]
pub struct Borrowing<'a> {
    pub text: &'a str,
}

#[gangplank::import]
pub trait Store<K> {
    fn get(&self, key: K) -> String;
    fn put<V>(&self, value: V);
    fn held<'a>(&'a self);
}

#[gangplank::object]
pub struct Kept<T>(T);

#[gangplank::export]
pub fn with(visit: impl Fn(u32)) {}
