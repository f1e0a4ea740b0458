#[cfg(unix)]
#[gangplank::export]
pub fn only_unix() {}

#[gangplank::record]
#[cfg_attr(unix, repr(C))]
pub struct Layout {
    pub a: u8,
    #[cfg(feature = "wide")]
    pub b: u8,
}

#[gangplank::record]
pub enum Shape {
    Circle,
    #[cfg(feature = "wide")]
    Square,
}

#[gangplank::import]
pub trait Host {
    #[cfg(unix)]
    fn fork(&self);
    fn log(&self, #[cfg(unix)] text: &str);
}

#[cfg(feature = "extra")]
mod extra;

#[cfg(test)]
mod tests {
    #[gangplank::export]
    fn never_seen(x: i128) {}
}

// A derive is nothing to the bridge.
#[gangplank::record]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Fine {
    pub a: u8,
}
