//! Asks Go for the weather.

gangplank::include_go!();

/// What a forecast says.
#[gangplank::record]
pub struct Forecast {
    /// Where.
    pub city: String,
    /// The highest temperature of each of the next days.
    pub highs: Vec<f64>,
}

/// Knows the weather. Implemented in go/impl.
#[gangplank::import]
pub trait Weather {
    /// The forecast for a city.
    fn forecast(&self, city: &str, days: u32) -> Result<Forecast, gangplank::GoError>;
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let weather = gangplank::imported::<dyn Weather>()?;
    let forecast = weather.forecast("Bremen", 3)?;
    println!("{}: {:?}", forecast.city, forecast.highs);
    if let Err(error) = weather.forecast("Atlantis", 3) {
        println!("error: {error}");
    }
    Ok(())
}
