//! Printing a census.

use crate::census::{Census, Counts};

/// How many packages are shown.
const PACKAGES: usize = 15;

/// How many syntax errors are shown.
const ERRORS: usize = 5;

/// Prints the largest packages, the longest functions and what does not parse.
pub fn print(census: &Census) {
    let mut packages: Vec<_> = census.packages.iter().collect();
    packages.sort_by_key(|(name, counts)| (std::cmp::Reverse(counts.functions), *name));

    println!("{:<44}{:>8}{:>12}{:>12}{:>12}", "package", "files", "lines", "functions", "exported");
    for ((folder, package), counts) in packages.iter().take(PACKAGES) {
        row(&title(folder, package), counts);
    }
    row(&format!("all {} packages", thousands(packages.len() as u64)), &census.total());

    println!("\nThe longest functions:");
    for (function, path) in &census.longest {
        println!(
            "{:>8} lines  {path}:{}  {}",
            thousands(function.lines.into()),
            function.line,
            function.name
        );
    }

    if census.unreadable > 0 {
        println!("\n{} files could not be read.", census.unreadable);
    }
    if census.broken > 0 {
        println!(
            "\n{} files do not parse (test data, mostly). What Go says of the first of them:",
            census.broken
        );
        for error in census.errors.values().take(ERRORS) {
            println!("    {error}");
        }
    }
}

fn row(name: &str, counts: &Counts) {
    let Counts { files, lines, functions, exported } = *counts;
    let [files, lines, functions, exported] = [files, lines, functions, exported].map(thousands);
    println!("{name:<44}{files:>8}{lines:>12}{functions:>12}{exported:>12}");
}

/// The folder, and the package's name where it is another.
fn title(folder: &str, package: &str) -> String {
    if folder.rsplit('/').next() == Some(package) {
        folder.to_owned()
    } else {
        format!("{folder} ({package})")
    }
}

/// 1234567 as 1,234,567.
fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
