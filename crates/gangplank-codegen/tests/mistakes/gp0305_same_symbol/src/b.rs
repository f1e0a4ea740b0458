#[gangplank::export]
#[go(name = "OpenOther")]
pub fn open() {}
