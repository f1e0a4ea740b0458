//! Computations of every kind: a batch in, its results out.

use super::{GoStream, Place};
use timely::dataflow::Scope;
use timely::dataflow::channels::pact::Pipeline;
use timely::dataflow::operators::generic::builder_rc::OperatorBuilder;
use timely::progress::operate::FrontierInterest;

/// `final_say`: it has something to say at the end of its input. It then holds a capability for that, which follows its input.
pub(super) fn build<G: Scope<Timestamp = u64>>(
    stream: GoStream<G>,
    name: &str,
    place: Place,
    final_say: bool,
) -> GoStream<G> {
    let mut builder = OperatorBuilder::new(name.to_owned(), stream.scope());
    let mut input = builder.new_input(stream, Pipeline);
    let (mut output, results) = builder.new_output();
    if !final_say {
        builder.set_notify_for(0, FrontierInterest::Never);
    }
    builder.build(move |mut capabilities| {
        let mut last = capabilities.pop().filter(|_| final_say);
        move |frontiers| {
            let mut output = output.activate();
            input.for_each(|capability, batch| {
                if let Some(mut results) = place.run(std::mem::take(batch)) {
                    output.give(&capability, &mut results);
                }
            });
            let Some(held) = &mut last else { return };
            match frontiers[0].frontier().first() {
                Some(time) if time > held.time() => held.downgrade(time),
                Some(_) => {}
                None => {
                    while let Some(mut batch) = place.end() {
                        output.give(&*held, &mut batch);
                    }
                    last = None;
                }
            }
        }
    });
    results
}
