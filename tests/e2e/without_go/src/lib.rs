//! A crate that asks Go for something, tested where there is no Go: it links, says clearly what is missing, and takes an
//! implementation written in Rust.

use gangplank::GoError;

/// Implemented in Go, elsewhere.
#[gangplank::import]
pub trait Oracle {
    /// Answers.
    fn ask(&self, question: &str) -> Result<String, GoError>;
    /// A number, without a way to fail.
    fn number(&self) -> u32;
}

/// Asks twice.
#[gangplank::export]
pub fn consult(question: &str) -> Result<String, gangplank::Error> {
    let oracle = gangplank::imported::<dyn Oracle>()?;
    Ok(format!("{}, {}", oracle.ask(question)?, oracle.number()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{Arc, Mutex};

    struct Mock(&'static str);

    impl Oracle for Mock {
        fn ask(&self, question: &str) -> Result<String, GoError> {
            if question.is_empty() {
                Err(GoError::new("no question"))
            } else {
                Ok(format!("{} to {question:?}", self.0))
            }
        }

        fn number(&self) -> u32 {
            42
        }
    }

    // Registrations hold in the whole process.
    static ONE: Mutex<()> = Mutex::new(());

    #[test]
    fn without_an_implementation_there_is_a_clear_error() {
        let _one = ONE.lock().unwrap();
        let error = consult("why?").unwrap_err().to_string();
        assert!(
            error.starts_with("no implementation of Oracle is registered: this program has no Go inside. "),
            "{error}"
        );
        assert!(error.contains("gangplank::register"), "{error}");
        assert!(gangplank::imported::<dyn Oracle>().is_err_and(|error| error.is_unavailable()));
    }

    #[test]
    fn a_mock_answers_as_long_as_it_is_registered() {
        let _one = ONE.lock().unwrap();
        let first = gangplank::register::<dyn Oracle>(Arc::new(Mock("yes")));
        assert_eq!(consult("why?").unwrap(), "yes to \"why?\", 42");
        assert_eq!(consult("").unwrap_err().to_string(), "no question");
        let second = gangplank::register::<dyn Oracle>(Arc::new(Mock("no")));
        assert_eq!(consult("why?").unwrap(), "no to \"why?\", 42");
        drop(second);
        assert_eq!(consult("why?").unwrap(), "yes to \"why?\", 42");
        drop(first);
        assert!(consult("why?").is_err());
    }
}
