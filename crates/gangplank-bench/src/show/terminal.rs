//! Tables in the terminal.

use super::table::tables;
use crate::catalogue;
use crate::compare::{Comparison, Verdict};
use crate::report::Report;
use crate::run::all_missing;
use comfy_table::{CellAlignment, ContentArrangement, Table, TableComponent, presets};

/// Everything, in tables.
pub fn print(report: &Report) -> String {
    let mut text = String::new();
    for section in &report.sections {
        let title = catalogue::section(&section.name).map_or(section.name.as_str(), |known| known.title);
        text += &format!("\n== {title}\n");
        for table in tables(section, &report.machine.go) {
            let heads = [&table.name].into_iter().chain(&table.heads);
            text += &format!("\n{}\n", draw(heads, &table.lines));
        }
    }
    text +=
        "\nRatios are to the first way of each work; in tables of many points they stand in parentheses.\n";
    text += &format!("\n{}\n", report.machine);
    for warning in &report.warnings {
        text += &format!("warning: {warning}\n");
    }
    let mut missing = all_missing(report).peekable();
    if missing.peek().is_some() {
        text += "\nNot measured:\n";
    }
    for (section, missing) in missing {
        text += &format!("  {section}: {}: {}\n", missing.what, missing.why.replace('\n', "\n    "));
    }
    text
}

fn draw<'a>(heads: impl Iterator<Item = &'a String>, lines: &[Vec<String>]) -> String {
    let mut table = Table::new();
    table.load_preset(presets::UTF8_HORIZONTAL_ONLY);
    table.remove_style(TableComponent::HorizontalLines).remove_style(TableComponent::MiddleIntersections);
    table.set_content_arrangement(ContentArrangement::Dynamic);
    table.set_header(heads);
    for line in lines {
        table.add_row(line.iter().map(|cell| cell.replace("**", "")));
    }
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table.to_string()
}

/// What changed, and what cannot be told.
pub fn comparison(found: &Comparison) -> String {
    let mut text = String::from("\n== Against the older report\n");
    for note in &found.notes {
        text += &format!("\n{note}\n");
    }
    let heads = ["work", "way", "ratio then", "ratio now", "change", "verdict"].map(String::from);
    let told =
        found.changes.iter().filter(|change| matches!(change.verdict, Verdict::Faster | Verdict::Slower));
    let lines: Vec<Vec<String>> = told
        .map(|change| {
            vec![
                format!("{}: {}", change.section, change.work),
                change.way.clone(),
                super::number::ratio(change.then),
                super::number::ratio(change.now),
                format!(
                    "{:+.0} % ({:+.0} to {:+.0})",
                    change.percent(),
                    change.low_percent(),
                    change.high_percent()
                ),
                change.verdict.to_string(),
            ]
        })
        .collect();
    if lines.is_empty() {
        text += "\nNo difference that the noise allows to see.\n";
    } else {
        text += &format!("\n{}\n", draw(heads.iter(), &lines));
    }
    text + &format!("\n{}\n", found.summary())
}
