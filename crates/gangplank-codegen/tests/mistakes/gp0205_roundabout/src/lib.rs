#[gangplank::export]
pub fn search(pattern: &String, lines: &Vec<String>, one: &Box<u32>, two: &&str, three: &&[u8]) {}

#[gangplank::export]
pub fn fine(map: &std::collections::HashMap<String, u32>, option: &Option<u32>, number: &u32, array: &[u8; 4]) {}
