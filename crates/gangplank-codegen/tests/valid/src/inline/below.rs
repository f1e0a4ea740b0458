use super::super::*;

#[export]
pub fn below(x: inner::Deep) -> Outcome<()> {
    Ok(())
}

mod inner {
    pub(super) use super::super::other::Deep;
}
