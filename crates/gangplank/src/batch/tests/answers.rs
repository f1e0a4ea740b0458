//! Batches of imported methods: Go's answer as results.

use crate::GoError;
use crate::batch::answers::{Answered, Failed, Values, same_length};
use crate::message::Reader;
use crate::value::{Decode, Shape};

type Scored = Result<u32, String>;

fn items(values: &[u32], failed: &[(u32, &str)], ended: &[(u32, &str)]) -> <Scored as Answered>::Answer {
    let failed = failed.iter().map(|(at, text)| (*at, (*text).to_owned())).collect();
    let ended = ended.iter().map(|(at, text)| (*at, GoError::new(*text))).collect();
    Err(Failed::Items(Values::All(values.to_vec()), failed, ended))
}

#[test]
fn every_result_in_its_place() {
    assert_eq!(Scored::spread("M.f", 2, Ok(Values::All(vec![1, 2]))), [Ok(1), Ok(2)]);
    let spread = Scored::spread("M.f", 5, items(&[10, 13], &[(1, "own"), (4, "last")], &[(2, "any")]));
    let error = |text: &str| Err(text.to_owned());
    assert_eq!(spread, [Ok(10), error("own"), error("any"), Ok(13), error("last")]);
}

#[test]
fn a_whole_failure_is_everybodys() {
    let all = Scored::spread("M.f", 3, Err(Failed::Whole(GoError::new("no Go"))));
    assert!(all.len() == 3 && all.iter().all(|r| r == &Err("no Go".to_owned())));
}

#[test]
fn answers_that_do_not_add_up_are_errors() {
    for (count, answer) in [
        (3, Ok(Values::All(vec![1]))),
        (2, items(&[1], &[(2, "out of range")], &[])),
        (2, items(&[], &[(0, "twice")], &[(0, "twice")])),
        (2, items(&[1, 2], &[(0, "one too many")], &[])),
    ] {
        let all = Scored::spread("M.f", count, answer);
        assert_eq!(all.len(), count);
        assert!(
            all.iter().all(|r| r.as_ref().is_err_and(|text| text.contains("generated Go code"))),
            "{all:?}"
        );
    }
}

#[test]
#[should_panic(expected = "item 1 of 3 (and 1 more): boom")]
fn what_cannot_fail_panics_with_the_first_item() {
    let ended = vec![(1, GoError::new("boom")), (2, GoError::new("later"))];
    <u32 as Answered>::spread("M.f", 3, Err(Failed::Items(Values::All(vec![7]), Vec::new(), ended)));
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
    let Ok(Failed::<u32, String>::Items(values, failed, ended)) = Decode::decode(&mut Reader::new(&bytes))
    else {
        panic!("not read");
    };
    assert!(
        matches!(values, Values::All(values) if values == [1, 2]) && failed.is_empty() && ended.is_empty()
    );
}

#[test]
fn a_value_that_cannot_be_read_spoils_only_itself() {
    let mut bytes = 3u64.to_le_bytes().to_vec();
    for text in [&b"a"[..], b"\xff", b"b"] {
        bytes.extend((text.len() as u64).to_le_bytes());
        bytes.extend(text);
    }
    let mut input = Reader::new(&bytes);
    let values = Values::<String>::decode(&mut input).unwrap();
    input.finish().unwrap();
    let results = Result::<String, GoError>::spread("M.f", 3, Ok(values));
    let texts: Vec<_> =
        results.iter().map(|r| r.as_ref().map_or_else(|e| e.message(), |s| s.as_str())).collect();
    assert!(
        texts[0] == "a" && texts[1].starts_with("M.f: ") && texts[1].contains("UTF-8") && texts[2] == "b",
        "{texts:?}"
    );
}

#[test]
fn truth_is_read_in_one_go_or_item_by_item() {
    let values = |bytes: &[u8]| {
        let message = [&(bytes.len() as u64).to_le_bytes(), bytes].concat();
        let mut input = Reader::new(&message);
        let values = <Values<bool>>::decode(&mut input).unwrap();
        input.finish().unwrap();
        values
    };
    assert!(matches!(values(&[1, 0, 1]), Values::All(all) if all == [true, false, true]));
    match values(&[1, 2, 0]) {
        Values::Each(each) => assert!(each[0] == Ok(true) && each[1].is_err() && each[2] == Ok(false)),
        Values::All(all) => panic!("{all:?}"),
    }
}
