//! What values cost on their way to Rust and back: the Rust side. Every function looks at what it gets and answers with a value of the
//! same size.

mod by_hand;
mod json;
mod protobuf;

/// An order. POD would be too easy: it has a string.
#[gangplank::record]
#[derive(Debug, Clone, PartialEq)]
pub struct Order {
    /// Its number.
    pub id: u64,
    /// Who orders.
    pub customer: String,
    /// How much it costs.
    pub price: f64,
    /// How many.
    pub quantity: u32,
}

/// The same text, as a new string.
#[gangplank::export]
#[inline(never)]
pub fn text(text: &str) -> String {
    text.to_owned()
}

/// Each number, doubled.
#[gangplank::export]
#[inline(never)]
pub fn numbers(numbers: &[f64]) -> Vec<f64> {
    numbers.iter().map(|number| number * 2.0).collect()
}

/// The next order of the same customer, for twice the price.
#[gangplank::export]
#[inline(never)]
pub fn order_again(order: Order) -> Order {
    Order { id: order.id.wrapping_add(1), price: order.price * 2.0, ..order }
}

/// [`order_again`] for each.
#[gangplank::export]
#[inline(never)]
pub fn orders(orders: Vec<Order>) -> Vec<Order> {
    orders.into_iter().map(order_again).collect()
}

/// Answers lines of JSON on standard input with lines on standard output, until the input ends: the subprocess of the comparison.
#[gangplank::export]
pub fn serve() {
    json::serve();
}
