#[gangplank::import]
pub trait Host {
    fn each(&self, visit: &dyn Fn(u32));
    fn other(&self, host: &dyn Host, boxed: Box<dyn Host>) -> Option<Box<dyn Host>>;
    fn fine(&self, host: gangplank::GoRef<dyn Host>) -> Box<dyn FnMut(u32)>;
}

#[gangplank::export]
pub fn parts(a: Option<&dyn Fn(u32)>, b: Vec<&mut dyn FnMut()>, c: Option<&dyn Host>) {}

#[gangplank::export]
pub fn nested(a: &dyn Fn(&dyn Fn(u32))) -> std::sync::Arc<dyn Host> {
    todo!()
}

#[gangplank::export]
pub fn fine(a: &dyn Host, b: Box<dyn Host>, c: Vec<std::sync::Arc<dyn Host>>) -> gangplank::GoRef<dyn Host> {
    todo!()
}

#[gangplank::import]
pub trait Lender {
    fn lent(&self, list: &[Box<dyn Fn() + Send + Sync>], fine: &[std::sync::Arc<dyn Fn() + Send + Sync>]);
}
