// GP0204

#[gangplank::record]
pub struct Hit {
    pub text: &'static str,
}

#[gangplank::import]
pub trait Host {
    fn name(&self) -> &str;
}

#[gangplank::export]
pub fn update(_text: &mut u32) {}

// GP0205

#[gangplank::export]
pub fn search(_pattern: &String, _lines: &Vec<String>) {}

// GP0206

#[gangplank::export]
pub fn head(text: &'a str) -> String {
    text.to_owned()
}

fn main() {}
