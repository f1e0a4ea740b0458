use std::io;

type Outcome<T> = anyhow::Result<T>;

#[gangplank::export]
pub fn read() -> Result<String, io::Error> {
    todo!()
}

#[gangplank::export]
pub fn short() -> io::Result<String> {
    todo!()
}

#[gangplank::export]
pub fn boxed() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    todo!()
}

#[gangplank::export]
pub fn any() -> anyhow::Result<()> {
    todo!()
}

#[gangplank::export]
pub fn aliased() -> Outcome<()> {
    todo!()
}

#[gangplank::error]
pub enum Failed {
    Io(#[from] std::io::Error),
    Fine(String),
}

#[gangplank::export]
pub fn fine() -> Result<(), gangplank::Error> {
    todo!()
}

#[gangplank::object]
pub struct Searcher;

#[gangplank::export]
pub fn kept() -> Result<(), std::sync::Arc<Searcher>> {
    Ok(())
}

#[gangplank::export]
pub fn called() -> Result<(), Box<dyn Fn() + Send + Sync>> {
    Ok(())
}
