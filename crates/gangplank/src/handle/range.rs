use super::bits::Place;
use super::{Handle, Ref, Table};
use std::fmt;

/// The live handles of a table and their values. Made by [`Table::range`].
#[must_use]
pub struct Range<'a, T> {
    table: &'a Table<T>,
    places: Box<dyn Iterator<Item = Place> + 'a>,
}

impl<'a, T> Range<'a, T> {
    pub(crate) fn new(table: &'a Table<T>, places: Box<dyn Iterator<Item = Place> + 'a>) -> Range<'a, T> {
        Range { table, places }
    }
}

impl<'a, T> Iterator for Range<'a, T> {
    type Item = (Handle, Ref<'a, T>);

    fn next(&mut self) -> Option<Self::Item> {
        let table = self.table;
        self.places.find_map(|place| table.look_at(place))
    }
}

impl<'a, T> IntoIterator for &'a Table<T> {
    type Item = (Handle, Ref<'a, T>);
    type IntoIter = Range<'a, T>;

    fn into_iter(self) -> Range<'a, T> {
        self.range()
    }
}

impl<T> fmt::Debug for Range<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Range").finish_non_exhaustive()
    }
}
