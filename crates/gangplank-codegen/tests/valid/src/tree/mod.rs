pub mod leaf;

#[gangplank::record]
pub struct Node {
    pub children: Vec<Node>,
    pub leaf: Option<leaf::Leaf>,
}

#[gangplank::error]
#[derive(Debug, thiserror::Error)]
#[error("cannot read {path}")]
pub struct ReadFailed {
    pub path: String,
}
