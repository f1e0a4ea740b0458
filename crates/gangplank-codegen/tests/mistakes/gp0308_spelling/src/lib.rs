#[gangplank::export]
pub fn größe() -> u32 {
    1
}

#[gangplank::export]
pub fn __() {}

#[gangplank::record]
pub struct Mensch {
    pub größe: u32,
    pub नि: u32,
    #[go(name = "Sign")]
    pub नी: u32,
    pub 名前: String,
    pub __: u32,
}
