//! Go's types in Rust, and the bytes that they travel as.
//!
//! The bytes are those of the codecs that `gangplank.dev/go/timely` makes: numbers are varints (signed ones zigzag), `u8` too; floats the eight bytes of a 64-bit float; strings, bytes and lists have
//! their length in front as a varint; a pointer is a byte that says whether there is anything; the fields of a struct follow each other.

/// A Go type that a layout names.
pub trait GoType: 'static {
    /// The type as Go spells it, with the name of its package: `string`, `words.Count`.
    fn go_type() -> String;
}

/// A Go type whose messages Rust reads and writes. [`message!`](crate::message) implements it for structs; a type whose codec in Go is its own has it by hand.
pub trait Message: GoType + Sized {
    /// Appends the message.
    fn write(&self, to: &mut Vec<u8>);

    /// Takes a message from the beginning of the bytes.
    ///
    /// # Errors
    /// [`Malformed`], for bytes that are none.
    fn read(from: &mut &[u8]) -> Result<Self, Malformed>;
}

/// Bytes that are no message of the type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Malformed;

impl std::fmt::Display for Malformed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the bytes are no message of the type")
    }
}

impl std::error::Error for Malformed {}

pub(crate) fn write_uvarint(to: &mut Vec<u8>, mut n: u64) {
    while n >= 0x80 {
        to.push(n as u8 | 0x80);
        n >>= 7;
    }
    to.push(n as u8);
}

pub(crate) fn read_uvarint(from: &mut &[u8]) -> Result<u64, Malformed> {
    let mut n = 0;
    for at in 0..10 {
        let (&byte, rest) = from.split_first().ok_or(Malformed)?;
        *from = rest;
        // The tenth byte has room for one bit.
        if at == 9 && byte > 1 {
            return Err(Malformed);
        }
        n |= u64::from(byte & 0x7f) << (7 * at);
        if byte < 0x80 {
            return Ok(n);
        }
    }
    Err(Malformed)
}

/// Takes a length, of elements that have a byte at least, and so many bytes if they are bytes.
fn read_length(from: &mut &[u8]) -> Result<usize, Malformed> {
    let n = read_uvarint(from)?;
    if n > from.len() as u64 { Err(Malformed) } else { Ok(n as usize) }
}

fn take<'a>(from: &mut &'a [u8], n: usize) -> Result<&'a [u8], Malformed> {
    let (taken, rest) = from.split_at_checked(n).ok_or(Malformed)?;
    *from = rest;
    Ok(taken)
}

macro_rules! numbers {
    ($($rust:ty = $go:literal, $wide:ty, $to:expr, $of:expr;)*) => {$(
        impl GoType for $rust {
            fn go_type() -> String {
                $go.to_owned()
            }
        }

        impl Message for $rust {
            fn write(&self, to: &mut Vec<u8>) {
                write_uvarint(to, $to(*self as $wide));
            }

            fn read(from: &mut &[u8]) -> Result<$rust, Malformed> {
                <$rust>::try_from($of(read_uvarint(from)?)).map_err(|_| Malformed)
            }
        }
    )*};
}

fn zigzag(n: i64) -> u64 {
    (n << 1 ^ n >> 63) as u64
}

fn unzigzag(n: u64) -> i64 {
    (n >> 1) as i64 ^ -((n & 1) as i64)
}

fn same(n: u64) -> u64 {
    n
}

// Not `u8`: a list of them is bytes.
numbers! {
    i8 = "int8", i64, zigzag, unzigzag;
    i16 = "int16", i64, zigzag, unzigzag;
    i32 = "int32", i64, zigzag, unzigzag;
    i64 = "int64", i64, zigzag, unzigzag;
    isize = "int", i64, zigzag, unzigzag;
    u16 = "uint16", u64, same, same;
    u32 = "uint32", u64, same, same;
    u64 = "uint64", u64, same, same;
    usize = "uint", u64, same, same;
}

macro_rules! floats {
    ($($rust:ty = $go:literal;)*) => {$(
        impl GoType for $rust {
            fn go_type() -> String {
                $go.to_owned()
            }
        }

        impl Message for $rust {
            fn write(&self, to: &mut Vec<u8>) {
                to.extend(f64::from(*self).to_bits().to_le_bytes());
            }

            fn read(from: &mut &[u8]) -> Result<$rust, Malformed> {
                let bytes = take(from, 8)?.try_into().map_err(|_| Malformed)?;
                Ok(f64::from_bits(u64::from_le_bytes(bytes)) as $rust)
            }
        }
    )*};
}

floats! {
    f32 = "float32";
    f64 = "float64";
}

impl GoType for bool {
    fn go_type() -> String {
        "bool".to_owned()
    }
}

impl Message for bool {
    fn write(&self, to: &mut Vec<u8>) {
        to.push(u8::from(*self));
    }

    fn read(from: &mut &[u8]) -> Result<bool, Malformed> {
        match take(from, 1)? {
            [0] => Ok(false),
            [1] => Ok(true),
            _ => Err(Malformed),
        }
    }
}

impl GoType for String {
    fn go_type() -> String {
        "string".to_owned()
    }
}

/// Go's strings need not be UTF-8: what is not is replaced by U+FFFD. `Vec<u8>` loses nothing.
impl Message for String {
    fn write(&self, to: &mut Vec<u8>) {
        write_uvarint(to, self.len() as u64);
        to.extend_from_slice(self.as_bytes());
    }

    fn read(from: &mut &[u8]) -> Result<String, Malformed> {
        let length = read_length(from)?;
        Ok(String::from_utf8_lossy(take(from, length)?).into_owned())
    }
}

impl GoType for Vec<u8> {
    fn go_type() -> String {
        "[]uint8".to_owned()
    }
}

impl Message for Vec<u8> {
    fn write(&self, to: &mut Vec<u8>) {
        write_uvarint(to, self.len() as u64);
        to.extend_from_slice(self);
    }

    fn read(from: &mut &[u8]) -> Result<Vec<u8>, Malformed> {
        let length = read_length(from)?;
        Ok(take(from, length)?.to_vec())
    }
}

impl<T: Message> GoType for Vec<T> {
    fn go_type() -> String {
        format!("[]{}", T::go_type())
    }
}

impl<T: Message> Message for Vec<T> {
    fn write(&self, to: &mut Vec<u8>) {
        write_uvarint(to, self.len() as u64);
        self.iter().for_each(|element| element.write(to));
    }

    fn read(from: &mut &[u8]) -> Result<Vec<T>, Malformed> {
        (0..read_length(from)?).map(|_| T::read(from)).collect()
    }
}

impl<T: Message> GoType for Option<T> {
    fn go_type() -> String {
        format!("*{}", T::go_type())
    }
}

impl<T: Message> Message for Option<T> {
    fn write(&self, to: &mut Vec<u8>) {
        self.is_some().write(to);
        self.iter().for_each(|value| value.write(to));
    }

    fn read(from: &mut &[u8]) -> Result<Option<T>, Malformed> {
        bool::read(from)?.then(|| T::read(from)).transpose()
    }
}

/// A Go struct in Rust: its type as Go spells it, and its fields in the same order.
///
/// ```
/// gangplank_timely::message! {
///     /// In Go: `type Count struct { Word string; N int }`, in package `words`.
///     #[derive(Clone, Debug)]
///     pub struct Count = "words.Count" { pub word: String, pub n: isize }
/// }
/// ```
/// Without fields it is a type that Rust only names: it goes from one role in Go to another.
///
/// ```
/// gangplank_timely::message! {
///     pub struct Order = "market.Order";
/// }
/// ```
#[macro_export]
macro_rules! message {
    ($(#[$meta:meta])* $see:vis struct $name:ident = $go:literal;) => {
        $(#[$meta])*
        $see enum $name {}

        impl $crate::GoType for $name {
            fn go_type() -> ::std::string::String {
                ::std::borrow::ToOwned::to_owned($go)
            }
        }
    };
    ($(#[$meta:meta])* $see:vis struct $name:ident = $go:literal {
        $($(#[$field_meta:meta])* $field_see:vis $field:ident: $type:ty),+ $(,)?
    }) => {
        $(#[$meta])*
        $see struct $name {
            $($(#[$field_meta])* $field_see $field: $type),+
        }

        impl $crate::GoType for $name {
            fn go_type() -> ::std::string::String {
                ::std::borrow::ToOwned::to_owned($go)
            }
        }

        impl $crate::Message for $name {
            fn write(&self, to: &mut ::std::vec::Vec<u8>) {
                $($crate::Message::write(&self.$field, to);)+
            }

            fn read(from: &mut &[u8]) -> ::std::result::Result<Self, $crate::build::Malformed> {
                ::std::result::Result::Ok($name { $($field: $crate::Message::read(from)?),+ })
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    crate::message! {
        #[derive(Clone, Debug, PartialEq)]
        struct Leaf = "trees.Leaf" { name: String, bytes: Vec<u8>, score: f64, small: i8, on: bool, more: Option<Vec<u64>> }
    }

    #[test]
    fn what_is_written_is_read() {
        for leaf in [
            Leaf { name: "é".into(), bytes: vec![0, 255], score: -0.5, small: -128, on: true, more: None },
            Leaf {
                name: String::new(),
                bytes: vec![],
                score: f64::MAX,
                small: 127,
                on: false,
                more: Some(vec![0, 127, 128, u64::MAX]),
            },
        ] {
            let mut bytes = Vec::new();
            leaf.write(&mut bytes);
            let mut left = &bytes[..];
            assert_eq!(Leaf::read(&mut left), Ok(leaf));
            assert!(left.is_empty());
            for end in 0..bytes.len() {
                assert_eq!(Leaf::read(&mut &bytes[..end]), Err(Malformed), "{end} bytes of {}", bytes.len());
            }
        }
    }

    #[test]
    fn numbers_are_go_s_varints() {
        let mut bytes = Vec::new();
        (-3i64).write(&mut bytes);
        300u16.write(&mut bytes);
        i64::MIN.write(&mut bytes);
        assert_eq!(bytes[..3], [5, 0xac, 2]);
        let mut left = &bytes[..];
        assert_eq!(
            (i64::read(&mut left), u16::read(&mut left), i64::read(&mut left)),
            (Ok(-3), Ok(300), Ok(i64::MIN))
        );
        assert_eq!(i8::read(&mut &[0xff, 0xff, 3][..]), Err(Malformed));
        assert_eq!(read_uvarint(&mut &[0xff; 11][..]), Err(Malformed));
    }

    #[test]
    fn types_are_spelled_as_in_go() {
        assert_eq!(Vec::<Option<isize>>::go_type(), "[]*int");
        assert_eq!(Vec::<u8>::go_type(), "[]uint8");
        assert_eq!(Leaf::go_type(), "trees.Leaf");
    }
}
