//! Strings, borrowed and owned.

#[gangplank::export]
pub fn shout(text: &str) -> String {
    text.to_uppercase()
}

#[gangplank::export]
pub fn join(left: String, right: &str, separator: char) -> String {
    format!("{left}{separator}{right}")
}

#[gangplank::export]
pub fn count_words(text: &str) -> usize {
    text.split_whitespace().count()
}

#[gangplank::export]
pub fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

#[gangplank::export]
pub fn first_line(text: &str) -> Result<String, String> {
    text.lines().next().map(str::to_owned).ok_or_else(|| "no line".to_owned())
}
