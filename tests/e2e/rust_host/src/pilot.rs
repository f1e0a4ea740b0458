//! What Go implements, in two packages.

use crate::HarbourError;
use gangplank::GoError;
use std::collections::{BTreeMap, HashMap};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Implemented in go/tides.
#[gangplank::import(fast)]
pub trait Tides {
    /// The hour of the next high water.
    fn high_water(&self, hour: f64) -> f64;
    /// Heights, one for each hour.
    fn heights(&self, hours: &[u32]) -> Vec<f32>;
}

/// Which way.
#[gangplank::record]
#[derive(Clone, Debug, PartialEq)]
pub enum Leg {
    /// Wait.
    Wait(Duration),
    /// Sail.
    Sail {
        /// In degrees.
        heading: u16,
        /// In miles.
        miles: f64,
    },
    /// Stop.
    Stop,
}

/// A wind, from 0 to 12.
#[gangplank::record]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Wind {
    /// 0
    Calm,
    /// 8
    Gale = 8,
}

/// A value of every kind.
#[gangplank::record]
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// Numbers.
    pub depths: Vec<i16>,
    /// Bytes.
    pub image: Vec<u8>,
    /// Text.
    pub title: String,
    /// A character.
    pub edition: char,
    /// Time.
    pub printed: SystemTime,
    /// A map.
    pub lights: HashMap<String, Duration>,
    /// A map with an enum as its key.
    pub winds: BTreeMap<Wind, [f64; 2]>,
    /// Options.
    pub notes: Option<Vec<String>>,
    /// A tuple.
    pub corner: (f64, f64),
    /// Enums with data.
    pub legs: Vec<Leg>,
    /// More charts.
    pub insets: Vec<Chart>,
}

impl Chart {
    /// One with everything on it.
    pub fn example() -> Chart {
        let empty = Chart {
            depths: vec![],
            image: vec![],
            title: String::new(),
            edition: 'a',
            printed: UNIX_EPOCH,
            lights: HashMap::new(),
            winds: BTreeMap::new(),
            notes: None,
            corner: (0.0, 0.0),
            legs: vec![],
            insets: vec![],
        };
        Chart {
            depths: vec![-3, 0, i16::MAX],
            image: (0..=255).cycle().take(5000).collect(),
            title: "Weser, größer".into(),
            edition: '船',
            printed: UNIX_EPOCH - Duration::new(86_400, 1),
            lights: HashMap::from([
                ("Roter Sand".into(), Duration::from_millis(2500)),
                (String::new(), Duration::ZERO),
            ]),
            winds: BTreeMap::from([(Wind::Calm, [0.0, -0.0]), (Wind::Gale, [17.2, 20.7])]),
            notes: Some(vec![String::new(), "shallow".into()]),
            corner: (53.5, 8.125),
            legs: vec![Leg::Wait(Duration::from_secs(60)), Leg::Sail { heading: 270, miles: 3.5 }, Leg::Stop],
            insets: vec![empty.clone(), Chart { notes: Some(vec![]), ..empty }],
        }
    }
}

/// What comes of a chart.
#[gangplank::record]
#[derive(Clone, Debug, PartialEq)]
pub struct Course {
    /// How to go.
    pub legs: Vec<Leg>,
    /// Where to.
    pub goal: String,
}

/// Anything that a pilot can say no with.
#[derive(Debug, thiserror::Error)]
#[gangplank::error]
pub enum PilotError {
    /// What the harbour said.
    #[error("no mooring: {0}")]
    #[go(name = "NoMooringError")]
    Harbour(HarbourError),
    /// What Go said.
    #[error(transparent)]
    Other(#[from] GoError),
}

/// Implemented in go/pilot.
#[gangplank::import]
pub trait Pilot {
    /// The chart as it is.
    fn copy(&self, chart: &Chart) -> Chart;
    /// A course.
    fn plan(&self, chart: &Chart) -> Result<Course, GoError>;
    /// Asks the harbour, in Rust, from Go.
    fn moor(&self, ship: &str) -> Result<String, PilotError>;
    /// Asks the harbour from many goroutines at once, and says how many got a berth.
    fn moor_all(&self, ships: &[String]) -> Result<u32, GoError>;
    /// See `harbour::down`.
    fn down(&self, levels: u32) -> Result<u32, GoError>;
    /// Fails, panics, exits, or lets Rust panic, as it is told.
    fn misbehave(&self, how: &str) -> Result<(), GoError>;
    /// How often a goroutine that Go started by itself has called Rust.
    fn background(&self) -> u64;
    /// Runs the collector.
    fn collect(&self);
}
