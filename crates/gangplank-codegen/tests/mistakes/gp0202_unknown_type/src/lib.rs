use serde_json::Value;

#[gangplank::record]
pub struct Hit {
    pub line: u32,
}

pub struct Unmarked {
    pub line: u32,
}

mod deep {
    pub enum AlsoUnmarked {
        A,
    }
}

type Hits = Vec<Hti>;

#[gangplank::export]
pub fn search(query: Query) -> Vec<Hti> {
    todo!()
}

#[gangplank::export]
pub fn by_alias() -> Hits {
    todo!()
}

#[gangplank::export]
pub fn convert(a: &Unmarked, b: deep::AlsoUnmarked) -> Value {
    todo!()
}

#[gangplank::import]
pub trait Host {
    fn send(&self, hit: &hyper::Request);
}

pub trait Hidden {}

#[gangplank::export]
pub fn kept(a: &dyn Hidden, b: Box<dyn Nowhere>, c: gangplank::GoRef<dyn Missing>) {}
