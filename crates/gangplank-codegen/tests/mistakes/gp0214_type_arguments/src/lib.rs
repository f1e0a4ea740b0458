use std::collections::HashMap;

type Res<T, E = String> = Result<T, E>;

#[gangplank::record]
pub struct Hit {
    pub bare: Vec,
    pub half: HashMap<String>,
    pub plain: String<u8>,
    pub own: Option<Other<u8>>,
    pub two: Option<u8, u8>,
    pub constant: Vec<3>,
}

#[gangplank::record]
pub struct Other {
    pub a: u8,
}

#[gangplank::export]
pub fn bare() -> Res {
    todo!()
}

#[gangplank::export]
pub fn short() -> Result<u32> {
    todo!()
}

#[gangplank::export]
pub fn fine() -> Res<u32> {
    todo!()
}
