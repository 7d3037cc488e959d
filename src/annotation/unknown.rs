//! Fields that this version of the program does not know, kept word for word.
//!
//! A newer version, or another program, may write fields that are not known here. Serde drops them on
//! reading, so they would be gone after the next save. A record that says `keep_unknown!(Record)` keeps them
//! with itself, so that they come along through edits, undo, and merges, and stand in the file again.
//! Not here: migrations (see `project::migrate`).

use ron::value::RawValue;
use serde::de::{DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, Visitor};
use serde::ser::{Error as _, Impossible, SerializeStruct, Serializer};
use serde::{Deserialize, Serialize, forward_to_deserialize_any};
use std::collections::BTreeSet;
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::sync::{Mutex, PoisonError};

/// Unknown fields of one record: name and value as written, e.g. `("weight", "3")`. Sorted by name.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Unknown(Vec<(&'static str, Box<RawValue>)>);

impl Unknown {
    /// Whether every field of the record is known.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Names of the fields, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|&(name, _)| name)
    }
}

impl fmt::Debug for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.0.iter().map(|(name, value)| (name, value.get_ron()))).finish()
    }
}

/// Reads a record by `read` and returns what it does not know beside it.
pub fn read_keeping<'de, D, T>(
    deserializer: D,
    read: impl FnOnce(Keeping<'_, D>) -> Result<T, D::Error>,
) -> Result<(T, Unknown), D::Error>
where
    D: Deserializer<'de>,
{
    let mut unknown = Unknown::default();
    let record = read(Keeping { inner: deserializer, unknown: &mut unknown })?;
    unknown.0.sort_by_key(|&(name, _)| name);
    unknown.0.dedup_by_key(|&mut (name, _)| name);
    Ok((record, unknown))
}

/// Makes a record with a field `unknown: Unknown` (marked `#[serde(skip)]`) keep the fields that this version
/// does not know. The record derives `Serialize` and `Deserialize` with `#[serde(remote = "Self")]`.
macro_rules! keep_unknown {
    ($record:ty) => {
        impl<'de> serde::Deserialize<'de> for $record {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let (mut record, unknown) =
                    $crate::annotation::unknown::read_keeping(deserializer, |inner| {
                        <$record>::deserialize(inner)
                    })?;
                record.unknown = unknown;
                Ok(record)
            }
        }

        impl serde::Serialize for $record {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                <$record>::serialize(
                    self,
                    $crate::annotation::unknown::Adding::new(serializer, &self.unknown),
                )
            }
        }
    };
}
pub(crate) use keep_unknown;

/// A record of an earlier room, with the fields of it that this version does not know.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept<T> {
    /// The record.
    pub record: T,
    unknown: Unknown,
}

impl<T> From<T> for Kept<T> {
    fn from(record: T) -> Self {
        Self { record, unknown: Unknown::default() }
    }
}

impl<T> Deref for Kept<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.record
    }
}

impl<T> DerefMut for Kept<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.record
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Kept<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (record, unknown) = read_keeping(deserializer, |inner| T::deserialize(inner))?;
        Ok(Self { record, unknown })
    }
}

impl<T: Serialize> Serialize for Kept<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.record.serialize(Adding::new(serializer, &self.unknown))
    }
}

/// Deserializer of one struct that puts unknown fields aside.
pub struct Keeping<'a, D> {
    inner: D,
    unknown: &'a mut Unknown,
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Keeping<'_, D> {
    type Error = D::Error;

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.inner.deserialize_struct(name, fields, KeepingVisitor { visitor, fields, unknown: self.unknown })
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.inner.deserialize_any(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

struct KeepingVisitor<'a, V> {
    visitor: V,
    fields: &'static [&'static str],
    unknown: &'a mut Unknown,
}

impl<'de, V: Visitor<'de>> Visitor<'de> for KeepingVisitor<'_, V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.visitor.expecting(f)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<V::Value, A::Error> {
        self.visitor.visit_map(KeepingMap { map, fields: self.fields, unknown: self.unknown })
    }
}

struct KeepingMap<'a, A> {
    map: A,
    fields: &'static [&'static str],
    unknown: &'a mut Unknown,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for KeepingMap<'_, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        while let Some(Name(name)) = self.map.next_key()? {
            if self.fields.contains(&name.as_str()) {
                return seed.deserialize(name.into_deserializer()).map(Some);
            }
            let value: Box<RawValue> = self.map.next_value()?;
            self.unknown.0.push((lasting(&name), value.trim_boxed()));
        }
        Ok(None)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        self.map.next_value_seed(seed)
    }
}

/// The name of a field. Not a `String`, because RON tells identifiers and strings apart.
struct Name(String);

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NameVisitor;
        impl Visitor<'_> for NameVisitor {
            type Value = Name;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of a field")
            }
            fn visit_str<E>(self, name: &str) -> Result<Name, E> {
                Ok(Name(name.to_owned()))
            }
        }
        deserializer.deserialize_identifier(NameVisitor)
    }
}

/// A name that lives as long as the program, which serde demands of field names. Each name is stored once;
/// names that no field of a newer version would have (over 64 bytes) share one, so that a hostile file
/// cannot fill the memory.
fn lasting(name: &str) -> &'static str {
    static NAMES: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    const MOST: usize = 10_000;
    let mut names = NAMES.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = names.get(name) {
        return known;
    }
    if name.len() > 64 || names.len() >= MOST {
        return "unknown_field";
    }
    let name: &'static str = Box::leak(name.to_owned().into_boxed_str());
    names.insert(name);
    name
}

/// Serializer of one struct that writes the unknown fields after the known ones.
pub struct Adding<'a, S> {
    inner: S,
    unknown: &'a Unknown,
}

impl<'a, S> Adding<'a, S> {
    /// Writes by `inner`.
    pub fn new(inner: S, unknown: &'a Unknown) -> Self {
        Self { inner, unknown }
    }
}

/// The methods of [`Serializer`] for all that is no struct, which a record never is.
macro_rules! only_structs {
    ($($method:ident($($value:ty),*) -> $ok:ty;)*) => {
        $(fn $method(self, $(_: $value),*) -> Result<$ok, S::Error> {
            Err(S::Error::custom("only a struct keeps unknown fields"))
        })*
    };
}

impl<'a, S: Serializer> Serializer for Adding<'a, S> {
    type Ok = S::Ok;
    type Error = S::Error;
    type SerializeSeq = Impossible<S::Ok, S::Error>;
    type SerializeTuple = Impossible<S::Ok, S::Error>;
    type SerializeTupleStruct = Impossible<S::Ok, S::Error>;
    type SerializeTupleVariant = Impossible<S::Ok, S::Error>;
    type SerializeMap = Impossible<S::Ok, S::Error>;
    type SerializeStruct = AddingStruct<'a, S::SerializeStruct>;
    type SerializeStructVariant = Impossible<S::Ok, S::Error>;

    fn serialize_struct(self, name: &'static str, len: usize) -> Result<Self::SerializeStruct, S::Error> {
        let inner = self.inner.serialize_struct(name, len + self.unknown.0.len())?;
        Ok(AddingStruct { inner, unknown: self.unknown })
    }

    only_structs! {
        serialize_bool(bool) -> S::Ok;
        serialize_i8(i8) -> S::Ok;
        serialize_i16(i16) -> S::Ok;
        serialize_i32(i32) -> S::Ok;
        serialize_i64(i64) -> S::Ok;
        serialize_u8(u8) -> S::Ok;
        serialize_u16(u16) -> S::Ok;
        serialize_u32(u32) -> S::Ok;
        serialize_u64(u64) -> S::Ok;
        serialize_f32(f32) -> S::Ok;
        serialize_f64(f64) -> S::Ok;
        serialize_char(char) -> S::Ok;
        serialize_str(&str) -> S::Ok;
        serialize_bytes(&[u8]) -> S::Ok;
        serialize_none() -> S::Ok;
        serialize_unit() -> S::Ok;
        serialize_unit_struct(&'static str) -> S::Ok;
        serialize_unit_variant(&'static str, u32, &'static str) -> S::Ok;
        serialize_seq(Option<usize>) -> Self::SerializeSeq;
        serialize_tuple(usize) -> Self::SerializeTuple;
        serialize_tuple_struct(&'static str, usize) -> Self::SerializeTupleStruct;
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Self::SerializeTupleVariant;
        serialize_map(Option<usize>) -> Self::SerializeMap;
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> Self::SerializeStructVariant;
    }

    fn serialize_some<T: ?Sized + Serialize>(self, _: &T) -> Result<S::Ok, S::Error> {
        self.serialize_none()
    }

    fn serialize_newtype_struct<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        _: &T,
    ) -> Result<S::Ok, S::Error> {
        self.serialize_none()
    }

    fn serialize_newtype_variant<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<S::Ok, S::Error> {
        self.serialize_none()
    }
}

/// A struct being written.
pub struct AddingStruct<'a, S> {
    inner: S,
    unknown: &'a Unknown,
}

impl<S: SerializeStruct> SerializeStruct for AddingStruct<'_, S> {
    type Ok = S::Ok;
    type Error = S::Error;

    fn serialize_field<T: ?Sized + Serialize>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), S::Error> {
        self.inner.serialize_field(name, value)
    }

    fn skip_field(&mut self, name: &'static str) -> Result<(), S::Error> {
        self.inner.skip_field(name)
    }

    fn end(mut self) -> Result<S::Ok, S::Error> {
        for (name, value) in &self.unknown.0 {
            self.inner.serialize_field(name, value)?;
        }
        self.inner.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
    #[serde(remote = "Self", default)]
    struct Record {
        version: u32,
        words: String,
        #[serde(skip)]
        unknown: Unknown,
    }
    keep_unknown!(Record);

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Plain {
        words: String,
    }

    fn check(source: &str, expect: &str) {
        let record: Record = ron::from_str(source).unwrap();
        assert_eq!(ron::to_string(&record).unwrap(), expect);
    }

    #[test]
    fn fields_of_a_newer_version_survive_a_rewrite() {
        check("(version:1,words:\"甲\")", "(version:1,words:\"甲\")");
        check("(weight: 3, version:1)", "(version:1,words:\"\",weight:3)");
        check(
            "(b: Some(Kind(x: [1, 2], y: \"丙)\")), version: 1, a: r#\"\"\"#)",
            "(version:1,words:\"\",a:r#\"\"\"#,b:Some(Kind(x: [1, 2], y: \"丙)\")))",
        );
        check(
            "(version: 1, later: {\"k\": (1, 'c')}, /* a comment */)",
            "(version:1,words:\"\",later:{\"k\": (1, 'c')})",
        );
    }

    #[test]
    fn a_record_of_an_earlier_room_keeps_them_too() {
        let record: Kept<Plain> = ron::from_str("(later: 7, words: \"甲\")").unwrap();
        assert_eq!(record.words, "甲");
        assert_eq!(ron::to_string(&record).unwrap(), "(words:\"甲\",later:7)");
    }

    #[test]
    fn other_formats_read_and_write_the_known_fields() {
        let record: Record = serde_json::from_str("{\"version\": 1, \"words\": \"甲\"}").unwrap();
        assert_eq!(serde_json::to_string(&record).unwrap(), "{\"version\":1,\"words\":\"甲\"}");
    }
}
