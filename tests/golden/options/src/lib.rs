//! `Option` of every kind of value.

#[gangplank::record]
pub struct Part {
    pub name: String,
}

#[gangplank::record]
pub enum Level {
    Low,
    High,
}

#[gangplank::record]
pub enum Figure {
    Dot,
    Line(f64),
}

#[gangplank::error]
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    #[error("refused")]
    Refused,
}

#[gangplank::record]
pub struct Options {
    pub number: Option<u32>,
    pub text: Option<String>,
    pub bytes: Option<Vec<u8>>,
    pub numbers: Option<Vec<i64>>,
    pub part: Option<Part>,
    pub parts: Option<Vec<Part>>,
    pub boxed: Option<Box<Part>>,
    pub level: Option<Level>,
    pub figure: Option<Figure>,
    pub refused: Option<Refused>,
    pub any: Option<gangplank::Error>,
    pub unit: Option<()>,
    pub twice: Option<Option<u8>>,
    pub twice_list: Option<Option<Vec<u8>>>,
    pub pair: Option<(u8, String)>,
    pub array: Option<[u16; 2]>,
    pub map: Option<std::collections::HashMap<String, u32>>,
}

#[gangplank::export]
pub fn echo_options(of: Options) -> Options {
    of
}

#[gangplank::export]
pub fn maybe(number: Option<i32>) -> Option<String> {
    number.map(|n| n.to_string())
}

#[gangplank::export]
pub fn maybe_list(list: Option<&[u8]>) -> Result<Option<Vec<u8>>, String> {
    Ok(list.map(<[u8]>::to_vec))
}
