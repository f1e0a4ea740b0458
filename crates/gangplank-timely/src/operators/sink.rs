//! A sink. What it has read is done, and sources may go on: its output, which is always empty, is probed.

use super::{GoStream, Place};
use crate::context::Lent;
use timely::dataflow::Scope;
use timely::dataflow::channels::pact::Pipeline;
use timely::dataflow::operators::Probe;
use timely::dataflow::operators::generic::builder_rc::OperatorBuilder;

pub(super) fn build<G: Scope<Timestamp = u64>>(stream: GoStream<G>, name: &str, place: Place) {
    let mut builder = OperatorBuilder::new(name.to_owned(), stream.scope());
    let mut input = builder.new_input(stream, Pipeline);
    let (_output, done): (_, GoStream<G>) = builder.new_output();
    let probe = place.context.flow.probe.clone();
    builder.build(move |capabilities| {
        drop(capabilities);
        let mut open = true;
        move |frontiers| {
            let Place { number, instance, context } = &place;
            input.for_each(|_, batch| {
                let Some(Lent { handle, last, keep }) = context.take(*number, std::mem::take(batch)) else {
                    return;
                };
                context.cross(*number, |go| go.run(*instance, handle, last));
                drop(keep);
            });
            if open && frontiers[0].is_empty() {
                open = false;
                context.cross(*number, |go| go.end(*instance));
            }
        }
    });
    done.probe_with(&probe);
}
