//! A sink. What it has read is done, and sources may go on: its output, which is always empty, is probed.

use super::{GoStream, Place};
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
            input.for_each(|_, batch| {
                place.run(std::mem::take(batch));
            });
            if open && frontiers[0].is_empty() {
                open = false;
                place.end();
            }
        }
    });
    done.probe_with(&probe);
}
