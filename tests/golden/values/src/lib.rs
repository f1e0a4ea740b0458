//! Errors that are plain values, or any error.

#[gangplank::record]
pub struct Reason {
    pub code: i32,
}

#[gangplank::export]
pub fn fail_text(ok: bool) -> Result<u8, String> {
    if ok { Ok(1) } else { Err("no".to_owned()) }
}

#[gangplank::export]
pub fn fail_number(ok: bool) -> Result<(), i64> {
    if ok { Ok(()) } else { Err(1) }
}

#[gangplank::export]
pub fn fail_reason(ok: bool) -> Result<String, Reason> {
    if ok { Ok(String::new()) } else { Err(Reason { code: 1 }) }
}

#[gangplank::export]
pub fn fail_unit(ok: bool) -> Result<Reason, ()> {
    if ok { Ok(Reason { code: 0 }) } else { Err(()) }
}

#[gangplank::export]
pub fn fail_any(ok: bool) -> Result<Vec<u8>, gangplank::Error> {
    if ok { Ok(vec![]) } else { Err(gangplank::Error::new("any")) }
}

#[gangplank::export]
pub fn carry(error: gangplank::Error, errors: Vec<gangplank::Error>) -> gangplank::Error {
    let _ = errors;
    error
}
