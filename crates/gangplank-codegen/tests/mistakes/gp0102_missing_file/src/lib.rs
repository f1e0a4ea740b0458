mod missing;
mod wanted {
    #[path = "elsewhere.rs"]
    mod inner;
}
mod circle;

// For another platform: it may not be there.
#[cfg(windows)]
mod windows;
