//! A record there and back.

/// Two strings and some bytes.
#[gangplank::record]
pub struct Packet {
    /// The first string.
    pub from: String,
    /// The second string.
    pub to: String,
    /// The bytes.
    pub payload: Vec<u8>,
}

/// The packet with sender and receiver exchanged.
#[gangplank::export]
#[inline(never)]
pub fn answer(packet: Packet) -> Packet {
    Packet { from: packet.to, to: packet.from, payload: packet.payload }
}
