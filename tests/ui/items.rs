// GP0103

#[gangplank::record]
pub struct Layout {
    pub a: u8,
    #[cfg(target_os = "linux")]
    pub b: u8,
}

// GP0104

#[gangplank::export]
pub struct Hit;

#[gangplank::record]
pub fn search() {}

#[gangplank::import]
pub enum Host {
    A,
}

#[gangplank::error]
pub trait Failure {
    fn text(&self) -> String;
}

// GP0112

#[gangplank::record]
#[repr(C, packed)]
pub struct Tight {
    pub a: u8,
    pub b: u32,
}

// GP0401

#[gangplank::export(quick)]
pub fn quick() {}

fn main() {}
