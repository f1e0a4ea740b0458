//! Durations and times.

use std::time::{Duration, SystemTime};

#[gangplank::record]
pub struct Event {
    pub at: SystemTime,
    pub took: Duration,
    pub retries: Vec<Duration>,
    pub ended: Option<SystemTime>,
}

#[gangplank::export]
pub fn echo_duration(span: Duration) -> Duration {
    span
}

#[gangplank::export]
pub fn later(start: SystemTime, by: Duration) -> SystemTime {
    start + by
}

#[gangplank::export]
pub fn echo_event(of: Event) -> Result<Event, Duration> {
    Ok(of)
}
