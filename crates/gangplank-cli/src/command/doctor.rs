//! `gangplank doctor`.

mod lane;
mod project;
mod tools;

use crate::session::Session;
use clap::Args;
use gangplank_build::Result;
use std::path::PathBuf;
use std::process::ExitCode;

/// Say what is missing on this machine, and how to get it
///
/// Fails if something is missing that a build needs.
#[derive(Args)]
#[command(after_help = "Examples:\n  gangplank doctor\n  gangplank doctor examples/search")]
pub struct Doctor {
    /// A folder in a project, to look at that, too [default: the current folder, if it is in a project]
    pub path: Option<PathBuf>,
}

/// One line of the answer.
struct Finding {
    about: &'static str,
    state: State,
    text: String,
}

enum State {
    /// As it should be.
    Ok,
    /// Not there, and a build manages without.
    Note,
    /// A build fails without. With the fix.
    Missing(String),
}

impl Finding {
    fn ok(about: &'static str, text: impl Into<String>) -> Finding {
        Finding { about, state: State::Ok, text: text.into() }
    }

    fn note(about: &'static str, text: impl Into<String>) -> Finding {
        Finding { about, state: State::Note, text: text.into() }
    }

    fn missing(about: &'static str, text: impl Into<String>, fix: impl Into<String>) -> Finding {
        Finding { about, state: State::Missing(fix.into()), text: text.into() }
    }

    /// Errors say what to do in their second part.
    fn error(about: &'static str, error: &gangplank_build::Error) -> Finding {
        let text = error.render();
        let text = text.strip_prefix("error: ").unwrap_or(&text);
        match text.split_once("\n  help: ") {
            Some((text, fix)) => Finding::missing(about, text, fix),
            None => Finding::missing(about, text, "see the message"),
        }
    }
}

pub fn run(session: &Session, doctor: &Doctor) -> Result<ExitCode> {
    let mut findings = tools::look(session);
    findings.extend(project::look(session, doctor)?);
    let mut sound = true;
    for finding in &findings {
        let state = match &finding.state {
            State::Ok => "ok",
            State::Note => "note",
            State::Missing(_) => "missing",
        };
        println!("{state:<8} {:<11} {}", finding.about, finding.text);
        if let State::Missing(fix) = &finding.state {
            println!("{:<20} fix: {fix}", "");
            sound = false;
        }
    }
    Ok(if sound { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
