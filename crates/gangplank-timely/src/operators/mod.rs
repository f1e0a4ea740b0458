//! Nodes of the layout as operators of timely.

mod compute;
mod partition;
mod place;
mod sink;
mod source;

use crate::batch::GoBatch;
use crate::context::Context;
use crate::layout::{Kind, Node};
use place::Place;
use std::rc::Rc;
use timely::dataflow::operators::Concatenate;
use timely::dataflow::{Scope, Stream};

type GoStream<G> = Stream<G, GoBatch>;

/// Builds the dataflow. `instances` are those of the nodes.
pub(crate) fn build<G: Scope<Timestamp = u64>>(scope: &G, context: &Rc<Context>, instances: &[u64]) {
    let layout = &context.shared.layout;
    let mut streams: Vec<Option<GoStream<G>>> = Vec::new();
    for (number, node) in layout.nodes.iter().enumerate() {
        let inputs: Vec<GoStream<G>> =
            node.inputs.iter().map(|&input| streams[input].clone().expect("a sink is not read")).collect();
        let place = Place::new(number, instances[number], context);
        streams.push(operator(scope, node, inputs, place));
    }
}

fn operator<G: Scope<Timestamp = u64>>(
    scope: &G,
    node: &Node,
    mut inputs: Vec<GoStream<G>>,
    place: Place,
) -> Option<GoStream<G>> {
    let name = &node.name;
    Some(match node.kind {
        Kind::Source | Kind::SourceOutside => source::build(scope, name, place),
        Kind::Merge => scope.concatenate(inputs),
        Kind::Partition => partition::build(inputs.remove(0), name, place),
        Kind::Run | Kind::RunOutside => compute::build(inputs.remove(0), name, place, false),
        Kind::Final => compute::build(inputs.remove(0), name, place, true),
        Kind::Sink | Kind::SinkOutside => {
            sink::build(inputs.remove(0), name, place);
            return None;
        }
    })
}
