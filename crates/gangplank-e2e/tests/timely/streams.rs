//! Celsius, alphabet, market spread.

use crate::program::{free_address, run, run_two, start, wait};
use std::collections::BTreeMap;

const PROJECT: &str = "examples/streams";

#[test]
fn celsius() {
    let (ok, out, err) = run(PROJECT, "celsius", &[]);
    let wanted: String = (0..10).map(|i| format!("{:.1}\n", (i as f32 / 2.0 - 20.0) * 1.8 + 32.0)).collect();
    assert!(ok && out == wanted, "{out}{err}");
}

#[test]
fn alphabet() {
    let mut totals = BTreeMap::new();
    let n = 100_000u64;
    for i in 0..n {
        *totals.entry(b'a' + (i * i % 26) as u8).or_insert(0) += i % 100;
    }
    let mut wanted: String =
        totals.iter().map(|(letter, votes)| format!("{} {votes}\n", *letter as char)).collect();
    wanted += &format!("{n} votes\n");
    for args in ["-w 1", "-w 2"] {
        let (ok, out, err) = run(PROJECT, &format!("alphabet -count {n} {args}"), &[]);
        assert!(ok && out == wanted, "{args}: {out}{err}");
    }
    let [first, second] = run_two(PROJECT, &format!("alphabet -count {n}"), [&[], &[]]);
    assert!(first.0 && second.0 && first.1 == wanted, "{}{}{}", first.1, first.2, second.2);
}

#[test]
fn market_spread() {
    let wanted = "30000 orders, 4286 refused, all as they should be\n";
    let (ok, out, err) = run(PROJECT, "market -orders 30000 -w 2", &[]);
    assert!(ok && out == wanted, "{out}{err}");
    let [first, second] = run_two(PROJECT, "market -orders 30000", [&[], &[]]);
    assert!(first.0 && second.0 && first.1 == wanted, "{}{}{}", first.1, first.2, second.2);
}

/// The same over TCP, from a program that only sends.
#[test]
fn market_spread_over_tcp() {
    let addresses = format!("{},{}", free_address(), free_address());
    let market = start(PROJECT, &format!("market -orders 30000 -w 2 -listen {addresses}"), &[]);
    let sent = (0..100).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(100));
        run(PROJECT, &format!("market -orders 30000 -send {addresses}"), &[]).0
    });
    assert!(sent, "nobody listens");
    let output = wait(market);
    let out = String::from_utf8_lossy(&output.stdout);
    assert!(out.contains("4286 refused, all as"), "{out}{}", String::from_utf8_lossy(&output.stderr));
}
