//! All ways to do the same work give the same result: otherwise their times would mean nothing.

use crate::bridge::{Packet, Refusal, Work};
use crate::{by_hand, works};

#[test]
fn scalars_are_equal() {
    let go = gangplank::imported::<dyn Work>().unwrap();
    for x in [0, 1, 41, 1 << 32, u64::MAX - 1, u64::MAX] {
        assert_eq!(by_hand::scalar(x), x.wrapping_add(1));
        assert_eq!(go.scalar(x), x.wrapping_add(1));
    }
    by_hand::nop();
    go.nop();
}

#[test]
fn texts_are_equal() {
    let go = gangplank::imported::<dyn Work>().unwrap();
    for text in ["", "a", works::TEXT, &"ä".repeat(32), &"b".repeat(65), &"c".repeat(100_000)] {
        assert_eq!(by_hand::text(text), text);
        assert_eq!(by_hand::text_c(text), text);
        assert_eq!(go.text(text), text);
    }
}

#[test]
fn records_are_answered() {
    let go = gangplank::imported::<dyn Work>().unwrap();
    let small = Packet { from: "a".into(), to: String::new(), payload: vec![0] };
    for packet in [works::packet(), Packet::default(), small] {
        let answer =
            Packet { from: packet.to.clone(), to: packet.from.clone(), payload: packet.payload.clone() };
        assert_eq!(go.answer(&packet), answer);
    }
    let packet = works::packet();
    assert_eq!((packet.to.len(), packet.payload.len()), (32, 64));
}

#[test]
fn errors_arrive() {
    let go = gangplank::imported::<dyn Work>().unwrap();
    assert_eq!(go.refuse(4).unwrap(), 4);
    let refusal = go.refuse(1).unwrap_err();
    assert!(
        matches!(&refusal, Refusal::Denied { why } if why == "odd numbers are not served!"),
        "{refusal:?}"
    );
}

#[test]
fn the_second_way_is_the_generated_one() {
    let go = gangplank::imported::<dyn Work>().unwrap();
    for work in works::works(&*go) {
        assert_eq!(work.ways[1].name, "gangplank");
        work.ways.iter().for_each(|way| (way.run)(3));
    }
}
