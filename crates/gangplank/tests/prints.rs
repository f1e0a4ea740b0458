//! The fingerprints that the compiler sees and those that the generator computes are the same (clause 6.5).

use gangplank::value::Shape;
use gangplank::{GoError, GoRef};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

#[gangplank::record]
struct Point {
    x: i32,
    y: i32,
}

#[gangplank::record]
enum Color {
    Red,
}

#[gangplank::object]
struct Index;

#[gangplank::object]
trait Scorer {
    fn score(&self) -> f64;
}

#[gangplank::import]
trait Store {
    #[allow(dead_code)]
    fn get(&self, key: &str) -> u64;
}

/// The compiler looks through an alias; so must the generator, which is given the target.
type Meters = f64;

macro_rules! same {
    ($($ty:ty),* $(,)?) => {$(
        let source: syn::Type = syn::parse_quote!($ty);
        let parsed = gangplank_codegen::syntax::parse_type(&source).unwrap();
        assert_eq!(<$ty as Shape>::PRINT, parsed.print(), stringify!($ty));
    )*};
}

#[test]
fn both_sides_compute_the_same() {
    same!(
        (),
        bool,
        char,
        u8,
        u16,
        u32,
        u64,
        usize,
        i8,
        i16,
        i32,
        i64,
        isize,
        f32,
        f64,
        String,
        Duration,
        SystemTime
    );
    same!(
        &'static str,
        &'static [u8],
        Vec<u8>,
        &'static [f64],
        [u16; 3],
        [[i8; 2]; 4],
        (u8, String),
        (u8, u8, (bool, char))
    );
    same!(Option<Vec<Option<String>>>, Box<u8>, HashMap<String, Vec<u8>>, BTreeMap<char, Box<i64>>);
    same!(Index, &'static Index, Arc<Index>, Option<Arc<Index>>, &'static mut Index, Vec<Index>);
    same!(Arc<dyn Scorer>, Box<dyn Scorer + Send>, &'static dyn Scorer);
    same!(&'static dyn Store, Arc<dyn Store + Send + Sync>, Box<dyn Store>, GoRef<dyn Store>);
    same!(
        Box<dyn Fn()>,
        &'static dyn Fn(u8, &str) -> Option<bool>,
        &'static mut dyn FnMut(&[u8], &Point) -> Result<(), GoError>,
        Arc<dyn Fn(Arc<Index>) -> Box<dyn FnOnce(String) + Send> + Send + Sync>
    );
    same!(Point, Color, Vec<Point>, Option<Box<Color>>, gangplank::GoError, gangplank::Error);
}

#[test]
fn an_alias_is_its_target() {
    assert_eq!(<Vec<Meters> as Shape>::PRINT, <Vec<f64> as Shape>::PRINT);
    assert_ne!(<Vec<f32> as Shape>::PRINT, <Vec<f64> as Shape>::PRINT);
    assert_ne!(<(u8, u16) as Shape>::PRINT, <(u16, u8) as Shape>::PRINT);
    assert_ne!(<Point as Shape>::PRINT, <Color as Shape>::PRINT);
    let point = (Point { x: 1, y: 2 }, Color::Red);
    assert_eq!(point.0.x + point.0.y, 3);
    assert!(matches!(point.1, Color::Red));
}
