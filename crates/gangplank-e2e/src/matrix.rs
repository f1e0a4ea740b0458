//! Every type in every position.
