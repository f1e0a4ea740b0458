//! Batches of imported methods: Go's answer as results.

use crate::GoError;
use crate::batch::answers::{Answered, Failed, same_length};
use crate::message::Reader;
use crate::value::{Decode, Shape};

type Scored = Result<u32, String>;

fn items(
    values: &[u32],
    failed: &[(u32, &str)],
    ended: &[(u32, &str)],
) -> <Scored as Answered>::Answer {
    let failed = failed.iter().map(|(at, text)| (*at, (*text).to_owned())).collect();
    let ended = ended.iter().map(|(at, text)| (*at, GoError::new(*text))).collect();
    Err(Failed::Items(values.to_vec(), failed, ended))
}

#[test]
fn every_result_in_its_place() {
    assert_eq!(Scored::spread(2, Ok(vec![1, 2])), [Ok(1), Ok(2)]);
    let spread = Scored::spread(5, items(&[10, 13], &[(1, "own"), (4, "last")], &[(2, "any")]));
    let error = |text: &str| Err(text.to_owned());
    assert_eq!(spread, [Ok(10), error("own"), error("any"), Ok(13), error("last")]);
}

#[test]
fn a_whole_failure_is_everybodys() {
    let all = Scored::spread(3, Err(Failed::Whole(GoError::new("no Go"))));
    assert!(all.len() == 3 && all.iter().all(|r| r == &Err("no Go".to_owned())));
}

#[test]
fn answers_that_do_not_add_up_are_errors() {
    for (count, answer) in [
        (3, Ok(vec![1])),
        (2, items(&[1], &[(2, "out of range")], &[])),
        (2, items(&[], &[(0, "twice")], &[(0, "twice")])),
        (2, items(&[1, 2], &[(0, "one too many")], &[])),
    ] {
        let all = Scored::spread(count, answer);
        assert_eq!(all.len(), count);
        assert!(all.iter().all(|r| r.as_ref().is_err_and(|text| text.contains("generated Go code"))), "{all:?}");
    }
}

#[test]
#[should_panic(expected = "item 1 of 3 (and 1 more): boom")]
fn what_cannot_fail_panics_with_the_first_item() {
    let ended = vec![(1, GoError::new("boom")), (2, GoError::new("later"))];
    <u32 as Answered>::spread(3, Err(Failed::Items(vec![7], Vec::new(), ended)));
}

#[test]
#[should_panic(expected = "score_batch: the slices of a batch are of different lengths: [2, 3]")]
fn slices_of_different_lengths() {
    same_length("Model.score_batch", &[2, 3]);
}

#[test]
fn the_answer_is_the_tuple_that_go_writes() {
    type Wire = (Vec<u32>, Vec<(u32, String)>, Vec<(u32, GoError)>);
    assert_eq!(<Failed<u32, String> as Shape>::PRINT, <Wire as Shape>::PRINT);
    let mut bytes = Vec::new();
    bytes.extend(2u64.to_le_bytes());
    bytes.extend([1u32.to_le_bytes(), 2u32.to_le_bytes()].concat());
    bytes.extend(0u64.to_le_bytes());
    bytes.extend(0u64.to_le_bytes());
    let Ok(Failed::<u32, String>::Items(values, failed, ended)) = Decode::decode(&mut Reader::new(&bytes)) else {
        panic!("not read");
    };
    assert!(values == [1, 2] && failed.is_empty() && ended.is_empty());
}
