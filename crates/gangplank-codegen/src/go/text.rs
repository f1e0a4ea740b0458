//! Go source as text: what gofmt would do to it is done while it is written.

use std::collections::BTreeSet;

/// Appends a formatted line to a string.
macro_rules! line {
    ($out:expr) => { $out.push('\n') };
    ($out:expr, $($format:tt)*) => {{
        $out.push_str(&format!($($format)*));
        $out.push('\n');
    }};
}
pub(super) use line;

/// Lines whose cells gofmt aligns: fields, constants. A row with documentation begins a new block.
#[derive(Default)]
pub(super) struct Table {
    rows: Vec<(Vec<String>, Vec<String>)>,
}

impl Table {
    /// Adds a row: documentation above it, and its cells.
    pub fn row<const N: usize>(&mut self, docs: Vec<String>, cells: [String; N]) {
        self.rows.push((docs, cells.into()));
    }

    /// The rows, each behind a tab.
    pub fn write(&self, out: &mut String) {
        let mut at = 0;
        while at < self.rows.len() {
            let block = 1 + self.rows[at + 1..].iter().take_while(|(docs, _)| docs.is_empty()).count();
            let rows = &self.rows[at..at + block];
            for comment in &rows[0].0 {
                line!(out, "\t{comment}");
            }
            let columns = rows[0].1.len();
            let widths: Vec<usize> = (0..columns)
                .map(|c| rows.iter().map(|(_, cells)| cells[c].chars().count()).max().unwrap_or(0))
                .collect();
            for (_, cells) in rows {
                let mut text = String::from("\t");
                for (cell, width) in cells.iter().zip(&widths) {
                    text.push_str(cell);
                    text.extend(std::iter::repeat_n(' ', width - cell.chars().count() + 1));
                }
                line!(out, "{}", text.trim_end());
            }
            at += block;
        }
    }
}

/// A Go string literal.
pub(super) fn quote(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            c if (c as u32) < 0x20 || c == '\u{7f}' => quoted.push_str(&format!("\\x{:02x}", c as u32)),
            // A byte order mark may not stand inside a file.
            '\u{feff}' => quoted.push_str("\\ufeff"),
            c => quoted.push(c),
        }
    }
    quoted + "\""
}

/// The identifiers before a dot in code: packages that a file uses are among them. Comments and literals do not count.
pub(super) fn qualifiers(body: &str) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    let bytes = body.as_bytes();
    let (mut at, mut word) = (0, 0);
    while at < bytes.len() {
        match bytes[at] {
            b'/' if bytes.get(at + 1) == Some(&b'/') => {
                at += body[at..].find('\n').unwrap_or(body.len() - at);
                word = at;
            }
            quote @ (b'"' | b'\'') => {
                at += 1;
                while at < bytes.len() && bytes[at] != quote {
                    at += if bytes[at] == b'\\' { 2 } else { 1 };
                }
                at += 1;
                word = at;
            }
            b'.' => {
                if word < at {
                    found.insert(&body[word..at]);
                }
                at += 1;
                // What follows is a field or a name inside a package.
                while at < bytes.len() && is_word(bytes[at]) {
                    at += 1;
                }
                word = at;
            }
            c if is_word(c) => at += 1,
            _ => {
                at += 1;
                word = at;
            }
        }
    }
    found
}

fn is_word(c: u8) -> bool {
    c == b'_' || c.is_ascii_alphanumeric() || c >= 0x80
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_aligned_between_comments() {
        let mut table = Table::default();
        let row = |a: &str, b: &str| [a.to_owned(), b.to_owned()];
        table.row(vec![], row("A", "int"));
        table.row(vec![], row("Größe", "string"));
        table.row(vec!["// Doc.".into()], row("LongName", "int"));
        table.row(vec![], row("B", "int"));
        let mut out = String::new();
        table.write(&mut out);
        assert_eq!(out, "\tA     int\n\tGröße string\n\t// Doc.\n\tLongName int\n\tB        int\n");
    }

    #[test]
    fn only_code_names_packages() {
        let body = "// math.Pi\nx := time.Now().Year.y + \"fmt.x \\\" errors.\" // unsafe.x\nv.At = strconv.Itoa('.')\n";
        assert_eq!(qualifiers(body).into_iter().collect::<Vec<_>>(), ["strconv", "time", "v"]);
    }

    #[test]
    fn literals() {
        assert_eq!(quote("a\"\\\n\u{1}é"), "\"a\\\"\\\\\\n\\x01é\"");
    }
}
