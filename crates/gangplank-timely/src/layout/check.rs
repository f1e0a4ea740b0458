//! What must hold of a layout. Go has checked the same with types at hand; this is for layouts that come from elsewhere.

use super::{Kind, Layout};

pub(super) fn check(layout: &Layout) -> Result<(), String> {
    let nodes = &layout.nodes;
    if !nodes.iter().any(|node| node.kind.begins()) {
        return Err(format!("`{}` has no source", layout.name));
    }
    for (number, node) in nodes.iter().enumerate() {
        let name = &node.name;
        if let Some(twin) = nodes[..number].iter().position(|other| other.name == *name) {
            return Err(format!("nodes {twin} and {number} are both named `{name}`"));
        }
        let wanted = match node.kind {
            kind if kind.begins() => node.inputs.is_empty(),
            Kind::Merge => !node.inputs.is_empty(),
            _ => node.inputs.len() == 1,
        };
        if !wanted {
            return Err(format!("`{name}`, a {}, reads {} streams", node.kind, node.inputs.len()));
        }
        for &input in &node.inputs {
            if input >= number {
                return Err(format!(
                    "`{name}` reads node {input}, which does not come before it: a layout has no cycles"
                ));
            }
            let from = &nodes[input];
            if from.kind.ends() {
                return Err(format!("`{name}` reads `{}`, which is a sink", from.name));
            }
            if matches!(node.kind, Kind::Merge | Kind::Partition) && from.sends != node.sends {
                return Err(format!(
                    "`{name}` takes {}, and `{}` sends {}",
                    node.sends, from.name, from.sends
                ));
            }
        }
    }
    for (number, node) in nodes.iter().enumerate() {
        let is_read = nodes[number..].iter().any(|other| other.inputs.contains(&number));
        if !node.kind.ends() && !is_read {
            return Err(format!("nobody reads `{}`: end the stream in a sink", node.name));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "layout wordcount\nnode 0 source - string lines\nnode 1 run 0 string split\nnode 2 partition 1 string by word\nnode 3 final 2 main.Count count\nnode 4 sink 3 - print";

    #[test]
    fn a_good_one_survives() {
        let layout = Layout::parse(GOOD).unwrap();
        assert_eq!(layout.nodes[2].name, "by word");
        assert_eq!(layout.to_string(), GOOD);
    }

    #[test]
    fn bad_ones_are_named() {
        for (from, to, wanted) in [
            ("layout wordcount", "", "its name"),
            ("source - string lines", "spring - string lines", "is no node"),
            ("run 0 string split", "run 1 string split", "no cycles"),
            ("run 0 string split", "run 0,0 string split", "reads 2 streams"),
            ("by word", "split", "both named `split`"),
            ("partition 1 string", "partition 1 int64", "`split` sends string"),
            ("\nnode 4 sink 3 - print", "", "nobody reads `count`"),
            ("source - string lines", "sink - string lines", "no source"),
        ] {
            let text = GOOD.replace(from, to);
            let error = Layout::parse(&text).unwrap_err();
            assert!(error.contains(wanted), "{error}");
        }
    }
}
