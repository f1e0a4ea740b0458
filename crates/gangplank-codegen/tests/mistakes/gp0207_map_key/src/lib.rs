use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

#[gangplank::record]
pub struct Point {
    pub x: i32,
    pub y: i32,
}

#[gangplank::record]
pub struct Place {
    pub at: Point,
    pub height: f64,
}

#[gangplank::record]
pub enum Color {
    Red,
}

#[gangplank::record]
pub enum Shape {
    Circle(u32),
}

#[gangplank::record]
pub struct Maps {
    pub floats: BTreeMap<f64, u32>,
    pub lists: HashMap<Vec<u8>, u32>,
    pub options: HashMap<Option<u32>, u32>,
    pub pairs: HashMap<(u8, u8), u32>,
    pub places: HashMap<Place, u32>,
    pub shapes: Vec<HashMap<Shape, u32>>,
    pub times: BTreeMap<std::time::SystemTime, u32>,
    pub boxes: HashMap<Box<u32>, u32>,
    pub fine: HashMap<Point, BTreeMap<Color, HashMap<[u8; 4], HashMap<char, BTreeMap<String, u8>>>>>,
}

#[gangplank::object]
pub struct Searcher;

#[gangplank::export]
pub fn kept(a: HashMap<Arc<Searcher>, u8>, b: HashMap<Box<dyn Fn()>, u8>) -> HashMap<Searcher, u8> {
    todo!()
}
