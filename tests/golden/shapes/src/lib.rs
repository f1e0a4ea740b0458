//! Enums with data.

/// A shape.
#[gangplank::record]
pub enum Shape {
    /// Round.
    Circle(f64),
    /// With corners.
    Rect { width: f64, height: f64, label: Option<String> },
    Segment(i32, i32),
    Empty,
}

/// All variants empty but one.
#[gangplank::record]
pub enum Signal {
    Stop,
    Go(),
    Wait { seconds: u32 },
}

#[gangplank::export]
pub fn area(shape: &Shape) -> f64 {
    match shape {
        Shape::Circle(r) => r * r * std::f64::consts::PI,
        Shape::Rect { width, height, .. } => width * height,
        _ => 0.0,
    }
}

#[gangplank::export]
pub fn merge(shapes: Vec<Shape>, signal: Signal) -> Result<Shape, Signal> {
    shapes.into_iter().next().ok_or(signal)
}

#[gangplank::export]
pub fn find_shape(name: &str) -> Option<Shape> {
    (name == "empty").then_some(Shape::Empty)
}
