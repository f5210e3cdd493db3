//! Reads JSON in which each name stands once.
//!
//! Guarantee: a name that stands twice in one object, at any depth and however it is
//! escaped, is refused: which of the two counts cannot be known, and two readers may
//! take another one. Sheets refuse a repeated column for the same reason.
//! Source: RFC 8259, section 4 (behaviour is unpredictable); RFC 7493, section 2.3.

use std::cell::RefCell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::problem::Rejection;

/// Reads a whole text.
///
/// # Errors
/// [`Rejection::Unreadable`] for what is not JSON, [`Rejection::Repeated`] with the first name that stands twice.
pub fn read(bytes: &[u8]) -> Result<Value, Rejection> {
    let repeated = RefCell::new(None);
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = Unrepeated(&repeated).deserialize(&mut reader).and_then(|value| reader.end().map(|()| value));
    match repeated.into_inner() {
        Some(name) => Err(Rejection::repeated(&name)),
        None => value.map_err(|_| Rejection::Unreadable("JSON")),
    }
}

/// A value, and where to note the name that stands twice in it.
#[derive(Clone, Copy)]
struct Unrepeated<'a>(&'a RefCell<Option<String>>);

impl<'de> DeserializeSeed<'de> for Unrepeated<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Unrepeated<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = list.next_element_seed(self)? {
            values.push(value);
        }
        Ok(Value::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Value, A::Error> {
        let mut fields = Map::new();
        while let Some(name) = object.next_key::<String>()? {
            if fields.contains_key(&name) {
                let error = A::Error::custom("a name stands twice");
                self.0.replace(Some(name));
                return Err(error);
            }
            let value = object.next_value_seed(self)?;
            fields.insert(name, value);
        }
        Ok(Value::Object(fields))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn repeated(text: &str) -> String {
        match read(text.as_bytes()) {
            Err(Rejection::Repeated(name)) => name,
            other => format!("{:?}", other.map(|value| value.to_string())),
        }
    }

    #[test]
    fn a_name_stands_once_at_any_depth() {
        assert_eq!(repeated(r#"{"a":1,"b":2,"a":1}"#), "a");
        assert_eq!(repeated(r#"{"a":[{"x":{}},{"counts":{"contacts":1,"contacts":8}}]}"#), "contacts");
        assert_eq!(repeated(r#"{"\u0061":1,"a":1}"#), "a", "escaped");
        assert_eq!(repeated(r#"{"a":1,"b":{"b":1},"c":[{"b":1},{"b":1}]}"#).find("Ok"), Some(0), "in other objects");
        // What breaks off after it is refused for the first thing that is wrong.
        assert_eq!(repeated(r#"{"a":1,"a":"#), "a");
        // Only printable beginnings are repeated.
        let long = "\u{202e}".repeat(200);
        assert!(repeated(&format!("{{\"{long}\":1,\"{long}\":1}}")).chars().count() <= 61);
    }

    proptest! {
        /// Whatever has no repeated name is read as serde_json reads it.
        #[test]
        fn everything_else_is_read_as_ever(text in "[\\[\\]{}\":,a-c0-9.eE \\\\tfn-]{0,40}") {
            let plain: Result<Value, _> = serde_json::from_str(&text);
            match read(text.as_bytes()) {
                Ok(value) => prop_assert_eq!(value, plain.unwrap()),
                Err(Rejection::Repeated(_)) => {}
                Err(_) => prop_assert!(plain.is_err()),
            }
        }
    }
}
