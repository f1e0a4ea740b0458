//! An object that is passed as `&mut` needs a `&mut self` method: without one nobody takes its lock.

#[gangplank::object]
pub struct Fixed(u8);

#[gangplank::object]
impl Fixed {
    pub fn get(&self) -> u8 {
        self.0
    }
}

#[gangplank::export]
pub fn change(fixed: &mut Fixed) {
    fixed.0 = 1;
}

fn main() {}
