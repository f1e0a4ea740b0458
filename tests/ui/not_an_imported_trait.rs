pub trait Clock {
    fn now(&self) -> u64;
}

fn ask() -> u64 {
    gangplank::imported::<dyn Clock>().map_or(0, |clock| clock.now())
}

fn main() {}
