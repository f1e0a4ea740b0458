//! The same in JSON.

use crate as plain;
use serde::{Deserialize, Serialize};
use std::io::{self, BufRead, BufWriter, Write};

/// A question or an answer.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Value {
    Text(String),
    Numbers(Vec<f64>),
    Order(Order),
    Orders(Vec<Order>),
}

/// [`plain::Order`], so that its attribute and serde's do not meet.
#[derive(Serialize, Deserialize)]
#[serde(remote = "plain::Order")]
struct Remote {
    id: u64,
    customer: String,
    price: f64,
    quantity: u32,
}

#[derive(Serialize, Deserialize)]
#[serde(transparent)]
struct Order(#[serde(with = "Remote")] plain::Order);

/// Answers a question.
pub fn answer(question: &[u8]) -> serde_json::Result<Vec<u8>> {
    let answer = match serde_json::from_slice(question)? {
        Value::Text(text) => Value::Text(plain::text(&text)),
        Value::Numbers(numbers) => Value::Numbers(plain::numbers(&numbers)),
        Value::Order(order) => Value::Order(Order(plain::order_again(order.0))),
        Value::Orders(orders) => {
            let orders = plain::orders(orders.into_iter().map(|order| order.0).collect());
            Value::Orders(orders.into_iter().map(Order).collect())
        }
    };
    serde_json::to_vec(&answer)
}

/// Answers lines until there are no more.
pub fn serve() {
    let (mut input, mut output) = (io::stdin().lock(), BufWriter::new(io::stdout().lock()));
    let mut line = Vec::new();
    while input.read_until(b'\n', &mut line).is_ok_and(|n| n > 0) {
        let Ok(mut answer) = answer(&line) else { return };
        answer.push(b'\n');
        if output.write_all(&answer).and_then(|()| output.flush()).is_err() {
            return;
        }
        line.clear();
    }
}
