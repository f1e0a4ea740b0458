//! Numbers for people.

/// Nanoseconds with a unit: three digits.
pub fn time(ns: f64) -> String {
    let (value, unit) = match ns {
        _ if ns < 1e3 => (ns, "ns"),
        _ if ns < 1e6 => (ns / 1e3, "µs"),
        _ if ns < 1e9 => (ns / 1e6, "ms"),
        _ => (ns / 1e9, "s"),
    };
    format!("{} {unit}", three(value))
}

/// From one time to another; the unit is said once where both have it.
pub fn range(low: f64, high: f64) -> String {
    let (low, high) = (time(low), time(high));
    match (low.split_once(' '), high.split_once(' ')) {
        (Some((number, unit)), Some((_, other))) if unit == other => format!("{number} - {high}"),
        _ => format!("{low} - {high}"),
    }
}

/// A ratio.
pub fn ratio(ratio: f64) -> String {
    three(ratio)
}

/// Something counted, which may be a fraction.
pub fn count(n: f64) -> String {
    let text = format!("{n:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Thousands apart.
pub fn whole(n: f64) -> String {
    let digits = format!("{n:.0}");
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Bytes that something grew by.
pub fn growth(bytes: i64) -> String {
    format!("{:+.1} kB", bytes as f64 / 1e3)
}

fn three(x: f64) -> String {
    match x {
        _ if x < 0.1 => format!("{x:.3}"),
        _ if x < 10.0 => format!("{x:.2}"),
        _ if x < 100.0 => format!("{x:.1}"),
        _ => whole(x),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        let times = [1.834, 36.21, 171.4, 999.0, 1_840.0, 5_310_000.0, 2.5e9].map(time);
        assert_eq!(times, ["1.83 ns", "36.2 ns", "171 ns", "999 ns", "1.84 µs", "5.31 ms", "2.50 s"]);
        assert_eq!([range(1.5, 20.0), range(999.0, 1000.0)], ["1.50 - 20.0 ns", "999 ns - 1.00 µs"]);
        assert_eq!([0.052, 1.0, 1234.5].map(ratio), ["0.052", "1.00", "1,234"]);
        assert_eq!([0.0, 2.0, 0.25].map(count), ["0", "2", "0.25"]);
        assert_eq!(whole(1_234_567.0), "1,234,567");
    }
}
