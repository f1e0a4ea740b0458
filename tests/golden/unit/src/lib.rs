//! Nothing, in every position.

#[gangplank::record]
pub struct Nothing;

#[gangplank::record]
pub struct Units {
    pub unit: (),
    pub units: Vec<()>,
    pub some: Option<()>,
    pub pair: ((), u8),
    pub nothing: Nothing,
}

#[gangplank::export]
pub fn nop() {}

#[gangplank::export]
pub fn echo_units(unit: (), of: Units) -> Units {
    let () = unit;
    of
}

#[gangplank::export]
pub fn try_nothing(unit: ()) -> Result<(), Nothing> {
    let () = unit;
    Ok(())
}

#[gangplank::export]
pub fn pair_of_unit() -> ((), u8) {
    ((), 1)
}
