// GP0302

#[gangplank::record]
pub struct Clash {
    pub user_id: u8,
    pub user_ID: u8,
}

// GP0306

#[gangplank::error]
#[derive(Debug)]
pub struct Failed {
    pub unwrap: u8,
}

impl std::fmt::Display for Failed {
    fn fmt(&self, _f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        Ok(())
    }
}

// GP0308

#[gangplank::export]
pub fn größe() -> u32 {
    1
}

// GP0309

#[gangplank::record]
pub struct Duration {
    pub seconds: u64,
}

// GP0402

#[gangplank::record]
#[go(name = "hit")]
pub struct Named {
    pub line: u32,
}

// GP0403

#[gangplank::record]
#[go(rename = "Match")]
pub struct Renamed {
    pub line: u32,
}

fn main() {}
