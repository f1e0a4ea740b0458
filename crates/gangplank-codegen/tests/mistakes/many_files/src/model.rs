#[gangplank::record]
pub struct Hit {
    pub path: std::path::PathBuf,
    pub text: &'static str,
    pub context: Vec<Result<String, String>>,
}

pub mod nested;
