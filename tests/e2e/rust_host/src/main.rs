//! A Rust program with Go inside, which calls back into it.

mod crew;
#[cfg(test)]
mod crew_tests;
mod harbour;
#[cfg(test)]
mod hosted_tests;
mod pilot;
mod radio;
#[cfg(test)]
mod radio_tests;
#[cfg(test)]
mod tests;
mod tuner;
#[cfg(test)]
mod tuner_tests;

pub use crew::{Crew, Sailor, Ship};
pub use harbour::{Berth, HarbourError};
pub use pilot::{Chart, Course, Pilot, Tides};
pub use radio::Radio;
pub use tuner::Tuner;

gangplank::include_go!();

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let tides = gangplank::imported::<dyn Tides>()?;
    let pilot = gangplank::imported::<dyn Pilot>()?;
    println!("high water at {} h", tides.high_water(12.5));
    let course = pilot.plan(&Chart::example())?;
    println!("{} legs to {}", course.legs.len(), course.goal);
    println!("{}", pilot.moor("Alma")?);
    match pilot.moor("Titanic") {
        Ok(said) => println!("{said}"),
        Err(error) => println!("error: {error}"),
    }
    Ok(())
}
