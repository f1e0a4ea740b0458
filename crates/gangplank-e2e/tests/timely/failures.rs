//! Everything that goes wrong ends in one report that names operator, key and worker.

use crate::program::{run, run_two, run_two_with};

const PROJECT: &str = "tests/e2e/timely";

/// Runs it on two workers of one process, on both lanes, and on two processes: it fails everywhere, and says all of these.
fn fails(what: &str, wanted: &[&str]) {
    let check = |how: &str, (ok, out, err): (bool, String, String)| {
        assert!(!ok, "{what}, {how}: it succeeds: {out}");
        for text in wanted {
            assert!(err.contains(text), "{what}, {how}: no `{text}` in:\n{err}");
        }
    };
    check("one process", run(PROJECT, &format!("{what} -w 2"), &[]));
    check("the cgo lane", run(PROJECT, &format!("{what} -w 2"), &[("GANGPLANK_LANE", "cgo")]));
    for outcome in run_two(PROJECT, what, [&[], &[]]) {
        check("two processes", outcome);
    }
}

#[test]
fn a_panic_in_a_computation() {
    let wanted = ["operator `map`, worker ", "message {N:7777}", "panic: the map is upside down", "main.go:"];
    fails("panic", &wanted);
}

#[test]
fn an_error_in_a_computation() {
    fails("fail", &["operator `map`, worker ", "message {N:7777}: item 7777 is not wanted"]);
}

#[test]
fn a_panic_in_a_state_computation_names_the_key() {
    fails("state", &["operator `state`, worker ", "key 7, message {N:7777}", "out of state"]);
}

#[test]
fn a_panic_in_a_partition_function() {
    fails("key", &["operator `by rest`, worker ", "message {N:7777}", "no key fits"]);
}

#[test]
fn goexit_in_a_computation() {
    fails("goexit", &["operator `map`, worker "]);
}

#[test]
fn a_sink_and_a_source_that_fail() {
    fails("sink", &["operator `sink`, worker ", "the sink is full"]);
    fails("source", &["operator `numbers`, worker ", "the source is dry"]);
    fails("open", &["operator `numbers`, worker ", "could not be opened: no such device"]);
}

/// Codecs are used between processes only.
#[test]
fn codecs_that_fail() {
    for (what, wanted) in [("codec", "three bytes are no item"), ("encoder", "out of ink")] {
        assert!(run(PROJECT, &format!("{what} -w 2"), &[]).0, "{what}: nothing is encoded in one process");
        for (ok, out, err) in run_two(PROJECT, what, [&[], &[]]) {
            assert!(!ok, "{out}");
            assert!(err.contains("operator `by rest`, worker ") && err.contains(wanted), "{err}");
        }
    }
}

/// What is skipped is counted, nothing that it sent remains, and all else arrives.
#[test]
fn skipped_messages_and_dead_letters() {
    let all: u64 = (0..20_000).filter(|n| n % 1000 != 0).sum();
    for what in ["skip", "dead"] {
        let two = run_two(PROJECT, what, [&[], &[]]);
        let outputs = [run(PROJECT, &format!("{what} -w 2"), &[])];
        let joined = [two.iter().map(|o| o.1.as_str()).collect::<String>(), outputs[0].1.clone()];
        assert!(two.iter().chain(&outputs).all(|outcome| outcome.0), "{two:?} {outputs:?}");
        for out in joined {
            let numbers = |at: usize| -> u64 {
                let lines = out.lines().filter(|line| line.starts_with("worker"));
                lines.map(|line| line.split(' ').nth(at).unwrap().parse::<u64>().unwrap()).sum()
            };
            assert_eq!((numbers(2), numbers(5)), (19_980, all), "{out}");
            assert_eq!(out.contains("dead letter: map {N:7000} a thousand"), what == "dead", "{out}");
        }
    }
}

/// A source waits for a slow sink: what is under way is bounded.
#[test]
fn a_slow_sink_holds_its_sources_back() {
    let (ok, out, err) = run(PROJECT, "slow -w 1", &[]);
    assert!(ok, "{err}");
    let most: u64 =
        out.lines().find_map(|line| line.strip_prefix("most under way: ")).unwrap().parse().unwrap();
    // A window of 8 times with 4 batches of 2,048 each, and what is on its way in each direction.
    assert!(most <= 10 * 4 * 2048, "{most} items under way");
    assert!(out.contains("400000 items"), "{out}");
}

/// A source with nothing to say does not hold the other one up.
#[test]
fn an_idle_source() {
    for (ok, out, err) in
        [run(PROJECT, "idle -w 2", &[])].into_iter().chain(run_two(PROJECT, "idle", [&[], &[]]))
    {
        assert!(ok, "{out}{err}");
    }
}

#[test]
fn a_process_that_dies() {
    let [first, second] = run_two(PROJECT, "die", [&[], &[("DIES", "1")]]);
    assert!(!first.0 && !second.0, "{}{}", first.1, first.2);
    assert!(first.2.contains("process 1 died"), "{}", first.2);
    assert!(!first.2.contains("panicked"), "timely's threads panic: {}", first.2);
}

#[test]
fn processes_that_run_something_else() {
    let wrong = |args: [&str; 2]| {
        use crate::program::{start, wait};
        let hosts = crate::program::hosts();
        let children =
            [0, 1].map(|n| start(PROJECT, &format!("{} -n 2 -p {n} -h {}", args[n], hosts.display()), &[]));
        children.map(|child| String::from_utf8_lossy(&wait(child).stderr).into_owned())
    };
    for err in wrong(["idle", "panic"]) {
        assert!(err.contains("different layouts"), "{err}");
    }
    for err in wrong(["panic -w 1", "panic -w 2"]) {
        assert!(err.contains("-w 1, process 1 with -w 2"), "{err}");
    }
}

#[test]
fn a_wrong_command_line() {
    for (args, wanted) in [
        ("panic -w 0", "at least one worker"),
        ("panic -n 2 -p 5", "numbered from 0"),
        ("", "what shall go wrong"),
    ] {
        let (ok, _, err) = run(PROJECT, args, &[]);
        assert!(!ok && err.contains(wanted), "{args}: {err}");
    }
}

/// Ten seconds of what `cargo xtask soak-timely` does for ten minutes.
#[test]
fn memory_is_flat() {
    let set = &[("SOAK", "10")][..];
    let [first, second] = run_two_with(PROJECT, |options| format!("soak -w 1 {options}"), [set, set]);
    for (ok, out, err) in [run(PROJECT, "soak -w 2", set), first, second] {
        assert!(ok && out.contains("memory is flat"), "{out}{err}");
    }
}
