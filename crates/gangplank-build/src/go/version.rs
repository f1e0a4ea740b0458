//! Versions of Go.

use std::fmt;

/// A version of Go, without what comes after the numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    /// 1
    pub major: u32,
    /// 24
    pub minor: u32,
    /// 0 where it is not given
    pub patch: u32,
}

impl Version {
    /// Reads `1.24`, `go1.24.3`, `1.25rc1`, `go1.26-abcdef`.
    pub fn parse(text: &str) -> Option<Version> {
        let text = text.strip_prefix("go").unwrap_or(text);
        let mut parts = text.splitn(3, '.');
        let major = parts.next()?.parse().ok()?;
        let minor = leading_number(parts.next()?)?;
        let patch = parts.next().and_then(leading_number).unwrap_or(0);
        Some(Version { major, minor, patch })
    }

    /// Reads what `go version` prints: `go version go1.26.8 linux/amd64`.
    pub fn parse_output(text: &str) -> Option<Version> {
        let mut words = text.strip_prefix("go version ")?.split_whitespace();
        words.find_map(|word| word.starts_with("go").then(|| Version::parse(word))?)
    }
}

fn leading_number(text: &str) -> Option<u32> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    text[..end].parse().ok()
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)?;
        if self.patch == 0 { Ok(()) } else { write!(f, ".{}", self.patch) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Option<(u32, u32, u32)> {
        Version::parse_output(text).map(|v| (v.major, v.minor, v.patch))
    }

    #[test]
    fn what_go_version_prints() {
        assert_eq!(of("go version go1.26.8 linux/amd64\n"), Some((1, 26, 8)));
        assert_eq!(of("go version go1.24 darwin/arm64"), Some((1, 24, 0)));
        assert_eq!(of("go version go1.25rc1 linux/amd64"), Some((1, 25, 0)));
        assert_eq!(of("go version go1.26.8 X:cgocheck2 linux/amd64"), Some((1, 26, 8)));
        assert_eq!(of("go version devel go1.28-8f25c1a Tue Nov 4 linux/amd64"), Some((1, 28, 0)));
        assert_eq!(of("gccgo (GCC) 14"), None);
        assert_eq!(of("go version weird"), None);
    }

    #[test]
    fn order_and_text() {
        assert!(Version::parse("1.9.7").unwrap() < Version::parse("1.24").unwrap());
        assert_eq!(Version::parse("go1.24.0").unwrap().to_string(), "1.24");
        assert_eq!(Version::parse("1.27.3").unwrap().to_string(), "1.27.3");
    }
}
