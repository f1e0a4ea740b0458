//! Objects with this test in Go's place: methods, sharing, exclusive use, what ends a handle, and what is no handle.

mod fake_go;

use fake_go::{Message, Package, another, call, call_bytes, release};
use gangplank::handle::NoLeaks;
use gangplank::private::Object;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier, Mutex, Weak};
use std::time::Duration;

const ROUNDS: u64 = if cfg!(miri) { 10 } else { 500 };

static DROPS: AtomicUsize = AtomicUsize::new(0);

#[gangplank::object]
struct Counter {
    value: i64,
    step: Option<Box<dyn Fn() + Send + Sync>>,
}

impl Drop for Counter {
    fn drop(&mut self) {
        DROPS.fetch_add(1, Ordering::Relaxed);
    }
}

#[gangplank::object]
impl Counter {
    #[constructor]
    pub fn new(value: i64) -> Result<Self, String> {
        if value < 0 { Err("negative".into()) } else { Ok(Counter { value, step: None }) }
    }

    pub fn get(&self) -> i64 {
        self.value
    }

    pub fn add(&mut self, by: i64) -> i64 {
        if let Some(step) = &self.step {
            step();
        }
        self.value += by;
        self.value
    }

    pub fn each(&mut self, run: &dyn Fn()) {
        run();
    }

    pub fn look(&self, run: &dyn Fn()) {
        run();
    }

    pub fn merge(&mut self, other: &mut Counter) {
        self.value += other.value;
    }

    pub fn more_than(&self, other: &Self) -> bool {
        self.value > other.value
    }

    pub fn finish(self) -> i64 {
        self.value
    }

    pub fn share(self: Arc<Self>) -> Arc<Self> {
        self
    }

    pub fn fail(&mut self) {
        panic!("no");
    }

    #[go(skip)]
    #[allow(dead_code)]
    pub fn hidden<T>(&self, _with: T) {}

    #[allow(dead_code)]
    fn private(&self, _address: *const u8) {}
}

/// Never changed: nobody takes its lock.
#[gangplank::object]
struct Pattern(String);

#[gangplank::object]
impl Pattern {
    #[constructor]
    pub fn new(text: &str) -> Pattern {
        Pattern(text.into())
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn wait(&self, run: &dyn Fn()) -> usize {
        run();
        self.0.len()
    }
}

#[gangplank::object]
trait Shape {
    fn area(&self) -> f64;

    fn name(&self) -> String {
        "shape".into()
    }
}

struct Square(f64);

impl Shape for Square {
    fn area(&self) -> f64 {
        self.0 * self.0
    }
}

impl Drop for Square {
    fn drop(&mut self) {
        DROPS.fetch_add(1, Ordering::Relaxed);
    }
}

#[gangplank::export]
fn square(side: f64) -> Box<dyn Shape> {
    Box::new(Square(side))
}

#[gangplank::export]
fn total(first: &dyn Shape, rest: Vec<Arc<dyn Shape>>) -> f64 {
    first.area() + rest.iter().map(|shape| shape.area()).sum::<f64>()
}

/// The bounds say what is so anyhow.
#[gangplank::export]
fn bounded(
    a: &(dyn Shape + Sync),
    b: Arc<dyn Shape + Send + Sync>,
) -> (Box<dyn Shape + Send>, Arc<dyn Shape + Sync>) {
    (Box::new(Square(a.area())), b)
}

#[gangplank::export]
fn longer(a: &Pattern, b: Option<Arc<Pattern>>) -> bool {
    b.is_none_or(|b| a.0.len() > b.0.len())
}

#[gangplank::export]
fn consume(a: Counter, b: Counter, text: &str) -> i64 {
    let _ = text;
    a.value + b.value
}

static KEPT: Mutex<Vec<Arc<Counter>>> = Mutex::new(Vec::new());
static WEAK: Mutex<Vec<Weak<Counter>>> = Mutex::new(Vec::new());

#[gangplank::export]
fn keep(counter: Arc<Counter>, weak: bool) {
    if weak {
        WEAK.lock().unwrap().push(Arc::downgrade(&counter));
    } else {
        KEPT.lock().unwrap().push(counter);
    }
}

#[gangplank::record]
struct Pair {
    first: Counter,
    others: Vec<(Option<Box<Counter>>, Arc<Counter>)>,
    limit: Duration,
}

/// A duration that Go cannot hold comes last, so that the handles are made before it.
#[gangplank::export]
fn pair(bad: bool) -> Pair {
    let counter = |value| Counter { value, step: None };
    Pair {
        first: counter(1),
        others: vec![(Some(Box::new(counter(2))), Arc::new(counter(3))), (None, Arc::new(counter(4)))],
        limit: if bad { Duration::MAX } else { Duration::ZERO },
    }
}

#[derive(Debug, thiserror::Error)]
#[gangplank::error]
enum Refusal {
    #[error("taken by {}", by.value)]
    Taken { by: CounterBox },
}

#[gangplank::record]
struct CounterBox {
    value: i64,
    counter: Arc<Counter>,
}

impl std::fmt::Debug for CounterBox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "CounterBox({})", self.value)
    }
}

#[gangplank::export]
fn refuse() -> Result<(), Refusal> {
    let counter = Arc::new(Counter { value: 7, step: None });
    Err(Refusal::Taken { by: CounterBox { value: 7, counter } })
}

unsafe extern "C" {
    fn gangplank_gangplank_Counter_new(frames: *mut u64, n: usize);
    fn gangplank_gangplank_Counter_get(frames: *mut u64, n: usize);
    fn gangplank_gangplank_Counter_add(frames: *mut u64, n: usize);
    fn gangplank_gangplank_Counter_each(frames: *mut u64, n: usize);
    fn gangplank_gangplank_Counter_look(frames: *mut u64, n: usize);
    fn gangplank_gangplank_Counter_merge(frames: *mut u64, n: usize);
    fn gangplank_gangplank_Counter_more_than(frames: *mut u64, n: usize);
    fn gangplank_gangplank_Counter_finish(frames: *mut u64, n: usize);
    fn gangplank_gangplank_Counter_share(frames: *mut u64, n: usize);
    fn gangplank_gangplank_Counter_fail(frames: *mut u64, n: usize);
    fn gangplank_gangplank_Pattern_new(frames: *mut u64, n: usize);
    fn gangplank_gangplank_Pattern_len(frames: *mut u64, n: usize);
    fn gangplank_gangplank_Pattern_wait(frames: *mut u64, n: usize);
    fn gangplank_gangplank_Shape_area(frames: *mut u64, n: usize);
    fn gangplank_gangplank_Shape_name(frames: *mut u64, n: usize);
    fn gangplank_gangplank_square(frames: *mut u64, n: usize);
    fn gangplank_gangplank_bounded(frames: *mut u64, n: usize);
    fn gangplank_gangplank_total(frames: *mut u64, n: usize);
    fn gangplank_gangplank_longer(frames: *mut u64, n: usize);
    fn gangplank_gangplank_consume(frames: *mut u64, n: usize);
    fn gangplank_gangplank_keep(frames: *mut u64, n: usize);
    fn gangplank_gangplank_pair(frames: *mut u64, n: usize);
    fn gangplank_gangplank_refuse(frames: *mut u64, n: usize);
    safe static gangplank_object_gangplank_Counter: u64;
    safe static gangplank_object_gangplank_Pattern: u64;
    safe static gangplank_object_gangplank_Shape: u64;
    safe static gangplank_hash_gangplank_Counter: u64;
    safe static gangplank_hash_gangplank_Counter_get: u64;
}

use gangplank_gangplank_Counter_add as add;
use gangplank_gangplank_Counter_finish as finish;
use gangplank_gangplank_Counter_get as get;

/// The same as the symbol, for Miri, which has no symbols of variables.
fn keeper<S: Object + ?Sized>() -> *const u64 {
    std::ptr::from_ref(S::objects()).cast()
}

fn counters() -> *const u64 {
    keeper::<Counter>()
}

#[test]
#[cfg(not(miri))]
fn keepers_and_hashes_have_symbols() {
    assert_eq!(counters(), &raw const gangplank_object_gangplank_Counter);
    assert_eq!(keeper::<Pattern>(), &raw const gangplank_object_gangplank_Pattern);
    assert_eq!(keeper::<dyn Shape>(), &raw const gangplank_object_gangplank_Shape);
    assert_ne!(gangplank_hash_gangplank_Counter, gangplank_hash_gangplank_Counter_get);
}

fn counter(value: i64) -> u64 {
    call(gangplank_gangplank_Counter_new, &[value as u64]).ok()
}

fn pattern(text: &str) -> u64 {
    call(gangplank_gangplank_Pattern_new, &[text.as_ptr() as u64, text.len() as u64]).ok()
}

fn drops(during: impl FnOnce()) -> usize {
    let before = DROPS.load(Ordering::Relaxed);
    during();
    DROPS.load(Ordering::Relaxed) - before
}

#[test]
fn methods_constructors_and_close() {
    let _alone = fake_go::alone();
    let _leaks = NoLeaks::new();
    let failed = call(gangplank_gangplank_Counter_new, &[-1i64 as u64]);
    assert_eq!((failed.status, failed.text()), (1, "negative"));
    let one = counter(5);
    assert_eq!(call(get, &[one]).ok(), 5);
    assert_eq!(call(add, &[one, 2]).ok(), 7);
    assert_eq!(call(get, &[one]).ok(), 7);
    assert_eq!(drops(|| release(counters(), &[one, one, 0, 12345])), 1);
    let closed = call(get, &[one]);
    assert!(closed.closed().starts_with("Counter.get: the Counter is closed"), "{}", closed.closed());
    let zero = call(add, &[0, 1]);
    assert!(zero.rejected().starts_with("Counter.add: the Counter is nil: pass one"));
    let forged = call(get, &[one + 1]);
    assert!(forged.rejected().contains("this is no Counter"), "{}", forged.rejected());
    let other = pattern("x");
    assert!(call(get, &[other]).rejected().contains("an object of another type"));
    release(keeper::<Pattern>(), &[other]);
}

#[gangplank::object]
struct Fragile;

impl Drop for Fragile {
    fn drop(&mut self) {
        panic!("it broke");
    }
}

/// Runs in a process of its own: see the next one.
#[test]
#[ignore]
fn breaks() {
    let handle = Fragile::objects().insert(Arc::new(Fragile));
    release(keeper::<Fragile>(), &[handle]);
}

#[test]
#[cfg(not(miri))]
fn a_panic_of_drop_is_reported() {
    let this = std::env::current_exe().expect("a test has a file");
    let child =
        std::process::Command::new(this).args(["--exact", "breaks", "--ignored", "--nocapture"]).output();
    let child = child.expect("it runs again");
    let said = String::from_utf8_lossy(&child.stderr);
    assert!(
        child.status.success() && said.contains("gangplank: dropping Fragile panicked: it broke"),
        "{said}"
    );
}

#[test]
fn a_refused_argument_is_named() {
    let _alone = fake_go::alone();
    let one = pattern("abc");
    let refused = call(gangplank_gangplank_longer, &[0, 0, 0]);
    assert!(refused.rejected().starts_with("gangplank::longer: argument a: the Pattern is nil: pass one"));
    let message = Message::default().bytes(&[1]).words(&[one]);
    let [address, len] = message.span();
    assert_eq!(call(gangplank_gangplank_longer, &[one, address, len]).ok(), 0);
    let stale = Message::default().bytes(&[1]).words(&[one ^ 1 << 50]);
    let [address, len] = stale.span();
    let refused = call(gangplank_gangplank_longer, &[one, address, len]);
    assert!(refused.rejected().starts_with("gangplank::longer: argument b: "), "{}", refused.rejected());
    release(keeper::<Pattern>(), &[one]);
}

#[test]
fn another_handle_is_the_same_object() {
    let _alone = fake_go::alone();
    let _leaks = NoLeaks::new();
    let one = counter(1);
    let two = another(counters(), one).ok();
    assert_ne!(one, two);
    let shared = call(gangplank_gangplank_Counter_share, &[one]).ok();
    // Others could see a change.
    let refused = call(add, &[one, 1]);
    assert!(refused.rejected().contains("cannot be changed while there are other references"));
    assert_eq!(drops(|| release(counters(), &[one, shared])), 0);
    assert_eq!(call(add, &[two, 1]).ok(), 2);
    assert_eq!(drops(|| release(counters(), &[two])), 1);
    assert!(another(counters(), two).closed().contains("Counter: the Counter is closed"));
}

#[test]
fn self_ends_the_object() {
    let _alone = fake_go::alone();
    let _leaks = NoLeaks::new();
    let one = counter(9);
    assert_eq!(drops(|| assert_eq!(call(finish, &[one]).ok(), 9)), 1);
    assert!(call(finish, &[one]).closed().contains("is closed"));
    let one = counter(9);
    let two = another(counters(), one).ok();
    assert!(
        call(finish, &[one]).rejected().contains("cannot be given away while there are other references")
    );
    release(counters(), &[two]);
    // A call that is refused leaves everything as it was.
    let consume = gangplank_gangplank_consume;
    assert!(call(consume, &[one, 0, 0, 0]).rejected().contains("argument b"));
    assert!(call(consume, &[one, one, 0, 0]).rejected().contains("argument b: the Counter is in use"));
    let other = counter(4);
    // The first is put back when the second turns out to be shared.
    let shared = another(counters(), other).ok();
    let refused = call(consume, &[one, other, 0, 0]);
    assert!(refused.rejected().contains("argument b: the Counter cannot be given away while"));
    assert_eq!((call(add, &[one, 0]).ok(), call(get, &[other]).ok()), (9, 4));
    release(counters(), &[shared]);
    assert!(call(consume, &[one, other, b"\xff".as_ptr() as u64, 1]).rejected().contains("UTF-8"));
    assert_eq!((call(get, &[one]).ok(), call(get, &[other]).ok()), (9, 4));
    assert_eq!(drops(|| assert_eq!(call(consume, &[one, other, 0, 0]).ok(), 13)), 2);
}

#[test]
fn a_weak_reference_keeps_from_changing_but_not_from_ending() {
    let _alone = fake_go::alone();
    let one = counter(1);
    call(gangplank_gangplank_keep, &[one, 1]).ok();
    assert!(call(add, &[one, 1]).rejected().contains("a Weak in Rust"));
    assert_eq!(call(finish, &[one]).ok(), 1);
    assert!(WEAK.lock().unwrap().drain(..).all(|weak| weak.upgrade().is_none()));
    let one = counter(1);
    call(gangplank_gangplank_keep, &[one, 0]).ok();
    assert_eq!(drops(|| release(counters(), &[one])), 0);
    assert_eq!(drops(|| KEPT.lock().unwrap().clear()), 1);
}

#[test]
fn an_object_that_is_changed_is_not_entered_again() {
    let _alone = fake_go::alone();
    let _leaks = NoLeaks::new();
    let go = Package::new();
    let one = counter(1);
    let seen = Arc::new(Mutex::new(Vec::new()));
    type Run = fn(u64) -> fake_go::Answer;
    let calls: [(&str, Run); 4] = [
        ("get", |one| call(get, &[one])),
        ("add", |one| call(add, &[one, 1])),
        ("share", |one| call(gangplank_gangplank_Counter_share, &[one])),
        ("another", |one| another(counters(), one)),
    ];
    let function = go.function({
        let seen = seen.clone();
        move |frame| {
            for (name, run) in calls {
                let answer = run(one);
                seen.lock().unwrap().push((name, answer.status, answer.word));
                if answer.status == 0 && (name == "share" || name == "another") {
                    release(counters(), &[answer.word]);
                }
            }
            frame.answer([0; 3]);
        }
    });
    let lent = [one, function[0], function[1]];
    call(gangplank_gangplank_Counter_each, &lent).ok();
    assert!(seen.lock().unwrap().drain(..).all(|(_, status, _)| status == 3));
    // Within a method that shares it, it can be shared again and not changed.
    call(gangplank_gangplank_Counter_look, &lent).ok();
    let all: Vec<_> = seen.lock().unwrap().drain(..).map(|(name, status, _)| (name, status)).collect();
    assert_eq!(all, [("get", 0), ("add", 3), ("share", 0), ("another", 0)]);
    // Twice in one call.
    let twice = call(gangplank_gangplank_Counter_merge, &[one, one]);
    let text = "argument other: the Counter is in use, by this call";
    assert!(twice.rejected().contains(text), "{}", twice.rejected());
    assert_eq!(call(gangplank_gangplank_Counter_more_than, &[one, one]).ok(), 0);
    // A panic lets go of it.
    assert_eq!(call(gangplank_gangplank_Counter_fail, &[one]).status, 2);
    assert_eq!(call(add, &[one, 1]).ok(), 2);
    release(counters(), &[one]);
    assert!(go.released().is_empty(), "it was only lent");
}

#[test]
fn threads_wait_for_each_other() {
    let _alone = fake_go::alone();
    let one = counter(0);
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for at in 0..ROUNDS {
                    call(add, &[one, 1]).ok();
                    if at % 3 == 0 {
                        call(get, &[one]).ok();
                    }
                }
            });
        }
    });
    assert_eq!(call(get, &[one]).ok(), 8 * ROUNDS);
    release(counters(), &[one]);
}

#[test]
fn a_waiting_writer_does_not_stop_who_shares_already() {
    let _alone = fake_go::alone();
    let go = Package::new();
    let one = counter(0);
    let entered = Arc::new(Barrier::new(2));
    let function = go.function({
        let entered = entered.clone();
        move |frame| {
            entered.wait();
            // The writer is asleep by then, most likely.
            std::thread::sleep(Duration::from_millis(50));
            call(get, &[one]).ok();
            frame.answer([0; 3]);
        }
    });
    std::thread::scope(|scope| {
        scope.spawn(|| call(gangplank_gangplank_Counter_look, &[one, function[0], function[1]]).ok());
        entered.wait();
        assert_eq!(call(add, &[one, 1]).ok(), 1);
    });
    release(counters(), &[one]);
}

#[test]
fn closed_while_a_method_runs() {
    let _alone = fake_go::alone();
    let _leaks = NoLeaks::new();
    let go = Package::new();
    let one = pattern("four");
    let function = go.function(move |frame| {
        release(keeper::<Pattern>(), &[one]);
        frame.answer([0; 3]);
    });
    assert_eq!(call(gangplank_gangplank_Pattern_wait, &[one, function[0], function[1]]).ok(), 4);
    assert_eq!(call(gangplank_gangplank_Pattern_len, &[one]).status, 10);
}

#[test]
fn traits_are_objects() {
    let _alone = fake_go::alone();
    let _leaks = NoLeaks::new();
    let shapes = keeper::<dyn Shape>();
    let (two, three) = (
        call(gangplank_gangplank_square, &[2f64.to_bits()]).ok(),
        call(gangplank_gangplank_square, &[3f64.to_bits()]).ok(),
    );
    assert_eq!(f64::from_bits(call(gangplank_gangplank_Shape_area, &[two]).ok()), 4.0);
    assert_eq!(call_bytes(gangplank_gangplank_Shape_name, &[two]).bytes, b"shape");
    let rest = Message::default().words(&[2, three, two]);
    let [address, len] = rest.span();
    assert_eq!(f64::from_bits(call(gangplank_gangplank_total, &[two, address, len]).ok()), 17.0);
    let both = call_bytes(gangplank_gangplank_bounded, &[two, three]).bytes;
    let handle = |at: usize| u64::from_le_bytes(both[at..at + 8].try_into().unwrap());
    assert_eq!(f64::from_bits(call(gangplank_gangplank_Shape_area, &[handle(0)]).ok()), 16.0);
    assert_eq!(f64::from_bits(call(gangplank_gangplank_Shape_area, &[handle(8)]).ok()), 9.0);
    assert_eq!(drops(|| release(shapes, &[handle(0), handle(8)])), 1);
    assert_eq!(drops(|| release(shapes, &[two, three])), 2);
    assert!(
        call(gangplank_gangplank_Shape_area, &[two]).closed().starts_with("Shape.area: the Shape is closed")
    );
}

#[test]
fn objects_inside_results() {
    let _alone = fake_go::alone();
    let _leaks = NoLeaks::new();
    let answer = call_bytes(gangplank_gangplank_pair, &[0]);
    let bytes = &answer.bytes;
    let word = |at: usize| u64::from_le_bytes(bytes[at..at + 8].try_into().unwrap());
    assert_eq!((word(8), bytes[16], bytes[33]), (2, 1, 0));
    let handles = [word(0), word(17), word(25), word(34)];
    for (at, handle) in handles.into_iter().enumerate() {
        assert_eq!(call(get, &[handle]).ok(), at as u64 + 1);
    }
    assert_eq!(drops(|| release(counters(), &handles)), 4);
    // A result that cannot cross takes its handles with it.
    assert_eq!(drops(|| assert_eq!(call_bytes(gangplank_gangplank_pair, &[1]).status, 3)), 4);
    let refused = call(gangplank_gangplank_refuse, &[]);
    assert_eq!((refused.status, refused.text()), (1, "taken by 7"));
    let handle = u64::from_le_bytes(refused.bytes[refused.bytes.len() - 8..].try_into().unwrap());
    assert_eq!(call(get, &[handle]).ok(), 7);
    release(counters(), &[handle]);
}

mod oracle {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashMap;

    #[derive(Clone, Debug)]
    enum Step {
        New(i64),
        Get(usize),
        Add(usize, i64),
        Another(usize),
        Close(usize),
        Finish(usize),
        Forge(u64),
    }

    fn step() -> impl Strategy<Value = Step> {
        prop_oneof![
            (0i64..1000).prop_map(Step::New),
            any::<usize>().prop_map(Step::Get),
            (any::<usize>(), -5i64..5).prop_map(|(at, by)| Step::Add(at, by)),
            any::<usize>().prop_map(Step::Another),
            any::<usize>().prop_map(Step::Close),
            any::<usize>().prop_map(Step::Finish),
            any::<u64>().prop_map(Step::Forge),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn handles_are_as_a_map_says(steps in prop::collection::vec(step(), 1..120)) {
            let _alone = fake_go::alone();
            // Every handle there was; the live ones and their object; the objects' values.
            let (mut all, mut live, mut values) = (Vec::new(), HashMap::new(), HashMap::new());
            for (number, step) in steps.into_iter().enumerate() {
                let pick = |at: usize, all: &Vec<u64>| if all.is_empty() { 0 } else { all[at % all.len()] };
                // A handle that has ended says so, and so does what stands for one (clause 8.2).
                let ended = |handle: u64, all: &Vec<u64>| if handle == 1 || all.contains(&handle) { 10 } else { 3 };
                let others = |live: &HashMap<u64, usize>, object: usize| live.values().filter(|&&o| o == object).count();
                match step {
                    Step::New(value) => {
                        let handle = counter(value);
                        prop_assert!(live.insert(handle, number).is_none());
                        values.insert(number, value);
                        all.push(handle);
                    }
                    Step::Get(at) => {
                        let handle = pick(at, &all);
                        let answer = call(get, &[handle]);
                        match live.get(&handle) {
                            Some(object) => prop_assert_eq!(answer.ok() as i64, values[object]),
                            None => prop_assert_eq!(answer.status, ended(handle, &all)),
                        }
                    }
                    Step::Add(at, by) => {
                        let handle = pick(at, &all);
                        let answer = call(add, &[handle, by as u64]);
                        match live.get(&handle) {
                            Some(&object) if others(&live, object) == 1 => {
                                *values.get_mut(&object).unwrap() += by;
                                prop_assert_eq!(answer.ok() as i64, values[&object]);
                            }
                            Some(_) => prop_assert_eq!(answer.status, 3),
                            None => prop_assert_eq!(answer.status, ended(handle, &all)),
                        }
                    }
                    Step::Another(at) => {
                        let handle = pick(at, &all);
                        let answer = another(counters(), handle);
                        match live.get(&handle).copied() {
                            Some(object) => {
                                let new = answer.ok();
                                prop_assert!(live.insert(new, object).is_none());
                                all.push(new);
                            }
                            None => prop_assert_eq!(answer.status, ended(handle, &all)),
                        }
                    }
                    Step::Close(at) => {
                        let handle = pick(at, &all);
                        let last = live.remove(&handle).is_some_and(|object| others(&live, object) == 0);
                        prop_assert_eq!(drops(|| release(counters(), &[handle])), usize::from(last));
                    }
                    Step::Finish(at) => {
                        let handle = pick(at, &all);
                        let answer = call(finish, &[handle]);
                        match live.get(&handle).copied() {
                            Some(object) if others(&live, object) == 1 => {
                                prop_assert_eq!(answer.ok() as i64, values[&object]);
                                live.remove(&handle);
                            }
                            Some(_) => prop_assert_eq!(answer.status, 3),
                            None => prop_assert_eq!(answer.status, ended(handle, &all)),
                        }
                    }
                    Step::Forge(handle) => {
                        if !live.contains_key(&handle) {
                            prop_assert_eq!(call(get, &[handle]).status, ended(handle, &all));
                            prop_assert_eq!(call(finish, &[handle]).status, ended(handle, &all));
                            release(counters(), &[handle]);
                        }
                    }
                }
            }
            let rest: Vec<u64> = live.into_keys().collect();
            release(counters(), &rest);
        }
    }
}
