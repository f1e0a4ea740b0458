use std::sync::Arc;

#[gangplank::export]
pub fn kinds(
    a: &dyn FnMut(u32),
    b: &mut dyn Fn(u32),
    c: &dyn FnOnce(),
    d: Arc<dyn FnMut()>,
    e: Arc<dyn FnOnce()>,
    f: &mut dyn FnOnce(),
) {
}

#[gangplank::export]
pub fn arguments(
    a: &dyn Fn(u8, u8, u8, u8, u8, u8, u8),
    b: &dyn Fn(&str, u8, u8, u8),
    c: &dyn Fn(&[String]),
    d: &dyn Fn(&str, &[u8], &[f64]) -> bool,
    e: &dyn Fn(u8, u8, u8, u8, u8, String),
) {
}
