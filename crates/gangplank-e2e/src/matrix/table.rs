//! The table: every type of the README, and random ones made of them.

use super::item::{Fields, Item};
use super::position::Position;
use super::random::Random;
use super::ty::{NUMBERS, Ty};
use super::{Flavour, Matrix};

// Indices of items that others hold.
const PLAIN: usize = 0;
const POINT: usize = 1;
const GRID: usize = 2;
const KEY: usize = 6;
const TREE: usize = 7;
const COLOUR: usize = 8;
const LEVEL: usize = 9;
const SHAPE: usize = 11;

/// How many random types, and functions with several parameters of them.
const RANDOM_TYPES: usize = 48;
const SIGNATURES: usize = 16;

fn items() -> Vec<Item> {
    let n = Ty::number;
    let shape = vec![
        ("Dot", Fields::Unit),
        ("Circle", Fields::Named(vec![("radius", n("f64"))])),
        ("Label", Fields::Unnamed(vec![Ty::String])),
        ("Both", Fields::Unnamed(vec![Ty::Item(COLOUR), Ty::String.option()])),
        ("Group", Fields::Named(vec![("shapes", Ty::Item(SHAPE).vec()), ("name", Ty::String)])),
    ];
    let fault = vec![
        ("Broken", Fields::Unit),
        ("Worn", Fields::Named(vec![("part", Ty::String), ("percent", n("u8"))])),
        ("Cracked", Fields::Unnamed(vec![Ty::Item(PLAIN)])),
        ("Lost", Fields::Unit),
    ];
    vec![
        Item::record(
            "Plain",
            Fields::Named(vec![
                ("id", n("i64")),
                ("name", Ty::String),
                ("data", n("u8").vec()),
                ("ok", Ty::Bool),
            ]),
        ),
        Item::pod("Point", vec![("x", n("f32")), ("y", n("f32")), ("z", n("u64"))]),
        Item::pod("Grid", vec![("corner", Ty::Item(POINT)), ("cells", n("i16").array(2).array(4))]),
        Item::record("Wrapped", Fields::Unnamed(vec![Ty::String])),
        Item::record("Pair", Fields::Unnamed(vec![Ty::Item(PLAIN), n("f64").vec()])),
        Item::record("Empty", Fields::Unit),
        Item::record(
            "Key",
            Fields::Named(vec![
                ("text", Ty::String),
                ("colour", Ty::Item(COLOUR)),
                ("pair", n("u16").array(2)),
            ]),
        )
        .into_key(),
        Item::record(
            "Tree",
            Fields::Named(vec![
                ("value", Ty::String),
                ("left", Ty::Item(TREE).boxed().option()),
                ("children", Ty::Item(TREE).vec()),
                ("named", Ty::hash_map(Ty::String, Ty::Item(TREE))),
            ]),
        ),
        Item::fieldless("Colour", None, &[("Red", 0), ("Green", 1), ("Blue", -5)]),
        Item::fieldless("Level", Some("u8"), &[("Low", 1), ("High", 255)]),
        Item::fieldless("Wide", None, &[("Least", i64::MIN), ("Nought", 0), ("Most", i64::MAX)]),
        Item::enumeration("Shape", shape),
        Item::enumeration("Fault", fault).into_error(),
        Item::record("Breakdown", Fields::Named(vec![("place", Ty::String.option()), ("day", n("u32"))]))
            .into_error(),
    ]
}

fn types() -> Vec<Ty> {
    let n = Ty::number;
    let mut types: Vec<Ty> = NUMBERS.into_iter().map(Ty::Number).collect();
    types.extend([
        Ty::Unit,
        Ty::Bool,
        Ty::Char,
        Ty::String,
        Ty::Duration,
        Ty::Time,
        Ty::GoError,
        Ty::AnyError,
    ]);
    types.extend([
        n("u8").vec(),
        n("i32").vec(),
        n("f64").vec(),
        Ty::Bool.vec(),
        Ty::String.vec(),
        Ty::Item(POINT).vec(),
        Ty::Item(GRID).vec(),
        Ty::Item(COLOUR).vec(),
        n("u8").vec().vec(),
        n("i16").array(3).vec(),
        n("u8").array(4),
        n("i16").array(2).array(3),
        Ty::String.array(2),
        Ty::Tuple(vec![n("i32"), Ty::String]),
        Ty::Tuple(vec![n("u8"), Ty::Duration, Ty::String.option(), n("u8").vec(), Ty::Item(SHAPE)]),
        n("i32").option(),
        Ty::String.option(),
        n("u8").vec().option(),
        Ty::Item(SHAPE).option(),
        Ty::Item(PLAIN).option(),
        Ty::GoError.option(),
        Ty::String.option().option(),
        Ty::hash_map(Ty::String, n("i64")),
        Ty::hash_map(Ty::Item(KEY), Ty::String.vec()),
        Ty::tree_map(n("u32"), Ty::String),
        Ty::tree_map(Ty::Char, Ty::Item(PLAIN)),
        Ty::Item(PLAIN).boxed(),
        Ty::String.boxed(),
    ]);
    types.extend((0..items().len()).map(Ty::Item));
    types
}

/// Everything that is tried for a flavour.
pub(super) fn matrix(flavour: Flavour) -> Matrix {
    let (positions, own): (&[Position], &[Position]) = match flavour {
        Flavour::Exported | Flavour::FastExported => {
            (&Position::EXPORTED, &[Position::Own, Position::Sample])
        }
        Flavour::Imported | Flavour::FastImported => (&Position::IMPORTED, &Position::IMPORTED),
    };
    let mut matrix = Matrix { flavour, items: items(), cases: Vec::new(), signatures: Vec::new() };
    for ty in types() {
        let positions =
            positions.iter().copied().filter(|position| matrix.can_stand(&ty, *position)).collect();
        matrix.cases.push((ty, positions));
    }
    let mut random = Random::new(2018);
    while matrix.cases.len() < types().len() + RANDOM_TYPES {
        let ty = matrix.random_type(&mut random, 4);
        let positions = own.iter().copied().filter(|position| matrix.can_stand(&ty, *position)).collect();
        matrix.cases.push((ty, positions));
    }
    for _ in 0..SIGNATURES {
        let count = 2 + random.below(5);
        let params = (0..count).map(|_| matrix.random_type(&mut random, 2)).collect();
        matrix.signatures.push(params);
    }
    for index in 0..matrix.cases.len() {
        let (ty, positions) = matrix.cases[index].clone();
        if positions.contains(&Position::Parts) {
            let fields = vec![
                ("before", Ty::Number("u8")),
                ("value", ty.clone()),
                ("more", ty.clone().vec()),
                ("perhaps", ty.clone().option()),
                ("after", Ty::String),
            ];
            matrix.items.push(Item::record(format!("Holder{index}"), Fields::Named(fields)));
            let variants = vec![
                ("Nothing", Fields::Unit),
                ("One", Fields::Unnamed(vec![ty.clone()])),
                ("Named", Fields::Named(vec![("value", ty), ("after", Ty::Number("u16"))])),
            ];
            matrix.items.push(Item::enumeration(format!("Payload{index}"), variants));
        }
    }
    matrix
}

impl Matrix {
    /// What the value at this index is a part of, one type for each.
    pub(super) fn parts(&self, index: usize) -> Vec<Ty> {
        let ty = &self.cases[index].0;
        let item = |name: String| self.items.iter().position(|item| item.name == name).map(Ty::Item);
        let mut parts = vec![
            ty.clone().array(3),
            Ty::Tuple(vec![Ty::Number("u8"), ty.clone(), Ty::String]),
            Ty::hash_map(Ty::String, ty.clone()),
            ty.clone().option(),
            ty.clone().vec().option(),
        ];
        parts.extend(item(format!("Holder{index}")));
        parts.extend(item(format!("Payload{index}")));
        if self.is_key(ty) {
            parts.push(Ty::tree_map(ty.clone(), Ty::Number("u8")));
        }
        parts
    }

    fn can_stand(&self, ty: &Ty, position: Position) -> bool {
        match position {
            // A reference to a box is refused: it only holds the value.
            Position::Borrow | Position::ThroughBorrow => !matches!(ty, Ty::Boxed(_)),
            _ => true,
        }
    }

    fn random_type(&self, random: &mut Random, depth: usize) -> Ty {
        let inner = |random: &mut Random| self.random_type(random, depth - 1);
        if depth == 0 {
            let leaves = [
                Ty::Bool,
                Ty::Char,
                Ty::String,
                Ty::Number("u8"),
                Ty::Number("i64"),
                Ty::Number("f64"),
                Ty::Duration,
            ];
            return random.pick(&leaves).clone();
        }
        match random.below(14) {
            0 | 1 => inner(random).vec(),
            2 | 3 => inner(random).option(),
            4 => {
                let size = 1 + random.below(4);
                inner(random).array(size)
            }
            5 => {
                let count = 2 + random.below(7);
                Ty::Tuple((0..count).map(|_| inner(random)).collect())
            }
            6 => Ty::hash_map(self.random_key(random), inner(random)),
            7 => Ty::tree_map(self.random_key(random), inner(random)),
            8 => inner(random).boxed(),
            9..=11 => Ty::Item(random.below(items().len())),
            12 => Ty::Number(random.pick::<&str>(&NUMBERS)),
            _ => random.pick(&[Ty::Time, Ty::Duration, Ty::String, Ty::GoError, Ty::Unit, Ty::Char]).clone(),
        }
    }

    fn random_key(&self, random: &mut Random) -> Ty {
        let keys = [
            Ty::String,
            Ty::Char,
            Ty::Bool,
            Ty::Duration,
            Ty::Number("i16"),
            Ty::Number("u64"),
            Ty::Item(KEY),
            Ty::Item(LEVEL),
            Ty::Number("u8").array(3),
            Ty::String.array(2),
        ];
        random.pick(&keys).clone()
    }
}
