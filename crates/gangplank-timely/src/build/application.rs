//! The steps of a layout, as they go to Go.

use super::outside::Outside;
use super::role::{Role, Source};
use super::stream::Stream;
use crate::boundary::Program;
use crate::error::EngineError;
use crate::run::{laying, run_with};
use crate::status::Report;
use std::cell::RefCell;
use std::rc::Rc;

/// An application that is laid out in Rust. See the [module](super).
pub struct Application {
    steps: Rc<RefCell<Steps>>,
}

/// What was laid out.
pub(super) struct Steps {
    name: String,
    all: Vec<Step>,
}

/// A step. It crosses as a list of words: kind, role, name, the numbers of what it reads with commas, the Go types that it takes, has as keys and sends (empty where there is none), arguments.
struct Step {
    words: Vec<String>,
    outside: Option<Outside>,
}

/// Go types of a step; empty where there is none.
#[derive(Default)]
pub(super) struct Types {
    pub(super) takes: String,
    pub(super) key: String,
    pub(super) sends: String,
}

impl Application {
    /// Begins a layout.
    pub fn new(name: impl Into<String>) -> Application {
        Application { steps: Rc::new(RefCell::new(Steps { name: name.into(), all: Vec::new() })) }
    }

    /// Begins a stream.
    pub fn source<T: super::GoType>(&self, source: Source<T>) -> Stream<T> {
        let types = Types { sends: T::go_type(), ..Types::default() };
        let number = self.steps.borrow_mut().add("source", source.role, &[], types);
        Stream::new(&self.steps, number)
    }

    /// Compares the layout with what Go has registered. In a Rust program it waits until Go has started.
    ///
    /// # Errors
    /// [`EngineError::Layout`], with all that is wrong.
    pub fn check(&self) -> Result<(), EngineError> {
        let program = gangplank::imported::<dyn Program>().map_err(|e| EngineError::Layout(e.to_string()))?;
        let _laying = laying();
        self.steps.borrow().lay_out(&*program).map(drop)
    }

    /// Runs the application to its end, on the workers that `args` ask for: see [`run`](crate::run()).
    ///
    /// # Errors
    /// As [`check`](Application::check) and [`run`](crate::run()).
    pub fn run(&self, args: impl IntoIterator<Item = impl Into<String>>) -> Result<Report, EngineError> {
        let args: Vec<String> = args.into_iter().map(Into::into).collect();
        run_with(&args, |program| self.steps.borrow().lay_out(program))
    }
}

impl Steps {
    /// Adds a step: its number.
    pub(super) fn add(&mut self, kind: &str, role: Role, inputs: &[usize], types: Types) -> usize {
        let kind = match &role.outside {
            Some(outside) => outside.kind(),
            None => kind,
        };
        let name = role.name.unwrap_or_else(|| role.role.to_owned());
        let inputs: Vec<String> = inputs.iter().map(usize::to_string).collect();
        let mut words = vec![
            kind.to_owned(),
            role.role.to_owned(),
            name,
            inputs.join(","),
            types.takes,
            types.key,
            types.sends,
        ];
        words.extend(role.args);
        self.all.push(Step { words, outside: role.outside });
        self.all.len() - 1
    }

    /// Has Go lay it out; what is done in Rust, for each node: nodes have the numbers of their steps.
    fn lay_out(&self, program: &dyn Program) -> Result<Vec<Option<Outside>>, EngineError> {
        let steps = self.all.iter().map(|step| step.words.clone()).collect();
        program.lay_out(&self.name, steps).map_err(|e| EngineError::Layout(e.to_string()))?;
        Ok(self.all.iter().map(|step| step.outside.clone()).collect())
    }
}
