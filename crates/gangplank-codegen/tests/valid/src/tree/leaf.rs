mod further;

use further::Weight as Mass;

#[gangplank::record]
pub struct Leaf {
    pub mass: Mass,
}
