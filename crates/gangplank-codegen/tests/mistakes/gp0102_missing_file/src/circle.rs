#[path = "circle.rs"]
mod again;
