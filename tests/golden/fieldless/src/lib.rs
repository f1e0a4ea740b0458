//! Enums without data.

/// A colour.
#[gangplank::record]
pub enum Color {
    /// Like blood.
    Red,
    Green,
    /// Like the sky.
    Blue = 10,
}

#[gangplank::record]
#[repr(u8)]
pub enum Small {
    A = 1,
    B,
    C = 255,
}

#[gangplank::record]
#[repr(i16)]
pub enum Signed {
    Minus = -1,
    Zero,
    Plus,
}

#[gangplank::record]
#[repr(u64)]
pub enum Big {
    Zero = 0,
    Most = 0xffff_ffff_ffff_ffff,
}

#[gangplank::record]
#[repr(i64)]
pub enum Far {
    Least = -0x8000_0000_0000_0000,
    Most = 0x7fff_ffff_ffff_ffff,
}

#[gangplank::record]
pub enum One {
    Only = 7,
}

#[gangplank::record]
pub struct Paint {
    pub color: Color,
    pub smalls: Vec<Small>,
    pub big: Option<Big>,
    pub far: (Far, One),
}

#[gangplank::export]
pub fn mix(a: Color, b: Small) -> Signed {
    let _ = (a, b);
    Signed::Plus
}

#[gangplank::export]
pub fn echo_big(of: Big) -> Result<Big, Color> {
    Ok(of)
}

#[gangplank::export]
pub fn echo_paint(of: Paint) -> Paint {
    of
}
