//! Nodes of the layout as operators of timely.

mod compute;
mod partition;
mod sink;
mod source;

use crate::batch::GoBatch;
use crate::context::Context;
use crate::layout::{Kind, Node};
use std::rc::Rc;
use timely::dataflow::operators::Concatenate;
use timely::dataflow::{Scope, Stream};

type GoStream<G> = Stream<G, GoBatch>;

/// A node on this worker.
#[derive(Clone)]
struct Place {
    number: usize,
    instance: u64,
    context: Rc<Context>,
}

/// Builds the dataflow. `instances` are those of the nodes.
pub(crate) fn build<G: Scope<Timestamp = u64>>(scope: &G, context: &Rc<Context>, instances: &[u64]) {
    let layout = &context.shared.layout;
    let mut streams: Vec<Option<GoStream<G>>> = Vec::new();
    for (number, node) in layout.nodes.iter().enumerate() {
        let inputs: Vec<GoStream<G>> =
            node.inputs.iter().map(|&input| streams[input].clone().expect("a sink is not read")).collect();
        let place = Place { number, instance: instances[number], context: context.clone() };
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
        Kind::Source => source::build(scope, name, place),
        Kind::Merge => scope.concatenate(inputs),
        Kind::Partition => partition::build(inputs.remove(0), name, place),
        Kind::Run => compute::build(inputs.remove(0), name, place, false),
        Kind::Final => compute::build(inputs.remove(0), name, place, true),
        Kind::Sink => {
            sink::build(inputs.remove(0), name, place);
            return None;
        }
    })
}
