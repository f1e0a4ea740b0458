//! A partition function: each message goes to the worker of its key.

use super::{GoStream, Place};
use crate::batch::GoBatch;
use crate::context::Lent;
use timely::Accountable;
use timely::communication::Push;
use timely::dataflow::Scope;
use timely::dataflow::channels::Message;
use timely::dataflow::channels::pact::DistributorPact;
use timely::dataflow::channels::pushers::exchange::Distributor;
use timely::dataflow::operators::generic::builder_rc::OperatorBuilder;
use timely::progress::operate::FrontierInterest;

pub(super) fn build<G: Scope<Timestamp = u64>>(stream: GoStream<G>, name: &str, place: Place) -> GoStream<G> {
    let mut builder = OperatorBuilder::new(name.to_owned(), stream.scope());
    let pact = DistributorPact(move |_peers| GoDistributor { place });
    let mut input = builder.new_input(stream, pact);
    let (mut output, parts) = builder.new_output();
    builder.set_notify_for(0, FrontierInterest::Never);
    builder.build(move |_| {
        move |_| {
            let mut output = output.activate();
            input.for_each(|capability, batch| output.give(&capability, batch));
        }
    });
    parts
}

/// Has Go take batches apart. Nothing waits here, so there is nothing to flush.
struct GoDistributor {
    place: Place,
}

impl Distributor<GoBatch> for GoDistributor {
    fn partition<T: Clone, P: Push<Message<T, GoBatch>>>(
        &mut self,
        container: &mut GoBatch,
        time: &T,
        pushers: &mut [P],
    ) {
        let Place { number, instance, context, .. } = &self.place;
        let batch = std::mem::take(container);
        let mut left = batch.record_count();
        if let Some(Lent { handle, last, keep }) = context.take(*number, batch) {
            let parts = context.cross(*number, |go| go.split(*instance, handle, last)).unwrap_or_default();
            drop(keep);
            for (part, pusher) in parts.chunks_exact(2).zip(pushers.iter_mut()) {
                if let Some(mut batch) = context.sent(*number, (part[0], part[1])) {
                    left -= batch.record_count();
                    Message::push_at(&mut batch, time.clone(), pusher);
                }
            }
        }
        // What was skipped still counts: it was sent, so somebody has to receive it.
        if left > 0 {
            Message::push_at(&mut GoBatch::counting(left), time.clone(), &mut pushers[0]);
        }
    }

    fn flush<T: Clone, P: Push<Message<T, GoBatch>>>(&mut self, _time: &T, _pushers: &mut [P]) {}
}
