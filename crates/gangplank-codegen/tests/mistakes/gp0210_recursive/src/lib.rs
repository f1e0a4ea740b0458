#[gangplank::record]
pub struct List {
    pub value: u32,
    pub next: Box<List>,
}

#[gangplank::record]
pub struct Egg {
    pub hen: (u8, [Hen; 1]),
}

#[gangplank::record]
pub struct Hen {
    pub egg: Box<Egg>,
}

/// It has no layout either.
#[gangplank::record]
#[repr(C)]
pub struct Ring {
    pub next: [Ring; 1],
    pub last: u8,
}

/// All of these end somewhere.
#[gangplank::record]
pub struct Tree {
    pub left: Option<Box<Tree>>,
    pub all: Vec<Tree>,
    pub named: std::collections::HashMap<String, Tree>,
    pub expression: Expression,
}

#[gangplank::record]
pub enum Expression {
    Number(f64),
    Sum(Box<Expression>, Box<Expression>),
    Tree(Box<Tree>),
}
