use std::sync::Mutex;

static COUNTER: Mutex<u64> = Mutex::new(0);

#[gangplank::export(fast)]
pub fn nap(ms: u64) {
    std::thread::sleep(std::time::Duration::from_millis(ms));
}

#[gangplank::export(fast)]
pub fn next() -> u64 {
    *COUNTER.lock().unwrap()
}

#[gangplank::export(fast)]
pub fn size(path: &str) -> u64 {
    std::fs::read(path).map_or(0, |bytes| bytes.len() as u64)
}

/// All of this is fine.
#[gangplank::export(fast)]
pub fn careful(path: &str) -> u64 {
    let before = *gangplank::brief(|| COUNTER.lock()).unwrap();
    let bytes = gangplank::hosted::blocking(|| std::fs::read(path));
    std::thread::spawn(|| std::thread::sleep(std::time::Duration::from_millis(1)));
    let joined = ["a", "b"].join(",");
    before + bytes.map_or(0, |bytes| bytes.len() as u64) + joined.len() as u64
}

/// And so is this, which is not fast.
#[gangplank::export]
pub fn slow() -> u64 {
    *COUNTER.lock().unwrap()
}

#[gangplank::object]
pub struct Tally {
    count: Mutex<u64>,
}

#[gangplank::object]
impl Tally {
    #[export(fast)]
    pub fn count(&self) -> u64 {
        *self.count.lock().unwrap()
    }
}
