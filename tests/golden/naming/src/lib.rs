//! Names in the other language's manner.

/// An item of a shop.
#[gangplank::record]
pub struct HttpItem {
    pub user_id: u64,
    pub html_url: String,
    pub r#type: String,
    #[go(name = "Renamed")]
    pub other: bool,
}

#[gangplank::record]
pub enum Json {
    Null,
    #[go(name = "JSONText")]
    Text(String),
    UserIds(Vec<u64>),
}

#[gangplank::record]
#[allow(non_camel_case_types)]
pub enum http_status {
    NOT_FOUND = 404,
    Ok = 200,
}

/// Types that are called like what the generator calls its own.
#[gangplank::record]
pub struct Uint32 {
    pub string: Option<String>,
    pub bytes: Vec<Bytes>,
    pub number: u32,
}

#[gangplank::record]
pub struct Bytes {
    pub value: Vec<u8>,
    pub error: Vec<Error>,
}

#[gangplank::record]
pub struct Error {
    pub cause: Option<gangplank::Error>,
    pub option_string: OptionString,
}

#[gangplank::record]
pub enum OptionString {
    Uint32Slice(Vec<Uint32>),
    Scratch(Option<String>),
}

#[gangplank::export]
pub fn echo_names(of: Uint32) -> Uint32 {
    of
}

#[gangplank::export]
pub fn get_user_by_id(user_id: u64, func: &str, range: &str, string: &str, len: usize, err: bool) -> HttpItem {
    let _ = (func, range, string, len, err);
    HttpItem { user_id, html_url: String::new(), r#type: String::new(), other: false }
}

/// Its parameters have the names of everything around them.
#[gangplank::export]
#[allow(clippy::too_many_arguments)]
pub fn r#match(
    r: HttpItem,
    m: Json,
    v: &str,
    scratch: &[u8],
    message: Option<u8>,
    space: bool,
    buffer: char,
    string_data: &str,
    append_http_item: f64,
    gangplank: u8,
    c: (),
) -> Result<HttpItem, http_status> {
    let _ = (m, v, scratch, message, space, buffer, string_data, append_http_item, gangplank, c);
    Ok(r)
}

#[gangplank::export]
#[go(name = "Chosen")]
pub fn not_chosen(a_b: u8, r#fn: u8) -> u8 {
    a_b + r#fn
}

/// Called from Rust.
#[gangplank::import]
pub trait HttpHandler {
    fn serve_http(&self, func: &str, c: u8, m: Option<HttpItem>, err: bool) -> Result<Json, gangplank::GoError>;
    #[go(name = "Stop")]
    fn close(&self);
}
