//! Fingerprints of types (clause 6.5): what the compiler knows of a type, where a macro sees only its name.
//!
//! `gangplank-codegen`'s `ir/print.rs` computes the same from source.

/// The fingerprint of a type or constructor of this name: FNV-1a.
pub const fn named(name: &str) -> u64 {
    mix(0xcbf2_9ce4_8422_2325, name.as_bytes())
}

/// The fingerprint of something made of these parts, in order.
pub const fn of(start: u64, parts: &[u64]) -> u64 {
    let mut hash = start;
    let mut i = 0;
    while i < parts.len() {
        hash = mix(hash, &parts[i].to_le_bytes());
        i += 1;
    }
    hash
}

/// The fingerprint of a record, enum or error of this name: what is in it has a hash of its own.
pub const fn record(name: &str) -> u64 {
    of(named("named"), &[named(name)])
}

const fn mix(mut hash: u64, bytes: &[u8]) -> u64 {
    let mut i = 0;
    while i < bytes.len() {
        hash = (hash ^ bytes[i] as u64).wrapping_mul(0x100_0000_01b3);
        i += 1;
    }
    hash
}
