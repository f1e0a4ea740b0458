//! Types that contain themselves.

/// A linked list.
#[gangplank::record]
pub struct Node {
    pub value: i32,
    pub next: Option<Box<Node>>,
}

/// A tree whose branches are boxes.
#[gangplank::record]
pub enum Expr {
    Number(f64),
    Negative(Box<Expr>),
    Sum { left: Box<Expr>, right: Box<Expr> },
    Call { name: String, arguments: Vec<Expr> },
}

/// A tree of lists.
#[gangplank::record]
pub struct Folder {
    pub name: String,
    pub folders: Vec<Folder>,
}

/// Mutual recursion.
#[gangplank::record]
pub struct Author {
    pub books: Vec<Book>,
}

#[gangplank::record]
pub struct Book {
    pub title: String,
    pub author: Option<Box<Author>>,
}

/// Not recursive itself.
#[gangplank::record]
pub struct Library {
    pub root: Folder,
    pub authors: std::collections::BTreeMap<String, Author>,
}

#[gangplank::export]
pub fn nodes(list: Node) -> Node {
    list
}

#[gangplank::export]
pub fn evaluate(expr: Expr) -> Result<Expr, String> {
    Ok(expr)
}

#[gangplank::export]
pub fn echo_library(of: Library, title: &str) -> Option<Library> {
    (!title.is_empty()).then_some(of)
}
