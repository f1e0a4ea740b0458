#[gangplank::record]
#[repr(C)]
pub struct Sample {
    pub channel: u8,
    pub value: u64,
    pub flags: u16,
}

#[gangplank::record]
#[repr(C)]
pub struct Outer {
    pub points: [Point; 3],
    pub last: u8,
    pub odd: u16,
}

#[gangplank::record]
#[repr(C)]
pub struct Point {
    pub x: i32,
    pub y: i32,
}

#[gangplank::record]
#[repr(C)]
pub struct Ends {
    pub x: i32,
    pub nothing: [u8; 0],
}

/// Not POD, for the string: it is encoded.
#[gangplank::record]
#[repr(C)]
pub struct Fine {
    pub a: u8,
    pub b: u64,
    pub name: String,
}
