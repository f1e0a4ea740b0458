//! How far it is, and how long it will take.

use crate::report::Line;
use gangplank_build::report::Report;
use indicatif::{HumanDuration, ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// A bar of seconds. Each step advances it by the time it is known to take, and no further.
pub struct Progress {
    report: Report,
    bar: ProgressBar,
    /// Milliseconds that the steps before this one were expected to take.
    done: u64,
    step: u64,
    goal: Arc<AtomicU64>,
    over: Arc<AtomicBool>,
    clock: Option<JoinHandle<()>>,
    start: Instant,
}

impl Progress {
    /// Says how long it will take.
    pub fn new(report: Report, seconds: f64) -> Progress {
        report.step("Measuring", format!("for about {}", HumanDuration(Duration::from_secs_f64(seconds))));
        let bar = ProgressBar::with_draw_target(Some((seconds * 1e3) as u64), ProgressDrawTarget::stderr());
        if report != Report::Person {
            bar.set_draw_target(ProgressDrawTarget::hidden());
        }
        let style = ProgressStyle::with_template(
            "{spinner} [{bar:30}] {percent:>3} %, {elapsed} of about {prefix}  {wide_msg}",
        );
        bar.set_style(style.expect("the template is a constant").progress_chars("=> "));
        bar.set_prefix(format!("{:.0}s", seconds));
        let (goal, over) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicBool::new(false)));
        let clock = thread::spawn({
            let (bar, goal, over) = (bar.clone(), goal.clone(), over.clone());
            move || {
                while !over.load(Ordering::Relaxed) {
                    if bar.position() < goal.load(Ordering::Relaxed) {
                        bar.inc(250);
                    }
                    bar.tick();
                    thread::sleep(Duration::from_millis(250));
                }
            }
        });
        Progress { report, bar, done: 0, step: 0, goal, over, clock: Some(clock), start: Instant::now() }
    }

    /// A step begins.
    pub fn begin(&mut self, name: &str, seconds: f64) {
        self.done += self.step;
        self.step = (seconds * 1e3) as u64;
        self.bar.set_position(self.done);
        self.goal.store(self.done + self.step, Ordering::Relaxed);
        self.bar.set_message(name.to_owned());
        if self.bar.is_hidden() {
            self.report.step("Measuring", name);
        }
    }

    /// A result is there.
    pub fn show(&self, line: &Line) {
        if let Line::Sampled(row) = line {
            self.bar.set_message(row.work.clone());
        }
    }

    /// Does something that prints.
    pub fn hide(&self, print: impl FnOnce()) {
        self.bar.suspend(print);
    }

    /// Takes the bar away and says how long it took.
    pub fn end(mut self) {
        self.over.store(true, Ordering::Relaxed);
        let _ = self.clock.take().map(JoinHandle::join);
        self.bar.finish_and_clear();
        self.report.step("Measured", format!("in {}", HumanDuration(self.start.elapsed())));
    }
}
