#[gangplank::export]
pub fn head(text: &'a str) -> &'static str {
    ""
}

#[gangplank::record]
pub struct Hit {
    pub text: Vec<Part<'b>>,
}

#[gangplank::record]
pub struct Part {
    pub a: u8,
}

#[gangplank::export]
pub fn fine(text: &'_ str) {}
