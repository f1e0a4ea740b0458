//! All ways to do the same work give the same result: otherwise their times would mean nothing.

use crate::bridge::Work;
use crate::{by_hand, works};

#[test]
fn numbers_are_equal() {
    let go = gangplank::imported::<dyn Work>().unwrap();
    let runtime = works::runtime().unwrap();
    for x in [0, 1, 1 << 32, u64::MAX] {
        let answers = runtime.block_on(async { (by_hand::add(x).await, go.add(x).await, go.add_at_once(x).await) });
        let one_more = x.wrapping_add(1);
        assert_eq!(answers, (one_more, one_more, one_more));
        assert_eq!(go.plain(x), one_more);
    }
    assert_eq!(runtime.block_on(go.text(works::TEXT)), works::TEXT);
}
