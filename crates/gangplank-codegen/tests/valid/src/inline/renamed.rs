use gangplank::*;

#[record]
#[derive(Clone)]
#[repr(u8)]
pub enum Deep {
    /// The first.
    A = 3,
    #[go(name = "Second")]
    B,
    C = 0x10,
}
