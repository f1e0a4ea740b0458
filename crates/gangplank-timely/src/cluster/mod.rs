//! Several processes.
//!
//! Each pair of processes has two connections: one is timely's, the other, the *link*, says what becomes of the processes themselves. All of them come about in [`connect`]: a process connects to those with
//! lower numbers and listens for the others, and both ends compare what they run before anything starts.
//!
//! A link carries one of three things, and then ends:
//!
//! | sent | when | the other process |
//! | --- | --- | --- |
//! | `done` | all workers here are done, and so all workers everywhere | lets timely's connection end |
//! | `stop` and a failure | something failed here, first | fails the same way |
//! | nothing, it breaks | the process died | fails, and names the process |
//!
//! timely's threads panic when a connection breaks. They read and write through [`Watched`], which asks the link what the end means: after `done` it is an end; else the thread waits for ever, and
//! the run ends through the link, with one report.

mod connect;
mod hello;
mod link;
mod watched;

use crate::error::EngineError;
use crate::options::Options;
use crate::stop::Stop;
use link::Link;
use std::io;
use std::sync::Arc;
use timely::CommunicationConfig;
use timely::communication::allocator::zero_copy::allocator_process::ProcessBuilder;
use timely::communication::allocator::zero_copy::bytes_slab::BytesRefill;
use timely::communication::allocator::zero_copy::initialize::{
    CommsGuard, initialize_networking_from_sockets,
};
use timely::communication::allocator::{GenericBuilder, Process};
use watched::Watched;

/// What the workers of this process are made of, and the links to the others.
pub(crate) struct Cluster {
    pub(crate) builders: Vec<GenericBuilder>,
    links: Vec<Arc<Link>>,
    guard: Option<CommsGuard>,
}

impl Cluster {
    /// Finds the other processes. `layout` is what they must run, too.
    pub(crate) fn start(options: &Options, layout: &str, stop: &Arc<Stop>) -> Result<Cluster, EngineError> {
        let threads = options.threads;
        if options.processes() == 1 {
            let config = match (threads, options.zerocopy) {
                (1, _) => CommunicationConfig::Thread,
                (_, false) => CommunicationConfig::Process(threads),
                (_, true) => CommunicationConfig::ProcessBinary(threads),
            };
            let (builders, _) = config.try_build().map_err(EngineError::Cluster)?;
            return Ok(Cluster { builders, links: Vec::new(), guard: None });
        }
        let peers = connect::connect(options, layout).map_err(EngineError::Cluster)?;
        let mut links = Vec::new();
        let mut sockets = Vec::new();
        for (process, peer) in peers.into_iter().enumerate() {
            let Some(peer) = peer else {
                sockets.push(None);
                continue;
            };
            let link = Link::watch(process, peer.link, stop.clone())
                .map_err(|e| EngineError::Cluster(e.to_string()))?;
            sockets.push(Some(Watched::new(peer.data, link.clone())));
            links.push(link);
        }
        let (builders, guard) =
            connected(sockets, options).map_err(|e| EngineError::Cluster(e.to_string()))?;
        Ok(Cluster { builders, links, guard: Some(guard) })
    }

    /// All workers are done: so says this process, and waits until timely's threads have sent and read everything.
    pub(crate) fn done(self) {
        self.links.iter().for_each(|link| link.done());
        drop(self.guard);
    }

    /// Something failed: the others are told, and timely's threads are left to the end of the process.
    pub(crate) fn abandon(self, why: &EngineError) {
        self.links.iter().for_each(|link| link.stop(why));
        std::mem::forget(self.guard);
    }
}

/// timely's own part, over connections that are there.
fn connected(
    sockets: Vec<Option<Watched>>,
    options: &Options,
) -> io::Result<(Vec<GenericBuilder>, CommsGuard)> {
    let (process, threads) = (options.process, options.threads);
    let refill = BytesRefill { logic: Arc::new(|size| Box::new(vec![0u8; size])), limit: None };
    let quiet = Arc::new(|_| None);
    Ok(if options.zerocopy {
        let (builders, guard) = initialize_networking_from_sockets::<_, ProcessBuilder>(
            sockets, process, threads, refill, quiet,
        )?;
        (builders.into_iter().map(GenericBuilder::ZeroCopyBinary).collect(), guard)
    } else {
        let (builders, guard) =
            initialize_networking_from_sockets::<_, Process>(sockets, process, threads, refill, quiet)?;
        (builders.into_iter().map(GenericBuilder::ZeroCopy).collect(), guard)
    })
}
