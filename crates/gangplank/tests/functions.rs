//! Function values and implementations in both directions, with this test in Go's place.

// The types are what is tested.
#![allow(clippy::type_complexity)]

mod fake_go;

use fake_go::{Answer, Message, Package, call, call_bytes, call_pair, release};
use gangplank::handle::NoLeaks;
use gangplank::private::{Import, Shim};
use gangplank::{GoError, GoRef};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

#[gangplank::record]
#[derive(Debug, Clone, PartialEq)]
struct Hit {
    path: String,
    line: u32,
}

#[gangplank::export]
fn each(count: u32, visit: &dyn Fn(Hit) -> bool) -> u32 {
    (0..count).take_while(|&line| visit(Hit { path: "a.rs".into(), line })).count() as u32
}

#[gangplank::export]
fn lines(text: &str, visit: &mut dyn FnMut(&str, usize)) {
    text.lines().enumerate().for_each(|(at, line)| visit(line, at));
}

#[gangplank::export]
fn on_threads(f: &(dyn Fn(u64) -> Result<u64, GoError> + Sync)) -> u64 {
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|at| scope.spawn(move || f(at).unwrap())).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).sum()
    })
}

type Stored = Box<dyn Fn(&[f64], &Hit) -> f64 + Send + Sync>;
static STORED: Mutex<Vec<Stored>> = Mutex::new(Vec::new());

#[gangplank::export]
fn store(f: Box<dyn Fn(&[f64], &Hit) -> f64 + Send + Sync>, times: u32) -> Result<u32, String> {
    if times == 0 {
        return Err("never".into());
    }
    STORED.lock().unwrap().push(f);
    Ok(times)
}

#[gangplank::export]
fn once(f: Box<dyn FnOnce(String) -> Option<String>>) -> Option<String> {
    f("once".into())
}

#[gangplank::export]
fn both(name: &str, f: Arc<dyn Fn() + Send + Sync>, g: Option<Box<dyn FnMut() + Send>>, check: char) -> u32 {
    let _ = (name, check);
    f();
    let clone = f.clone();
    drop(f);
    clone();
    g.map_or(2, |mut g| {
        g();
        3
    })
}

#[gangplank::record]
struct Handler {
    before: Option<Box<dyn Fn(u8) -> u8 + Send + Sync>>,
    name: String,
    after: Vec<Arc<dyn Fn(u8) -> u8 + Send + Sync>>,
    from: Option<GoError>,
}

#[gangplank::export]
fn handle(handlers: Vec<Handler>, flag: bool) -> usize {
    assert!(!flag, "flag");
    let run = |h: &Handler| h.before.iter().map(|f| f(1)).chain(h.after.iter().map(|f| f(2))).count();
    handlers.iter().map(run).sum()
}

#[gangplank::export]
fn adder(by: i64) -> Box<dyn Fn(i64, &str) -> Result<i64, String> + Send + Sync> {
    Box::new(move |x, text| if text == "bad" { Err(format!("{text} {x}")) } else { Ok(x + by) })
}

const CALLS: u64 = if cfg!(miri) { 5 } else { 100 };

static DROPS: AtomicUsize = AtomicUsize::new(0);

struct Noted(u64);

impl Drop for Noted {
    fn drop(&mut self) {
        DROPS.fetch_add(1, Ordering::Relaxed);
    }
}

#[gangplank::export]
fn counter() -> Box<dyn FnMut(&dyn Again) -> u64 + Send> {
    let mut noted = Noted(0);
    Box::new(move |again| {
        let noted = &mut noted;
        noted.0 += 1;
        again.again();
        noted.0
    })
}

/// A reference to an implementation cannot be an argument of a function value; this one is an object.
#[gangplank::object]
trait Again {
    fn again(&self);
}

struct Callback(Box<dyn Fn() + Send + Sync>);

impl Again for Callback {
    fn again(&self) {
        (self.0)();
    }
}

#[gangplank::export]
fn callback(f: Box<dyn Fn() + Send + Sync>) -> Arc<dyn Again> {
    Arc::new(Callback(f))
}

#[gangplank::export]
fn single() -> Box<dyn FnOnce(Box<dyn Fn(u64) -> u64>) -> u64 + Send> {
    let noted = Noted(1);
    Box::new(move |f| {
        let noted = &noted;
        f(noted.0)
    })
}

#[gangplank::export]
fn panics() -> Arc<dyn Fn(Box<dyn Fn()>, bool) + Send + Sync> {
    let noted = Noted(1);
    Arc::new(move |f, _| {
        let _ = &noted;
        f();
        panic!("not this");
    })
}

#[gangplank::import]
trait Store {
    fn get(&self, key: &str) -> Result<u64, GoError>;
    fn watch(
        &self,
        changed: Box<dyn Fn(u64) + Send + Sync>,
        limit: std::time::Duration,
    ) -> Result<(), GoError>;
    fn inner(&self) -> GoRef<dyn Store>;
    fn take(&self, other: GoRef<dyn Store>, error: GoError) -> Result<(), GoError>;
}

#[gangplank::export]
fn use_store(lent: &(dyn Store + Sync), key: &str) -> Result<u64, GoError> {
    lent.get(key)
}

static STORES: Mutex<Vec<GoRef<dyn Store>>> = Mutex::new(Vec::new());

#[gangplank::export]
fn keep_store(
    given: GoRef<dyn Store>,
    shared: Arc<dyn Store>,
    owned: Option<Box<dyn Store>>,
) -> Result<u64, GoError> {
    let sum = given.get("a")? + shared.get("b")? + owned.map_or(Ok(0), |s| s.get("c"))?;
    STORES.lock().unwrap().push(given.inner());
    STORES.lock().unwrap().push(given.clone());
    Ok(sum)
}

#[gangplank::export]
fn fail(with: &dyn Fn() -> Result<(), GoError>) -> Result<(), gangplank::Error> {
    Ok(with()?)
}

unsafe extern "C" {
    fn gangplank_gangplank_each(frames: *mut u64, n: usize);
    fn gangplank_gangplank_lines(frames: *mut u64, n: usize);
    fn gangplank_gangplank_on_threads(frames: *mut u64, n: usize);
    fn gangplank_gangplank_store(frames: *mut u64, n: usize);
    fn gangplank_gangplank_once(frames: *mut u64, n: usize);
    fn gangplank_gangplank_both(frames: *mut u64, n: usize);
    fn gangplank_gangplank_handle(frames: *mut u64, n: usize);
    fn gangplank_gangplank_adder(frames: *mut u64, n: usize);
    fn gangplank_gangplank_counter(frames: *mut u64, n: usize);
    fn gangplank_gangplank_callback(frames: *mut u64, n: usize);
    fn gangplank_gangplank_single(frames: *mut u64, n: usize);
    fn gangplank_gangplank_panics(frames: *mut u64, n: usize);
    fn gangplank_gangplank_use_store(frames: *mut u64, n: usize);
    fn gangplank_gangplank_keep_store(frames: *mut u64, n: usize);
    fn gangplank_gangplank_fail(frames: *mut u64, n: usize);
    fn gangplank_import_gangplank_Store(
        table: *const Shim,
        methods: usize,
        hash: u64,
    ) -> *const std::ffi::c_char;
}

fn pair(answer: Answer) -> (u64, u64) {
    assert_eq!(answer.status, 0, "{:?}", String::from_utf8_lossy(&answer.bytes));
    (answer.word, answer.second)
}

fn drop_pair(pair: (u64, u64)) {
    release(pair.0 as *const u64, &[pair.1]);
}

fn drops(during: impl FnOnce()) -> usize {
    let before = DROPS.load(Ordering::Relaxed);
    during();
    DROPS.load(Ordering::Relaxed) - before
}

#[test]
fn a_lent_function_is_called_and_not_released() {
    let _alone = fake_go::alone();
    let go = Package::new();
    let seen = Arc::new(Mutex::new(Vec::new()));
    let visit = go.function({
        let seen = seen.clone();
        move |frame| {
            let message = frame.bytes(0);
            let line = u32::from_le_bytes(message[message.len() - 4..].try_into().unwrap());
            seen.lock().unwrap().push(message);
            frame.answer([u64::from(line < 2), 0, 0]);
        }
    });
    assert_eq!(call(gangplank_gangplank_each, &[9, visit[0], visit[1]]).ok(), 2);
    let first = Message::default().string(b"a.rs").bytes(&0u32.to_le_bytes());
    assert_eq!(seen.lock().unwrap()[0], first.0);
    assert_eq!(seen.lock().unwrap().len(), 3);
    let nil = call(gangplank_gangplank_each, &[9, 0, 0]);
    assert!(
        nil.rejected().starts_with("gangplank::each: argument visit: nil is not a function"),
        "{}",
        nil.rejected()
    );

    let all = Arc::new(Mutex::new(Vec::new()));
    let visit = go.function({
        let all = all.clone();
        move |frame| {
            all.lock().unwrap().push((String::from_utf8(frame.bytes(0)).unwrap(), frame.argument(2)));
            frame.answer([0; 3]);
        }
    });
    let text = "one\ntwo";
    call(gangplank_gangplank_lines, &[text.as_ptr() as u64, text.len() as u64, visit[0], visit[1]]).ok();
    assert_eq!(*all.lock().unwrap(), [("one".to_owned(), 0), ("two".to_owned(), 1)]);

    let square = go.function(|frame| frame.answer([frame.argument(0).pow(2), 0, 0]));
    assert_eq!(call(gangplank_gangplank_on_threads, &square).ok(), 14);
    assert!(go.released().is_empty());
}

#[test]
fn a_given_function_lives_until_it_is_dropped() {
    let _alone = fake_go::alone();
    let go = Package::new();
    let f = go.function(|frame| {
        let numbers: f64 = frame.bytes_of::<f64>(0).iter().sum();
        let message = frame.bytes(2);
        let line = u32::from_le_bytes(message[message.len() - 4..].try_into().unwrap());
        frame.answer([(numbers + f64::from(line)).to_bits(), 0, 0]);
    });
    call(gangplank_gangplank_store, &[f[0], f[1], 1]).ok();
    assert!(go.released().is_empty());
    let stored = STORED.lock().unwrap().pop().unwrap();
    assert_eq!(stored(&[1.5, 2.0], &Hit { path: String::new(), line: 4 }), 7.5);
    drop(stored);
    assert_eq!(go.released(), [(f[1], 0)]);
    // Refused by the function, or before it.
    assert_eq!(call(gangplank_gangplank_store, &[f[0], f[1], 0]).status, 1);
    assert_eq!(go.released(), [(f[1], 0)]);
    assert_eq!(call(gangplank_gangplank_store, &[f[0], f[1], 1 << 32]).status, 3);
    assert_eq!(go.released(), [(f[1], 0)]);
}

#[test]
fn once_is_released_after_the_call() {
    let _alone = fake_go::alone();
    let go = Package::new();
    let f = go.function(|frame| {
        let text = frame.bytes(0);
        frame.message(0, &Message::default().bytes(&[1]).string(&text).0);
    });
    let answer = call_bytes(gangplank_gangplank_once, &f);
    assert_eq!(answer.bytes, Message::default().bytes(&[1]).string(b"once").0);
    assert_eq!(go.released(), [(f[1], 0)]);
    // Go's result is refused.
    let f = go.function(|frame| frame.message(0, &[2]));
    let answer = call_bytes(gangplank_gangplank_once, &f);
    assert_eq!(answer.status, 2);
    assert!(answer.text().contains("a Go function: the result of the Go function"), "{}", answer.text());
    assert_eq!(go.released(), [(f[1], 0)]);
}

#[test]
fn what_was_given_with_a_refused_call_is_released() {
    let _alone = fake_go::alone();
    let go = Package::new();
    let count = Arc::new(AtomicU64::new(0));
    let make = || {
        let count = count.clone();
        go.function(move |frame| {
            count.fetch_add(1, Ordering::Relaxed);
            frame.answer([0; 3]);
        })
    };
    let run = |name: &[u8], check: u64, tag: u8| {
        let (f, g) = (make(), make());
        let message = Message::default().bytes(&[tag]).words(&g);
        let [address, len] = message.span();
        let answer = call(
            gangplank_gangplank_both,
            &[name.as_ptr() as u64, name.len() as u64, f[0], f[1], check, address, len],
        );
        let released = go.released();
        assert_eq!(released, [(f[1], 0), (g[1], 0)], "{answer:?}");
        answer
    };
    assert_eq!(run(b"x", 'x' as u64, 1).ok(), 3);
    assert_eq!(count.load(Ordering::Relaxed), 3);
    assert!(run(b"\xff", 'x' as u64, 1).rejected().contains("argument name"));
    assert!(run(b"x", 0xd800, 1).rejected().contains("argument check"));
    assert!(run(b"x", 'x' as u64, 7).rejected().contains("the tag of an Option"));
}

/// A message of `handle`: functions before and behind what is wrong.
fn handlers(go: &Package, name: &[u8], tag: u8) -> (Message, Vec<(u64, u64)>) {
    let mut all = Vec::new();
    let mut make = || {
        let f = go.function(|frame| frame.answer([frame.argument(0), 0, 0]));
        all.push((f[1], 0));
        f
    };
    let mut message = Message::default().words(&[2]);
    for name in [b"first".as_slice(), name] {
        message = message.bytes(&[1]).words(&make()).string(name).words(&[2]).words(&make()).words(&make());
        message =
            message.bytes(&[tag]).string(b"text").string(b"type").string(b"").bytes(&[128]).words(&make());
        message = message.bytes(&0u32.to_le_bytes());
    }
    (message, all)
}

#[test]
fn what_was_given_in_a_refused_message_is_released() {
    let _alone = fake_go::alone();
    let go = Package::new();
    let run = |name: &[u8], tag: u8, flag: u64, cut: usize| {
        let (message, all) = handlers(go, name, tag);
        let [address, len] = message.span();
        let answer = call(gangplank_gangplank_handle, &[flag, address, len - cut as u64]);
        let released = go.released();
        if cut == 0 {
            assert_eq!(released, all, "{answer:?}");
        }
        answer
    };
    assert_eq!(run(b"second", 1, 0, 0).ok(), 6);
    assert_eq!(run(b"second", 1, 1, 0).status, 2);
    assert!(run(b"\xff", 1, 0, 0).rejected().contains("UTF-8"));
    assert!(run(b"second", 1, 2, 0).rejected().contains("argument flag"));
    assert!(run(b"second", 9, 0, 0).rejected().contains("the tag of an Option"));
    for cut in [1, 4, 9, 30, 100, 200] {
        assert_eq!(run(b"second", 1, 0, cut).status, 3);
    }
}

#[test]
fn go_calls_rusts_functions() {
    let _alone = fake_go::alone();
    let _leaks = NoLeaks::new();
    let add = pair(call(gangplank_gangplank_adder, &[40]));
    assert_eq!(call_pair(add, &[2, 0, 0]).ok(), 42);
    let failed = call_pair(add, &[2, b"bad".as_ptr() as u64, 3]);
    assert_eq!((failed.status, failed.text()), (1, "bad 2"));
    let refused = call_pair(add, &[2, b"\xff".as_ptr() as u64, 1]);
    assert!(
        refused.rejected().starts_with("a Rust function: argument 2: not valid UTF-8"),
        "{}",
        refused.rejected()
    );
    drop_pair(add);
    drop_pair(add);
    let gone = call_pair(add, &[2, 0, 0]);
    assert!(gone.rejected().contains("it was released"), "{}", gone.rejected());
    assert!(call_pair((add.0, 77), &[2, 0, 0]).rejected().contains("its handle was never issued"));
}

#[test]
fn an_fn_mut_is_entered_by_one_at_a_time() {
    let _alone = fake_go::alone();
    let _leaks = NoLeaks::new();
    let go = Package::new();
    let count = pair(call(gangplank_gangplank_counter, &[]));
    let calm = go.function(|frame| frame.answer([0; 3]));
    let calm = call(gangplank_gangplank_callback, &calm).ok();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| (0..CALLS).for_each(|_| assert!(call_pair(count, &[calm]).ok() > 0)));
        }
    });
    assert_eq!(call_pair(count, &[calm]).ok(), 4 * CALLS + 1);
    let seen = Arc::new(Mutex::new(String::new()));
    let again = go.function({
        let seen = seen.clone();
        move |frame| {
            *seen.lock().unwrap() = call_pair(count, &[calm]).rejected().to_owned();
            frame.answer([0; 3]);
        }
    });
    let again = call(gangplank_gangplank_callback, &again).ok();
    assert_eq!(call_pair(count, &[again]).ok(), 4 * CALLS + 2);
    assert!(seen.lock().unwrap().contains("an FnMut was called from within itself"));
    assert_eq!(drops(|| drop_pair(count)), 1);
    release(std::ptr::from_ref(<dyn Again as gangplank::private::Object>::objects()).cast(), &[calm, again]);
    assert_eq!(go.released().len(), 2);
}

#[test]
fn an_fn_once_is_called_once() {
    let _alone = fake_go::alone();
    let _leaks = NoLeaks::new();
    let go = Package::new();
    let f = go.function(|frame| frame.answer([frame.argument(0) + 6, 0, 0]));
    let single = pair(call(gangplank_gangplank_single, &[]));
    assert_eq!(drops(|| assert_eq!(call_pair(single, &f).ok(), 7)), 1);
    assert!(call_pair(single, &f).rejected().contains("an FnOnce was called a second time"));
    assert_eq!(go.released(), [(f[1], 0), (f[1], 0)]);
    assert_eq!(drops(|| drop_pair(single)), 0);
    let unused = pair(call(gangplank_gangplank_single, &[]));
    assert_eq!(drops(|| drop_pair(unused)), 1);
}

#[test]
fn panics_stay_on_their_side() {
    let _alone = fake_go::alone();
    let _leaks = NoLeaks::new();
    let go = Package::new();
    let panics = pair(call(gangplank_gangplank_panics, &[]));
    let f = go.function(|frame| frame.answer([0; 3]));
    let answer = call_pair(panics, &[f[0], f[1], 1]);
    assert_eq!((answer.status, answer.text()), (2, "not this"));
    assert_eq!(go.released(), [(f[1], 0)]);
    assert_eq!(call_pair(panics, &[f[0], f[1], 2]).status, 3);
    assert_eq!(go.released(), [(f[1], 0)]);
    // A Go panic goes through the Rust function.
    let text = Message::default().string(b"from Go").string(b"stack");
    let f = go.function(move |frame| frame.message(2, &text.0));
    let answer = call_pair(panics, &[f[0], f[1], 1]);
    assert_eq!((answer.status, answer.text()), (2, "from Go\nstack"));
    assert_eq!(go.released(), [(f[1], 0)]);
    assert_eq!(drops(|| drop_pair(panics)), 1);
}

/// The functions that Go was given by `watch`, the implementations and errors it was sent by `take`.
static WATCHED: Mutex<Vec<(u64, u64)>> = Mutex::new(Vec::new());
static TAKEN: Mutex<Vec<Vec<u8>>> = Mutex::new(Vec::new());
static INNER: Mutex<[u64; 2]> = Mutex::new([0; 2]);

unsafe extern "C-unwind" fn get(frame: *mut u64, _n: usize) {
    // SAFETY: handle and a string (clause 8.8).
    unsafe { *frame.add(1) = *frame.add(4) * 100 + *frame.add(6) };
}

unsafe extern "C-unwind" fn watch(frame: *mut u64, _n: usize) {
    // SAFETY: handle, a pair and a scalar.
    unsafe { WATCHED.lock().unwrap().push((*frame.add(5), *frame.add(6))) };
}

unsafe extern "C-unwind" fn inner(frame: *mut u64, _n: usize) {
    let inner = *INNER.lock().unwrap();
    // SAFETY: a header.
    unsafe { (*frame.add(1), *frame.add(2), *frame.add(3)) = (inner[0], inner[1], 0) };
}

unsafe extern "C-unwind" fn take(frame: *mut u64, _n: usize) {
    // SAFETY: handle, a pair and a message.
    let bytes = unsafe {
        let message = std::slice::from_raw_parts(*frame.add(7) as *const u8, *frame.add(8) as usize);
        [&(*frame.add(5)).to_le_bytes(), &(*frame.add(6)).to_le_bytes(), message].concat()
    };
    TAKEN.lock().unwrap().push(bytes);
}

static SHIMS: [Shim; 4] = [get, watch, inner, take];

fn go_store() -> gangplank::Imported<dyn Store> {
    // SAFETY: shims that live for ever.
    let said = unsafe {
        gangplank_import_gangplank_Store(SHIMS.as_ptr(), SHIMS.len(), <dyn Store as Import>::table().hash())
    };
    assert!(said.is_null());
    gangplank::imported::<dyn Store>().unwrap()
}

#[test]
fn implementations_are_lent_given_and_sent() {
    let _alone = fake_go::alone();
    let go = Package::new();
    let registered = go_store();
    assert_eq!(registered.get("four").unwrap(), 4);
    let key = "seven!!";
    let lent = [go.address(), 3, key.as_ptr() as u64, key.len() as u64];
    assert_eq!(call(gangplank_gangplank_use_store, &lent).ok(), 307);
    assert!(go.released().is_empty());

    *INNER.lock().unwrap() = [go.address(), 9];
    let message = Message::default().bytes(&[1]).words(&[go.address(), 5]);
    let [address, len] = message.span();
    let answer = call(gangplank_gangplank_keep_store, &[go.address(), 3, go.address(), 4, address, len]);
    assert_eq!(answer.ok(), 301 + 401 + 501);
    assert_eq!(go.released(), [(4, 0), (5, 0)]);
    let mut stores = std::mem::take(&mut *STORES.lock().unwrap());
    assert_eq!(stores[0].get("").unwrap(), 900);

    // Sent twice, and once not: the argument before it cannot cross.
    let given = stores.pop().unwrap();
    registered.take(given.clone(), GoError::new("none")).unwrap();
    registered.take(given.clone(), GoError::new("none")).unwrap();
    assert_eq!(
        TAKEN.lock().unwrap().drain(..).map(|bytes| bytes[..16].to_vec()).collect::<Vec<_>>(),
        [Message::default().words(&[go.address(), 3]).0, Message::default().words(&[go.address(), 3]).0,]
    );
    drop(given);
    assert_eq!(go.released(), [(3, 2)]);
    drop(stores);
    assert_eq!(go.released(), [(9, 0)]);
}

#[test]
fn a_go_error_is_the_same_when_it_comes_back() {
    let _alone = fake_go::alone();
    let go = Package::new();
    let chain = |kind: u8, origin: &[u64]| {
        let message = Message::default().string(b"lost").string(b"*fs.PathError").string(b"").bytes(&[kind]);
        message.words(origin).bytes(&0u32.to_le_bytes())
    };
    let origin = go.function(|_| {});
    let sent = chain(128, &origin);
    let f = go.function(move |frame| frame.message(6, &sent.0));
    let answer = call(gangplank_gangplank_fail, &f);
    assert_eq!((answer.status, &answer.bytes), (1, &chain(128, &origin).0));
    assert_eq!(go.released(), [(origin[1], 1)]);
}

#[test]
fn functions_are_given_to_imported_methods() {
    let _alone = fake_go::alone();
    let _leaks = NoLeaks::new();
    let registered = go_store();
    let noted = Noted(1);
    let seen = Arc::new(AtomicU64::new(0));
    let watch = |limit| {
        let seen = seen.clone();
        registered.watch(
            Box::new(move |x| {
                let _ = seen.fetch_add(x, Ordering::Relaxed);
            }),
            limit,
        )
    };
    watch(std::time::Duration::ZERO).unwrap();
    let given = WATCHED.lock().unwrap().pop().unwrap();
    call_pair(given, &[5]).ok();
    assert_eq!(seen.load(Ordering::Relaxed), 5);
    drop_pair(given);
    // Another argument cannot cross: Go never hears of the function.
    let error = watch(std::time::Duration::MAX).unwrap_err();
    assert!(error.to_string().contains("an argument cannot cross"), "{error}");
    assert!(WATCHED.lock().unwrap().is_empty());
    assert_eq!(Arc::strong_count(&seen), 1);
    drop(noted);
}

#[test]
fn a_mock_is_a_go_ref_in_tests() {
    struct Mock;
    impl Store for Mock {
        fn get(&self, key: &str) -> Result<u64, GoError> {
            Ok(key.len() as u64)
        }
        fn watch(
            &self,
            changed: Box<dyn Fn(u64) + Send + Sync>,
            _: std::time::Duration,
        ) -> Result<(), GoError> {
            changed(1);
            Ok(())
        }
        fn inner(&self) -> GoRef<dyn Store> {
            let inner: Arc<dyn Store> = Arc::new(Mock);
            inner.into()
        }
        fn take(&self, _other: GoRef<dyn Store>, _error: GoError) -> Result<(), GoError> {
            Ok(())
        }
    }
    let _alone = fake_go::alone();
    let registered = go_store();
    let mock = Mock.inner();
    assert_eq!(mock.inner().get("ab").unwrap(), 2);
    assert_eq!(format!("{mock:?}"), "GoRef<dyn Store>");
    let error = registered.take(mock, GoError::new("x")).unwrap_err();
    assert!(error.to_string().contains("is for tests"), "{error}");
    TAKEN.lock().unwrap().clear();
}
