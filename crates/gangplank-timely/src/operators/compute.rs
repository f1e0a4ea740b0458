//! Computations of every kind: a batch in, its results out.

use super::{GoStream, Place};
use crate::context::Lent;
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
            let Place { number, instance, context } = &place;
            let mut output = output.activate();
            input.for_each(|capability, batch| {
                let Some(lent) = context.take(*number, std::mem::take(batch)) else { return };
                let Lent { handle, last, keep } = lent;
                let answer = context.cross(*number, |go| go.run(*instance, handle, last));
                drop(keep);
                if let Some(mut batch) = answer.and_then(|answer| context.sent(*number, answer)) {
                    output.give(&capability, &mut batch);
                }
            });
            let Some(held) = &mut last else { return };
            match frontiers[0].frontier().first() {
                Some(time) if time > held.time() => held.downgrade(time),
                Some(_) => {}
                None => {
                    let next = || context.cross(*number, |go| go.end(*instance));
                    while let Some(mut batch) = next().and_then(|answer| context.sent(*number, answer)) {
                        output.give(&*held, &mut batch);
                    }
                    last = None;
                }
            }
        }
    });
    results
}
