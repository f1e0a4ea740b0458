#[cfg(all(loom, feature = "stream"))]
mod model;
#[cfg(not(loom))]
mod pulled;
#[cfg(not(loom))]
mod source;
