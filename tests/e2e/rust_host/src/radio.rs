//! What Rust awaits, implemented in go/radio.

use gangplank::GoError;

/// A radio.
#[gangplank::import]
pub trait Radio {
    /// Calls a ship, and says what it answers.
    async fn call(&self, ship: &str) -> Result<String, GoError>;
    /// Listens until the context ends, and says why it did.
    async fn listen(&self, channel: u32) -> Result<String, GoError>;
    /// Sends to all: a list of what was heard.
    async fn all(&self, ships: Vec<String>) -> Vec<String>;
    /// Calls by way of Rust, which awaits this again.
    async fn relay(&self, ships: u32) -> Result<u32, GoError>;
    /// The volume, which is known.
    #[import(nonblocking)]
    async fn volume(&self) -> u8;
    /// How many channels are listened to.
    fn listening(&self) -> u32;
    /// Why the last one ended.
    fn last(&self) -> String;
}

/// Awaits Go on the thread that Go lends.
#[gangplank::export]
pub fn relay(ships: u32) -> Result<u32, GoError> {
    let radio = gangplank::imported::<dyn Radio>()?;
    let runtime = executor();
    runtime(Box::pin(async move { radio.relay(ships - 1).await }))
}

type Relayed = std::pin::Pin<Box<dyn Future<Output = Result<u32, GoError>>>>;

/// An executor without a runtime: a future needs none.
fn executor() -> impl FnOnce(Relayed) -> Result<u32, GoError> {
    struct Unpark(std::thread::Thread);
    impl std::task::Wake for Unpark {
        fn wake(self: std::sync::Arc<Self>) {
            self.0.unpark();
        }
    }
    |mut future| {
        let waker = std::task::Waker::from(std::sync::Arc::new(Unpark(std::thread::current())));
        loop {
            if let std::task::Poll::Ready(value) = future.as_mut().poll(&mut std::task::Context::from_waker(&waker)) {
                return value;
            }
            std::thread::park();
        }
    }
}
