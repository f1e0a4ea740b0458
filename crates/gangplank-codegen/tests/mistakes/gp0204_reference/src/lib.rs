#[gangplank::record]
pub struct Hit {
    pub text: &'static str,
    pub bytes: Vec<&'static [u8]>,
}

#[gangplank::import]
pub trait Host {
    fn name(&self) -> &str;
    fn names(&self) -> Result<Vec<&str>, String>;
    fn fine(&self, text: &str, hit: &Hit, all: &[Hit]);
}

#[gangplank::export]
pub fn update(hit: &mut Hit, text: &mut String) {}

#[gangplank::export]
pub fn nested(a: Option<&[u32]>, b: &[&Hit], c: (&[Hit], u32), d: Box<&str>, e: Option<&Hit>) {}

#[gangplank::export]
pub fn fine(a: Option<&str>, b: &[&str], c: (&[u8], &str), d: Option<&[u8]>, e: &[&[u8]], f: Vec<&str>) -> &'static str {
    ""
}

#[gangplank::object]
pub trait Scorer {
    fn score(&self) -> f64;
}

#[gangplank::export]
pub fn borrowed(a: &dyn Fn(Option<&str>) -> &str, b: &mut dyn Scorer) {}
