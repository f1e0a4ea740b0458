pub mod binding {
    #![allow(warnings, clippy::all, clippy::undocumented_unsafe_blocks)]
    rust2go::r2g_include_binding!();
}

#[derive(rust2go::R2G, Clone, Debug, PartialEq)]
pub struct Packet {
    pub from: String,
    pub to: String,
    pub payload: Vec<u8>,
}

#[rust2go::r2g]
pub trait Work {
    fn nop() -> u64;
    fn scalar(x: u64) -> u64;
    fn text(text: &String) -> String;
    fn answer(packet: &Packet) -> Packet;
    fn mallocs() -> u64;
}
