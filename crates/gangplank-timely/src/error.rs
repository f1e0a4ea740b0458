//! Why a run ended early.

/// Why a run ended early, or did not begin.
#[gangplank::error]
#[derive(Clone, Debug, thiserror::Error)]
pub enum EngineError {
    /// The command line.
    #[error("{0}")]
    Usage(String),
    /// The layout is not one.
    #[error("the layout cannot run: {0}")]
    Layout(String),
    /// The processes did not find each other.
    #[error("the processes could not be connected: {0}")]
    Cluster(String),
    /// An operator failed, and its policy is to stop.
    #[error("{report}")]
    Stopped {
        /// The process it happened in.
        process: u32,
        /// Operator, key, worker and cause.
        report: String,
    },
    /// Another process died.
    #[error("process {process} died: {why}")]
    ProcessDied {
        /// Which.
        process: u32,
        /// What was seen of it.
        why: String,
    },
}
