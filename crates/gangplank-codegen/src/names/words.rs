//! From one convention to the other: words, initialisms, first letters.

use super::{KEYWORDS, PREDECLARED, RESERVED_LOCALS};

/// Go writes these in one case: `userID`, `HTTPServer`.
const INITIALISMS: &[&str] = &[
    "acl", "api", "ascii", "cpu", "css", "dns", "eof", "guid", "html", "http", "https", "id", "ip", "json",
    "lhs", "os", "qps", "ram", "rhs", "rpc", "sla", "smtp", "sql", "ssh", "tcp", "tls", "ttl", "udp", "ui",
    "uid", "uri", "url", "utf8", "uuid", "vm", "xml", "xmpp", "xsrf", "xss",
];

/// The exported Go name: `user_id`, `UserId` and `USER_ID` are `UserID`.
///
/// A name that cannot begin with an upper-case letter gets an `X` in front, as Go's own advice is.
pub fn exported(name: &str) -> String {
    let joined = join(split(name).iter().map(|word| capital(word, name)));
    match joined.chars().next() {
        Some(first) if first.is_uppercase() => joined,
        _ => format!("X{joined}"),
    }
}

/// The unexported Go name, for parameters: `user_id` is `userID`, `type` is `type_`.
pub fn unexported(name: &str) -> String {
    let words = split(name);
    let mut spelled = join(words.iter().enumerate().map(|(at, word)| match at {
        0 => word.to_lowercase(),
        _ => capital(word, name),
    }));
    if !spelled.starts_with(|c: char| c.is_alphabetic()) {
        spelled.insert(0, 'x');
    }
    if [KEYWORDS, PREDECLARED, RESERVED_LOCALS].iter().any(|taken| taken.contains(&spelled.as_str())) {
        spelled.push('_');
    }
    spelled
}

/// The name as English words: `NotFound` and `not_found` are `not found`.
pub fn in_words(name: &str) -> String {
    let words: Vec<String> = split(name)
        .iter()
        .map(|word| if initialism(word).is_some() { capital(word, name) } else { word.to_lowercase() })
        .collect();
    words.join(" ")
}

/// `r#type` and `_x` lose their prefix; words end at `_` and where lower case turns to upper (`Http|Server`, `HTTP|Server`).
fn split(name: &str) -> Vec<String> {
    let name = name.strip_prefix("r#").unwrap_or(name);
    let mut words = Vec::new();
    for part in name.split('_').filter(|part| !part.is_empty()) {
        let chars: Vec<char> = part.chars().collect();
        let mut word = String::new();
        for (at, &c) in chars.iter().enumerate() {
            let after_lower = at > 0 && c.is_uppercase() && !chars[at - 1].is_uppercase();
            let before_lower =
                at > 0 && c.is_uppercase() && chars.get(at + 1).is_some_and(|n| n.is_lowercase());
            if (after_lower || before_lower) && !word.is_empty() {
                words.push(std::mem::take(&mut word));
            }
            word.push(c);
        }
        words.push(word);
    }
    words
}

/// A word with its first letter in upper case, or the whole of it if Go does that. `MAX_SIZE` shouts, `USD` does not.
fn capital(word: &str, whole: &str) -> String {
    if let Some(upper) = initialism(word) {
        return upper;
    }
    let shouted = whole.contains('_') && !whole.chars().any(char::is_lowercase);
    let mut chars = word.chars();
    let Some(first) = chars.next() else { return String::new() };
    let mut upper = first.to_uppercase();
    // `ß` becomes `SS`: such letters stay.
    let first = match (upper.next(), upper.next()) {
        (Some(one), None) => one,
        _ => first,
    };
    let rest = if shouted { chars.as_str().to_lowercase() } else { chars.as_str().to_owned() };
    format!("{first}{rest}")
}

/// `id` is `ID`, `ids` is `IDs`.
fn initialism(word: &str) -> Option<String> {
    let lower = word.to_lowercase();
    if INITIALISMS.contains(&lower.as_str()) {
        return Some(lower.to_uppercase());
    }
    let stem = lower.strip_suffix('s')?;
    INITIALISMS.contains(&stem).then(|| format!("{}s", stem.to_uppercase()))
}

/// Words without anything between, but `v1_2` keeps its `_`: it is not `v12`.
fn join(words: impl Iterator<Item = String>) -> String {
    words.fold(String::new(), |mut joined, word| {
        if joined.ends_with(|c: char| c.is_ascii_digit()) && word.starts_with(|c: char| c.is_ascii_digit()) {
            joined.push('_');
        }
        joined + &word
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exported_names() {
        for (rust, go) in [
            ("search", "Search"),
            ("user_id", "UserID"),
            ("UserId", "UserID"),
            ("USER_ID", "UserID"),
            ("user_ids", "UserIDs"),
            ("https_url", "HTTPSURL"),
            ("HTTPServer", "HTTPServer"),
            ("HttpServer", "HTTPServer"),
            ("utf8_text", "UTF8Text"),
            ("MAX_SIZE", "MaxSize"),
            ("USD", "USD"),
            ("X", "X"),
            ("r#type", "Type"),
            ("_private", "Private"),
            ("_1", "X1"),
            ("v1_2", "V1_2"),
            ("sha_256", "Sha256"),
            ("is_match2", "IsMatch2"),
            ("größe", "Größe"),
            ("ölstand", "Ölstand"),
            ("名前", "X名前"),
            ("os", "OS"),
            ("idle", "Idle"),
            ("BadPattern", "BadPattern"),
            ("A1B", "A1B"),
        ] {
            assert_eq!(exported(rust), go, "{rust}");
        }
    }

    #[test]
    fn unexported_names() {
        for (rust, go) in [
            ("pattern", "pattern"),
            ("user_id", "userID"),
            ("id", "id"),
            ("url_path", "urlPath"),
            ("type", "type_"),
            ("r#type", "type_"),
            ("len", "len_"),
            ("err", "err_"),
            ("_unused", "unused"),
            ("_1", "x1"),
            ("MAX", "max_"),
        ] {
            assert_eq!(unexported(rust), go, "{rust}");
        }
    }

    #[test]
    fn words_for_sentences() {
        assert_eq!(in_words("NotFound"), "not found");
        assert_eq!(in_words("BadUrl"), "bad URL");
    }
}
