//! What Go does for the service: it is implemented in `go/impl`.

/// Go's HTTP client and Go's templates.
#[gangplank::import]
pub trait Web {
    /// The body at a URL. It waits for the network, in a goroutine; no thread waits with it.
    async fn fetch(&self, url: String) -> Result<Vec<u8>, gangplank::GoError>;

    /// The page that shows a folder. `html/template` escapes what stands in it.
    async fn render(&self, folder: Folder) -> Result<String, gangplank::GoError>;
}

/// A folder, as the upstream server describes it.
#[gangplank::record]
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Folder {
    /// Its path below the root, with `/`; empty for the root itself.
    pub path: String,
    /// What lies in it, by name.
    pub entries: Vec<Entry>,
}

/// A file or a folder.
#[gangplank::record]
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Entry {
    /// Its name.
    pub name: String,
    /// Is it a folder?
    pub folder: bool,
    /// Its size in bytes.
    pub size: u64,
}
