//! The same in protobuf. The messages are those of `wire/wire.proto`.

use crate as plain;
use prost::{DecodeError, Message};

#[derive(Clone, PartialEq, Message)]
struct Text {
    #[prost(string, tag = "1")]
    text: String,
}

#[derive(Clone, PartialEq, Message)]
struct Numbers {
    #[prost(double, repeated, tag = "1")]
    numbers: Vec<f64>,
}

#[derive(Clone, PartialEq, Message)]
struct Order {
    #[prost(uint64, tag = "1")]
    id: u64,
    #[prost(string, tag = "2")]
    customer: String,
    #[prost(double, tag = "3")]
    price: f64,
    #[prost(uint32, tag = "4")]
    quantity: u32,
}

#[derive(Clone, PartialEq, Message)]
struct Orders {
    #[prost(message, repeated, tag = "1")]
    orders: Vec<Order>,
}

/// The message's own type is the one that Rust works on: nothing is converted.
fn next(order: Order) -> Order {
    Order { id: order.id.wrapping_add(1), price: order.price * 2.0, ..order }
}

/// Answers a question of the kind that `by_hand` numbers.
pub fn answer(kind: u32, question: &[u8]) -> Result<Vec<u8>, DecodeError> {
    Ok(match kind {
        0 => Text { text: plain::text(&Text::decode(question)?.text) }.encode_to_vec(),
        1 => Numbers { numbers: plain::numbers(&Numbers::decode(question)?.numbers) }.encode_to_vec(),
        2 => next(Order::decode(question)?).encode_to_vec(),
        _ => {
            let Orders { orders } = Orders::decode(question)?;
            Orders { orders: orders.into_iter().map(next).collect() }.encode_to_vec()
        }
    })
}
