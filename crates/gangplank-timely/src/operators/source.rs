//! A source: it is asked for a batch each time the operator runs, unless it is too far ahead.

use super::place::{MORE, NOTHING_NOW};
use super::{GoStream, Place};
use crate::flow::{BATCHES, Pause};
use timely::dataflow::Scope;
use timely::dataflow::operators::Capability;
use timely::dataflow::operators::generic::builder_rc::OperatorBuilder;
use timely::scheduling::Activator;

pub(super) fn build<G: Scope<Timestamp = u64>>(scope: &G, name: &str, place: Place) -> GoStream<G> {
    let mut builder = OperatorBuilder::new(name.to_owned(), scope.clone());
    let address = builder.operator_info().address;
    let activations = scope.activations();
    let again = move || Activator::new(address.clone(), activations.clone());
    let (mut output, stream) = builder.new_output();
    builder.build(move |mut capabilities| {
        let mut capability = capabilities.pop();
        let mut pause = Pause::new();
        let mut batches = 0;
        let mut handled = 0;
        again().activate();
        move |_| {
            let context = &place.context;
            let Some(time) = capability.as_ref().map(|c: &Capability<u64>| *c.time()) else { return };
            if context.shared.stop.is_set() {
                capability = None;
                return;
            }
            if !context.flow.may_send(time) {
                context.flow.wait(time, again());
                return;
            }
            let busy = context.handled.get() != handled;
            let Some((batch, state)) = place.pull() else {
                capability = None;
                return;
            };
            let held = capability.as_mut().expect("it was there");
            if let Some(mut batch) = batch {
                output.activate().give(&*held, &mut batch);
                batches += 1;
                if batches == BATCHES {
                    batches = 0;
                    held.downgrade(&(time + 1));
                }
            }
            handled = context.handled.get();
            match state {
                MORE => again().activate(),
                NOTHING_NOW => {
                    held.downgrade(&context.flow.idle_time(*held.time()));
                    context.flow.rest(again());
                    again().activate_after(pause.next(busy));
                }
                _ => capability = None,
            }
        }
    });
    stream
}
