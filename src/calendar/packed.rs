//! Days as small numbers, for what is kept of many records.

use jiff::civil::Date;
use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
pub(crate) fn serialize<S: Serializer>(date: &Date, out: S) -> Result<S::Ok, S::Error> {
    out.serialize_i32(number(*date))
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<Date, D::Error> {
    read(i32::deserialize(input)?).ok_or_else(|| D::Error::custom("no day has this number"))
}

fn number(date: Date) -> i32 {
    (i32::from(date.year()) << 4 | i32::from(date.month())) << 5 | i32::from(date.day())
}

fn read(number: i32) -> Option<Date> {
    let (year, month, day) = (number >> 9, number >> 5 & 15, number & 31);
    Date::new(i16::try_from(year).ok()?, month as i8, day as i8).ok()
}

/// A day that may be missing.
pub(crate) mod maybe {
    use jiff::civil::Date;
    use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer};

    #[expect(clippy::ref_option, clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
    pub(crate) fn serialize<S: Serializer>(date: &Option<Date>, out: S) -> Result<S::Ok, S::Error> {
        date.map(super::number).serialize(out)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        input: D,
    ) -> Result<Option<Date>, D::Error> {
        Ok(Option::<i32>::deserialize(input)?.and_then(super::read))
    }
}

#[cfg(test)]
mod tests {
    use jiff::{ToSpan as _, civil::date};

    use super::*;

    #[test]
    fn every_day_is_read_back() {
        let mut days = date(-1, 12, 1).series(1.day()).take(800);
        assert!(days.all(|date| read(number(date)) == Some(date)));
        for date in [Date::MIN, Date::MAX, Date::ZERO, date(2011, 5, 19)] {
            assert_eq!(read(number(date)), Some(date));
        }
        assert_eq!(read(0), None, "there is no month of this number");
    }
}
